"""Files that mean harm, or only pretend to be photos. Each is made here: none lies in the house.

`HOSTILE` are refused, `HARMLESS` are true pictures with something more, of which nothing is kept.
"""

import io
import random
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.photos.pictures import (
    EPS,
    bomb_png,
    camera_exif,
    clean_jpeg,
    picture,
    saved,
    segment,
)

SECRET = b"29.351,105.901"
"""What hides in the harmless ones."""


def cut(data: bytes, share: float) -> bytes:
    """The first part of a file whose rest never came."""
    return data[: int(len(data) * share)]


def with_segment(marker: int, content: bytes) -> bytes:
    """A plain JPEG with one segment more."""
    data = clean_jpeg()
    return data[:2] + segment(marker, content) + data[2:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def png_with_text_bomb() -> bytes:
    """A small picture with a comment of 64 MB in 64 kB."""
    data = saved(picture(), "PNG")
    bomb = b"Comment\0\0" + zlib.compress(bytes(64 * 1024 * 1024), 9)
    at = data.index(b"IDAT") - 4
    return data[:at] + _chunk(b"zTXt", bomb) + data[at:]


def jpeg_of_claimed_size(width: int, height: int) -> bytes:
    """A plain JPEG whose header says it were larger."""
    data = bytearray(clean_jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _animated(kind: str, frames: int) -> bytes:
    pictures = [picture((32, 32)).rotate(turn * 7) for turn in range(frames)]
    return saved(pictures[0], kind, save_all=True, append_images=pictures[1:])


def _noise(seed: int, start: bytes, size: int = 4_000) -> bytes:
    return start + random.Random(seed).randbytes(size)


def heic(image: Image.Image | None = None) -> bytes:
    """A picture as an iPhone keeps it."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    target = io.BytesIO()
    (image or picture()).save(target, "HEIF", quality=70, exif=camera_exif().tobytes())
    return target.getvalue()


def _jpeg_scribbled(seed: int) -> bytes:
    data = bytearray(clean_jpeg())
    dice = random.Random(seed)
    for _ in range(40):
        data[dice.randrange(2, 400)] = dice.randrange(256)
    return bytes(data)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\xff",
    "text": lambda: b"this is not a photo",
    "html": lambda: b"<html><script>alert(1)</script></html>",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a JPEG's start before html": lambda: b"\xff\xd8\xff<html><script>alert(1)</script></html>",
    "EPS named jpg": lambda: EPS,
    "pdf": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF",
    "zip": lambda: b"PK\x05\x06" + bytes(18),
    "program": lambda: b"\x7fELF\x02\x01\x01" + bytes(100),
    "gif": lambda: saved(picture(), "GIF"),
    "gif of 300 frames": lambda: _animated("GIF", 300),
    "tiff": lambda: saved(picture(), "TIFF"),
    "bmp": lambda: saved(picture(), "BMP"),
    "icon": lambda: saved(picture((64, 64)), "ICO"),
    "jpeg 2000": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(200),
    "half a JPEG": lambda: cut(clean_jpeg(), 0.5),
    "a JPEG's first bytes": lambda: clean_jpeg()[:20],
    "half a PNG": lambda: cut(saved(picture(), "PNG"), 0.5),
    "half a WebP": lambda: cut(saved(picture(), "WEBP"), 0.5),
    "half a HEIC": lambda: cut(heic(), 0.5),
    "JPEG header then zeros": lambda: clean_jpeg()[:300] + b"\0" * 3000,
    "JPEG header then noise": lambda: _noise(1, clean_jpeg()[:200]),
    "PNG header then noise": lambda: _noise(2, b"\x89PNG\r\n\x1a\n"),
    "WebP header then noise": lambda: _noise(3, b"RIFF\xff\x0f\0\0WEBPVP8 "),
    "HEIC header then noise": lambda: _noise(4, heic()[:60]),
    "HEIC of nothing": lambda: b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
    "AVIF by its name": lambda: b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + bytes(300),
    "film": lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(300),
    "JPEG that says 65500 x 65500": lambda: jpeg_of_claimed_size(65_500, 65_500),
    "JPEG of no height": lambda: jpeg_of_claimed_size(480, 0),
    "PNG bomb": bomb_png,
    "smaller PNG bomb": lambda: bomb_png(7_100),
    "PNG of 50,000 x 50,000 without data": lambda: _png(
        (b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)), (b"IEND", b"")
    ),
    "PNG of no size": lambda: _png((b"IHDR", bytes(13)), (b"IEND", b"")),
    "PNG with a broken checksum": lambda: saved(picture(), "PNG").replace(b"IHDR", b"IHDX"),
    "PNG with a comment that unfolds": png_with_text_bomb,
}

HARMLESS: dict[str, Callable[[], bytes]] = {
    "exif, upright": lambda: saved(picture(), exif=camera_exif()),
    "xmp": lambda: saved(picture(), xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"),
    "comment": lambda: saved(picture(), comment=SECRET + b"<script>alert(1)</script>"),
    "colour profile": lambda: saved(picture(), icc_profile=SECRET * 20),
    "a camera maker's own segment": lambda: with_segment(0xE7, b"MAKER " + SECRET),
    "a thumbnail in the JFIF header": lambda: with_segment(0xE0, b"JFXX\0\x10" + SECRET),
    "an archive behind the end": lambda: clean_jpeg() + b"PK\x03\x04" + SECRET,
    "a page behind the end": lambda: clean_jpeg() + b"<script>" + SECRET + b"</script>",
    "a second end": lambda: clean_jpeg() + SECRET + b"\xff\xd9",
    "PNG with a comment": lambda: saved(picture(), "PNG", exif=camera_exif()),
    "PNG of 16 bit": lambda: saved(Image.new("I;16", (480, 320), 30_000), "PNG"),
    "JPEG of four inks": lambda: saved(picture(mode="CMYK"), exif=camera_exif()),
    "PNG that moves": lambda: _animated("PNG", 30),
    "WebP that moves": lambda: _animated("WEBP", 30),
    "HEIC with place and maker": heic,
}
