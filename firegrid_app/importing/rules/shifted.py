"""Does a file that calls itself WGS-84 lie as a shifted map would have it, beside what stands?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from firegrid_app.maps.rules.datum import Datum, to_wgs84

MOST_SAMPLES = 200
_WORTH_ASKING = 0.01
"""Less ground than this beside its place is drawing, not a datum."""
_CLEARLY = 0.25
"""Shifted back, so much less of it may lie beside its place, to be taken for shifted."""


def looks_shifted(
    outlines: Sequence[tuple[str, str, dict[str, Any]]], standing: Mapping[str, dict[str, Any]]
) -> Datum | None:
    """The datum the outlines (code, code of the grid above, GeoJSON) seem to be in, if not WGS-84.

    `standing` has the outlines we know, by code. Each is compared with its own, or with that of the
    grid above; without any there is nothing to be said.
    """
    pairs = []
    for code, above, outline in outlines:
        known = standing.get(code) or standing.get(above)
        if known is not None:
            pairs.append((shape(outline), shape(known)))
        if len(pairs) >= MOST_SAMPLES:
            break
    return datum_of(pairs)


def datum_of(pairs: Sequence[tuple[BaseGeometry, BaseGeometry]]) -> Datum | None:
    """The datum that outlines or lines seem to be in, if not WGS-84: each with the ground where it
    should lie."""
    if not pairs:
        return None
    beside = _beside(pairs)
    if beside < _WORTH_ASKING:
        return None
    back = {
        datum: _beside([(_shifted(one, datum), known) for one, known in pairs])
        for datum in (Datum.GCJ02, Datum.BD09)
    }
    best = min(back, key=lambda datum: back[datum])
    return best if back[best] < beside * _CLEARLY else None


def _beside(pairs: Sequence[tuple[BaseGeometry, BaseGeometry]]) -> float:
    """Which share of the ground, of lines their length, lies beside where it should be."""
    whole = sum(_size(one) for one, _ in pairs)
    inside = sum(_size(one.intersection(known)) for one, known in pairs)
    return 1 - inside / whole if whole else 0.0


def _size(one: BaseGeometry) -> float:
    return one.area or one.length


def _shifted(one: BaseGeometry, datum: Datum) -> BaseGeometry:
    return shapely.transform(
        one, lambda places: np.array([to_wgs84(lon, lat, datum) for lon, lat in places])
    )
