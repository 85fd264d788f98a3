"""care basis and rhythm of households, doors off the register

Revision ID: 80509488207a
Revises: 7d2f4c9be013
"""

import sqlalchemy as sa
from alembic import op

revision = '80509488207a'
down_revision = '7d2f4c9be013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.add_column(sa.Column('care_basis', sa.String(length=20), server_default='', nullable=False))
        batch_op.add_column(sa.Column('care_agreed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('care_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.drop_column('erased_at')
        batch_op.drop_column('ended_at')
        batch_op.drop_column('care_days')
        batch_op.drop_column('care_agreed_on')
        batch_op.drop_column('care_basis')
