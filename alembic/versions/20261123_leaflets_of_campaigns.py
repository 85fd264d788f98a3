"""leaflets of campaigns

Revision ID: 5d1c7e0b94a2
Revises: 4d1c7e08b5a2
"""

import sqlalchemy as sa
from alembic import op

revision = '5d1c7e0b94a2'
down_revision = '4d1c7e08b5a2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.add_column(sa.Column('leaflet', sa.String(length=600), server_default='', nullable=False))
        batch_op.add_column(
            sa.Column('leaflet_picture', sa.String(length=64), server_default='', nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_column('leaflet_picture')
        batch_op.drop_column('leaflet')
