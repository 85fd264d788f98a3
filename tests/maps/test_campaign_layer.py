"""A running campaign on the map: the figures of its list, for who keeps the doors."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from firegrid_app.campaigns import managing, service
from firegrid_app.database import transaction
from firegrid_app.visits.tables import Household
from tests.campaigns.test_campaigns import make, visit_item
from tests.cast import COMMUNITY, STREET, A, B
from tests.factories import NOW, send
from tests.maps.reading import codes_of


def asked(door, who="secretary", grid=COMMUNITY, campaign=0):
    return door(who).get("/api/map/campaign", params={"grid": grid, "campaign": campaign})


@pytest.fixture
def campaign(session: Session, cast, door):
    """三清三关 in the community: in a one door done and two tried, in b none."""
    made = make(session, cast)
    session.commit()
    client = door("member_a")
    send(client, visit_item(cast, made, "a1", "member_a"))
    for door_tried in ("a2", "a3"):
        send(
            client, visit_item(cast, made, door_tried, "member_a", outcome="no_answer", answers={})
        )
    session.rollback()
    return made


def test_map_and_list_agree_to_the_digit(session, cast, door, campaign):
    card = service.campaign_card(session, cast.actor("secretary"), campaign.id, NOW)
    shown = asked(door).json()
    grids = door("secretary").get("/api/map/grids", params={"grid": COMMUNITY}).json()
    assert shown["tree"] == grids["tree"]
    for place, code in enumerate(codes_of(grids)):
        (total,) = [one.total for one in card.grids if one.grid == code]
        for column in ("doors", "done", "back"):
            assert shown[column][place] == getattr(total, column)
    total = card.total
    assert shown["sums"] == {
        "doors": total.doors, "done": total.done, "back": total.back, "never": total.never,
    }  # fmt: skip
    assert (shown["done"], shown["back"]) == ([1, 0], [2, 0])
    assert shown["tallies"] == [["never", 1], ["some", 1]]
    assert (shown["id"], shown["name"]) == (campaign.id, campaign.name)


def test_a_grid_is_done_when_every_door_is_and_has_none_without_doors(
    session, cast, door, campaign
):
    with transaction() as other:
        for row in other.exec(select(Household).where(Household.id != cast.doors["a1"])):
            row.ended_at = NOW
    shown = asked(door).json()
    assert shown["tallies"] == [["done", 1], ["none", 1]]


def test_of_several_the_one_that_ends_first_or_the_one_that_is_asked_for(
    session, cast, door, campaign
):
    later = make(session, cast, name="电动车", ends_on=campaign.ends_on + timedelta(days=9))
    session.commit()
    shown = asked(door).json()
    assert shown["running"] == [
        [campaign.id, campaign.name, campaign.ends_on.isoformat()],
        [later.id, "电动车", later.ends_on.isoformat()],
    ]
    assert shown["id"] == campaign.id
    assert asked(door, campaign=later.id).json()["sums"]["done"] == 0
    assert asked(door, campaign=99_999).json()["id"] == campaign.id
    managing.end_campaign(session, cast.actor("secretary"), campaign.id, NOW)
    managing.end_campaign(session, cast.actor("secretary"), later.id, NOW)
    session.commit()
    nothing = asked(door).json()
    assert (nothing["id"], nothing["running"], nothing["sums"]["doors"]) == (0, [], 0)


def test_who_keeps_a_part_sees_that_part(door, cast, campaign):
    shown = asked(door, "head_a", A).json()
    assert (shown["id"], shown["done"], shown["sums"]["done"]) == (campaign.id, [1], 1)
    assert asked(door, "officer", STREET).json()["sums"]["done"] == 1


@pytest.mark.parametrize(
    ("who", "grid"),
    [
        ("member_a", A),
        ("head_a", B),
        ("secretary", STREET),
        ("other_secretary", COMMUNITY),
        ("other_officer", STREET),
        ("department", STREET),
    ],
)
def test_who_keeps_no_doors_there_is_refused(door, campaign, who, grid):
    answer = asked(door, who, grid)
    assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")


def test_only_who_keeps_doors_is_offered_it(door, cast):
    offer = '"campaign": "/api/map/campaign'
    frames = {
        who: door(who).get("/api/map/frame", params={"grid": A}).text
        for who in ("head_a", "member_a")
    }
    assert [offer in frames[who].replace('":"', '": "') for who in frames] == [True, False]
