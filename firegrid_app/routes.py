"""Addresses of the pages, in one place."""

from urllib.parse import quote, urlencode

HOME = "/"
LOGIN = "/login"
INVITATION = "/invitation"
"""The invitation's token follows as `#…`: a fragment is in no server's log."""
PATROL = "/patrol"
HAZARD = "/hazard"
HAZARDS = "/hazards"
SHOUT = "/shout"
DOORS = "/doors"
DUTIES = "/duties"
ALERTS = "/alerts"
GRID_MAP = "/map"
"""The phone's own map of its grids, drawn without network."""
EQUIPMENT = "/equipment"
"""One piece of fire equipment on the phone."""
OUTBOX = "/outbox"
ME = "/me"
DESK = "/desk"
DESK_DUTIES = "/desk/duties"
DESK_MESSAGES = "/desk/messages"
DESK_HAZARDS = "/desk/hazards"
DESK_ALERTS = "/desk/alerts"
DESK_PLACES = "/desk/places"
DESK_EQUIPMENT = "/desk/equipment"
DESK_ENTRIES = "/desk/entries"
DESK_SCRIPTS = "/desk/scripts"
DESK_LETTERS = "/desk/letters"
DESK_SHOUTS = "/desk/shouts"
PEOPLE = "/people"
TAKE_IN = "/take-in"
WALKS = "/walks"
POINTS = "/points"
POSTING = "/desk/boards"
ROTA = "/desk/rota"
CHECKLISTS = "/desk/checklists"
SHIFTS = "/shifts"
CAMPAIGNS = "/campaigns"
HOUSEHOLDS = "/households"
ALARMS = "/desk/alarms"
MEETINGS = "/meetings"
TRAINING = "/training"
DRILLS = "/drills"
REPORTS = "/desk/reports"
REWARDS = "/desk/rewards"
FIND_GRID = "/find"
"""Where residents find the grid they are in."""
FOLLOW = "/r"
"""Where residents follow what they reported."""
NOT_FOUND = "404"
"""Reflex's name for the page of every address that is none."""


def hazard_on_phone(hazard_id: str) -> str:
    """One hazard on the phone's list of open ones (`phone/hazards/hazards.jsx`)."""
    return f"{HAZARDS}?open={hazard_id}"


def desk_hazard(hazard_id: str) -> str:
    """The desk's page of hazards with one of them open."""
    return f"{DESK_HAZARDS}?open={hazard_id}"


def desk_report(report_id: str) -> str:
    """The desk's page of residents' reports with one of them open."""
    return f"{REPORTS}?open={report_id}"


def desk_reward(report_id: str) -> str:
    """The desk's page of rewards with that of one report open."""
    return f"{REWARDS}?open={report_id}"


def desk_shouts(code: str) -> str:
    """The log of shouts, opened for a grid."""
    return f"{DESK_SHOUTS}?grid={code}"


def board(code: str) -> str:
    """The public page of a grid."""
    return f"/g/{code}"


def building(code: str, name: str) -> str:
    """The public page of a building of a grid."""
    return f"/g/{code}/b/{quote(name, safe='')}"


def badge(tag: str) -> str:
    """What a badge's code says: whether it is genuine and in date."""
    return f"/b/{tag}"


def print_address(kind: str, code: str, subject: str, languages: str) -> str:
    """Where a paper of a grid is printed."""
    return f"/posting/{kind}/{code}?{urlencode({'of': subject, 'languages': languages})}"


def face_form(person_id: int) -> str:
    """Where a person's photo is handed in."""
    return f"/posting/face/{person_id}"


def point(tag: str) -> str:
    """What a printed code says: the app for who works there, a notice for everybody else."""
    return f"/p/{tag}"


def patrol_at(tag: str) -> str:
    """The patrol page, told which code was scanned (`phone/patrols/patrol.jsx`, `assets/sw.js`)."""
    return f"{PATROL}?at={tag}"


def point_sheet(code: str) -> str:
    """The codes of a grid's points, to be printed."""
    return f"/points/{code}/print"


def rota_sheet(code: str, month: str) -> str:
    """The duty list of a month, to be printed and put on the wall."""
    return f"/rota/{code}/print?month={month}"


def work_log(code: str, month: str = "") -> str:
    """The work record of a grid in a month (`2026-11`; empty: this one), to be printed."""
    return f"/worklog/{code}" + (f"?month={month}" if month else "")


def meeting_sheet(meeting: str) -> str:
    """The minutes of a meeting, to be printed."""
    return f"/meetings/{meeting}/print"


def place_file(place_id: int) -> str:
    """The file of one of the premises, at the desk."""
    return f"{DESK_PLACES}?place={place_id}"


def map_frame(code: str) -> str:
    """The map of the small grids below a grid, for an iframe."""
    return f"/api/map/frame?grid={code}"


def draw_grids(code: str) -> str:
    """The page on which the grids right below one are drawn, split and merged."""
    return f"/api/map/draw?grid={code}"


def export_grids(code: str, kind: str, day: str) -> str:
    """A grid and all below it as a file, as they were drawn on a day; empty for today."""
    return f"/api/grids/{code}/outlines?kind={kind}&day={day}"


def export_roads(code: str, kind: str) -> str:
    """The roads on the map of a grid as a file."""
    return f"/api/roads/{code}?kind={kind}"


def calendar_feed(token: str) -> str:
    """A person's duties for a calendar program."""
    return f"/api/calendar/{token}.ics"


def report_here(code: str) -> str:
    """The form a resident reports a hazard of a grid with; `?where=` is filled in already."""
    return f"/g/{code}/report"


def follow(number: str, code: str) -> str:
    """A resident's report, by its number and its secret."""
    return f"{FOLLOW}/{number}/{code}"


def exposed(code: str) -> str:
    """The public exposure board of a street or county."""
    return f"/exposed/{code}"
