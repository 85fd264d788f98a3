"""One cell to one value: text, codes, phones, floors, degrees. What does not fit raises `Bad`."""

import re

from firegrid_app.access.rules import is_phone
from firegrid_app.importing.rules.problems import Bad, Cell, Reason, Spoilt

CHINA_LAT = (3.0, 54.0)
CHINA_LON = (73.0, 136.0)
"""A box around China with a little margin: it finds slips of the hand, it is no border."""
FLOORS = (-9, 200)

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_CODE = re.compile(r"[0-9A-Za-z_-]+")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}|1\d{4}|9\d{4,5}")
_EXCEL_DATE = re.compile(r"\d{1,2}月\d{1,2}日|[A-Z][a-z]{2}-\d{1,2}|\d{1,2}-[A-Z][a-z]{2}")
_FLOOR = re.compile(r"(-|负|地下|B)?第?(\d{1,4})(\.0+)?(层|楼|F)?", re.IGNORECASE)


def shown(cell: Cell) -> str:
    """The cell as the operator sees it."""
    return cell.shown if isinstance(cell, Spoilt) else cell


def text(cell: Cell, limit: int) -> str:
    """Text without outer and doubled blanks, at most `limit` characters, nothing unprintable."""
    if isinstance(cell, Spoilt):
        raise Bad(cell.reason)
    cell = " ".join(cell.split())
    if not cell.isprintable():
        raise Bad(Reason.UNPRINTABLE)
    if len(cell) > limit:
        raise Bad(Reason.TOO_LONG, limit=limit)
    return cell


def narrow(cell: Cell, limit: int) -> str:
    """Text with full-width digits, letters and signs (１栋) made plain, for keys and numbers."""
    cell = cell.translate(_WIDE) if isinstance(cell, str) else cell
    return text(cell, limit)


def part_of_address(cell: Cell) -> str:
    """Building, unit or room; `1-2` that Excel turned into a date is noticed."""
    value = narrow(cell, 30)
    if _EXCEL_DATE.fullmatch(value):
        raise Bad(Reason.EXCEL_DATE)
    return value


def code(cell: Cell, limit: int) -> str:
    """A code of letters, digits, `-` and `_`: it goes into addresses and printed codes."""
    value = narrow(cell, 200)
    if _SCIENTIFIC.fullmatch(value):
        raise Bad(Reason.SCIENTIFIC)
    if len(value) > limit:
        raise Bad(Reason.TOO_LONG, limit=limit)
    if value and not _CODE.fullmatch(value):
        raise Bad(Reason.BAD_CODE)
    return value


def _digits(cell: Cell) -> str:
    value = narrow(cell, 200)
    if _SCIENTIFIC.fullmatch(value):
        raise Bad(Reason.SCIENTIFIC)
    return value.replace(" ", "").removeprefix("+86")


def mobile(cell: Cell) -> str:
    """Eleven digits beginning with 1; blanks, hyphens and +86 are dropped."""
    value = _digits(cell).replace("-", "")
    if value and not is_phone(value):
        raise Bad(Reason.BAD_PHONE)
    return value


def any_phone(cell: Cell) -> str:
    """A mobile number, a landline with its area code, or a short service number."""
    value = _digits(cell)
    if is_phone(value.replace("-", "")):
        return value.replace("-", "")
    if value and not _LANDLINE.fullmatch(value):
        raise Bad(Reason.BAD_PHONE)
    return value


def person_name(cell: Cell) -> str:
    """Two to forty characters, as `access.service.clean_name`."""
    value = text(cell, 200)
    if value and not 1 < len(value) <= 40:
        raise Bad(Reason.BAD_NAME)
    return value


def floor(cell: Cell) -> int:
    """A storey: 3, 3层, -1, 负1, B1. Empty means 1."""
    value = narrow(cell, 60)
    if not value:
        return 1
    match = _FLOOR.fullmatch(value)
    if match is None:
        raise Bad(Reason.FLOOR_NOT_A_NUMBER)
    number = int(match[2]) * (-1 if match[1] else 1)
    if not FLOORS[0] <= number <= FLOORS[1]:
        raise Bad(Reason.FLOOR_OUT_OF_RANGE, low=FLOORS[0], high=FLOORS[1])
    return number


def number(cell: Cell) -> float | None:
    """A plain decimal number; None for an empty cell."""
    value = narrow(cell, 60)
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        raise Bad(Reason.NOT_A_NUMBER) from None
    if not -1e9 < found < 1e9 or "_" in value:
        raise Bad(Reason.NOT_A_NUMBER)
    return found


def require_in_china(lat: float, lon: float) -> None:
    """Refuse degrees outside China's box; swapped ones and metres get their own reason."""
    if CHINA_LAT[0] <= lat <= CHINA_LAT[1] and CHINA_LON[0] <= lon <= CHINA_LON[1]:
        return
    if CHINA_LAT[0] <= lon <= CHINA_LAT[1] and CHINA_LON[0] <= lat <= CHINA_LON[1]:
        raise Bad(Reason.LAT_LON_SWAPPED)
    if abs(lat) > 180 or abs(lon) > 180:
        raise Bad(Reason.METRES_NOT_DEGREES)
    raise Bad(Reason.OUTSIDE_CHINA, lat=round(lat, 5), lon=round(lon, 5))
