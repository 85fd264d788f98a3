"""What a map says of its grids, read as `assets/map/grid-areas.js` reads it."""

from dataclasses import asdict


def codes_of(grids):
    """The codes of its small grids, whole; of a `MapGrids` or of its JSON."""
    told = grids if isinstance(grids, dict) else asdict(grids)
    return _whole(told, told["codes"], told["group_codes"])


def names_of(grids):
    """Their names, whole."""
    return _whole(grids, grids["grids"]["names"], grids["groups"]["names"])


def _whole(told, rests, beginnings):
    pairs = zip(rests, told["parents"], strict=True)
    return [
        rest[1:] if rest.startswith("=") else (beginnings[parent] if parent >= 0 else "") + rest
        for rest, parent in pairs
    ]
