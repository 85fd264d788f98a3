"""campaigns at doors

Revision ID: f35a58a0b3fd
Revises: 3ba4fd093cbb
"""

import sqlalchemy as sa
from alembic import op

revision = 'f35a58a0b3fd'
down_revision = '3ba4fd093cbb'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('purpose', sa.String(length=300), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('done_outcomes', sa.JSON(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_campaign_grid_id_grid')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_campaign_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign'))
    )
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_grid_id'), ['grid_id'], unique=False)

    op.create_table('campaign_area',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_area_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_campaign_area_grid_id_grid')),
    sa.PrimaryKeyConstraint('campaign_id', 'grid_id', name=op.f('pk_campaign_area'))
    )
    op.create_table('campaign_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_edition_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_campaign_edition_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_edition')),
    sa.UniqueConstraint('campaign_id', 'number', name=op.f('uq_campaign_edition_campaign_id_number'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('campaign_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('edition', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('answers', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('faults', sa.JSON(none_as_null=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_visit_campaign_id_household_id_outcome'), ['campaign_id', 'household_id', 'outcome'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_visit_campaign_id_campaign'), 'campaign', ['campaign_id'], ['id'])



def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_visit_campaign_id_campaign'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_visit_campaign_id_household_id_outcome'))
        batch_op.drop_column('faults')
        batch_op.drop_column('answers')
        batch_op.drop_column('edition')
        batch_op.drop_column('campaign_id')

    op.drop_table('campaign_edition')
    op.drop_table('campaign_area')
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_grid_id'))

    op.drop_table('campaign')
