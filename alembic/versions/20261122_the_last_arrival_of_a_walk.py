"""the last arrival of a walk

Revision ID: 7c1e0b5d94aa
Revises: 58a22cc575e0
"""

from alembic import op

revision = '7c1e0b5d94aa'
down_revision = '58a22cc575e0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrival_patrol_id_happened_at'), ['patrol_id', 'happened_at'], unique=False)
        batch_op.drop_index(batch_op.f('ix_arrival_patrol_id'))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrival_patrol_id'), ['patrol_id'], unique=False)
        batch_op.drop_index(batch_op.f('ix_arrival_patrol_id_happened_at'))
