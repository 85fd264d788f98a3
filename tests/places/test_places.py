"""Premises as the member sees them."""

from firegrid_app.grids.tables import Grid
from firegrid_app.places.cards import PlaceCard
from firegrid_app.places.service import places_of
from tests.cast import A
from tests.factories import NOW

TODAY = NOW.date()


def test_only_the_grids_asked_for_are_listed_and_nobodys_number_goes_out(session, cast):
    (card,) = places_of(session, [session.get(Grid, cast.grids["a"])], TODAY)
    assert card == PlaceCard(
        id=cast.places["a"],
        grid=A,
        name="A记旅馆",
        category="小旅馆",
        lat=29.351,
        lon=105.901,
        colour="grey",
        due=True,
        outcome="",
        kind="hotel",
        letter_until="",
    )


def test_no_grids_no_places(session, cast):
    assert list(places_of(session, [], TODAY)) == []
    assert list(places_of(session, [session.get(Grid, cast.grids["c"])], TODAY)) == []
