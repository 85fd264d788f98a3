"""Who keeps which building

Revision ID: 2c7e5d81b4f0
Revises: 7c1e0b5d94aa
"""

import sqlalchemy as sa
from alembic import op

revision = '2c7e5d81b4f0'
down_revision = '7c1e0b5d94aa'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('building', sa.String(length=30), server_default='', nullable=False))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        batch_op.drop_column('building')
