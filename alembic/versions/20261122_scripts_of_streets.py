"""scripts of streets

Revision ID: 1abad4fda82e
Revises: f35a58a0b3fd
"""

import sqlalchemy as sa
from alembic import op

revision = '1abad4fda82e'
down_revision = 'f35a58a0b3fd'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('shout_script',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=30), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('dialect', sa.String(length=20), nullable=False),
    sa.Column('first_day', sa.String(length=5), nullable=False),
    sa.Column('last_day', sa.String(length=5), nullable=False),
    sa.Column('kinds', sa.JSON(), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_shout_script_grid_id_grid')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_shout_script_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shout_script'))
    )
    with op.batch_alter_table('shout_script', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shout_script_grid_id'), ['grid_id'], unique=False)



def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('shout_script', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shout_script_grid_id'))

    op.drop_table('shout_script')
