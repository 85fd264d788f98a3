"""keepers of several buildings

Revision ID: 8c41be70a9d3
Revises: 7f3a90c1d2e4
"""

import sqlalchemy as sa
from alembic import op

revision = '8c41be70a9d3'
down_revision = '7f3a90c1d2e4'
branch_labels = None
depends_on = None

_CONTACTS = sa.table(
    'public_contact',
    sa.column('id', sa.Integer),
    sa.column('building', sa.String),
    sa.column('unit', sa.String),
    sa.column('houses', sa.JSON),
)


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('houses', sa.JSON(), server_default='[]', nullable=False))
    # Whoever keeps one building or unit today keeps it alone.
    told = op.get_bind()
    contact = _CONTACTS.c
    kept = sa.select(contact.id, contact.building, contact.unit).where(contact.building != '')
    for one, building, unit in told.execute(kept).all():
        told.execute(
            _CONTACTS.update().where(contact.id == one).values(houses=[[building, unit]])
        )
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        batch_op.drop_column('unit')
        batch_op.drop_column('building')


def downgrade() -> None:
    """Back: of several the first stays."""
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        for name in ('building', 'unit'):
            batch_op.add_column(
                sa.Column(name, sa.String(length=30), nullable=False, server_default='')
            )
    told = op.get_bind()
    contact = _CONTACTS.c
    for one, houses in told.execute(sa.select(contact.id, contact.houses)).all():
        if houses:
            building, unit = houses[0]
            first = {'building': building, 'unit': unit}
            told.execute(_CONTACTS.update().where(contact.id == one).values(first))
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        batch_op.drop_column('houses')
