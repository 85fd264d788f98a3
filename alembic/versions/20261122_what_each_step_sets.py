"""What each step of a hazard's trail sets; triggers that keep the trail from being changed.

Revision ID: 6d1f0a7c52e9
Revises: 52c3c7975020
"""

import sqlalchemy as sa
from alembic import op

revision = '6d1f0a7c52e9'
down_revision = '52c3c7975020'
branch_labels = None
depends_on = None

WORDS = 'the trail of a hazard is never changed'


def keep_trail() -> None:
    """Refuse to change or delete a step, whoever asks. A later revision that makes the table anew
    on SQLite calls for the same again: the triggers go with the old table."""
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(
            "create or replace function hazard_event_is_kept() returns trigger language plpgsql"
            f" as $$ begin raise exception '{WORDS}'; end $$"
        )
        op.execute(
            'create trigger hazard_event_is_kept before update or delete on hazard_event'
            ' for each row execute function hazard_event_is_kept()'
        )
        return
    for what in ('update', 'delete'):
        op.execute(
            f'create trigger hazard_event_no_{what} before {what} on hazard_event'
            f" begin select raise(abort, '{WORDS}'); end"
        )


def let_go() -> None:
    """Take the triggers away."""
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('drop trigger hazard_event_is_kept on hazard_event')
        op.execute('drop function hazard_event_is_kept()')
        return
    for what in ('update', 'delete'):
        op.execute(f'drop trigger if exists hazard_event_no_{what}')


def upgrade() -> None:
    """Forward: what was told so far keeps its hash; rows get what their trails tell."""
    with op.batch_alter_table('hazard_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('facts', sa.String(length=2000), nullable=False, server_default=''))
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table('hazard_event', schema=None) as batch_op:
        batch_op.alter_column('facts', existing_type=sa.String(length=2000), server_default=None)
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.add_column(sa.Column('steps', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('corrected_by_id', sa.Integer(), nullable=True))
        batch_op.alter_column('owner_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f('fk_hazard_corrected_by_id_person'), 'person', ['corrected_by_id'], ['id']
        )
    op.execute(
        'update hazard set steps = (select count(*) from hazard_event'
        ' where hazard_event.hazard_id = hazard.id)'
    )
    op.execute(
        'update hazard set corrected_by_id = (select person_id from hazard_event'
        " where hazard_event.hazard_id = hazard.id and step = 'corrected'"
        " order by number desc limit 1) where status in ('corrected', 'closed')"
    )
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.alter_column('steps', existing_type=sa.Integer(), server_default=None)
    keep_trail()


def downgrade() -> None:
    """Back: fails, and loses nothing, while there are steps of the house or hazards of nobody."""
    let_go()
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_hazard_corrected_by_id_person'), type_='foreignkey')
        batch_op.alter_column('owner_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('corrected_by_id')
        batch_op.drop_column('steps')
    with op.batch_alter_table('hazard_event', schema=None) as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('facts')
