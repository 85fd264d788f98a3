"""how long a shout was

Revision ID: 51db96be4268
Revises: c7a3f1905e6b
"""

import sqlalchemy as sa
from alembic import op

revision = '51db96be4268'
down_revision = 'c7a3f1905e6b'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('shout', schema=None) as batch_op:
        # What was logged before was counted by nobody.
        batch_op.add_column(
            sa.Column('seconds', sa.Integer(), nullable=False, server_default='0')
        )
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.alter_column('seconds', server_default=None)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('shout', schema=None) as batch_op:
        batch_op.drop_column('seconds')
