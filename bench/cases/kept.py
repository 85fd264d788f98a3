"""What was acknowledged against what is there, after whatever befell the server."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from bench.cases import Run
from bench.figures import Check
from bench.rig.databases import ids, looking
from bench.rig.fieldwork import History
from bench.rig.firegrid import Home
from bench.rig.loading import fate_of
from firegrid_app.photos.store import SIZES, key_of


@dataclass(frozen=True)
class Kept:
    """Of the photos whose rows say so."""

    whole: set[str]
    without_files: int


def photos_kept(rows: list[tuple[str, str]], photos: Path) -> Kept:
    """Look at the files of (id, hash) rows."""
    whole = {photo for photo, digest in rows if _is_whole(photos, digest)}
    return Kept(whole, len(rows) - len(whole))


def _is_whole(photos: Path, digest: str) -> bool:
    """All three sizes are there, and the original is what its name says."""
    files = {size: photos / key_of(digest, size) for size in SIZES}
    if not all(file.exists() for file in files.values()):
        return False
    data = {size: file.read_bytes() for size, file in files.items()}
    original = hashlib.sha256(data["original"]).hexdigest() == digest
    return original and all(one.endswith(b"\xff\xd9") for one in data.values())


def check_kept(run: Run, metric: str, what: str, home: Home, history: History) -> None:
    """One check: no acknowledged record or photo is lost, none double, each answer had sense."""
    with looking(home.database) as connection:
        # Records that were there before have no log-in behind them.
        rows = ids(connection, "received_item where session_id > 0", "id")
        found = connection.execute(
            sa.text("select id, kept_sha256 from photo where stored_at is not null")
        )
        kept = photos_kept([(_hyphened(photo), digest) for photo, digest in found],
                           home.folder / "photos")  # fmt: skip
    fate = fate_of(history.acknowledged, history.sent, rows)
    photos_lost = len(set(history.photos) - kept.whole)
    run.report.checks.append(
        Check(
            metric,
            f"{what}: nothing acknowledged is lost, each answer has a reason",
            not (fate.lost or fate.double or photos_lost or kept.without_files or history.wrong)
            and fate.acknowledged > 0,
            f"{fate.acknowledged:,} records and {len(history.photos):,} photos acknowledged,"
            f" {fate.lost} and {photos_lost} lost, {fate.double} double,"
            f" {kept.without_files} rows without files,"
            f" refused {dict(history.refused)}, {history.unanswered} unanswered,"
            f" {len(history.wrong)} without a reason {history.wrong[:1] or ''}",
        )
    )
    run.report.details[f"{metric} {what}"] = asdict(fate)


def _hyphened(value: object) -> str:
    return str(UUID(str(value)))
