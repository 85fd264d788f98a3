"""equipment looked at and tested by phone

Revision ID: 0956ab38c0a4
Revises: 16bee71c740e

Tests noted at the desk so far become looks of the new kind; back again, only tests have a place.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = '0956ab38c0a4'
down_revision = '16bee71c740e'
branch_labels = None
depends_on = None


_AT = sa.DateTime(timezone=True)
_TEST = sa.table(
    'equipment_test',
    sa.column('id', sa.Integer()),
    sa.column('equipment_id', sa.Integer()),
    sa.column('tested_on', sa.Date()),
    sa.column('fine', sa.Boolean()),
    sa.column('note', sa.String()),
    sa.column('noted_by_id', sa.Integer()),
    sa.column('noted_at', _AT),
)
_CHECK = sa.table(
    'equipment_check',
    sa.column('id', sa.Uuid()),
    sa.column('grid_id', sa.Integer()),
    sa.column('person_id', sa.Integer()),
    sa.column('happened_at', _AT),
    sa.column('received_at', _AT),
    sa.column('position_source', sa.String()),
    sa.column('equipment_id', sa.Integer()),
    sa.column('checked_on', sa.Date()),
    sa.column('tested', sa.Boolean()),
    sa.column('found', sa.String()),
    sa.column('note', sa.String()),
)
_PIECE = sa.table('equipment', sa.column('id', sa.Integer()), sa.column('grid_id', sa.Integer()))


def _keep_tests() -> None:
    """Each under an id of its own, in the grid its piece stands in now."""
    query = sa.select(_TEST, _PIECE.c.grid_id).join(_PIECE, _PIECE.c.id == _TEST.c.equipment_id)
    rows = [
        {
            'id': uuid4(),
            'grid_id': one.grid_id,
            'person_id': one.noted_by_id,
            'happened_at': one.noted_at,
            'received_at': one.noted_at,
            'position_source': 'none',
            'equipment_id': one.equipment_id,
            'checked_on': one.tested_on,
            'tested': True,
            'found': 'fine' if one.fine else 'faulty',
            'note': one.note,
        }
        for one in op.get_bind().execute(query.order_by(_TEST.c.id))
    ]
    op.bulk_insert(_CHECK, rows)


def _keep_checks() -> None:
    """Those that were tests."""
    query = sa.select(_CHECK).where(_CHECK.c.tested).order_by(_CHECK.c.happened_at, _CHECK.c.id)
    rows = [
        {
            'equipment_id': one.equipment_id,
            'tested_on': one.checked_on,
            'fine': one.found == 'fine',
            'note': one.note,
            'noted_by_id': one.person_id,
            'noted_at': one.received_at,
        }
        for one in op.get_bind().execute(query)
    ]
    op.bulk_insert(_TEST, rows)


def upgrade() -> None:
    """Forward."""
    op.create_table('equipment_check',
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
    sa.Column('equipment_id', sa.Integer(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('tested', sa.Boolean(), nullable=False),
    sa.Column('found', sa.String(length=10), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('hazard_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['equipment_id'], ['equipment.id'], name=op.f('fk_equipment_check_equipment_id_equipment')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_equipment_check_grid_id_grid')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_equipment_check_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equipment_check'))
    )
    with op.batch_alter_table('equipment_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_equipment_check_equipment_id_checked_on'), ['equipment_id', 'checked_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_equipment_check_grid_id'), ['grid_id'], unique=False)

    _keep_tests()
    with op.batch_alter_table('equipment_test', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_equipment_test_equipment_id'))

    op.drop_table('equipment_test')


def downgrade() -> None:
    """Back."""
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

    _keep_checks()
    with op.batch_alter_table('equipment_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_equipment_check_grid_id'))
        batch_op.drop_index(batch_op.f('ix_equipment_check_equipment_id_checked_on'))

    op.drop_table('equipment_check')
