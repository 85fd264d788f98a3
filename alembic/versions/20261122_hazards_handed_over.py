"""To which body a hazard was handed over

Revision ID: e91b5c02d7a4
Revises: 51db96be4268
"""

import sqlalchemy as sa
from alembic import op

revision = 'e91b5c02d7a4'
down_revision = '51db96be4268'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: to none so far."""
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.add_column(sa.Column('transferred_to', sa.String(length=60), nullable=False, server_default=''))
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.alter_column('transferred_to', existing_type=sa.String(length=60), server_default=None)


def downgrade() -> None:
    """Back: the trail keeps the step."""
    with op.batch_alter_table('hazard', schema=None) as batch_op:
        batch_op.drop_column('transferred_to')
