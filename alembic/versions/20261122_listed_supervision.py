"""Listed supervision of major hazards; reports whose maker's name is sheltered

Revision ID: 5e20b9f7d314
Revises: 891597ca179c
"""

import sqlalchemy as sa
from alembic import op

revision = '5e20b9f7d314'
down_revision = '891597ca179c'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: what a building leader reported so far is sheltered from now on, too."""
    op.create_table('hazard_listing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hazard_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('listed_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('responsible', sa.String(length=80), nullable=False),
    sa.Column('decided_by', sa.String(length=80), nullable=False),
    sa.Column('listed_by_id', sa.Integer(), nullable=False),
    sa.Column('delisted_on', sa.Date(), nullable=True),
    sa.Column('delisted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['hazard_id'], ['hazard.id'], name=op.f('fk_hazard_listing_hazard_id_hazard')),
    sa.ForeignKeyConstraint(['listed_by_id'], ['person.id'], name=op.f('fk_hazard_listing_listed_by_id_person')),
    sa.ForeignKeyConstraint(['delisted_by_id'], ['person.id'], name=op.f('fk_hazard_listing_delisted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hazard_listing')),
    sa.UniqueConstraint('hazard_id', 'number', name=op.f('uq_hazard_listing_hazard_id_number'))
    )
    with op.batch_alter_table('hazard_listing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hazard_listing_number'), ['number'], unique=False)
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.add_column(sa.Column('listing', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('sheltered', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        'update hazard set sheltered = true where exists (select 1 from post'
        " where post.person_id = hazard.person_id and post.role = 'building_leader')"
        ' and not exists (select 1 from post'
        " where post.person_id = hazard.person_id and post.role <> 'building_leader')"
    )
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.alter_column('listing', existing_type=sa.String(length=40), server_default=None)
        batch_op.alter_column('sheltered', existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    """Back: listings and shelter are forgotten; the trail keeps the steps."""
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.drop_column('sheltered')
        batch_op.drop_column('listing')
    with op.batch_alter_table('hazard_listing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hazard_listing_number'))
    op.drop_table('hazard_listing')
