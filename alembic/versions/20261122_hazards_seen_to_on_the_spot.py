"""Steps taken on the spot, with their place

Revision ID: 8c41d6e0b7fa
Revises: 23d868562cff
"""

import sqlalchemy as sa
from alembic import op

revision = '8c41d6e0b7fa'
down_revision = '23d868562cff'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('hazard_move',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('patrol_id', sa.Uuid(), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('accuracy_m', sa.Float(), nullable=True),
    sa.Column('position_source', sa.String(length=10), nullable=False),
    sa.Column('hazard_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=30), nullable=False),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_hazard_move_grid_id_grid')),
    sa.ForeignKeyConstraint(['hazard_id'], ['hazard.id'], name=op.f('fk_hazard_move_hazard_id_hazard')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_hazard_move_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hazard_move'))
    )
    with op.batch_alter_table('hazard_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hazard_move_hazard_id'), ['hazard_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hazard_move_patrol_id'), ['patrol_id'], unique=False)


def downgrade() -> None:
    """Back: the trail keeps the steps."""
    with op.batch_alter_table('hazard_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hazard_move_patrol_id'))
        batch_op.drop_index(batch_op.f('ix_hazard_move_hazard_id'))
    op.drop_table('hazard_move')
