"""A photo turned upright, stripped and shrunk; and what is no photo told apart."""

import hashlib
import io

import pytest
from PIL import ExifTags, Image
from PIL.JpegImagePlugin import JpegImageFile

from firegrid_app.photos.processing import (
    MOST_BYTES,
    SCREEN_EDGE,
    THUMBNAIL_EDGE,
    process,
)
from firegrid_app.refusals import Refused
from tests.photos.hostile import HARMLESS, HOSTILE, SECRET
from tests.photos.pictures import (
    SECRETS,
    SIZE,
    TURNS,
    UPRIGHT,
    bomb_png,
    camera_exif,
    camera_jpeg,
    clean_jpeg,
    corners_of,
    picture,
    saved,
    turned_tag,
)


def sizes_of(processed):
    return {
        "original": processed.original,
        "screen": processed.screen,
        "thumbnail": processed.thumbnail,
    }


def not_a_photo():
    return pytest.raises(Refused, match=r"^photos\.not_a_photo$")


@pytest.mark.parametrize("orientation", TURNS)
def test_however_the_phone_was_held_all_three_sizes_stand_upright(orientation):
    processed = process(camera_jpeg(orientation))
    for size, kept in sizes_of(processed).items():
        assert corners_of(kept) == UPRIGHT, size
    assert (processed.width, processed.height) == SIZE
    shown = Image.open(io.BytesIO(processed.screen))
    assert not shown.getexif()
    assert shown.size == SIZE


@pytest.mark.parametrize("orientation", TURNS)
def test_an_original_is_the_cameras_own_picture_and_how_it_was_held(orientation):
    """Bit for bit, with no word of EXIF but the one that turns it; handed in again it stays so."""
    data = camera_jpeg(orientation)
    kept = process(data).original
    assert kept[kept.index(b"\xff\xda") :] in data
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == (
        {} if orientation == 1 else {ExifTags.Base.Orientation: orientation}
    )
    assert kept.count(b"Exif") == (orientation != 1)
    if orientation != 1:
        assert turned_tag(orientation) in kept
    assert process(kept).original == kept


def test_a_large_turned_photo_is_never_decoded_whole(monkeypatch):
    """One of 48 megapixels would take twice 144 MB; its published sizes need a fraction."""
    data, load, most = camera_jpeg(6, (4000, 3000)), JpegImageFile.load, []

    def noted(image):
        most.append(max(image.size))
        return load(image)

    monkeypatch.setattr(JpegImageFile, "load", noted)
    process(data)
    assert most
    assert max(most) <= 2000


@pytest.mark.parametrize("orientation", [1, 6])
def test_no_metadata_is_left_in_any_size(orientation):
    data = camera_jpeg(orientation)
    assert all(secret in data for secret in SECRETS)
    for size, kept in sizes_of(process(data)).items():
        image = Image.open(io.BytesIO(kept))
        if (size, orientation) != ("original", 6):
            assert not image.getexif(), size
        assert set(image.info) <= {
            "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "exif",
        }, size  # fmt: skip
        assert not any(secret in kept for secret in SECRETS), size


def test_a_clean_upright_jpeg_is_kept_byte_for_byte():
    data = clean_jpeg()
    processed = process(data)
    assert processed.original == data
    assert processed.original_sha256 == hashlib.sha256(data).hexdigest()


def test_a_stripped_original_has_the_hash_of_what_is_kept():
    data = camera_jpeg()
    processed = process(data)
    assert processed.original != data
    assert processed.original_sha256 == hashlib.sha256(processed.original).hexdigest()


ODD = {
    "a second file that ends like a JPEG": lambda: clean_jpeg() + SECRET + b"\xff\xd9",
    "bytes between the segments": lambda: clean_jpeg()[:2] + SECRET + clean_jpeg()[2:],
}


@pytest.mark.parametrize("hiding", HARMLESS | ODD)
def test_whatever_hides_in_a_file_is_not_kept(hiding):
    data = (HARMLESS | ODD)[hiding]()
    try:
        processed = process(data)
    except Refused as refused:
        assert refused.code == "photos.not_a_photo"  # noqa: PT017 - either is right
        return
    assert processed.original != data
    hidden = (SECRET, b"PK\x03\x04", b"<script", b"Secret Phone 9")
    assert not any(one in kept for one in hidden for kept in sizes_of(processed).values())
    assert process(processed.original).original == processed.original


@pytest.mark.parametrize("hiding", ["comment", "an archive behind the end", "exif, upright"])
def test_an_upright_jpeg_loses_what_hides_in_it_and_no_pixel(hiding):
    """Nothing is encoded a second time: the picture's own bytes stand as the camera wrote them."""
    data = HARMLESS[hiding]()
    kept = process(data).original
    scan = kept[kept.index(b"\xff\xda") :]
    assert scan in data + b"\xff\xd9"
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"optimize": True},
                                     {"restart_marker_rows": 1}, {"dpi": (96, 96)}])  # fmt: skip
def test_any_way_of_writing_a_plain_jpeg_counts_as_clean(options):
    data = saved(picture(), quality=85, **options)
    assert process(data).original == data


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6, 7])
def test_png_and_webp_become_upright_bare_jpeg(kind, orientation):
    turn = TURNS[orientation]
    image = picture() if turn is None else picture().transpose(turn)
    processed = process(saved(image, kind, exif=camera_exif(orientation)))
    for kept in sizes_of(processed).values():
        assert Image.open(io.BytesIO(kept)).format == "JPEG"
        assert corners_of(kept) == UPRIGHT
        assert not any(secret in kept for secret in SECRETS)
    for shown in (processed.screen, processed.thumbnail):
        assert not Image.open(io.BytesIO(shown)).getexif()


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    kept = Image.open(io.BytesIO(process(saved(clear, "PNG")).original))
    assert all(channel > 250 for channel in kept.getpixel((25, 25)))


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA"])
def test_other_colour_modes_are_read_too(mode):
    kind = "JPEG" if mode in ("L", "CMYK") else "PNG"
    processed = process(saved(picture(mode=mode), kind))
    assert Image.open(io.BytesIO(processed.screen)).mode == "RGB"


@pytest.mark.parametrize(
    ("size", "screen", "thumbnail"),
    [
        ((4000, 3000), (1600, 1200), (400, 300)),
        ((3000, 4000), (1200, 1600), (300, 400)),
        ((1600, 1200), (1600, 1200), (400, 300)),
        ((300, 200), (300, 200), (300, 200)),
        ((6000, 40), (1600, 11), (400, 3)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_screen_and_thumbnail_keep_the_aspect_and_never_grow(size, screen, thumbnail):
    processed = process(saved(picture(size)))
    assert Image.open(io.BytesIO(processed.screen)).size == screen
    assert Image.open(io.BytesIO(processed.thumbnail)).size == thumbnail
    assert max(screen) <= SCREEN_EDGE
    assert max(thumbnail) <= THUMBNAIL_EDGE
    assert (processed.width, processed.height) == size


def test_a_turned_large_photo_is_shrunk_to_its_upright_size():
    processed = process(camera_jpeg(6, (4000, 3000)))
    assert (processed.width, processed.height) == (4000, 3000)
    assert Image.open(io.BytesIO(processed.screen)).size == (1600, 1200)
    assert corners_of(processed.screen) == UPRIGHT


@pytest.mark.parametrize("orientation", [0, 9, 999])
def test_an_orientation_that_is_none_leaves_the_picture_as_it_is(orientation):
    assert corners_of(process(saved(picture(), exif=camera_exif(orientation))).screen) == UPRIGHT


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_photo_is_refused(name):
    with not_a_photo():
        process(HOSTILE[name]())


def test_a_file_over_the_limit_is_refused_before_it_is_opened():
    with pytest.raises(Refused, match=r"^photos\.too_large$") as caught:
        process(b"\xff\xd8" + b"\0" * MOST_BYTES)
    assert caught.value.details == {"megabytes": 15}


def test_a_jpeg_that_is_an_archive_too_is_kept_without_the_archive():
    polyglot = clean_jpeg() + b"PK\x03\x04" + b"\0" * 64 + b"PK\x05\x06" + b"\0" * 18
    processed = process(polyglot)
    assert b"PK\x03\x04" not in processed.original
    assert corners_of(processed.original) == UPRIGHT


def test_a_large_picture_within_the_limit_is_none_of_these():
    """The bombs above are refused for their size alone: a smaller one of the same make is read."""
    assert process(bomb_png(700)).width == 700
