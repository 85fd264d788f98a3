"""The map on a printed paper

Revision ID: 6f0d2b7c91ae
Revises: 7c0301198444
"""

import sqlalchemy as sa
from alembic import op

revision = '6f0d2b7c91ae'
down_revision = '7c0301198444'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. Papers that hang already say nothing of their map: they are judged by their words."""
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.add_column(sa.Column('drawn', sa.String(length=16), server_default='', nullable=False))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_column('drawn')
