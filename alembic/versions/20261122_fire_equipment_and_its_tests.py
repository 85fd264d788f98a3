"""fire equipment and its tests

Revision ID: 12135c7836e1
Revises: 3d75d9a974ad
"""

import sqlalchemy as sa
from alembic import op

revision = '12135c7836e1'
down_revision = '3d75d9a974ad'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('equipment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('check_point_id', sa.Integer(), nullable=True),
    sa.Column('where_words', sa.String(length=120), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('keeper', sa.String(length=40), nullable=False),
    sa.Column('keeper_phone', sa.String(length=20), nullable=False),
    sa.Column('tested_on', sa.Date(), nullable=True),
    sa.Column('every_months', sa.Integer(), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['check_point_id'], ['check_point.id'], name=op.f('fk_equipment_check_point_id_check_point')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_equipment_grid_id_grid')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_equipment_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equipment')),
    sa.UniqueConstraint('code', name=op.f('uq_equipment_code'))
    )
    with op.batch_alter_table('equipment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_equipment_grid_id_next_on'), ['grid_id', 'next_on'], unique=False)

    op.create_table('equipment_test',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('equipment_id', sa.Integer(), nullable=False),
    sa.Column('tested_on', sa.Date(), nullable=False),
    sa.Column('fine', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['equipment_id'], ['equipment.id'], name=op.f('fk_equipment_test_equipment_id_equipment')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['person.id'], name=op.f('fk_equipment_test_noted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equipment_test'))
    )
    with op.batch_alter_table('equipment_test', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_equipment_test_equipment_id'), ['equipment_id'], unique=False)



def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('equipment_test', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_equipment_test_equipment_id'))

    op.drop_table('equipment_test')
    with op.batch_alter_table('equipment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_equipment_grid_id_next_on'))

    op.drop_table('equipment')
