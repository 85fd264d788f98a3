"""Recordings beside photos.

Revision ID: eeb99e86f116
Revises: 8c41be70a9d3
"""

import sqlalchemy as sa
from alembic import op

revision = 'eeb99e86f116'
down_revision = '8c41be70a9d3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: all that is kept so far are pictures."""
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('kind', sa.String(length=10), server_default='picture', nullable=False)
        )


def downgrade() -> None:
    """Back. Recordings stay as photos that nobody can look at."""
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.drop_column('kind')
