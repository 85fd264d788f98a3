"""A street's own letter: worded and ended at the desk, signed on phones, read again in the file."""

from uuid import UUID

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.places import street_letters
from firegrid_app.places.cards import PlaceAsk
from firegrid_app.places.letter_state import LettersState
from firegrid_app.places.letter_words import editions
from firegrid_app.places.one import place_file
from firegrid_app.places.rules import LONGEST_LETTER
from firegrid_app.places.tables import SignedLetter, StreetLetter
from firegrid_app.places.views import places_view
from firegrid_app.refusals import Refused
from firegrid_app.texts import refusal
from tests.cast import COMMUNITY, STREET
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, announced, item, send, statuses
from tests.photos.pictures import camera_jpeg, clean_jpeg
from tests.sync.walks import count, letter_body
from tests.tabs import click, goes_to, tab

NOTICE = ("消防安全告知书", "一、不占用疏散通道，不锁安全出口。\n二、电动自行车不进楼入户。")
KOREAN = ("소방안전고지서", "1. 대피통로를 막지 않고 안전출구를 잠그지 않는다.")


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def word(session, cast, who="officer", words=None, grid_code=STREET):
    return street_letters.write_letter(
        session, cast.actor(who), grid_code=grid_code, words=words or {"zh_CN": NOTICE}, now=NOW
    )


def signed(cast, letter, who="member_a", **changes):
    changes = {"edition": 0, "own": letter, **changes}
    return item(cast, who, "letter.signed", letter_body(cast, **changes), version=2)


def own_on(door, who):
    return door(who).get("/api/pack").json().get("own_letters", [])


@pytest.fixture
def letter(session, cast):
    """The street's own, in Chinese and Korean: its id."""
    found = word(session, cast, words={"zh_CN": NOTICE, "ko": KOREAN, "en": (" ", "")}).id
    session.commit()
    return found


def test_it_is_on_the_phones_of_its_street_and_no_other(door, letter):
    (one,) = own_on(door, "member_a")
    assert (one["id"], one["street"]) == (letter, STREET)
    assert one["words"] == {
        "zh_CN": [NOTICE[0], *NOTICE[1].splitlines()],
        "ko": [KOREAN[0], KOREAN[1]],
    }
    assert own_on(door, "other_officer") == []


def test_what_was_signed_is_read_again_after_other_words_came(door, cast, session, letter):
    pictures = [clean_jpeg(), camera_jpeg(3)]
    one = signed(cast, letter, language="ko", photos=[announced(data) for data in pictures])
    member = door("member_a")
    # It is signed while the desk words another one, and ends that too.
    word(session, cast, words={"zh_CN": (NOTICE[0], "另外的话，也要签字才算数。")})
    street_letters.end_letter(session, cast.actor("officer"), STREET, NOW)
    session.commit()
    assert own_on(door, "member_a") == []
    assert statuses(member, one) == ["created"]
    assert statuses(member, one) == ["already"]
    for photo, data in zip(one["body"]["photos"], pictures, strict=True):
        assert member.put(f"/api/photos/{photo['id']}", content=data).status_code == 200
    session.rollback()
    (paper,) = place_file(session, cast.actor("head_a"), cast.places["a"], NOW).papers
    assert paper.words == (KOREAN[0], KOREAN[1])
    assert set(paper.photos) == {photo["id"] for photo in one["body"]["photos"]}
    row = session.get(SignedLetter, UUID(one["id"]))
    assert (row.edition, row.street_letter_id) == (0, letter)


def test_words_of_another_street_are_no_letter_here(door, cast, session):
    elsewhere = word(session, cast, "administrator", grid_code=cast.codes["other_street"]).id
    session.commit()
    (answer,) = send(door("member_a"), signed(cast, elsewhere))
    assert (answer["status"], answer["code"]) == ("refused", "places.unknown_letter")
    assert count(session, SignedLetter) == 0


@pytest.mark.parametrize("changes", [{"own": 999_999}, {"language": "en"}])
def test_words_nobody_wrote_are_no_letter(door, cast, letter, changes):
    (answer,) = send(door("member_a"), signed(cast, letter, **changes))
    assert answer["code"] == "places.unknown_letter"


@pytest.mark.parametrize(
    "changes", [{"edition": 1}, {"own": None}, {"photos": [announced(b"x")] * 2}]
)
def test_a_record_names_one_letter_and_each_picture_once(door, cast, letter, changes):
    (answer,) = send(door("member_a"), signed(cast, letter, **changes))
    assert answer["status"] == "rejected"


def test_no_more_pictures_than_a_letter_has_pages(door, cast, letter):
    many = [announced(b"%d" % page) for page in range(5)]
    (answer,) = send(door("member_a"), signed(cast, letter, photos=many))
    assert answer["status"] == "rejected"


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"ko": KOREAN},
        {"zh_CN": ("", NOTICE[1])},
        {"zh_CN": (NOTICE[0], "太短了")},
        {"zh_CN": NOTICE, "ko": ("", KOREAN[1])},
        {"zh_CN": ("题" * 31, NOTICE[1])},
        {"zh_CN": (NOTICE[0], "字" * (LONGEST_LETTER + 1))},
        {"zh_CN": (NOTICE[0], "一行一条\n" * 41)},
    ],
)
def test_words_that_cannot_be_signed_are_refused_and_the_old_stay(session, cast, letter, words):
    with refused("places.letter_words") as why:
        street_letters.write_letter(
            session, cast.actor("officer"), grid_code=STREET, words=words, now=NOW
        )
    for language in ("zh_CN", "en", "ko"):
        assert refusal(why.value.code, language, **why.value.details)
    assert session.get(StreetLetter, letter).ended_at is None
    assert count(session, StreetLetter) == 1


def test_the_same_words_again_and_none_to_end_are_told(session, cast, letter):
    with refused("places.same_letter"):
        word(session, cast, words={"zh_CN": NOTICE, "ko": KOREAN})
    street_letters.end_letter(session, cast.actor("officer"), STREET, NOW)
    with refused("places.no_own_letter"):
        street_letters.end_letter(session, cast.actor("officer"), STREET, NOW)
    acts = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [one for one in acts if "letter" in one] == ["write_letter", "end_letter"]


@pytest.mark.parametrize(
    ("who", "grid", "code"),
    [
        ("member_a", STREET, "access.outside_grid"),
        ("head_a", STREET, "access.outside_grid"),
        ("other_secretary", STREET, "access.outside_grid"),
        ("administrator", COMMUNITY, "places.street_only"),
    ],
)
def test_who_does_not_word_it_does_not(session, cast, who, grid, code):
    with refused(code):
        word(session, cast, who, grid_code=grid)
    assert count(session, StreetLetter) == 0


def test_only_who_words_it_is_led_to_it(session, cast):
    for who, may in (("officer", True), ("secretary", False), ("head_a", False)):
        assert places_view(session, cast.actor(who), PlaceAsk(), NOW).may_word is may


def opened(cast, who="officer"):
    page = tab(LettersState, cast.tokens.get(who))
    click(page.load())
    return page


def test_it_is_worded_and_taken_back_at_the_desk(cast):
    page = opened(cast)
    shipped = page.view.words
    assert (page.view.own, shipped[0].language, shipped[0].title) == (0, "zh_CN", "消防安全责任书")
    assert shipped[0].text.splitlines() == list(editions()[1]["zh_CN"])
    assert [bool(one.text) for one in page.view.begun] == [True, False, False]
    page.ask_write()
    form = {"title zh_CN": NOTICE[0], "text zh_CN": "太短了"}
    click(page.write(form))
    assert (page.form_said.code, page.writing) == ("places.letter_words", True)
    click(page.write({**form, "text zh_CN": NOTICE[1]}))
    assert (page.form_said.code, page.writing) == ("", False)
    assert page.view.own > 0
    assert [one.title for one in page.view.words] == [NOTICE[0], "", ""]
    assert page.view.begun == page.view.words
    click(page.end())
    assert (page.view.own, page.view.words) == (0, shipped)


def test_who_words_none_is_sent_home_and_any_argument_is_borne(cast):
    assert goes_to(click(opened(cast, "member_a").load())) == ["/"]
    assert goes_to(click(tab(LettersState).load())) == ["/login"]
    page = opened(cast)
    for argument in NONSENSE:
        click(page.write(argument))
        click(page.pick(argument))
    assert page.view.own == 0
