"""Addresses of the pages, in one place."""

HOME = "/"
LOGIN = "/login"
INVITATION = "/invitation"
"""The invitation's token follows as `#…`: a fragment is in no server's log."""
PATROL = "/patrol"
HAZARD = "/hazard"
SHOUT = "/shout"
DOORS = "/doors"
OUTBOX = "/outbox"
ME = "/me"
DESK = "/desk"
PEOPLE = "/people"
NOT_FOUND = "404"
"""Reflex's name for the page of every address that is none."""


def board(code: str) -> str:
    """The public page of a grid."""
    return f"/g/{code}"


def map_frame(code: str) -> str:
    """The map of the small grids below a grid, for an iframe."""
    return f"/api/map/frame?grid={code}"
