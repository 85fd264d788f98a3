"""The screen size of a photo with words under it.

Revision ID: 5d1c90ae37f4
Revises: 225256f03993
"""

import sqlalchemy as sa
from alembic import op

revision = '5d1c90ae37f4'
down_revision = '225256f03993'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: photos kept so far are shown without."""
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('shown_sha256', sa.String(length=64), nullable=False, server_default='')
        )
        batch_op.create_index(batch_op.f('ix_photo_shown_sha256'), ['shown_sha256'], unique=False)


def downgrade() -> None:
    """Back. Photos kept with a strip have no bare screen size: theirs has to be made anew."""
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_photo_shown_sha256'))
        batch_op.drop_column('shown_sha256')
