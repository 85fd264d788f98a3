"""Searching hazards: the same found on both databases as by reading every word in plain Python."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select
from structlog.testing import capture_logs

from firegrid_app.cli.indexing import index_hazards
from firegrid_app.database import reading, transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards import finding, fulltext, listing
from firegrid_app.hazards.cards import HazardAsk
from firegrid_app.hazards.finding import RARE
from firegrid_app.hazards.listing import PAGE, hazards_view
from firegrid_app.hazards.rules.kinds import CATEGORIES
from firegrid_app.hazards.rules.search import folded, searchable, words_in
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard, HazardEvent, HazardText
from firegrid_app.hazards.writing import number_of, renamed
from firegrid_app.places.tables import Place
from firegrid_app.texts import LANGUAGES, say
from tests.cast import A, B
from tests.factories import NOW, report

PIECES = ("楼道", "堆满", "纸箱", "飞线", "充电", "3栋", "%", "_", '"', "'", "\\", "Ａ", "a")
ODD = ("ß", "Straße", "é", " ", "，", "😀", "*", "-", "OR")
WORDS = st.lists(st.sampled_from(PIECES + ODD), max_size=5).map("".join)


def found(cast, words, who="officer", **ask):
    with reading() as session:
        view = hazards_view(
            session, cast.actor(who), HazardAsk(which="all", words=words, **ask), NOW
        )
    return {row.id for row in view.rows}


def oracle(session, words):
    """Every hazard that has every word somewhere, read one by one."""
    hits = set()
    for hazard in session.exec(select(Hazard)):
        events = session.exec(select(HazardEvent).where(HazardEvent.hazard_id == hazard.id))
        place = session.get(Place, hazard.place_id) if hazard.place_id else None
        fields = [
            hazard.words,
            hazard.where_words,
            place.name if place else "",
            number_of(hazard),
            session.get(Grid, hazard.grid_id).name,
            *(say(f"hazards.category.{hazard.category}", one) for one in LANGUAGES),
            *(event.note for event in events),
        ]
        plain = [folded(one) for one in fields]
        if all(any(word in one for one in plain) for word in words_in(words)):
            hits.add(str(hazard.id))
    return hits


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    made=st.lists(
        st.tuples(WORDS, WORDS, WORDS, st.sampled_from(CATEGORIES), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    asked=st.lists(WORDS, min_size=1, max_size=6),
    rare=st.sampled_from((0, 1, 2, RARE)),
)
def test_what_is_found_is_what_a_reader_of_every_word_finds(cast, made, asked, rare):
    with transaction() as session:
        for table in ("hazard_notice", "hazard_event", "hazard_text", "hazard"):
            session.connection().exec_driver_sql(f"delete from {table}")
        for words, where, note, category, in_b in made:
            actor = cast.actor("member_b" if in_b else "member_a")
            one = report(
                session,
                actor,
                grid_code=B if in_b else A,
                words=f"{words}x",
                where_words=where,
                category=category.code,
                place_id=cast.places["b" if in_b else "a"] if len(note) % 2 else None,
            )
            if note.strip():
                move(session, actor, one.id, Step.COMMENTED, note, NOW)
    with reading() as session:
        expected = {words: oracle(session, words) for words in (*asked, "楼道", "飞线充", "网格")}
    with pytest.MonkeyPatch.context() as patched:
        # What a word is looked up by depends on how rare it is, what is found must not.
        patched.setattr(finding, "RARE", rare)
        for words, hits in expected.items():
            assert found(cast, words) == hits, words


@pytest.fixture
def hazard(cast):
    with transaction() as session:
        made = report(
            session,
            cast.actor("member_a"),
            words="楼道堆满纸箱",
            category="exit_locked",
            place_id=cast.places["a"],
        )
        return str(made.id)


@pytest.mark.parametrize("words", ["纸", "纸箱", "满纸箱", "堆满 楼道", "上锁", "Exit", "第1网格"])
def test_one_two_and_three_characters_are_found(cast, hazard, words):
    assert found(cast, words) == {hazard}


@pytest.mark.parametrize("words", ["纸箱 第2网格", "纸箱 飞线", "第1网格 纸盒", "上锁 第2网格"])
def test_every_word_has_to_be_there_also_beside_kinds_and_grids(cast, hazard, words):
    """Each is found in one of the two, no one has both."""
    with transaction() as session:
        kind = "ebike_flying_wire"
        report(session, cast.actor("member_b"), grid_code=B, words="一堆纸盒", category=kind)
    assert found(cast, words) == set()


def test_its_number_and_its_place_are_found(cast, hazard):
    with reading() as session:
        row = session.get(Hazard, UUID(hazard))
        number, place = number_of(row), session.get(Place, row.place_id).name
    assert found(cast, number) == found(cast, number.lower()[:12]) == found(cast, place) == {hazard}


def test_a_place_is_found_by_its_new_name_and_no_more_by_the_old(cast, hazard):
    with transaction() as session:
        place = session.get(Place, cast.places["a"])
        old, place.name = place.name, "祥和麻将馆"
        renamed(session, place)
    assert found(cast, "祥和麻将") == {hazard}
    assert found(cast, old) == set()


def test_a_word_reaches_over_no_two_fields(cast, hazard):
    assert found(cast, "纸箱1栋") == set()


def test_what_was_said_later_is_found_and_a_whistleblowers_name_never(cast):
    with transaction() as session:
        made = report(session, cast.actor("leader_a"))
        move(session, cast.actor("head_a"), made.id, Step.COMMENTED, "已约物业王经理周五清运", NOW)
        hazard = str(made.id)
    assert found(cast, "物业王经理") == {hazard}
    assert found(cast, "罗强") == set()


@pytest.mark.parametrize(
    "words", ["\x00", "纸\x00箱", "\ud800", " " * 60, "a" * 5000, '"', "*", "'"]
)
def test_no_search_breaks_the_page(cast, hazard, words):
    assert found(cast, words) <= {hazard}


@pytest.mark.parametrize("who", ["member_b", "other_officer"])
def test_the_neighbour_finds_nothing(cast, hazard, who):
    assert found(cast, "纸箱", who) == set()


def test_a_long_story_keeps_what_was_said_first(cast, hazard):
    with transaction() as session:
        for number in range(12):
            move(
                session, cast.actor("head_a"), UUID(hazard), Step.COMMENTED, f"{number}" * 990, NOW
            )
        text = session.exec(select(HazardText.text)).one()
    assert len(text) <= 8000
    assert found(cast, "纸箱") == {hazard}


def test_the_index_is_used_and_follows_every_change(cast, hazard):
    with transaction() as session:
        kind = session.get_bind().dialect.name
        if kind == "sqlite":
            assert fulltext.has_fts(session)
            session.connection().exec_driver_sql(
                "insert into hazard_fts(hazard_fts, rank) values ('integrity-check', 1)"
            )
            asked = fulltext.saying(["满纸箱"], fts=True).compile(
                session.connection(), compile_kwargs={"literal_binds": True}
            )
            plan = session.connection().exec_driver_sql(f"explain query plan {asked}")
            assert "hazard_fts VIRTUAL TABLE INDEX" in "\n".join(row[-1] for row in plan)
        else:
            session.connection().exec_driver_sql("set local enable_seqscan = off")
            plan = session.execute(
                sa.text("explain select id from hazard_text where text like '%堆满纸箱%'")
            )
            assert "ix_hazard_text_trigrams" in "\n".join(row[0] for row in plan)


def test_without_an_index_the_same_is_found_and_the_log_says_so(cast, hazard, monkeypatch):
    with transaction() as session:
        if session.get_bind().dialect.name == "sqlite":
            for name in ("new", "gone", "other"):
                session.connection().exec_driver_sql(f"drop trigger hazard_text_{name}")
            session.connection().exec_driver_sql("drop table hazard_fts")
        else:
            session.connection().exec_driver_sql("drop index ix_hazard_text_trigrams")
    said = []
    with monkeypatch.context() as patched, capture_logs() as logs:
        for name in ("_SQLITE", "_POSTGRESQL"):
            patched.setattr(fulltext, name, ("create nonsense",))
        assert not index_hazards(said.append)
        assert found(cast, "满纸箱") == {hazard}
    assert [one["event"] for one in logs] == ["search_without_index"]
    assert "firegrid index" in logs[0]["hint"]
    assert index_hazards(said.append)
    assert found(cast, "满纸箱") == {hazard}
    assert len(said) == 3


def test_the_texts_written_anew_are_those_kept_all_along(cast, hazard):
    with transaction() as session:
        move(session, cast.actor("head_a"), UUID(hazard), Step.COMMENTED, "Ｂ栋 也有", NOW)
    with reading() as session:
        before = session.exec(select(HazardText.text)).all()
    index_hazards(lambda _: None)
    with reading() as session:
        assert session.exec(select(HazardText.text)).all() == before


def test_widths_and_cases_are_one():
    assert folded(" ＡＢｃ　Straße ") == "abc strasse"
    assert searchable(["", "甲 乙", "丙"]) == "甲 乙\n丙"


@pytest.mark.parametrize("which", ["all", "closed"])
def test_pages_follow_one_another_by_key_and_miss_nothing(cast, which):
    with transaction() as session:
        for number in range(PAGE * 2 + 5):
            report(
                session,
                cast.actor("member_a"),
                NOW - timedelta(days=number % 7),
                fixed_on_spot=which == "closed",
            )
    seen, after, page = [], "", 1
    while True:
        with reading() as session:
            ask = HazardAsk(which=which, after=after, page=page)
            view = hazards_view(session, cast.actor("officer"), ask, NOW)
        seen += [row.id for row in view.rows]
        assert (view.page, view.pages, view.matches) == (page, 3, PAGE * 2 + 5)
        if page == view.pages:
            break
        after, page = view.last, page + 1
    assert len(seen) == len(set(seen)) == PAGE * 2 + 5


@pytest.mark.parametrize(
    "after", ["x", "2026-11-22", "2026-11-22 x y", f"2026-11-22 2026-11-22 {UUID(int=1)}",
              f"0001-01-01 0001-01-01T00:00:00+14:00 {UUID(int=1)}"]
)  # fmt: skip
def test_what_is_no_key_is_the_beginning(cast, hazard, after):
    assert found(cast, "", after=after, page=7) == {hazard}


def test_of_closed_ones_only_so_many_are_counted_and_all_can_be_turned_to(cast, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", PAGE + 2)
    with transaction() as session:
        for number in range(2 * PAGE + 1):
            made = report(session, cast.actor("member_a"), words=f"楼道{number}")
            made.status = "closed"
            # Two at a time at the same moment: their order must not depend on luck.
            made.closed_at = NOW + timedelta(minutes=number // 2)
    seen, ask = [], HazardAsk(which="closed", words="楼道")
    for page, pages in ((1, 2), (2, 3), (3, 3)):
        with reading() as session:
            view = hazards_view(session, cast.actor("officer"), ask, NOW)
        (tally,) = (one for one in view.tallies if one.which == "closed")
        assert (tally.count, tally.more) == (view.matches, view.more) == (PAGE + 2, True)
        assert (view.page, view.pages) == (page, pages)
        seen += [row.id for row in view.rows]
        ask = HazardAsk(which="closed", words="楼道", after=view.last, page=page + 1)
    assert len(seen) == len(set(seen)) == 2 * PAGE + 1
    with reading() as session:
        view = hazards_view(session, cast.actor("officer"), HazardAsk(which="all"), NOW)
        few = hazards_view(
            session, cast.actor("officer"), HazardAsk(which="closed", words="楼道6"), NOW
        )
    assert (view.matches, view.more, view.pages) == (0, False, 1)
    assert (few.matches, few.more, len(few.rows)) == (2, False, 2)
