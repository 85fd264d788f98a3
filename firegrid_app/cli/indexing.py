"""Writes anew what can be searched of hazards, and makes the index where the database now can."""

from collections.abc import Callable

from firegrid_app.database import transaction
from firegrid_app.hazards.fulltext import make_index
from firegrid_app.hazards.writing import write_all

_SLOWER = (
    "✗ 数据库没有三字索引（pg_trgm，或 SQLite 3.34 以上带 FTS5），搜索会慢一些"
    " / No index of trigrams in this database: searching reads every text"
)


def index_hazards(say: Callable[[str], None]) -> bool:
    """Do both; has the database an index now? Hazards are found without one, too, but slower."""
    with transaction() as session:
        written = sum(write_all(session))
        indexed = make_index(session.connection())
    say(f"✓ 已重建 {written} 条隐患的搜索文字 / {written} hazards can be searched.")
    if not indexed:
        say(_SLOWER)
    return indexed
