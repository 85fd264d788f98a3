"""Photos, and recordings beside them, announced by a record and, once their bytes came, kept."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime

OF_A_REPORT = "report"
"""`record_kind` of photos of a resident's report, while nobody has taken it on."""
OF_A_VISIT = "visit"
"""`record_kind` of photos taken at a door: behind it somebody lives."""

OF_EQUIPMENT = "equipment"
"""`record_kind` of photos of a piece of fire equipment."""

OF_A_SHOUT = "shout"
"""`record_kind` of photos of a shout."""

PICTURE, SOUND = "picture", "sound"
"""What the bytes are: a photo, or a recording of a voice (`recorded.py`)."""

OF_A_MEETING, OF_A_DRILL = "meeting", "drill"
"""The same of photos handed in at the desk (`attached.py`)."""
OF_A_LETTER = "letter"
"""`record_kind` of pictures of a signed responsibility letter (`places/letters.py`)."""
BY_THEIR_RECORD = frozenset({OF_A_MEETING, OF_A_DRILL, OF_A_LETTER})
"""Seen by whoever may read the record, by no other way."""


class Photo(SQLModel, table=True):
    """One photo of one record, or one recording. Bytes live in the photo store under their hash."""

    __table_args__ = (
        sa.Index(None, "record_id"),
        sa.Index(None, "kept_sha256"),
        sa.Index(None, "shown_sha256"),
    )

    id: UUID = Field(primary_key=True)
    record_kind: str = Field(max_length=20)
    record_id: UUID
    grid_id: int = Field(foreign_key="grid.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """None: a resident without an account."""
    kind: str = Field(default=PICTURE, max_length=10, sa_column_kwargs={"server_default": PICTURE})
    """PICTURE or SOUND: what its bytes have to be, and who reads them."""
    purpose: str = Field(default="scene", max_length=10)
    """scene, before or after."""
    sha256: str = Field(max_length=64)
    """Hash of the bytes as the phone announced them."""
    taken_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    stored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
    kept_sha256: str = Field(default="", max_length=64)
    """Hash of the kept original: `sha256` itself, unless metadata had to be stripped. It is named
    here before the files are written: a file that no row names is nobody's (`orphans.py`)."""
    shown_sha256: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    """Hash of its screen size with the strip of words; empty: the bare one is shown."""
    width: int = 0
    height: int = 0
    bytes: int = 0


class PhotoRelease(SQLModel, table=True):
    """A decision on what the public sees of a photo: by whom, when, what is covered. Rows are
    added, never changed; the latest of a photo holds."""

    __tablename__ = "photo_release"
    __table_args__ = (sa.Index(None, "photo_id"), sa.Index(None, "sha256"))

    id: int | None = Field(default=None, primary_key=True)
    photo_id: UUID = Field(foreign_key="photo.id")
    boxes: str = Field(max_length=1000)
    """Covered rectangles as JSON (`rules.py`)."""
    sha256: str = Field(default="", max_length=64)
    """Hash of the public copy; empty: the public sees nothing of it."""
    decided_by_id: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class PhotoPart(SQLModel, table=True):
    """A stretch of a photo's bytes that has come while the rest has not. No route shows it."""

    __tablename__ = "photo_part"

    photo_id: UUID = Field(foreign_key="photo.id", primary_key=True)
    start: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """Where in the photo it begins, bytes."""
    length: int
    received_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    data: bytes
