"""places in full, calls and what was handed out

Revision ID: 3d75d9a974ad
Revises: 80509488207a
"""

import sqlalchemy as sa
from alembic import op

revision = '3d75d9a974ad'
down_revision = '80509488207a'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('place_focus',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_place_focus_decided_by_id_person')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['person.id'], name=op.f('fk_place_focus_lifted_by_id_person')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_place_focus_place_id_place')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_place_focus_proposed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_focus'))
    )
    with op.batch_alter_table('place_focus', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_place_focus_place_id'), ['place_id'], unique=False)

    op.create_table('place_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('party', sa.String(length=20), nullable=False),
    sa.Column('signed_by', sa.String(length=40), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('abilities', sa.String(length=4), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_place_paper_entered_by_id_person')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_place_paper_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_paper'))
    )
    with op.batch_alter_table('place_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_place_paper_place_id'), ['place_id'], unique=False)

    words = {
        'manager': 40, 'manager_phone': 20, 'address': 120, 'standing': 20,
        'standing_reason': 120, 'facilities': 300, 'outcome': 20,
    }
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outcome', sa.String(length=20), nullable=False, server_default=''))
    with op.batch_alter_table('place', schema=None) as batch_op:
        for name, length in words.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('area_m2', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('capacity', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('called_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.add_column(sa.Column('place_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('leaflets', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('cards', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_foreign_key(batch_op.f('fk_shout_place_id_place'), 'place', ['place_id'], ['id'])
    # Whoever arrived at premises before nobody asked what came of it: they were there.
    op.execute(
        "update arrival set outcome = 'checked' where check_point_id in"
        ' (select id from check_point where place_id is not null)'
    )
    last = (
        '(select max(arrival.happened_at) from arrival join check_point'
        ' on check_point.id = arrival.check_point_id where check_point.place_id = place.id)'
    )
    op.execute(f'update place set called_at = {last}, checked_at = {last}')
    op.execute("update place set outcome = 'checked' where called_at is not null")
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.alter_column('leaflets', existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column('cards', existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table('place', schema=None) as batch_op:
        for name, length in words.items():
            batch_op.alter_column(name, existing_type=sa.String(length=length), server_default=None)
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.alter_column('outcome', existing_type=sa.String(length=20), server_default=None)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_shout_place_id_place'), type_='foreignkey')
        batch_op.drop_column('cards')
        batch_op.drop_column('leaflets')
        batch_op.drop_column('place_id')

    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.drop_column('checked_at')
        batch_op.drop_column('called_at')
        batch_op.drop_column('outcome')
        batch_op.drop_column('facilities')
        batch_op.drop_column('standing_reason')
        batch_op.drop_column('standing')
        batch_op.drop_column('capacity')
        batch_op.drop_column('area_m2')
        batch_op.drop_column('address')
        batch_op.drop_column('manager_phone')
        batch_op.drop_column('manager')

    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.drop_column('outcome')

    with op.batch_alter_table('place_paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_place_paper_place_id'))

    op.drop_table('place_paper')
    with op.batch_alter_table('place_focus', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_place_focus_place_id'))

    op.drop_table('place_focus')
