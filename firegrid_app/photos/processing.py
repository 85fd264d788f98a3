"""Pillow: a photo checked, turned upright, stripped, shrunk. Bytes in, bytes out; no files."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageOps

from firegrid_app.photos.jpeg import bare
from firegrid_app.photos.rules import WHOLE, Box
from firegrid_app.photos.strip import with_strip
from firegrid_app.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP")
"""What is opened at all. Without this list a file named .jpg reaches every reader Pillow has."""

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000
SCREEN_EDGE = 1600
THUMBNAIL_EDGE = 400
PATCHES = 5
"""Along the longer side of what is covered: a face keeps its tint and loses its features."""


@dataclass(frozen=True)
class Processed:
    """A photo ready to be kept: JPEG bytes of three sizes, all upright, none with metadata.

    Of the original a tag may say how it is to be turned (`jpeg.bare`): nothing else stands in it.
    """

    original: bytes
    original_sha256: str
    screen: bytes
    thumbnail: bytes
    width: int
    height: int
    shown_sha256: str = ""
    """Hash of `screen` when words stand under it; empty when it is the bare picture."""


def process(data: bytes, strip: Sequence[str] = ()) -> Processed:
    """Make the three sizes; the lines of `strip` are drawn under the screen size alone.

    Refuses `photos.too_large` and `photos.not_a_photo`.

    The original of a JPEG stays bit for bit the picture that was sent, without what else was in
    the file (the phone's own shrinking leaves nothing else); of any other kind it is written anew.

    A file made for it takes hundreds of megabytes or many seconds: a server asks `apart.process`.
    """
    if len(data) > MOST_BYTES:
        raise Refused("photos.too_large", megabytes=MOST_BYTES // 1024 // 1024)
    try:
        return _process(data, strip)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("photos.not_a_photo") from None
    except (OSError, SyntaxError, ValueError, TypeError, MemoryError, IndexError, EOFError):
        raise Refused("photos.not_a_photo") from None


def _process(data: bytes, strip: Sequence[str]) -> Processed:
    with _opened(data) as image:
        width, height = image.size
        if width * height > MOST_PIXELS or min(width, height) < 1:
            raise Refused("photos.not_a_photo")
        orientation = _orientation(image)
        plain = bare(data, orientation) if image.format == "JPEG" else None
        screen = _screen(image, orientation)
    thumbnail = _shrunk(screen, THUMBNAIL_EDGE)
    stripped = with_strip(screen, strip)
    shown = _jpeg(stripped, 80)
    original = plain or _rewritten(data, orientation)
    if orientation >= 5:
        width, height = height, width
    return Processed(
        original=original,
        original_sha256=hashlib.sha256(original).hexdigest(),
        screen=shown,
        thumbnail=_jpeg(thumbnail, 75),
        width=width,
        height=height,
        shown_sha256="" if stripped is screen else hashlib.sha256(shown).hexdigest(),
    )


def covered(original: bytes, boxes: Sequence[Box]) -> bytes:
    """The screen size of a kept original with these rectangles covered past recognition: JPEG.

    Refuses `photos.not_a_photo`. A server asks `apart.cover_apart`.
    """
    try:
        with _opened(original) as image:
            screen = _screen(image, _orientation(image))
    except (OSError, SyntaxError, ValueError, TypeError, MemoryError, Image.DecompressionBombError):
        raise Refused("photos.not_a_photo") from None
    for left, top, width, height in boxes:
        _cover(screen, left, top, width, height)
    return _jpeg(screen, 80)


def _cover(image: Image.Image, left: int, top: int, width: int, height: int) -> None:
    """A few flat patches instead of the rectangle: nothing finer is left to be sharpened again."""
    wide, high = image.size
    area = (
        left * wide // WHOLE,
        top * high // WHOLE,
        min(wide, -(-(left + width) * wide // WHOLE)),
        min(high, -(-(top + height) * high // WHOLE)),
    )
    size = (area[2] - area[0], area[3] - area[1])
    longer = max(size)
    patches = (max(1, size[0] * PATCHES // longer), max(1, size[1] * PATCHES // longer))
    flat = image.crop(area).resize(patches, Image.Resampling.BOX)
    image.paste(flat.resize(size, Image.Resampling.NEAREST), area)


def _opened(data: bytes) -> Image.Image:
    if data[4:8] != b"ftyp":
        return Image.open(io.BytesIO(data), formats=FORMATS)
    # HEIC, as iPhones and some others keep it. It takes a while to load: only when one comes.
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return Image.open(io.BytesIO(data), formats=("HEIF",))


def _orientation(image: Image.Image) -> int:
    """How the camera was held, 1 (upright) to 8, as EXIF counts; 1 too for what says nothing."""
    said = image.getexif().get(ExifTags.Base.Orientation, 1)
    return said if said in range(1, 9) else 1


def _screen(image: Image.Image, orientation: int) -> Image.Image:
    """The upright picture at the size of a screen. Small ones are turned, never the large one."""
    # A JPEG reader that is told the wanted size decodes an eighth, a quarter or a half.
    image.draft("RGB", _fitted(image.size, SCREEN_EDGE))
    small = _shrunk(image, SCREEN_EDGE)
    small.getexif()[ExifTags.Base.Orientation] = orientation
    return ImageOps.exif_transpose(small)


def _fitted(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """The size with the photo's own aspect whose longer side is `edge`; `draft` wants it so."""
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(image: Image.Image, edge: int) -> Image.Image:
    small = image.resize(_fitted(image.size, edge), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return _rgb(small)


def _rgb(image: Image.Image) -> Image.Image:
    """Three colours; what was transparent becomes white, not black."""
    if image.mode in ("RGBA", "LA", "P"):
        rgba = image.convert("RGBA")
        white = Image.new("RGB", rgba.size, "white")
        white.paste(rgba, mask=rgba.getchannel("A"))
        return white
    # The copy that `convert` makes of three colours would be a hundred megabytes more.
    return image if image.mode == "RGB" else image.convert("RGB")


def _rewritten(data: bytes, orientation: int) -> bytes:
    with _opened(data) as image:
        # Finer writing keeps the whole picture a second time in memory.
        written = _jpeg(_rgb(image), 95, fine=False)
    return bare(written, orientation) or written


def _jpeg(image: Image.Image, quality: int, *, fine: bool = True) -> bytes:
    """JPEG bytes without any metadata: nothing but the pixels is handed to the writer.

    Line by line: in scans that sharpen bit by bit a file is a twentieth smaller, takes twice as
    long to write here and longer to draw on a cheap phone.
    """
    target = io.BytesIO()
    image.info.clear()
    image.save(target, "JPEG", quality=quality, optimize=fine)
    return target.getvalue()
