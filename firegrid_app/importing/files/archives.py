"""Archives that people hand in: what is in them is bounded before it is unpacked."""

import io
import zipfile
import zlib

from firegrid_app.importing.rules.problems import BadFile, Reason

MAX_UNPACKED = 1024 * 1024 * 1024
"""A small archive can unpack to anything."""
_DAMAGED = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error)
"""What the library raises over spoilt bytes, names that are no text among them."""
_MOST_MEMBERS = 1_000


def members_of(data: bytes, endings: tuple[str, ...], most: int | None) -> dict[str, bytes]:
    """The members with these endings, by name. Raises `BadFile`.

    A member is read no further than what the archive said of its size.
    """
    most = most or MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [
                info
                for info in archive.infolist()
                if info.filename.lower().endswith(endings)
                # Macs put a shadow of every file beside it.
                and not info.filename.startswith("__MACOSX/")
            ]
            sizes = sum(info.file_size for info in wanted)
            if sizes > most or len(archive.infolist()) > _MOST_MEMBERS:
                raise BadFile(Reason.TOO_LARGE, megabytes=most // 1024 // 1024)
            found = {}
            for info in wanted:
                with archive.open(info) as member:
                    found[info.filename] = member.read(info.file_size)
            return found
    except _DAMAGED as error:
        raise BadFile(Reason.DAMAGED_ARCHIVE) from error
