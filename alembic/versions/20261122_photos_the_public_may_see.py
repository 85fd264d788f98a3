"""Decisions on which photos the public may see, and what is covered in them.

Revision ID: 9b37e6f20c18
Revises: 5d1c90ae37f4
"""

import sqlalchemy as sa
from alembic import op

revision = '9b37e6f20c18'
down_revision = '5d1c90ae37f4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: nothing is published by it."""
    op.create_table(
        'photo_release',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('photo_id', sa.Uuid(), nullable=False),
        sa.Column('boxes', sa.String(length=1000), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['decided_by_id'], ['person.id'], name=op.f('fk_photo_release_decided_by_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['photo_id'], ['photo.id'], name=op.f('fk_photo_release_photo_id_photo')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_photo_release')),
    )
    with op.batch_alter_table('photo_release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_release_photo_id'), ['photo_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_release_sha256'), ['sha256'], unique=False)


def downgrade() -> None:
    """Back: the public sees no photo any more."""
    op.drop_table('photo_release')
