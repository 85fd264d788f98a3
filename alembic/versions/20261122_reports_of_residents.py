"""Reports of residents, the secrets they are followed by, and where a hazard came from

Revision ID: 3ba4fd093cbb
Revises: 12135c7836e1
"""

import sqlalchemy as sa
from alembic import op

revision = '3ba4fd093cbb'
down_revision = '12135c7836e1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table('resident_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(length=8), nullable=False),
    sa.Column('grid_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=40), nullable=False),
    sa.Column('where_words', sa.String(length=120), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('phone', sa.String(length=12), nullable=False),
    sa.Column('photos', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('standing', sa.String(length=12), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('reason_words', sa.String(length=300), nullable=False),
    sa.Column('hazard_id', sa.Uuid(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_resident_report_decided_by_id_person')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_resident_report_grid_id_grid')),
    sa.ForeignKeyConstraint(['hazard_id'], ['hazard.id'], name=op.f('fk_resident_report_hazard_id_hazard')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resident_report')),
    sa.UniqueConstraint('digest', name=op.f('uq_resident_report_digest')),
    sa.UniqueConstraint('number', name=op.f('uq_resident_report_number'))
    )
    with op.batch_alter_table('resident_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resident_report_grid_id_standing'), ['grid_id', 'standing'], unique=False)
        batch_op.create_index(batch_op.f('ix_resident_report_hazard_id'), ['hazard_id'], unique=False)

    op.create_table('report_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['resident_report.id'], name=op.f('fk_report_key_report_id_resident_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_key'))
    )
    with op.batch_alter_table('report_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_key_report_id'), ['report_id'], unique=False)

    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.String(length=10), server_default='', nullable=False))

    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.alter_column('person_id',
               existing_type=sa.INTEGER(),
               nullable=True)



def downgrade() -> None:
    """Back. Photos of residents have no maker: the old table cannot hold them."""
    op.execute(
        'delete from photo_part where photo_id in (select id from photo where person_id is null)'
    )
    op.execute('delete from photo where person_id is null')
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.alter_column('person_id',
               existing_type=sa.INTEGER(),
               nullable=False)

    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.drop_column('source')

    with op.batch_alter_table('report_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_key_report_id'))

    op.drop_table('report_key')
    with op.batch_alter_table('resident_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resident_report_hazard_id'))
        batch_op.drop_index(batch_op.f('ix_resident_report_grid_id_standing'))

    op.drop_table('resident_report')
