"""Arrivals elsewhere: without a check point, with words for the place.

Revision ID: 39aa02908d72
Revises: 7268d32d910e
"""

import sqlalchemy as sa
from alembic import op

revision = '39aa02908d72'
down_revision = '7268d32d910e'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: the arrivals there are keep their check point and have no words."""
    with op.batch_alter_table("arrival") as batch_op:
        batch_op.add_column(
            sa.Column("where_words", sa.String(length=120), nullable=False, server_default="")
        )
        batch_op.alter_column("check_point_id", existing_type=sa.INTEGER(), nullable=True)
    with op.batch_alter_table("arrival") as batch_op:
        batch_op.alter_column("where_words", server_default=None)


def downgrade() -> None:
    """Back: fails, and loses nothing, while there are arrivals without a check point."""
    with op.batch_alter_table("arrival") as batch_op:
        batch_op.alter_column("check_point_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("where_words")
