"""Is a JPEG nothing but its picture? Walks the file's segments instead of trusting a reader.

A reader ignores what it does not know: place and time may hide in a segment of the camera's maker,
a whole second file behind the end of the picture.
"""

import re

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
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
    if marker == 0xE0:
        return content.startswith(b"JFIF\x00") and len(content) == 14
    return marker == 0xEE and content.startswith(b"Adobe") and len(content) == 12


def is_bare(data: bytes) -> bool:
    """Only picture segments and plain headers from the first byte to the last?"""
    if data[:2] != b"\xff\xd8":
        return False
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        length = int.from_bytes(data[at + 2 : at + 4])
        content = data[at + 4 : at + 2 + length]
        if marker not in _ALLOWED and not _is_plain_header(marker, content):
            return False
        at += 2 + length
        if marker == _SCAN:
            found = _MARKER.search(data, at)
            if found is None:
                return False
            at = found.start()
            if data[at + 1] == _END:
                return at + 2 == len(data)
    return False
