"""Papers for walls: what stands on them, who may print them, which are old."""

import io
from datetime import date, timedelta

import pypdf
import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person, Post
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.grids.history import draw_anew
from firegrid_app.grids.shapes import Drawing
from firegrid_app.grids.tables import Grid
from firegrid_app.posting.editions import note_hanging, scanned, standing, take_down
from firegrid_app.posting.papers import paper_of
from firegrid_app.posting.rules import Decided, danger_of, fingerprint, shown_fields
from firegrid_app.posting.tables import Edition
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, A, B
from tests.factories import NOW

BASE = "https://firegrid.example.cn"


def read(answer):
    assert answer.status_code == 200, answer.text
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    return document, " ".join(" ".join(page.extract_text() for page in document.pages).split())


def printed(cast, who="head_a", kind="board", code=A, **more):
    with transaction() as session:
        actor = cast.actor(who)
        return paper_of(session, actor, kind, code, base=BASE, now=NOW, **more)


def listed(cast, who="head_a"):
    with transaction() as session:
        return standing(session, cast.actor(who), NOW)


def verdict(tag, code=A):
    with transaction() as session:
        return scanned(session, code, tag, NOW).verdict


def change(name, **fields):
    with transaction() as session:
        row = session.exec(select(PublicContact).where(PublicContact.display_name == name)).one()
        for field, value in fields.items():
            setattr(row, field, value)


def test_the_board_names_the_people_with_what_is_shown_of_them(cast, make_client):
    with make_client(cast.tokens["head_a"]) as client:
        answer = client.get(f"/posting/board/{A}")
    document, words = read(answer)
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    assert "object-src 'self'" in answer.headers["content-security-policy"]
    assert len(document.pages) == 1
    width, height = document.pages[0].mediabox[2:]
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (420, 297)
    for said in (
        "小桥子社区第1网格",
        "龚丽",
        "02349800001",
        "姜龙",
        "119",
        "12345",
        "带头巡查网格",
    ):
        assert said in words
    assert "13800000008" not in words  # the member's number is not shown
    assert list(document.pages[0].images) == []  # map and code are vectors


def lines_and_pictures(cast, make_client):
    with make_client(cast.tokens["head_a"]) as client:
        document, _ = read(client.get(f"/posting/board/{A}"))
    page = document.pages[0]
    return page.get_contents().get_data().count(b" l\n"), list(page.images)


def test_the_map_on_paper_is_vectors(cast, make_client):
    with_map, pictures = lines_and_pictures(cast, make_client)
    assert pictures == []
    with transaction() as session:
        session.get_one(Grid, cast.grids["a"]).outline = None
    without, pictures = lines_and_pictures(cast, make_client)
    assert pictures == []
    # Four sides of the square grid, its neighbour's, the frame's and the scale bar.
    assert with_map >= without + 4


@pytest.mark.parametrize(
    ("path", "pages", "said"),
    [
        ("notice/{A}?of=1栋", 1, "1栋"),
        ("cards/{A}", 2, "扫码存入通讯录"),
        ("pack/{COMMUNITY}", 3, "工作制度"),
        ("sign/{A}?of={place}", 1, "A记旅馆"),
    ],
)
@pytest.mark.parametrize("languages", ["zh", "zh+en"])
def test_every_paper_comes_in_one_language_and_in_two(
    cast, make_client, path, pages, said, languages
):
    path = path.format(A=A, COMMUNITY=COMMUNITY, place=cast.places["a"])
    mark = "&" if "?" in path else "?"
    with make_client(cast.tokens["secretary"]) as client:
        document, words = read(
            client.get(f"/posting/{path}{mark}languages={languages.replace('+', '%2B')}")
        )
    assert len(document.pages) in (pages, pages + (languages != "zh"))
    assert said in words
    assert ("Supervision" in words) == (languages != "zh" and not path.startswith("cards"))


def test_ten_cards_to_a_sheet_and_a_sheet_a_person(cast, make_client):
    with make_client(cast.tokens["head_a"]) as client:
        document, _ = read(client.get(f"/posting/cards/{A}"))
    first, second = (page.extract_text() for page in document.pages)
    assert (first.count("龚丽"), second.count("姜龙")) == (10, 10)


@pytest.mark.parametrize("name", ["网" * 40, "M" * 40, "𠮷😀<b>#x"])
def test_a_name_that_is_too_long_or_odd_stays_on_its_paper(cast, make_client, name):
    change("龚丽", display_name=name)
    with make_client(cast.tokens["head_a"]) as client:
        board, words = read(client.get(f"/posting/board/{A}"))
        cards, _ = read(client.get(f"/posting/cards/{A}"))
    assert (len(board.pages), len(cards.pages)) == (1, 2)
    assert name[:8].replace("😀", "") in words.replace("\x00", "").replace("\u200b", "") + name[:1]


def test_many_people_still_make_one_board(cast, make_client):
    with transaction() as session:
        for number in range(30):
            session.add(
                PublicContact(
                    grid_id=cast.grids["a"],
                    role="grid_member",
                    display_name=f"人员{number}",
                    work_phone="02349800001",
                    publish_phone=True,
                    basis="duty x",
                    starts_on=date(2026, 1, 1),
                )
            )
    with make_client(cast.tokens["head_a"]) as client:
        document, words = read(client.get(f"/posting/board/{A}"))
    assert len(document.pages) == 1
    assert "另有 20 人" in words


@pytest.mark.parametrize(
    ("who", "code", "refused"),
    [
        ("member_a", A, "access.outside_grid"),
        ("leader_a", A, "access.outside_grid"),
        ("head_a", B, "access.outside_grid"),
        ("head_a", COMMUNITY, "access.outside_grid"),
        ("other_secretary", A, "access.outside_grid"),
        ("department", A, "access.outside_grid"),
        ("secretary", "nowhere", "grids.unknown"),
    ],
)
def test_only_who_posts_in_the_grid_prints(cast, who, code, refused):
    with pytest.raises(Refused, match=refused.replace(".", r"\.")):
        printed(cast, who, code=code)
    assert listed(cast, "officer") == []


@pytest.mark.parametrize(
    ("kind", "more", "refused"),
    [
        ("poster", {}, "posting.no_such_paper"),
        ("pack", {}, "posting.no_such_paper"),
        ("board", {"languages": "fr"}, "posting.no_such_paper"),
        ("board", {"subject": "1栋"}, "posting.unknown_subject"),
        ("notice", {"subject": "99栋"}, "posting.unknown_subject"),
        ("cards", {"subject": "999"}, "posting.unknown_subject"),
        ("cards", {"subject": "٣"}, "posting.unknown_subject"),
        ("sign", {"subject": ""}, "posting.unknown_subject"),
        ("sign", {"subject": "999"}, "posting.unknown_subject"),
    ],
)
def test_what_there_is_not_is_not_printed(cast, kind, more, refused):
    with pytest.raises(Refused, match=refused.replace(".", r"\.")):
        printed(cast, kind=kind, **more)


def test_a_sign_of_another_grids_premises_is_refused(cast):
    with pytest.raises(Refused, match=r"posting\.unknown_subject"):
        printed(cast, kind="sign", subject=str(cast.places["b"]))


def test_where_nobody_is_posted_no_cards_are_printed(cast):
    with pytest.raises(Refused, match=r"posting\.nobody_posted"):
        printed(cast, "secretary", "cards", B)


def test_the_same_content_is_the_same_edition(cast):
    first, again = printed(cast).card.tag, printed(cast).card.tag
    english = printed(cast, languages="zh+en").card.tag
    assert first == again != english
    assert verdict(first) == "current"


def test_a_change_of_person_makes_the_board_old_and_lists_it(cast):
    old = printed(cast).card.tag
    notice = printed(cast, kind="notice", subject="1栋").card.tag
    assert not any(line.is_old for line in listed(cast))
    change("姜龙", display_name="江龙")
    assert [verdict(old), verdict(notice)] == ["old", "old"]
    assert [(line.kind, line.is_old, line.replaced) for line in listed(cast)] == [
        ("board", True, False),
        ("notice", True, False),
    ]
    new = printed(cast).card.tag
    assert new != old
    assert verdict(new) == "current"
    lines = {line.tag: line for line in listed(cast)}
    assert (lines[old].replaced, lines[new].is_old, lines[notice].replaced) == (True, False, False)


def test_whose_post_ends_is_off_the_board_and_the_paper_is_old(cast):
    old = printed(cast)
    assert [one.name for one in old.card.people] == ["龚丽", "姜龙"]
    with transaction() as session:
        post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
        post.ends_on = NOW.date() - timedelta(days=1)
    assert [one.name for one in printed(cast).card.people] == ["龚丽"]
    assert verdict(old.card.tag) == "old"


def test_who_is_switched_off_makes_the_paper_old(cast):
    old = printed(cast).card.tag
    with transaction() as session:
        session.get_one(Person, cast.people["head_a"]).switched_off_at = NOW
    assert verdict(old) == "old"


def test_a_new_supervision_phone_makes_the_paper_old(cast):
    old = printed(cast).card.tag
    with transaction() as session:
        session.get_one(Grid, cast.grids["street"]).supervision_phone = "02349800110"
    assert verdict(old) == "old"


def move(cast, key, by):
    """Move a grid's eastern edge by so many degrees, as one who draws it anew does."""
    with transaction() as session:
        grid = session.get_one(Grid, cast.grids[key])
        (ring,) = grid.outline["coordinates"]
        east = max(lon for lon, _ in ring)
        moved = [[lon + by if lon == east else lon, lat] for lon, lat in ring]
        drawn = Drawing({"type": "Polygon", "coordinates": [moved]}, grid.label_lat, grid.label_lon)
        draw_anew(session, grid, drawn, NOW.date())


def test_an_outline_drawn_anew_makes_the_board_old_and_a_scan_says_so(cast, client):
    board = printed(cast).card.tag
    notice = printed(cast, kind="notice", subject="1栋").card.tag
    whole = printed(cast, "secretary", "board", COMMUNITY).card.tag
    pack = printed(cast, "secretary", "pack", COMMUNITY).card.tag
    move(cast, "a", -0.0005)
    assert verdict(board) == "old"
    assert verdict(notice) == "current"  # it draws no map
    assert [verdict(whole, COMMUNITY), verdict(pack, COMMUNITY)] == ["old", "old"]
    assert "后来有变动" in client.get(f"/g/{A}", params={"e": board}).text
    old = {line.tag for line in listed(cast, "secretary") if line.is_old}
    assert old == {board, whole, pack}
    new = printed(cast).card.tag
    assert new != board
    assert verdict(new) == "current"
    assert {line.tag: line.replaced for line in listed(cast)}[board]


def test_a_neighbours_outline_and_less_than_a_metre_leave_the_board_as_it_is(cast):
    board = printed(cast).card.tag
    move(cast, "b", 0.0005)
    move(cast, "a", 0.0000001)
    assert verdict(board) == "current"
    assert printed(cast).card.tag == board


def test_a_small_grid_renamed_or_ended_makes_the_communitys_board_old(cast):
    whole = printed(cast, "secretary", "board", COMMUNITY).card.tag
    with transaction() as session:
        session.get_one(Grid, cast.grids["b"]).name = "小桥子社区东网格"
    assert verdict(whole, COMMUNITY) == "old"
    whole = printed(cast, "secretary", "board", COMMUNITY).card.tag
    with transaction() as session:
        session.get_one(Grid, cast.grids["b"]).valid_to = NOW.date()
    assert verdict(whole, COMMUNITY) == "old"


def test_a_board_printed_before_its_map_was_noted_is_judged_by_its_words(cast):
    board = printed(cast).card.tag
    with transaction() as session:
        session.exec(select(Edition)).one().drawn = ""
    move(cast, "a", -0.0005)
    assert verdict(board) == "current"
    assert printed(cast).card.tag != board  # from now on it is noted


def test_the_page_says_what_became_of_the_scanned_paper(cast, client):
    tag = printed(cast, kind="notice", subject="1栋").card.tag
    page = client.get(f"/g/{A}", params={"e": tag}).text
    assert "与现在一致" in page
    assert "小桥子社区第1网格1栋" in page
    change("龚丽", work_phone="02349800009")
    assert "后来有变动" in client.get(f"/g/{A}", params={"e": tag}).text
    for made_up in ("2222222222", "x", "<b>", "9" * 400):
        assert "没有印过这个编号" in client.get(f"/g/{A}", params={"e": made_up}).text
    assert "没有印过这个编号" in client.get(f"/g/{B}", params={"e": tag}).text
    assert "编号的牌子" not in client.get(f"/g/{A}").text


def test_where_a_paper_hangs_is_noted_until_it_is_taken_down(cast):
    printed(cast)
    (line,) = listed(cast)
    with transaction() as session:
        note_hanging(session, cast.actor("head_a"), line.id, " 1栋  东门 ", NOW.date(), NOW)
    (line,) = listed(cast, "secretary")
    assert (line.hangs_at, line.hung_on) == ("1栋 东门", NOW.date().isoformat())
    with transaction() as session:
        take_down(session, cast.actor("secretary"), line.id, NOW)
        take_down(session, cast.actor("secretary"), line.id, NOW)
    assert listed(cast) == []
    assert verdict(line.tag) == "old"
    assert printed(cast).card.tag != line.tag


@pytest.mark.parametrize(
    ("where", "day", "refused"),
    [
        ("x", NOW.date(), "posting.no_place"),
        ("门" * 81, NOW.date(), "posting.no_place"),
        ("东门", NOW.date() + timedelta(days=1), "posting.day_far_off"),
        ("东门", date(2001, 1, 1), "posting.day_far_off"),
    ],
)
def test_a_place_or_day_that_cannot_be_is_refused(cast, where, day, refused):
    printed(cast)
    (line,) = listed(cast)
    with transaction() as session, pytest.raises(Refused, match=refused.replace(".", r"\.")):
        note_hanging(session, cast.actor("head_a"), line.id, where, day, NOW)


@pytest.mark.parametrize("who", ["member_a", "member_b", "other_secretary"])
def test_a_neighbour_notes_and_takes_down_nothing(cast, who):
    printed(cast)
    (line,) = listed(cast)
    for use_case in (
        lambda session: note_hanging(session, cast.actor(who), line.id, "东门", NOW.date(), NOW),
        lambda session: take_down(session, cast.actor(who), line.id, NOW),
    ):
        with transaction() as session, pytest.raises(Refused, match=r"access\.outside_grid"):
            use_case(session)
    with transaction() as session, pytest.raises(Refused, match=r"posting\.unknown"):
        take_down(session, cast.actor("secretary"), 999, NOW)
    with transaction() as session:
        row = session.exec(select(Edition)).one()
        assert (row.hangs_at, row.gone_on) == ("", None)


def test_who_posts_nothing_sees_no_list_and_a_neighbour_an_empty_one(cast):
    printed(cast)
    assert listed(cast, "other_secretary") == []
    with pytest.raises(Refused, match=r"access\.not_allowed"):
        listed(cast, "member_a")


def test_the_latest_decision_counts_until_its_last_day():
    flags, day = {"name": True, "phone": False, "duties": True}, date(2026, 11, 22)
    assert shown_fields(flags, [], day) == {"name", "duties"}
    on = Decided("phone", True, day)
    assert shown_fields(flags, [on], day) == {"name", "duties", "phone"}
    assert shown_fields(flags, [on], day + timedelta(days=1)) == {"name", "duties"}
    off = Decided("phone", False, None)
    assert shown_fields(flags, [on, off, Decided("name", False, None)], day) == {"duties"}


def test_fingerprints_keep_fields_apart():
    assert fingerprint([("ab", "c")]) != fingerprint([("a", "bc")])
    assert fingerprint([("a",), ("b",)]) != fingerprint([("a", "b")])


def test_every_kind_of_premises_has_its_danger():
    assert danger_of("小餐饮") == "kitchen"
    assert danger_of("小旅馆") == "beds"
    assert danger_of("小歌舞娱乐") == "song"
    assert danger_of("小学校幼儿园") == "children"
    assert danger_of("小生产加工") == "workshop"
    assert danger_of("小商店") == "shop"
    assert danger_of("别的") == "any"
