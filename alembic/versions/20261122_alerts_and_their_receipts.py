"""alerts and their receipts

Revision ID: 18f8413a82fe
Revises: f2fd52537502
"""

import sqlalchemy as sa
from alembic import op

revision = '18f8413a82fe'
down_revision = 'f2fd52537502'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('alert_sender',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_alert_sender_grid_id_grid')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_alert_sender_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_sender')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_alert_sender_token_hash'))
    )
    with op.batch_alter_table('alert_sender', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_sender_grid_id'), ['grid_id'], unique=False)

    op.create_table('alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('weather', sa.String(length=20), nullable=False),
    sa.Column('colour', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('issuer', sa.String(length=60), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('to_residents', sa.Boolean(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sender_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_alert_grid_id_grid')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['person.id'], name=op.f('fk_alert_issued_by_id_person')),
    sa.ForeignKeyConstraint(['sender_id'], ['alert_sender.id'], name=op.f('fk_alert_sender_id_alert_sender')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_ends_at_lifted_at'), ['ends_at', 'lifted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_grid_id'), ['grid_id'], unique=False)

    op.create_table('alert_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_event_alert_id_alert')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_alert_event_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_event'))
    )
    with op.batch_alter_table('alert_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_event_alert_id'), ['alert_id'], unique=False)

    op.create_table('alert_message',
    sa.Column('sender_id', sa.Integer(), nullable=False),
    sa.Column('identifier', sa.String(length=120), nullable=False),
    sa.Column('body_hash', sa.String(length=64), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_message_alert_id_alert')),
    sa.ForeignKeyConstraint(['sender_id'], ['alert_sender.id'], name=op.f('fk_alert_message_sender_id_alert_sender')),
    sa.PrimaryKeyConstraint('sender_id', 'identifier', name=op.f('pk_alert_message'))
    )
    op.create_table('alert_seen',
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
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_seen_alert_id_alert')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_alert_seen_grid_id_grid')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_alert_seen_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_seen'))
    )
    with op.batch_alter_table('alert_seen', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_seen_alert_id_grid_id'), ['alert_id', 'grid_id'], unique=False)

    op.create_table('alert_target',
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_target_alert_id_alert')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_alert_target_grid_id_grid')),
    sa.PrimaryKeyConstraint('alert_id', 'grid_id', name=op.f('pk_alert_target'))
    )
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.add_column(sa.Column('alert_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('alert_edition', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_index(batch_op.f('ix_shout_alert_id'), ['alert_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_shout_alert_id_alert'), 'alert', ['alert_id'], ['id'])
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.alter_column('alert_edition', existing_type=sa.Integer(), server_default=None)



def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_shout_alert_id_alert'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_shout_alert_id'))
        batch_op.drop_column('alert_edition')
        batch_op.drop_column('alert_id')

    op.drop_table('alert_target')
    with op.batch_alter_table('alert_seen', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_seen_alert_id_grid_id'))

    op.drop_table('alert_seen')
    op.drop_table('alert_message')
    with op.batch_alter_table('alert_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_event_alert_id'))

    op.drop_table('alert_event')
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_grid_id'))
        batch_op.drop_index(batch_op.f('ix_alert_ends_at_lifted_at'))

    op.drop_table('alert')
    with op.batch_alter_table('alert_sender', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_sender_grid_id'))

    op.drop_table('alert_sender')
