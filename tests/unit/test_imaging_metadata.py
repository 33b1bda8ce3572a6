from __future__ import annotations

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, TiffImagePlugin

from docexam.imaging.intake import Intake, examine
from docexam.imaging.jpegfile import JpegFile, scaled_table, table_quality
from docexam.imaging.metadata import LONGEST_TEXT, plain

SCENE = Image.linear_gradient("L").resize((160, 120)).convert("RGB")


def examined(kind: str = "JPEG", **options: object) -> Intake:
    out = io.BytesIO()
    SCENE.save(out, kind, **options)
    return examine(out.getvalue())


def tagged(**gps: object) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Maker", "Model", "Editor 1.0"
    exif[0x0132] = "2024:12:05 09:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2024:12:01 10:00:00"
    position = {1: "N", 2: (51.0, 12.0, 30.0), 3: "E", 4: (35.0, 15.0, 36.0), **gps}
    for tag, value in position.items():
        exif.get_ifd(0x8825)[int(tag)] = value
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_exif_dates_software_and_position_are_read_from_every_format(kind: str) -> None:
    found = examined(kind, exif=tagged()).metadata
    assert found["exif"]["image"]["Make"] == "Maker"
    assert found["software"] == "Editor 1.0"
    assert found["dates"] == {"modified": "2024:12:05 09:00:00", "taken": "2024:12:01 10:00:00"}
    assert found["gps"] == {"latitude": 51.2083333, "longitude": 35.26}


def test_the_inner_tag_groups_of_a_tiff_are_read_before_its_pixels_close_the_file() -> None:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[0x0131] = "Scanner 2"
    info[0x8769] = {0x9003: "2024:12:01 10:00:00"}
    info[0x8825] = {1: "N", 2: (51.0, 12.0, 30.0), 3: "E", 4: (35.0, 15.0, 36.0)}
    found = examined("TIFF", tiffinfo=info).metadata
    assert found["software"] == "Scanner 2"
    assert found["dates"] == {"taken": "2024:12:01 10:00:00"}
    assert found["gps"] == {"latitude": 51.2083333, "longitude": 35.26}


def test_south_and_west_are_negative() -> None:
    found = examined(exif=tagged(**{"1": "S", "3": "W"})).metadata
    assert found["gps"] == {"latitude": -51.2083333, "longitude": -35.26}


@pytest.mark.parametrize("latitude", [(91.0, 0.0, 0.0), (51.0, 12.0)])
def test_a_position_that_cannot_be_one_is_left_out(latitude: tuple[float, ...]) -> None:
    found = examined(exif=tagged(**{"2": latitude})).metadata
    assert "gps" not in found


def test_the_colour_profile_is_named() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    found = examined(icc_profile=profile).metadata
    assert "sRGB" in found["icc"]["description"]
    assert found["icc"]["bytes"] == len(profile)


def test_a_profile_of_garbage_is_only_measured() -> None:
    found = examined("PNG", icc_profile=b"\xff" * 300).metadata
    assert found["icc"] == {"description": "", "bytes": 300}


def test_jpeg_tables_comments_density_and_sampling() -> None:
    found = examined(quality=85, comment=b"first\xff", dpi=(300, 300), subsampling=2).metadata
    jpeg = found["jpeg"]
    assert jpeg["quality"] == 85
    assert jpeg["standard_tables"] is True
    assert jpeg["sampling"] == "4:2:0"
    assert jpeg["comments"] == ["firstÿ"]
    assert jpeg["bytes_after_end"] == 0
    assert jpeg["quantisation"][0]["first"] == [5, 3, 3]
    assert found["density"] == {"dpi": [300.0, 300.0], "jfif": [300, 300], "jfif_unit": "inch"}


@pytest.mark.parametrize("quality", [5, 30, 50, 75, 92, 100])
def test_the_quality_of_standard_tables_is_recovered(quality: int) -> None:
    found = table_quality([scaled_table(quality)])
    assert (found.quality, found.standard) == (quality, True)
    assert examined(quality=quality).metadata["jpeg"]["quality"] == quality


def test_own_tables_are_called_so() -> None:
    own = [v + 1 + i % 3 for i, v in enumerate(scaled_table(80))]
    found = table_quality([own])
    assert found.quality is not None
    assert 70 <= found.quality <= 80
    assert not found.standard
    assert table_quality([]).quality is None


def test_something_appended_to_a_jpeg_is_measured() -> None:
    out = io.BytesIO()
    SCENE.save(out, "JPEG")
    assert JpegFile.read(out.getvalue() + b"PK\x03\x04hidden").bytes_after_end == 10


def test_progressive_files_are_told_apart() -> None:
    assert examined(progressive=True).metadata["jpeg"]["progressive"] is True
    assert examined().metadata["jpeg"]["progressive"] is False


@given(st.binary(max_size=400))
def test_reading_markers_never_fails_or_hangs(content: bytes) -> None:
    JpegFile.read(b"\xff\xd8" + content)


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary()),
    lambda inner: st.one_of(
        st.lists(inner), st.tuples(inner), st.dictionaries(st.integers() | st.text(), inner)
    ),
    max_leaves=20,
)


@given(values)
def test_any_value_becomes_plain_json(value: object) -> None:
    json.dumps(plain(value), allow_nan=False)


@given(st.text(max_size=LONGEST_TEXT))
def test_texts_stay_exact(text: str) -> None:
    assert plain(text) == text


def test_texts_and_lists_are_bounded_and_say_so() -> None:
    assert plain("x" * 5000) == {"text": "x" * LONGEST_TEXT, "length": 5000}
    assert plain(b"\xff" * 5000) == {"bytes": 5000, "begins": "ff" * 16}
    assert len(plain(list(range(10_000)))) == 64
    assert plain(TiffImagePlugin.IFDRational(5, 0)) == "5/0"
    assert plain(TiffImagePlugin.IFDRational(1, 50)) == 0.02
    assert plain(2**70) == str(2**70)


def test_a_thumbnail_is_noted() -> None:
    out = io.BytesIO()
    SCENE.save(out, "JPEG")
    thumb = b"\xff\xd8\xff\xd9"
    ifd1 = struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 44)
    ifd1 += struct.pack("<HHII", 0x0202, 4, 1, len(thumb)) + b"\0\0\0\0"
    body = b"II*\0\x08\0\0\0" + struct.pack("<H", 0) + struct.pack("<I", 14) + ifd1 + thumb
    exif = b"Exif\0\0" + body
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    content = out.getvalue()
    found = examine(content[:2] + segment + content[2:]).metadata
    assert found["thumbnail"] == {"bytes": 4}


def test_what_is_absent_is_left_out() -> None:
    assert examined("PNG").metadata == {}
