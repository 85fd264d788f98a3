"""What can be wrong with a file, and where: reasons, problems, cells that came spoilt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a file, a column or a cell is not taken; the sentences are `importing.reason.*`."""

    # the file
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    BINARY = "binary"
    OLD_EXCEL = "old_excel"
    DAMAGED_XLSX = "damaged_xlsx"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    WRONG_ENCODING = "wrong_encoding"
    BROKEN_CSV = "broken_csv"
    BROKEN_JSON = "broken_json"
    NOT_GEOJSON = "not_geojson"
    OTHER_CRS = "other_crs"
    DAMAGED_ARCHIVE = "damaged_archive"
    NO_SHAPEFILE = "no_shapefile"
    BARE_SHAPEFILE = "bare_shapefile"
    SEVERAL_SHAPEFILES = "several_shapefiles"
    SHAPEFILE_WITHOUT_TABLE = "shapefile_without_table"
    DAMAGED_SHAPEFILE = "damaged_shapefile"
    BROKEN_XML = "broken_xml"
    XML_WITH_DTD = "xml_with_dtd"
    LOOKS_SHIFTED = "looks_shifted"
    # the header
    MISSING_COLUMN = "missing_column"
    DOUBLE_COLUMN = "double_column"
    # any row or cell
    NOT_A_FEATURE = "not_a_feature"
    EXTRA_CELLS = "extra_cells"
    REQUIRED = "required"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    UNPRINTABLE = "unprintable"
    SCIENTIFIC = "scientific"
    ROUNDED_NUMBER = "rounded_number"
    EXCEL_DATE = "excel_date"
    EXCEL_ERROR = "excel_error"
    FORMULA = "formula"
    NOT_TEXT = "not_text"
    BAD_CODE = "bad_code"
    BAD_NAME = "bad_name"
    BAD_PHONE = "bad_phone"
    NOT_A_NUMBER = "not_a_number"
    DUPLICATE_ROW = "duplicate_row"
    # grids
    BAD_LEVEL = "bad_level"
    UNKNOWN_KIND = "unknown_kind"
    DUPLICATE_CODE = "duplicate_code"
    PARENT_REQUIRED = "parent_required"
    ROOT_WITH_PARENT = "root_with_parent"
    UNKNOWN_PARENT = "unknown_parent"
    PARENT_CYCLE = "parent_cycle"
    PARENT_ROW_BAD = "parent_row_bad"
    LEVEL_NOT_BELOW_PARENT = "level_not_below_parent"
    LEVEL_CHANGED = "level_changed"
    GRID_CLOSED = "grid_closed"
    NO_GEOMETRY_MEMBER = "no_geometry_member"
    NOT_A_POLYGON = "not_a_polygon"
    BAD_COORDINATES = "bad_coordinates"
    TOO_MANY_POINTS = "too_many_points"
    LAT_LON_SWAPPED = "lat_lon_swapped"
    METRES_NOT_DEGREES = "metres_not_degrees"
    OUTSIDE_CHINA = "outside_china"
    SELF_CROSSING = "self_crossing"
    SELF_TOUCHING = "self_touching"
    TOO_FEW_POINTS = "too_few_points"
    HOLE_OUTSIDE = "hole_outside"
    PARTS_OVERLAP = "parts_overlap"
    INVALID_OUTLINE = "invalid_outline"
    NOT_BELOW_YOURS = "not_below_yours"
    # roads
    NOT_A_LINE = "not_a_line"
    POINT_ONLY = "point_only"
    NO_GRIDS = "no_grids"
    # rows that name a grid
    UNKNOWN_GRID = "unknown_grid"
    GRID_ROW_BAD = "grid_row_bad"
    WRONG_GRID_LEVEL = "wrong_grid_level"
    # people
    UNKNOWN_ROLE = "unknown_role"
    ROLE_AT_WRONG_LEVEL = "role_at_wrong_level"
    PHONE_OTHER_NAME = "phone_other_name"
    DUPLICATE_POST = "duplicate_post"
    UNITS_OF_SEVERAL = "units_of_several"
    # places
    HALF_A_POINT = "half_a_point"
    # households
    FLOOR_NOT_A_NUMBER = "floor_not_a_number"
    FLOOR_OUT_OF_RANGE = "floor_out_of_range"
    UNKNOWN_CARE_WORD = "unknown_care_word"
    SEVERAL_CARE_WORDS = "several_care_words"
    DUPLICATE_DOOR = "duplicate_door"
    # orders of the hotline
    ORDER_CHANGED = "order_changed"
    # check points
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_POINT_KIND = "unknown_point_kind"
    POINT_WITHOUT_NAME = "point_without_name"
    DUPLICATE_POINT = "duplicate_point"
    # calendar
    BAD_DATE = "bad_date"
    UNKNOWN_DAY_KIND = "unknown_day_kind"
    OTHER_YEAR = "other_year"
    BOTH_KINDS = "both_kinds"
    DUPLICATE_DAY = "duplicate_day"
    # duty list
    BAD_HOURS = "bad_hours"
    DAY_OUT_OF_REACH = "day_out_of_reach"
    PHONES_AND_NAMES = "phones_and_names"
    UNKNOWN_PERSON = "unknown_person"
    SEVERAL_PEOPLE = "several_people"
    NOT_HERE_THAT_DAY = "not_here_that_day"
    ON_DUTY_TWICE = "on_duty_twice"
    DUPLICATE_SHIFT = "duplicate_shift"


FATAL = frozenset(
    {
        Reason.EMPTY_FILE,
        Reason.NO_ROWS,
        Reason.BINARY,
        Reason.OLD_EXCEL,
        Reason.DAMAGED_XLSX,
        Reason.TOO_LARGE,
        Reason.TOO_MANY_ROWS,
        Reason.WRONG_ENCODING,
        Reason.BROKEN_CSV,
        Reason.BROKEN_JSON,
        Reason.NOT_GEOJSON,
        Reason.OTHER_CRS,
        Reason.DAMAGED_ARCHIVE,
        Reason.NO_SHAPEFILE,
        Reason.BARE_SHAPEFILE,
        Reason.SEVERAL_SHAPEFILES,
        Reason.SHAPEFILE_WITHOUT_TABLE,
        Reason.DAMAGED_SHAPEFILE,
        Reason.BROKEN_XML,
        Reason.XML_WITH_DTD,
        Reason.LOOKS_SHIFTED,
        Reason.NO_GRIDS,
        Reason.MISSING_COLUMN,
        Reason.DOUBLE_COLUMN,
    }
)
"""A file with one of these cannot be taken in part: skipping bad rows does not help."""


class Notice(StrEnum):
    """Worth a look but no reason to stop; the sentences are `importing.notice.*`."""

    UNKNOWN_COLUMN = "unknown_column"
    OTHER_SHEETS = "other_sheets"
    HEADER_BELOW = "header_below"
    READ_AS_GB18030 = "read_as_gb18030"
    SWITCHED_OFF = "switched_off"
    NO_PRJ = "no_prj"
    FAULTS = "faults"
    OTHER_FLOORS = "other_floors"
    AWAY_THAT_DAY = "away_that_day"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: row and column as the operator sees them, the value, the reason."""

    reason: Reason
    row: int | None = None
    column: str = ""
    value: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Warned:
    """One thing worth a look."""

    notice: Notice
    details: Mapping[str, object] = field(default_factory=dict)


class Bad(Exception):
    """A value is not taken; the row check turns it into a `Problem` with row and column."""

    def __init__(self, reason: Reason, /, **details: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


class BadFile(Exception):
    """A whole file cannot be read."""

    def __init__(self, reason: Reason, /, **details: object) -> None:
        super().__init__(reason)
        self.problem = Problem(reason, details=details)


@dataclass(frozen=True)
class Spoilt:
    """A cell that lost its value before it came to us: a rounded number, a date made by Excel."""

    shown: str
    reason: Reason


Cell = str | Spoilt
