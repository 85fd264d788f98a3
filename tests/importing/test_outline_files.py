"""Outlines as offices hand them over: Shapefile, KML, KMZ; and files meant to do harm."""

import contextlib
import io
import zipfile

import pytest
import shapefile
from geopy.distance import geodesic

from firegrid_app.importing.files import read_bytes
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.outlines import same_ground
from firegrid_app.importing.rules.problems import Bad, BadFile
from firegrid_app.importing.rules.projections import unprojection
from firegrid_app.importing.rules.rows import Table

STRIP = (
    'PROJCS["CGCS2000_3_Degree_GK_{name}",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",{east}],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",{middle}],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
UTM = (
    'PROJCS["WGS_1984_UTM_Zone_48N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",0.9996],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
WEB = (
    'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],'
    'PARAMETER["False_Easting",0.0],PARAMETER["Central_Meridian",0.0],UNIT["Meter",1.0]]'
)
DEGREES = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
XIAN = DEGREES.replace("WGS_1984", "Xian_1980")
SQUARE = [[105.9, 29.35], [105.9, 29.352], [105.902, 29.352], [105.902, 29.35], [105.9, 29.35]]
"""Outer rings of a shapefile go clockwise."""
HOLE = [[105.9005, 29.3505], [105.9015, 29.3505], [105.9015, 29.3515], [105.9005, 29.3505]]
FIELDS = ("网格编码", "网格名称", "网格级别", "上级网格编码")
ROW = ("500118003001001", "小桥子社区第1网格", 3, "500118003001")


def shapes(rows, fields=FIELDS, encoding="gb18030", *, prj=DEGREES, cpg=b"", ring=None, **more):
    """A zipped shapefile as an office's program writes it."""
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="latin-1") as writer:
        for name in fields:
            # The name is cut after ten bytes, wherever in a sign that is.
            writer.field(name.encode(encoding)[:10].decode("latin-1"), "C", 40)
        for row in rows:
            writer.poly([ring or SQUARE, *([HOLE] if more.get("hole") else [])])
            writer.record(*(str(one).encode(encoding).decode("latin-1") for one in row))
    stem = more.get("stem", "网格")
    files = {f"{stem}.{ending}": part.getvalue() for ending, part in parts.items()}
    if prj:
        files[f"{stem}.prj"] = prj.encode()
    if cpg:
        files[f"{stem}.cpg"] = cpg
    return files


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def read(data: bytes, most: int | None = None) -> Table:
    return read_bytes(FileKind.GRIDS, data, lambda _: None, most)


def refused(data: bytes, most: int | None = None) -> str:
    with pytest.raises(BadFile) as raised:
        read(data, most)
    return raised.value.problem.reason


def kml(
    marks: str, head: str = "", space: str = ' xmlns="http://www.opengis.net/kml/2.2"'
) -> bytes:
    return f'<?xml version="1.0"?>{head}<kml{space}><Document>{marks}</Document></kml>'.encode()


def ring(places) -> str:
    places = " ".join(f"{lon},{lat},0" for lon, lat in places)
    return f"<LinearRing><coordinates>{places}</coordinates></LinearRing>"


MARK = (
    "<Placemark><name>小桥子社区第1网格</name><ExtendedData>"
    '<Data name="code"><value>500118003001001</value></Data>'
    '<SchemaData><SimpleData name="level">3</SimpleData>'
    '<SimpleData name="parent_code">500118003001</SimpleData></SchemaData></ExtendedData>'
    f"<Polygon><outerBoundaryIs>{ring(SQUARE)}</outerBoundaryIs>"
    f"<innerBoundaryIs>{ring(HOLE)}</innerBoundaryIs></Polygon></Placemark>"
)


@pytest.mark.parametrize(("encoding", "cpg"), [("gb18030", b""), ("gb18030", b"GBK"),
                                               ("utf-8", b""), ("utf-8", b"UTF-8\n")])  # fmt: skip
def test_a_shapefile_with_chinese_columns_in_either_encoding(encoding, cpg):
    table = read(packed(shapes([ROW], encoding=encoding, cpg=cpg)))
    (row,) = table.rows
    assert table.problems == []
    assert row.cells == {
        "code": ROW[0], "name": ROW[1], "level": "3", "parent_code": ROW[3],
    }  # fmt: skip
    assert same_ground(row.geometry, {"type": "Polygon", "coordinates": [SQUARE]})
    assert [one.notice for one in table.warnings] == (
        ["read_as_gb18030"] if encoding == "gb18030" else []
    )


def test_holes_stay_holes_and_a_row_without_a_shape_is_known_by_name():
    (row,) = read(packed(shapes([ROW], hole=True))).rows
    assert same_ground(row.geometry, {"type": "Polygon", "coordinates": [SQUARE, HOLE[::-1]]})


@pytest.mark.parametrize(
    ("prj", "x", "y", "lon", "lat"),
    [
        (STRIP.format(name="CM_102E", east="500000.0", middle="102.0"), 881499.3636, 3255154.9653,
         105.9272, 29.3561),
        (STRIP.format(name="CM_120E", east="500000.0", middle="120.0"), 514923.7343, 3350508.8698,
         120.1551, 30.2741),
        (STRIP.format(name="Zone_35", east="35500000.0", middle="105.0"), 35590036.0175,
         3249096.1514, 105.9272, 29.3561),
        (UTM, 590000.0031, 3247796.5131, 105.9272, 29.3561),
        (WEB, 11791761.9652, 3421048.1305, 105.9272, 29.3561),
    ],
)  # fmt: skip
def test_metres_of_survey_maps_become_degrees(prj, x, y, lon, lat):
    """Golden values of PROJ 9 (pyproj 3.8)."""
    found = unprojection(prj)(x, y)
    assert geodesic((lat, lon), found[::-1]).m < 0.01


def test_a_shapefile_in_metres_is_read_in_degrees():
    strip = STRIP.format(name="Zone_35", east="35500000.0", middle="105.0")
    x, y = 35590036.0175, 3249096.1514
    square = [[x, y], [x, y + 100], [x + 100, y + 100], [x + 100, y], [x, y]]
    (row,) = read(packed(shapes([ROW], prj=strip, ring=square))).rows
    assert row.geometry["coordinates"][0][0] == pytest.approx([105.9272, 29.3561], abs=1e-7)


@pytest.mark.parametrize(
    "prj",
    [XIAN, STRIP.format(name="x", east="0", middle="105").replace('"Meter",1.0', '"Foot",0.3048'),
     STRIP.format(name="x", east="0", middle="105").replace("Gauss_Kruger", "Lambert"), "",
     "hello"],
)  # fmt: skip
def test_other_systems_are_refused_by_name_and_not_guessed(prj):
    with pytest.raises(Bad) as bad:
        unprojection(prj)
    assert bad.value.reason == "other_crs"
    if prj:
        assert refused(packed(shapes([ROW], prj=prj))) == "other_crs"


def test_without_a_prj_it_is_read_as_degrees_and_that_is_said():
    table = read(packed(shapes([ROW], encoding="utf-8", prj="")))
    assert [one.notice for one in table.warnings] == ["no_prj"]


def test_archives_that_cannot_be_read_say_why():
    good = shapes([ROW])
    assert refused(packed({"readme.txt": b"x"})) == "no_shapefile"
    assert refused(packed({k: v for k, v in good.items() if not k.endswith("dbf")})) == (
        "shapefile_without_table"
    )
    assert refused(packed({**good, **shapes([ROW], stem="another")})) == "several_shapefiles"
    assert refused(good["网格.shp"]) == "bare_shapefile"
    assert refused(packed(good)[:-30]) == "damaged_archive"
    assert refused(packed({**good, "网格.dbf": b"\x03" * 40})) == "damaged_shapefile"
    assert refused(packed({**good, "网格.dbf": good["网格.dbf"][:70]})) == "damaged_shapefile"
    # A Mac's shadows of the same files are none of it.
    assert read(packed({**good, "__MACOSX/._网格.shp": b"x"})).problems == []


def test_a_small_archive_that_unpacks_to_very_much_is_not_unpacked():
    bomb = packed({"网格.shp": bytes(50_000_000), "网格.dbf": b""})
    assert len(bomb) < 100_000
    assert refused(bomb, 30 * 1024 * 1024) == "too_large"
    # Nor one that lies about its size: no more is read than it says.
    lying = bytearray(packed({"网格.kml": b"<kml/>" + b" " * 1_000_000}))
    at = lying.rindex(b"PK\x01\x02") + 24
    lying[at : at + 4] = (6).to_bytes(4, "little")
    assert refused(bytes(lying)) in ("damaged_archive", "no_rows")


def test_kml_and_kmz_are_read_with_any_namespace_or_none():
    for space in (
        ' xmlns="http://www.opengis.net/kml/2.2"',
        "",
        ' xmlns="http://earth.google.com/kml/2.1"',
    ):
        data = kml(MARK, space=space)
        for file in (data, packed({"doc.kml": data, "files/a.png": b"x"})):
            (row,) = read(file).rows
            assert row.cells["code"] == "500118003001001"
            assert row.cells["name"] == "小桥子社区第1网格"
            assert row.cells["level"] == "3"
            assert same_ground(row.geometry, {"type": "Polygon", "coordinates": [SQUARE, HOLE]})


def test_placemarks_that_are_no_outline_are_told_by_their_row():
    from firegrid_app.importing.rules.grids import check_grids

    point = MARK.split("<Polygon>")[0] + "<Point><coordinates>1,2</coordinates></Point></Placemark>"
    words = MARK.replace("105.9,29.35,0", "a,b,0", 1)
    checked, _ = check_grids(read(kml(MARK + point + words)), {})
    found = {(one.row, str(one.reason)) for one in checked.problems if one.column == "geometry"}
    assert found == {(2, "not_a_polygon"), (3, "bad_coordinates")}


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE kml SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_xml_that_would_swell_or_reach_elsewhere_is_not_read(head):
    assert refused(kml(MARK, head)) == "xml_with_dtd"
    assert refused(packed({"doc.kml": kml(MARK, head)})) == "xml_with_dtd"


@pytest.mark.parametrize(
    "data", [b"<kml>", b"<kml><a></kml>", b"<!", b'<?xml version="1.0" encoding="x"?>']
)
def test_broken_xml_is_told_with_its_line(data):
    assert refused(data) == "broken_xml"


def test_an_empty_kml_has_no_rows():
    assert refused(kml("")) == "no_rows"
    assert refused(b"<html><body>log in</body></html>") == "no_rows"


def test_a_file_changed_by_a_byte_never_ends_in_a_fault():
    """Whatever a line or a disk made of it: a table, or a sentence."""
    good = packed(shapes([ROW, ROW]))
    for at in range(0, len(good), 7):
        spoilt = bytearray(good)
        spoilt[at] ^= 0xFF
        with contextlib.suppress(BadFile):
            assert read(bytes(spoilt)).header is not None
