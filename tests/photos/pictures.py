"""Real image files for tests: phones' photos with all they hide, and files that only pretend."""

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageOps

# One corner red, one green, one blue, one white: every turn and mirror image shows.
CORNERS = {"top left": (220, 20, 20), "top right": (20, 180, 20),
           "bottom left": (20, 20, 220), "bottom right": (250, 250, 250)}  # fmt: skip
SIZE = (480, 320)

TURNS: dict[int, Image.Transpose | None] = {
    # What a camera held so has done to an upright picture; EXIF says how to undo it.
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}

SECRETS = (b"29,21,0", b"Secret Phone 9", b"<x:xmpmeta", b"a comment nobody should see")


def picture(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """Four corners in four colours, upright."""
    width, height = size
    image = Image.new("RGB", size)
    for name, colour in CORNERS.items():
        left = 0 if "left" in name else width // 2
        upper = 0 if "top" in name else height // 2
        image.paste(colour, (left, upper, left + width // 2, upper + height // 2))
    return image.convert(mode)


def corners_of(data: bytes) -> dict[str, str]:
    """Which colour a viewer shows in which corner of these bytes, by the corner it belongs to."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    width, height = image.size
    found = {}
    for name in CORNERS:
        at = (
            width // 4 if "left" in name else 3 * width // 4,
            height // 4 if "top" in name else 3 * height // 4,
        )
        pixel = image.getpixel(at)
        assert isinstance(pixel, tuple)
        found[name] = min(
            CORNERS,
            key=lambda one: sum(abs(a - b) for a, b in zip(CORNERS[one], pixel, strict=True)),
        )
    return found


UPRIGHT = {name: name for name in CORNERS}


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of an image file."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def camera_exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: orientation, maker, time, place, a thumbnail's worth of comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Secret Phone 9"
    exif[ExifTags.Base.DateTime] = "2026:11:23 10:00:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (29.0, 21.0, 3.6)
    gps[ExifTags.GPS.GPSLongitudeRef] = "E"
    gps[ExifTags.GPS.GPSLongitude] = (105.0, 54.0, 3.6)
    gps[ExifTags.GPS.GPSAreaInformation] = b"ASCII\0\0\x0029,21,0"
    return exif


def camera_jpeg(
    orientation: int = 1, size: tuple[int, int] = SIZE, upright: Image.Image | None = None
) -> bytes:
    """A photo as a phone's camera saves it: turned, and full of metadata."""
    turn, upright = TURNS[orientation], upright or picture(size)
    image = upright if turn is None else upright.transpose(turn)
    return saved(
        image,
        quality=90,
        exif=camera_exif(orientation),
        comment=b"a comment nobody should see",
        xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/">29,21,0</x:xmpmeta>',
        icc_profile=b"\0" * 128,
    )


def clean_jpeg(size: tuple[int, int] = SIZE) -> bytes:
    """A photo as our own shrinking makes it: nothing but the picture."""
    return saved(picture(size), quality=85)


def segment(marker: int, content: bytes) -> bytes:
    """One JPEG segment."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def bomb_png(edge: int = 13_300) -> bytes:
    """A whole, true PNG of a few kilobytes that unfolds to half a gigabyte in three colours."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    one_bit_grey = struct.pack(">IIBBBBB", edge, edge, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + (edge + 7) // 8) * edge))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", one_bit_grey)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def turned_tag(orientation: int) -> bytes:
    """All the EXIF that a kept original may have: how the camera was held."""
    exif = Image.Exif()
    exif.endian = ">"
    exif[ExifTags.Base.Orientation] = orientation
    return segment(0xE1, exif.tobytes())


EPS = (
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n"
    b"(/etc/passwd) (r) file pop\nshowpage\n%%EOF\n"
)
