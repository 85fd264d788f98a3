"""A recording's bytes: WAV, one voice, µ-law, and nothing else in the file.

Browsers record in what each of them likes (WebM, MP4, Ogg), and not every phone plays what another
recorded. The one that records makes this of it (`phone/shouts/wav.js`): every browser plays it, its
length is its size, and no place, title or name can hide in it.
"""

import struct

from firegrid_app.refusals import Refused

RATE = 16_000
"""Samples a second, of one byte each: a voice as clear as over a good telephone."""
LEAST_SECONDS, MOST_SECONDS = 1, 60
HEAD = 58
MOST_BYTES = HEAD + RATE * MOST_SECONDS
_MU_LAW = 7
_QUIET = frozenset({*range(0x70, 0x80), *range(0xF0, 0x100)})
"""The sixteen smallest steps to either side: a room in which nobody speaks."""


def seconds_of(data: bytes) -> int:
    """How long a recording is, rounded up.

    Refuses `shouts.sound_too_large`, `shouts.not_a_sound` for any other file, `shouts.sound_length`
    and `shouts.nothing_heard` for one in which nobody speaks.
    """
    if len(data) > MOST_BYTES:
        raise Refused("shouts.sound_too_large", most=MOST_SECONDS)
    samples = len(data) - HEAD
    if samples < 0 or data[:HEAD] != head(samples):
        raise Refused("shouts.not_a_sound")
    if samples < RATE * LEAST_SECONDS:
        raise Refused("shouts.sound_length", least=LEAST_SECONDS, most=MOST_SECONDS)
    if _QUIET.issuperset(data[HEAD:]):
        raise Refused("shouts.nothing_heard")
    return -(-samples // RATE)


def head(samples: int) -> bytes:
    """The only head a recording of so many samples can have."""
    return b"".join(
        (
            struct.pack("<4sI4s", b"RIFF", HEAD - 8 + samples, b"WAVE"),
            struct.pack("<4sIHHIIHHH", b"fmt ", 18, _MU_LAW, 1, RATE, RATE, 1, 8, 0),
            struct.pack("<4sII", b"fact", 4, samples),
            struct.pack("<4sI", b"data", samples),
        )
    )
