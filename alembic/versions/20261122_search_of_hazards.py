"""What can be searched of each hazard, an index of trigrams over it, and saved filters.

Revision ID: b7a41c0e9d35
Revises: e91b5c02d7a4
"""

import json
import logging
import os
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = 'b7a41c0e9d35'
down_revision = 'e91b5c02d7a4'
branch_labels = None
depends_on = None

LONGEST = 8000
SQLITE = (
    "create virtual table if not exists hazard_fts using fts5("
    "text, content='hazard_text', content_rowid='id', tokenize='trigram case_sensitive 1')",
    'create trigger if not exists hazard_text_new after insert on hazard_text begin'
    ' insert into hazard_fts(rowid, text) values (new.id, new.text); end',
    'create trigger if not exists hazard_text_gone after delete on hazard_text begin'
    " insert into hazard_fts(hazard_fts, rowid, text) values ('delete', old.id, old.text); end",
    'create trigger if not exists hazard_text_other after update of text on hazard_text begin'
    " insert into hazard_fts(hazard_fts, rowid, text) values ('delete', old.id, old.text);"
    ' insert into hazard_fts(rowid, text) values (new.id, new.text); end',
)
POSTGRESQL = (
    'create extension if not exists pg_trgm',
    'create index if not exists ix_hazard_text_trigrams on hazard_text using gin (text gin_trgm_ops)',
)


def make_index() -> None:
    """Trigrams, where this database can; a later revision that makes the table anew on SQLite
    makes the triggers again: they go with the old one."""
    bind = op.get_bind()
    try:
        with bind.begin_nested():
            for statement in SQLITE if bind.dialect.name == 'sqlite' else POSTGRESQL:
                bind.exec_driver_sql(statement)
    except sa.exc.DBAPIError as error:
        logging.getLogger('alembic.runtime.migration').warning(
            'search of hazards goes without its index (%s): once pg_trgm, or SQLite 3.34 with FTS5,'
            ' is there, run: firegrid index',
            str(error.orig).strip(),
        )


def folded(text: str) -> str:
    """As the rules of searching fold."""
    plain = text.replace('\x00', ' ').encode(errors='ignore').decode()
    return ' '.join(unicodedata.normalize('NFKC', plain).casefold().split())


def day_of(moment: object, zone: ZoneInfo) -> str:
    """The day on the wall; SQLite gives the moment as text."""
    found = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
    return f'{found.astimezone(zone):%Y%m%d}'


def fill() -> None:
    """Hazards there are can be searched, too."""
    bind = op.get_bind()
    zone = ZoneInfo(os.environ.get('FIREGRID_TIMEZONE', '') or 'Asia/Shanghai')
    hazards = bind.execute(
        sa.text(
            'select hazard.id, words, where_words, place.name, happened_at from hazard'
            ' left join place on place.id = hazard.place_id'
        )
    ).all()
    told: dict[object, list[str]] = {}
    for hazard_id, note, facts in bind.execute(
        sa.text('select hazard_id, note, facts from hazard_event order by hazard_id, number')
    ):
        more = json.loads(facts).get('listing', '') if facts else ''
        told.setdefault(hazard_id, []).extend((note, str(more)))
    rows = []
    for hazard_id, words, where, place, at in hazards:
        plain = str(hazard_id).replace('-', '')
        number = f'{day_of(at, zone)}-{plain[:8].upper()}'
        parts = (words, where, place or '', number, *told.get(hazard_id, ()))
        text = '\n'.join(filter(None, map(folded, parts)))[:LONGEST]
        rows.append({'hazard_id': hazard_id, 'text': text})
    insert = sa.text('insert into hazard_text (hazard_id, text) values (:hazard_id, :text)')
    for first in range(0, len(rows), 1000):
        bind.execute(insert, rows[first : first + 1000])


def upgrade() -> None:
    """Forward."""
    op.create_table(
        'hazard_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('hazard_id', sa.Uuid(), nullable=False),
        sa.Column('text', sa.String(length=LONGEST), nullable=False),
        sa.ForeignKeyConstraint(
            ['hazard_id'], ['hazard.id'], name=op.f('fk_hazard_text_hazard_id_hazard')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_hazard_text')),
        sa.UniqueConstraint('hazard_id', name=op.f('uq_hazard_text_hazard_id')),
    )
    op.create_table(
        'saved_filter',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=30), nullable=False),
        sa.Column('ask', sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_saved_filter_person_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filter')),
        sa.UniqueConstraint('person_id', 'name', name=op.f('uq_saved_filter_person_id_name')),
    )
    make_index()
    fill()


def downgrade() -> None:
    """Back."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('drop table if exists hazard_fts')
    op.drop_table('saved_filter')
    op.drop_table('hazard_text')
