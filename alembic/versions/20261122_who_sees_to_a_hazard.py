"""Who sees to a hazard and by when: levels, terms of a street, when the house looks, who was told.

Revision ID: 2b7e94d0c3a8
Revises: 398ead7ebc56
"""

import sqlalchemy as sa
from alembic import op

revision = '2b7e94d0c3a8'
down_revision = '398ead7ebc56'
branch_labels = None
depends_on = None

COUNTED = ('step_ups', 'urges', 'urges_open')


def upgrade() -> None:
    """Forward: what is open is looked at from the day after its deadline on."""
    op.create_table('deadline_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('severity', sa.String(length=20), nullable=False),
    sa.Column('category', sa.String(length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('remind', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('after_photo', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_deadline_rule_grid_id_grid')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_deadline_rule_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline_rule'))
    )
    with op.batch_alter_table('deadline_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deadline_rule_grid_id_ends_on'), ['grid_id', 'ends_on'], unique=False)
    op.create_table('hazard_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hazard_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=20), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['hazard_id'], ['hazard.id'], name=op.f('fk_hazard_notice_hazard_id_hazard')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_hazard_notice_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hazard_notice')),
    sa.UniqueConstraint('hazard_id', 'number', 'person_id', name=op.f('uq_hazard_notice_hazard_id_number_person_id'))
    )
    with op.batch_alter_table('hazard_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hazard_notice_person_id_seen_at'), ['person_id', 'seen_at'], unique=False)
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rung', sa.String(length=20), nullable=False, server_default='grid_head'))
        batch_op.add_column(sa.Column('rule_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('look_on', sa.Date(), nullable=True))
        for name in COUNTED:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_index(batch_op.f('ix_hazard_look_on'), ['look_on'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_hazard_rule_id_deadline_rule'), 'deadline_rule', ['rule_id'], ['id']
        )
    day_after = "due_on + 1" if op.get_bind().dialect.name == 'postgresql' else "date(due_on, '+1 day')"
    op.execute(f"update hazard set look_on = {day_after} where status in ('open', 'corrected')")
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.alter_column('rung', existing_type=sa.String(length=20), server_default=None)
        for name in COUNTED:
            batch_op.alter_column(name, existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    """Back: terms, notices and levels are forgotten; the trail keeps every step."""
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_hazard_rule_id_deadline_rule'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_hazard_look_on'))
        for name in (*COUNTED, 'look_on', 'rule_id', 'rung'):
            batch_op.drop_column(name)
    with op.batch_alter_table('hazard_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hazard_notice_person_id_seen_at'))
    op.drop_table('hazard_notice')
    with op.batch_alter_table('deadline_rule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deadline_rule_grid_id_ends_on'))
    op.drop_table('deadline_rule')
