"""Distances are geopy's geodesic; who reckons quicker on a plane is named here, and held to it."""

import math
import re
from dataclasses import replace

import pytest
from geopy.distance import distance, geodesic

from firegrid_app.grids.whereabouts import MOST_REACH_M, grids_here
from firegrid_app.hazards.rules.twins import NEAR_METRES, Spot, metres_between
from tests.cast import MONDAY_MORNING
from tests.house.code import modules

OWN = re.compile(r"6_?371|6_?378|6_?356|\b111_?\d{3}\b|haversine|great_circle")
"""Radii and degrees of the earth, and the names of other ways."""
QUICK = {
    "hazards.rules.twins": "reports by the hundred, as the phone does; tens of metres",
    "grids.whereabouts": "edges within a hundred metres, as the phone does",
    "presence.rules": "asks for the geodesic only where its quick bound leaves a doubt",
    "grids.coverage": "areas, measured around each piece",
    "boards.rules": "the proportions of a drawing",
    "roads.rules": "how much ground lies around grids, how coarse a line may be",
    "maps.rules.datum": "another ellipsoid: the shift of Chinese maps",
    "importing.rules.projections": "a surveyor's plane back to degrees",
    "feature_files": "the name of WGS-84 in a file",
}
PLACES = [(42.9068, 129.5087), (29.3561, 105.9272), (20.0, 110.3)]


def test_nobody_else_reckons_distances_of_their_own():
    found = {
        module.name for module in modules() if OWN.search(module.path.read_text(encoding="utf-8"))
    }
    assert found == set(QUICK)


@pytest.mark.parametrize("bearing", range(0, 360, 30))
@pytest.mark.parametrize("place", PLACES)
def test_the_quick_ones_agree_with_the_geodesic_where_they_are_used(place, bearing):
    there = distance(meters=NEAR_METRES).destination(place, bearing)
    away = geodesic(place, (there.latitude, there.longitude)).m
    one = Spot("x", MONDAY_MORNING, "", lat=place[0], lon=place[1])
    other = replace(one, lat=there.latitude, lon=there.longitude)
    assert metres_between(one, other) == pytest.approx(away, rel=0.01)


@pytest.mark.parametrize("place", PLACES)
def test_the_way_to_an_edge_agrees_with_the_geodesic(place):
    lat, lon = place
    east = distance(meters=MOST_REACH_M - 2).destination(place, 90).longitude
    square = [[east, lat - 0.01], [east + 0.01, lat - 0.01], [east + 0.01, lat + 0.01],
              [east, lat + 0.01], [east, lat - 0.01]]  # fmt: skip
    outline = {"type": "Polygon", "coordinates": [square]}
    (here,) = grids_here([("g", outline)], lat, lon, MOST_REACH_M)
    assert math.isclose(here.metres, MOST_REACH_M - 2, abs_tol=1.5)
