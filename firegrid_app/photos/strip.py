"""Draws a strip of words under a picture: when, where and by whom it was taken. Pillow only.

It is put below, never over: nothing of what was photographed is hidden.
"""

import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

FONT = "cvttf_NotoSansCJK_Regular"
"""Package that brings Noto Sans CJK, as the papers do (`printing/press.py`)."""
_PAPER, _INK = (24, 28, 27), (255, 255, 255)
_LETTER = 1 / 42
"""Height of a letter, of the picture's longer side: legible where the picture is."""
_SMALLEST = 11
"""Pixels; no strip is drawn under what is smaller than its letters."""


def with_strip(image: Image.Image, lines: Sequence[str]) -> Image.Image:
    """The picture with these lines below it, each cut to its width.

    As it is without lines, without the font, or when it is too small for letters.
    """
    letter = round(max(image.size) * _LETTER)
    lines = [line for line in lines if line]
    if not lines or letter < _SMALLEST or (where := _font_file()) is None:
        return image
    font = ImageFont.truetype(str(where), letter)
    edge, step = letter // 2, round(letter * 1.45)
    width, height = image.size
    made = Image.new("RGB", (width, height + step * len(lines) + edge), _PAPER)
    made.paste(image, (0, 0))
    draw = ImageDraw.Draw(made)
    # The shapes of the mainland, where the machine can tell them apart.
    language = "zh-Hans" if features.check("raqm") else None
    for number, line in enumerate(lines):
        draw.text(
            (edge, height + edge // 2 + step * number),
            _fitting(font, line, width - 2 * edge),
            fill=_INK,
            font=font,
            language=language,
        )
    return made


def _fitting(font: ImageFont.FreeTypeFont, line: str, width: int) -> str:
    if font.getlength(line) <= width:
        return line
    least, most = 0, len(line)
    while least < most:
        middle = (least + most + 1) // 2
        if font.getlength(line[:middle] + "…") <= width:
            least = middle
        else:
            most = middle - 1
    return line[:least] + "…"


@lru_cache(maxsize=1)
def _font_file() -> Path | None:
    found = importlib.util.find_spec(FONT)
    for folder in (found.submodule_search_locations or []) if found else []:
        for path in sorted(Path(folder).glob("*.[ot]tf")):
            return path
    return None
