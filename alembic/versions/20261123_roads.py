"""roads

Revision ID: 7f3a90c1d2e4
Revises: 08d5315a75fc
"""

import sqlalchemy as sa
from alembic import op

revision = '7f3a90c1d2e4'
down_revision = '08d5315a75fc'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('road',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('line', sa.JSON(), nullable=False),
    sa.Column('west', sa.Float(), nullable=False),
    sa.Column('south', sa.Float(), nullable=False),
    sa.Column('east', sa.Float(), nullable=False),
    sa.Column('north', sa.Float(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_road_grid_id_grid')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_road')),
    sa.UniqueConstraint('grid_id', 'key', name=op.f('uq_road_grid_id_key'))
    )
    with op.batch_alter_table('road', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_road_grid_id'), ['grid_id'], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('road', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_road_grid_id'))

    op.drop_table('road')
