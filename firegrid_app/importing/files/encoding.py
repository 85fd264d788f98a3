"""Bytes of a text file to text: UTF-8 with or without BOM, UTF-16 of Excel, GB18030 of offices."""

import codecs

from firegrid_app.importing.rules.problems import BadFile, Reason

_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"PK\x03\x04")
_LETTERS_PER_ERROR = 8
"""A UTF-8 text with a broken byte or two still has many whole Chinese letters for each error."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in. Raises `BadFile`."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise BadFile(Reason.WRONG_ENCODING, line=1, encoding="UTF-16") from error
    if data.startswith(_BINARY) or b"\x00" in data:
        raise BadFile(Reason.BINARY)
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    # Bytes of GB18030 read as UTF-8 are nearly all errors; a damaged UTF-8 file has few.
    guess = data.decode("utf-8", "replace")
    errors = guess.count("\ufffd")
    if sum(letter > "\u07ff" for letter in guess) - errors > errors * _LETTERS_PER_ERROR:
        raise BadFile(Reason.WRONG_ENCODING, line=line, encoding="UTF-8")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(Reason.WRONG_ENCODING, line=line, encoding="UTF-8, GB18030") from error
    start = text[:100_000]
    if sum(letter < " " and letter not in "\t\r\n" for letter in start) * 50 > len(start):
        raise BadFile(Reason.BINARY)
    return text, "gb18030"
