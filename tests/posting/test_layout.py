"""Where fire equipment stands, on paper: numbered as in the table, old when something moved."""

import io
from datetime import date

import pypdf
import pytest
from sqlmodel import select

from firegrid_app.database import transaction
from firegrid_app.equipment.tables import Equipment
from firegrid_app.posting.editions import scanned, standing
from firegrid_app.posting.layout import dots, numbers_in_words
from firegrid_app.posting.papers import paper_of
from firegrid_app.posting.service import posting_view
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, SIDE, SOUTH, WEST, A, B
from tests.factories import NOW

BASE = "https://firegrid.example.cn"


def piece(cast, key="a", **changes):
    values = {
        "code": f"E{changes.get('name', '')}{key}",
        "kind": "extinguisher",
        "name": "干粉灭火器",
        "grid_id": cast.grids[key],
        "every_months": 12,
        "keeper": "石珍强",
    } | changes
    with transaction() as session:
        row = Equipment(**values)
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def equipped(cast):
    """Four pieces in a, one of them at premises and one nowhere known; one in b."""
    return {
        "hydrant": piece(
            cast, kind="hydrant", name="室外消火栓", where_words="东门",
            lat=SOUTH + SIDE / 4, lon=WEST + SIDE / 4, next_on=date(2027, 3, 1),
        ),
        "beside": piece(
            cast, kind="storage_point", name="器材箱", where_words="东门旁",
            lat=SOUTH + SIDE / 4, lon=WEST + SIDE / 4,
        ),
        "hotel": piece(cast, name="旅馆灭火器", place_id=cast.places["a"], amount=6),
        "lost": piece(cast, name="备用灭火器", where_words="值班室"),
        "b": piece(cast, "b", name="北门消火栓", kind="hydrant"),
    }  # fmt: skip


def printed(cast, who="head_a", code=A, **more):
    with transaction() as session:
        return paper_of(session, cast.actor(who), "layout", code, base=BASE, now=NOW, **more)


def verdict(tag, code=A):
    with transaction() as session:
        return scanned(session, code, tag, NOW).verdict


def change(piece_id, **fields):
    with transaction() as session:
        row = session.get_one(Equipment, piece_id)
        for field, value in fields.items():
            setattr(row, field, value)


def test_each_piece_has_its_number_on_the_map_and_in_the_table(cast, equipped):
    card = printed(cast).card
    assert [(one.number, one.name, one.on_map) for one in card.lines] == [
        (1, "旅馆灭火器", True),
        (2, "室外消火栓", True),
        (3, "器材箱", True),
        (4, "备用灭火器", False),
    ]
    assert {words for _, _, words in card.map.labels} == {"1", "2-3"}
    hydrant = card.lines[1]
    assert (hydrant.where, hydrant.keeper, hydrant.next_on) == ("东门", "石珍强", "2027-03-01")
    assert (card.lines[0].where, card.lines[0].amount) == ("A记旅馆", 6)


@pytest.mark.parametrize("languages", ["zh", "zh+en", "zh+ko"])
def test_it_prints_in_one_language_and_in_two(cast, equipped, make_client, languages):
    with make_client(cast.tokens["head_a"]) as client:
        answer = client.get(f"/posting/layout/{A}", params={"languages": languages})
    assert answer.status_code == 200
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    words = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    for said in (
        "消防器材布局图",
        "室外消火栓",
        "A记旅馆",
        "石珍强",
        "2027-03-01",
        "没检测过",
    ):
        assert said in words
    assert list(document.pages[0].images) == []  # the map is vectors
    assert ("Hydrant" in words or "hydrant" in words) == (languages == "zh+en")
    assert "北门消火栓" not in words


def test_a_community_draws_what_stands_in_its_grids(cast, equipped):
    card = printed(cast, "secretary", COMMUNITY).card
    assert [one.name for one in card.lines][-1] == "北门消火栓"
    assert len(card.lines) == 5


def test_premises_have_a_sheet_of_their_own(cast, equipped):
    sheet = printed(cast, subject=str(cast.places["a"]))
    assert [one.name for one in sheet.card.lines] == ["旅馆灭火器"]
    assert sheet.card.name == "A记旅馆"
    with transaction() as session:
        (line,) = standing(session, cast.actor("head_a"), NOW)
    assert (line.kind, line.subject, line.is_old) == ("layout", "A记旅馆", False)


def test_what_is_moved_added_or_taken_away_makes_it_old_and_a_test_does_not(cast, equipped):
    tag = printed(cast).card.tag
    change(equipped["hydrant"], tested_on=NOW.date(), next_on=date(2027, 5, 23))
    assert verdict(tag) == "current"
    change(equipped["b"], name="别的")
    assert verdict(tag) == "current"
    change(equipped["hydrant"], lat=SOUTH + SIDE / 2)
    assert verdict(tag) == "old"
    tag = printed(cast).card.tag
    change(equipped["lost"], ends_on=NOW.date())
    assert verdict(tag) == "old"
    tag = printed(cast).card.tag
    piece(cast, name="新灭火器")
    assert verdict(tag) == "old"


def test_when_all_is_taken_away_the_sheet_is_old_and_no_other_is_printed(cast):
    only = piece(cast)
    tag = printed(cast).card.tag
    change(only, ends_on=NOW.date())
    assert verdict(tag) == "old"
    with pytest.raises(Refused, match=r"posting\.no_equipment"):
        printed(cast)


@pytest.mark.parametrize(
    ("who", "more", "refused"),
    [
        ("head_a", {"subject": "999"}, "posting.unknown_subject"),
        ("head_a", {"subject": "x"}, "posting.unknown_subject"),
        ("member_a", {}, "access.outside_grid"),
        ("member_b", {}, "access.outside_grid"),
        ("other_secretary", {}, "access.outside_grid"),
        ("secretary", {"code": B, "languages": "fr"}, "posting.no_such_paper"),
    ],
)
def test_it_is_for_who_posts_in_the_grid(cast, equipped, who, more, refused):
    with pytest.raises(Refused, match=refused.replace(".", r"\.")):
        printed(cast, who, **more)


def test_premises_of_another_grid_or_without_equipment_have_none(cast, equipped):
    with pytest.raises(Refused, match=r"posting\.unknown_subject"):
        printed(cast, subject=str(cast.places["b"]))
    change(equipped["hotel"], ends_on=NOW.date())
    with pytest.raises(Refused, match=r"posting\.no_equipment"):
        printed(cast, subject=str(cast.places["a"]))


def test_the_desk_offers_it_where_there_is_equipment(cast, equipped):
    with transaction() as session:
        view = posting_view(session, cast.actor("head_a"), A, NOW)
        assert (view.has_equipment, [one.name for one in view.equipped]) == (True, ["A记旅馆"])
        assert posting_view(session, cast.actor("secretary"), COMMUNITY, NOW).has_equipment
        for row in session.exec(select(Equipment)):
            row.ends_on = NOW.date()
        session.flush()
        assert not posting_view(session, cast.actor("head_a"), A, NOW).has_equipment


def test_words_of_200_letters_and_hundreds_of_pieces_stay_on_the_sheet(cast, make_client):
    for number in range(120):
        piece(
            cast, name=f"{number}" + "灭" * 76, where_words="M" * 120, keeper="网" * 40,
            code=f"E{number}", lat=SOUTH + SIDE * (number % 11) / 11, lon=WEST + SIDE / 2,
        )  # fmt: skip
    with make_client(cast.tokens["head_a"]) as client:
        answer = client.get(f"/posting/layout/{A}")
    assert answer.status_code == 200
    assert 4 <= len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) <= 14


def test_dots_that_would_lie_on_each_other_are_one():
    labels = [(50, 50, "1"), (51, 50, "2"), (90, 50, "3"), (50, 51, "4"), (130, 50, "5")]
    assert dots(labels, 1.0) == ((50, 50, "1-2, 4"), (90, 50, "3"))
    assert dots([(50, 50, "1"), (50, 56, "2")], 0.5) == ((50, 50, "1-2"),)


@pytest.mark.parametrize(
    ("numbers", "words"), [([1], "1"), ([2, 1, 3], "1-3"), ([1, 2, 7, 9, 8], "1-2, 7-9")]
)
def test_numbers_are_told_as_runs(numbers, words):
    assert numbers_in_words(numbers) == words
