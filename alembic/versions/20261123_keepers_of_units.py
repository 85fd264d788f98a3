"""keepers of units

Revision ID: 4d1c7e08b5a2
Revises: 0956ab38c0a4
"""

import sqlalchemy as sa
from alembic import op

revision = '4d1c7e08b5a2'
down_revision = '0956ab38c0a4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        # Whoever keeps a building today keeps all of it.
        batch_op.add_column(
            sa.Column('unit', sa.String(length=30), nullable=False, server_default='')
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('public_contact', schema=None) as batch_op:
        batch_op.drop_column('unit')
