"""Hazards that are the same as another one, and follow it.

Revision ID: c3d86f1a52b0
Revises: b43b6f82c64d
"""

import sqlalchemy as sa
from alembic import op

revision = 'c3d86f1a52b0'
down_revision = 'b43b6f82c64d'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column('merged_from', sa.String(length=20), nullable=False, server_default='')
        )
        batch_op.create_foreign_key(
            batch_op.f('fk_hazard_parent_id_hazard'), 'hazard', ['parent_id'], ['id']
        )
        batch_op.create_index(batch_op.f('ix_hazard_parent_id'), ['parent_id'], unique=False)
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.alter_column('merged_from', existing_type=sa.String(length=20), server_default=None)


def downgrade() -> None:
    """Back: what was merged stands for itself again, as it stood."""
    op.execute("update hazard set status = merged_from where status = 'merged'")
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hazard_parent_id'))
        batch_op.drop_constraint(batch_op.f('fk_hazard_parent_id_hazard'), type_='foreignkey')
        batch_op.drop_column('merged_from')
        batch_op.drop_column('parent_id')
