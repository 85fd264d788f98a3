"""A JPEG's picture and nothing else. Walks the file's segments instead of trusting a reader.

A reader ignores what it does not know: place and time may hide in a segment of the camera's maker,
a whole second file behind the end of the picture.
"""

import re
import struct

_LAST, _SCAN, _JFIF = b"\xff\xd9", 0xDA, 0xE0
_ALLOWED = frozenset(
    {
        *range(0xC0, 0xD0),  # frames, Huffman and arithmetic tables
        0xDB,  # quantisation tables
        0xDC,  # number of lines
        0xDD,  # restart interval
        _SCAN,
    }
)
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""A real marker inside compressed data: not a stuffed byte, a filler or a restart."""


def _is_plain_header(marker: int, content: bytes) -> bool:
    """JFIF's own header without a thumbnail, or Adobe's note on the colour transform."""
    if marker == _JFIF:
        return content.startswith(b"JFIF\x00") and len(content) == 14
    return marker == 0xEE and content.startswith(b"Adobe") and len(content) == 12


def _turned(orientation: int) -> bytes:
    """A segment of EXIF that says how the camera was held (1 to 8) and nothing else."""
    tiff_of_one_entry = b"MM\0\x2a\0\0\0\x08\0\x01"
    entry = struct.pack(">HHIHHI", 0x0112, 3, 1, orientation, 0, 0)
    content = b"Exif\0\0" + tiff_of_one_entry + entry
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content


def _has_length(marker: int) -> bool:
    """Does a length follow this marker? Not after a restart, the first and the last."""
    return 0xC0 <= marker < 0xD0 or 0xD9 < marker < 0xFF


def bare(data: bytes, orientation: int = 1) -> bytes | None:
    """The same picture, bit for bit, in picture segments and plain headers only.

    How the camera was held stays said where it was not upright (`orientation` 2 to 8, as in EXIF):
    every viewer turns such a picture, and it need not be decoded and written anew for that.
    A file that has nothing else comes back as it is. None for what cannot be told apart from its
    picture: another kind of file, or one that is cut off or broken.
    """
    if data[:2] != b"\xff\xd8":
        return None
    kept, at = [data[:2]], 2
    while data[at : at + 2] != _LAST:
        marker = data[at + 1] if at + 4 <= len(data) else 0
        if data[at] != 0xFF or not _has_length(marker):
            return None
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        header = data[at + 4 : end]
        if marker == _SCAN:
            found = _MARKER.search(data, end)
            if found is None:
                return None
            end = found.start()
        if marker in _ALLOWED or _is_plain_header(marker, header):
            kept.append(data[at:end])
        at = end
        if at >= len(data):
            return None
    if orientation != 1:
        # Behind JFIF's own header, where there is one: it wants to be the first.
        kept.insert(2 if kept[1:] and kept[1][1] == _JFIF else 1, _turned(orientation))
    return b"".join((*kept, _LAST))
