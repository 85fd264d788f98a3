"""photos by what is kept of them

Revision ID: 7d2f4c9be013
Revises: c3d86f1a52b0
"""

from alembic import op

revision = '7d2f4c9be013'
down_revision = 'c3d86f1a52b0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_kept_sha256'), ['kept_sha256'], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_photo_kept_sha256'))
