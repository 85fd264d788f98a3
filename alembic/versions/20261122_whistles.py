"""Departments that can be called, and whistles for them

Revision ID: c7a3f1905e6b
Revises: 18f8413a82fe
"""

import sqlalchemy as sa
from alembic import op

revision = 'c7a3f1905e6b'
down_revision = '18f8413a82fe'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('department',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_department_grid_id_grid')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department')),
    sa.UniqueConstraint('grid_id', 'name', name=op.f('uq_department_grid_id_name'))
    )
    op.create_table('department_person',
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_department_person_department_id_department')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_department_person_person_id_person')),
    sa.PrimaryKeyConstraint('department_id', 'person_id', name=op.f('pk_department_person'))
    )
    op.create_table('whistle',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hazard_id', sa.Uuid(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('called_by_id', sa.Integer(), nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('check_in_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_in_by_id', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_words', sa.String(length=1000), nullable=False),
    sa.ForeignKeyConstraint(['hazard_id'], ['hazard.id'], name=op.f('fk_whistle_hazard_id_hazard')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_whistle_department_id_department')),
    sa.ForeignKeyConstraint(['called_by_id'], ['person.id'], name=op.f('fk_whistle_called_by_id_person')),
    sa.ForeignKeyConstraint(['checked_in_by_id'], ['person.id'], name=op.f('fk_whistle_checked_in_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_whistle'))
    )
    with op.batch_alter_table('whistle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_whistle_hazard_id'), ['hazard_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_whistle_department_id_done_at'), ['department_id', 'done_at'], unique=False)


def downgrade() -> None:
    """Back: the trail keeps who was called and came."""
    with op.batch_alter_table('whistle', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_whistle_department_id_done_at'))
        batch_op.drop_index(batch_op.f('ix_whistle_hazard_id'))
    op.drop_table('whistle')
    op.drop_table('department_person')
    op.drop_table('department')
