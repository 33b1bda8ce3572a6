"""The file aid: what bytes tell, twice compressed pictures, and files that lie."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from docexam.aids.file import apart, credentials, pdf
from docexam.aids.file.aid import AID
from docexam.aids.file.doubling import find_doubling, luma_of
from docexam.aids.file.jpegparts import read_jpeg
from docexam.aids.file.looking import look
from docexam.aids.file.tables import recognise, scaled
from docexam.aids.file.tiffparts import read_directories
from docexam.aids.protocol import Alone, Cancelled, Material
from docexam.aids.running import run_aid
from docexam.workbench.aiding import run_on_its_own


class Picture:
    """A capture over bytes, decoded by Pillow; `width` 0 where it is not decoded at all."""

    def __init__(self, content: bytes, *, decoded: bool = True) -> None:
        self.n, self.sha256, self._content = 1, "0" * 64, content
        self.width, self.height = Image.open(io.BytesIO(content)).size if decoded else (0, 0)

    def rgb(self, longest: int = 0) -> np.ndarray:
        image = Image.open(io.BytesIO(self._content)).convert("RGB")
        if longest:
            image.thumbnail((longest, longest))
        return np.asarray(image)

    def original(self) -> bytes:
        return self._content


def drawn(width: int = 640, height: int = 480, seed: int = 3) -> Image.Image:
    """A page-like picture: slow shading, print and the noise of a sensor."""
    rng = np.random.default_rng(seed)
    down, across = np.mgrid[0:height, 0:width]
    base = 190 + 40 * np.sin(across / 97) * np.cos(down / 71)
    image = Image.fromarray(base.clip(0, 255).astype(np.uint8)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for k in range(12):
        spot = (20 + (k % 3) * width // 3, 20 + k * height // 13)
        pen.text(spot, f"Запись {k} №{k * 7919}", fill=(40, 40, 70), font_size=22)
    pen.ellipse(
        (width // 2, height // 3, width // 2 + 150, height // 3 + 150), outline=(60, 60, 170)
    )
    noisy = np.asarray(image, float) + rng.normal(0, 3, (height, width, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def jpeg(image: Image.Image, quality: int = 80, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def again(content: bytes, quality: int) -> bytes:
    return jpeg(Image.open(io.BytesIO(content)).convert("RGB"), quality)


def told(content: bytes, **material: Any) -> dict[str, Any]:
    (proposal,) = AID.propose(Material(captures=(Picture(content),), **material), Alone())
    return dict(proposal.data)


def whats(data: dict[str, Any]) -> set[str]:
    return {remark["what"] for remark in data["remarks"]}


def exif_of(**tags: Any) -> bytes:
    """Exif with main tags by number and `photo={…}` for the inner ones, as Pillow writes it."""
    exif = Image.Exif()
    for tag, value in tags.pop("main", {}).items():
        exif[tag] = value
    for tag, value in tags.pop("photo", {}).items():
        exif.get_ifd(0x8769)[tag] = value
    return exif.tobytes()


def tiff_with_thumbnail(thumbnail: bytes) -> bytes:
    """A TIFF structure whose second directory holds a thumbnail."""
    first = struct.pack("<H", 0) + struct.pack("<I", 14)
    second = struct.pack("<H", 2)
    second += struct.pack("<HHII", 0x0201, 4, 1, 44) + struct.pack(
        "<HHII", 0x0202, 4, 1, len(thumbnail)
    )
    second += struct.pack("<I", 0)
    return b"II*\0" + struct.pack("<I", 8) + first + second + thumbnail


def with_exif(content: bytes, tiff: bytes) -> bytes:
    body = b"Exif\0\0" + tiff
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + content[2:]


# --- JPEG: tables and parts --------------------------------------------------------------------


@pytest.mark.parametrize("quality", [30, 75, 85, 92, 98])
def test_quality_of_standard_tables_is_told_exactly(quality: int) -> None:
    data = told(jpeg(drawn(), quality))
    assert data["quality"] == quality
    assert [t["family"] for t in data["quantisation"]] == [
        "standard luminance",
        "standard chrominance",
    ]
    assert (data["format"], data["width"], data["height"]) == ("JPEG", 640, 480)


def test_tables_of_its_own_give_a_nearest_quality_and_no_family() -> None:
    own = [v + (i % 3) for i, v in enumerate(scaled("standard luminance", 88))]
    data = told(jpeg(drawn(), qtables=[own, own]))
    assert data["quantisation"][0]["standard"] is False
    assert data["quantisation"][0]["family"] == "its own"
    assert abs(data["quality"] - 88) <= 8


def test_intake_and_aid_agree_on_the_quality_of_any_table() -> None:
    from docexam.imaging.jpegfile import table_quality

    chance = random.Random(5)
    for _ in range(25):
        table = [
            min(255, max(1, v + chance.randint(-4, 9)))
            for v in scaled("standard luminance", chance.randint(20, 99))
        ]
        assert recognise(table).quality == table_quality([table]).quality


@pytest.mark.parametrize(("sampling", "name"), [(0, "4:4:4"), (1, "4:2:2"), (2, "4:2:0")])
def test_sampling_and_progression_are_told(sampling: int, name: str) -> None:
    data = told(jpeg(drawn(), subsampling=sampling, progressive=sampling == 1))
    assert data["sampling"] == name
    assert data["progressive"] is (sampling == 1)


def test_an_appended_archive_and_an_appended_picture_are_found_where_they_stand() -> None:
    first, second = jpeg(drawn(), 80), jpeg(drawn(64, 48), 70)
    data = told(first + second + b"PK\x03\x04" + bytes(range(100)))
    after = [e for e in data["embedded"] if e["what"] == "after the end"]
    assert [(e["format"], e["at"]) for e in after] == [
        ("JPEG", len(first)),
        ("ZIP", len(first) + len(second)),
    ]
    assert (after[0]["width"], after[0]["height"]) == (64, 48)
    assert "appended" in whats(data)


def test_zero_filling_after_the_end_is_no_remark() -> None:
    data = told(jpeg(drawn()) + b"\0" * 700)
    assert data["bytes_after_end"] == 700
    assert "appended" not in whats(data)


def test_images_of_a_multi_picture_index_are_listed_and_not_called_appended() -> None:
    out = io.BytesIO()
    drawn().save(out, "MPO", save_all=True, append_images=[drawn(160, 120, 9)])
    data = look(out.getvalue()).data
    (inner,) = data["embedded"]
    assert (inner["width"], inner["height"]) == (160, 120)
    assert "several-images" in {r.what for r in look(out.getvalue()).remarks}
    assert "appended" not in {r.what for r in look(out.getvalue()).remarks}


# --- Exif --------------------------------------------------------------------------------------


def test_no_exif_is_told_with_its_innocent_explanation() -> None:
    data = told(jpeg(drawn()))
    (remark,) = [r for r in data["remarks"] if r["what"] == "no-exif"]
    assert "no sign of anything" in remark["innocent"]
    assert data["exif"] == {"present": False}


def test_contradictions_of_exif_are_told_each() -> None:
    exif = exif_of(
        main={
            0x010F: "Maker",
            0x0110: "Model 5",
            0x0131: "Adobe Photoshop 25.1",
            0x0132: "2019:03:01 10:00:00",
        },
        photo={0x9003: "2020:05:06 11:12:13", 0xA002: 4000, 0xA003: 3000},
    )
    data = told(jpeg(drawn(), exif=exif), issued="2021-01-01")
    assert {"camera", "editor", "times-reversed", "size-differs", "before-issue"} <= whats(data)
    assert data["exif"]["software"] == "Adobe Photoshop 25.1"
    assert data["exif"]["size"] == [4000, 3000]


def test_a_consistent_camera_file_has_no_contradiction() -> None:
    exif = exif_of(
        main={0x010F: "Maker", 0x0110: "Model 5", 0x0132: "2020:05:06 11:12:13", 0x0112: 1},
        photo={0x9003: "2020:05:06 11:12:13", 0xA002: 640, 0xA003: 480},
    )
    data = told(jpeg(drawn(), exif=exif), issued="2019-01-01")
    assert whats(data) <= {"tables", "camera"}


def test_clocks_never_set_and_times_that_are_none_are_told() -> None:
    unset = told(jpeg(drawn(), exif=exif_of(photo={0x9003: "1970:01:01 00:00:09"})))
    odd = told(jpeg(drawn(), exif=exif_of(photo={0x9003: "yesterday"})))
    assert "clock-unset" in whats(unset)
    assert "time-odd" in whats(odd)


def test_a_date_after_the_intake_is_told_beyond_a_time_zone() -> None:
    exif = exif_of(photo={0x9003: "2024:05:06 11:12:13"})
    content = jpeg(drawn(), exif=exif)
    late = {r.what for r in look(content, taken_in="2024-05-04T10:00:00Z").remarks}
    near = {r.what for r in look(content, taken_in="2024-05-05T23:00:00Z").remarks}
    assert "after-intake" in late
    assert "after-intake" not in near


def test_the_aid_is_told_of_the_intake_by_its_material() -> None:
    content = jpeg(drawn(), exif=exif_of(photo={0x9003: "2024:05:06 11:12:13"}))
    said = {}
    for day in ("2024-05-04T10:00:00Z", "2024-05-20T10:00:00Z", ""):
        material = Material(captures=(Picture(content),), taken_in=day)
        (proposal,) = run_aid(AID, material).proposals
        said[day] = " ".join(ground.says for ground in proposal.grounds)
    assert "after the day it was taken in (2024-05-04)" in said["2024-05-04T10:00:00Z"]
    assert "taken in" not in said["2024-05-20T10:00:00Z"] + said[""]


def test_a_turned_file_has_the_size_of_the_upright_picture() -> None:
    data = look(jpeg(drawn(), exif=exif_of(main={0x0112: 6}))).data
    assert (data["width"], data["height"], data["stored"]) == (480, 640, [640, 480])


def test_a_thumbnail_of_another_picture_differs_and_its_own_does_not() -> None:
    page, other = drawn(), drawn(seed=8).rotate(180)
    pen = ImageDraw.Draw(other)
    pen.rectangle((50, 50, 400, 300), fill=(20, 20, 20))
    own = told(with_exif(jpeg(page), tiff_with_thumbnail(jpeg(page.resize((160, 120))))))
    strange = told(with_exif(jpeg(page), tiff_with_thumbnail(jpeg(other.resize((160, 120))))))
    assert own["exif"]["thumbnail"]["differs"] is False
    assert strange["exif"]["thumbnail"]["differs"] is True
    assert "thumbnail-differs" in whats(strange)


def test_black_bars_of_a_thumbnail_are_no_difference() -> None:
    page = drawn(640, 360)
    barred = Image.new("RGB", (160, 120))
    barred.paste(page.resize((160, 90)), (0, 15))
    data = told(with_exif(jpeg(page), tiff_with_thumbnail(jpeg(barred, 92))))
    assert data["exif"]["thumbnail"]["differs"] is False


def test_a_cropped_picture_keeps_the_thumbnail_of_another_shape() -> None:
    page = drawn()
    cut = page.crop((0, 0, 300, 480))
    data = told(with_exif(jpeg(cut), tiff_with_thumbnail(jpeg(page.resize((160, 120))))))
    assert data["exif"]["thumbnail"]["differs"] is True


# --- two compressions --------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [(85, 95), (70, 90), (75, 80), (85, 75)])
def test_two_compressions_are_found_with_the_first_quality(pair: tuple[int, int]) -> None:
    data = told(again(jpeg(drawn(1200, 900), pair[0]), pair[1]))
    assert data["double"]["found"] is True
    assert abs(data["double"]["first_quality"] - pair[0]) <= 2


@pytest.mark.parametrize("quality", [60, 75, 80, 90, 95])
def test_one_compression_is_not_called_two(quality: int) -> None:
    data = told(jpeg(drawn(1200, 900), quality))
    assert data["double"]["found"] is False
    assert data["double"]["score"] < 0.08


def test_the_same_quality_twice_cannot_be_seen_and_the_limits_say_so() -> None:
    data = told(again(jpeg(drawn(1200, 900), 80), 80))
    assert data["double"]["found"] is False
    assert "same quality again" in data["double"]["limits"]


def test_an_earlier_encoder_with_tables_of_its_own_is_found_too() -> None:
    own = [round(v * 1.3) + 1 + (i % 2) for i, v in enumerate(scaled("mozjpeg", 80))]
    data = told(again(jpeg(drawn(1200, 900), qtables=[own, own]), 93))
    assert data["double"]["found"] is True


def test_a_small_or_even_picture_is_not_judged() -> None:
    assert told(jpeg(drawn(80, 60)))["double"]["found"] is None
    assert told(jpeg(Image.new("RGB", (900, 700), "white")))["double"]["found"] is None


def flat_page(paper: tuple[int, int, int], boxes: int, noise: float = 0) -> Image.Image:
    """A page as a program draws it: even paper, text and rectangles with sharp edges."""
    rng = np.random.default_rng(1)
    image = Image.new("RGB", (1200, 900), paper)
    pen = ImageDraw.Draw(image)
    for k in range(boxes):
        x, y, w, h = (int(v) for v in rng.integers((0, 0, 20, 20), (1200, 900, 300, 180)))
        ink = tuple(int(v) for v in rng.integers(30, 220, 3))
        pen.rectangle((x, y, x + w, y + h), outline=ink, fill=None if k % 3 else ink, width=2)
    for k in range(0, 900, 90):
        pen.text((20, k), f"Line {k} of a page with words in it", fill=(0, 0, 0))
    if not noise:
        return image
    noisy = np.asarray(image, float) + rng.normal(0, noise, (900, 1200, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("paper", [(255, 255, 255), (250, 248, 240), (235, 230, 215)])
@pytest.mark.parametrize("quality", [60, 75, 80, 90])
def test_of_a_drawn_page_it_cannot_be_told(paper: tuple[int, int, int], quality: int) -> None:
    data = told(jpeg(flat_page(paper, 40), quality))
    assert data["double"]["found"] is None
    assert "even" in data["double"]["reason"]


@pytest.mark.parametrize("paper", [(255, 255, 255), (235, 230, 215)])
def test_noise_on_a_drawn_page_is_no_sign(paper: tuple[int, int, int]) -> None:
    assert not told(jpeg(flat_page(paper, 80, 4), 75))["double"]["found"]


def test_grey_and_cmyk_pictures_are_counted_or_refused_with_a_reason() -> None:
    grey = told(again(jpeg(drawn(1200, 900).convert("L"), 75), 90))
    assert grey["double"]["found"] in (True, False)
    cmyk = told(jpeg(drawn().convert("CMYK")))
    assert cmyk["double"]["found"] is None
    assert cmyk["double"]["reason"]


def test_the_score_is_the_same_every_time() -> None:
    content = again(jpeg(drawn(1000, 800), 85), 92)
    first = find_doubling(*luma_of(content))
    assert first == find_doubling(*luma_of(content))


# --- other formats -----------------------------------------------------------------------------


def test_a_generators_settings_in_a_png_are_told() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("parameters", "a passport, steps: 20")
    out = io.BytesIO()
    drawn().save(out, "PNG", pnginfo=info)
    data = told(out.getvalue())
    assert "generator" in whats(data)
    assert data["texts"]["parameters"].startswith("a passport")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_size_and_format_of_each_format_come_from_its_header(kind: str) -> None:
    out = io.BytesIO()
    drawn(301, 199).save(out, kind)
    data = look(out.getvalue()).data
    assert (data["format"], data["width"], data["height"]) == (kind, 301, 199)


def test_a_bomb_in_a_png_text_is_not_unpacked() -> None:
    bomb = zlib.compress(b"a" * 40_000_000)
    chunk = b"zTXtk\0\0" + bomb
    whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    out = io.BytesIO()
    drawn(64, 64).save(out, "PNG")
    content = out.getvalue()
    data = look(content[:33] + whole + content[33:]).data
    assert len(data["texts"]["k"]) <= 2000


def test_a_heic_header_gives_format_and_size() -> None:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", 8 + len(body)) + name + body

    extent = box(b"ispe", struct.pack(">III", 0, 4032, 3024))
    meta = box(b"meta", b"\0\0\0\0" + box(b"iprp", box(b"ipco", extent)))
    data = look(box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta + box(b"mdat", b"x" * 50)).data
    assert (data["format"], data["width"], data["height"]) == ("HEIC", 4032, 3024)


# --- PDF ---------------------------------------------------------------------------------------


def a_pdf(quality: int = 85, producer: str = "Drawn 1") -> bytes:
    out = io.BytesIO()
    drawn().save(out, "PDF", quality=quality, producer=producer)
    return out.getvalue()


@pytest.mark.parametrize("extra", [True, False])
def test_the_jpeg_in_a_pdf_is_looked_at_with_and_without_the_extra(
    extra: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if extra:
        pytest.importorskip("pypdfium2", reason="the extra “files” is not installed")
    else:
        monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    looked = look(a_pdf(85))
    (inner,) = looked.data["embedded"]
    assert (inner["format"], inner["width"], inner["height"]) == ("JPEG", 640, 480)
    assert inner["quality"] == 85
    assert looked.data["pdf"]["claims"]["Producer"] == "Drawn 1"
    assert any("extra “files”" in r.says for r in looked.remarks) is not extra


def test_a_pdf_and_a_foreign_file_reach_the_aid_from_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf())
    (tmp_path / "b.bin").write_bytes(b"nothing known" * 9)
    found = run_on_its_own("file", [str(tmp_path / "a.pdf"), str(tmp_path / "b.bin")])
    assert [one["file"]["format"] for one in found] == ["PDF", "unknown"]


def test_a_truncated_jpeg_is_told_as_damaged_from_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(drawn())[:9000])
    found = run_on_its_own("file", [str(tmp_path / "a.jpg")])
    assert "damaged" in whats(found["file"])


@pytest.mark.parametrize("cut", [20, 900, 20_000])
def test_a_broken_pdf_gives_what_can_be_found_and_says_so(cut: int) -> None:
    looked = look(a_pdf()[:cut])
    assert looked.data["format"] == "PDF"
    assert looked.remarks


# --- readers apart -----------------------------------------------------------------------------


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr(apart.sys, "executable", str(path))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("cat >/dev/null; kill -SEGV $$", "signal 11"),
        ("cat >/dev/null; exit 3", "exit 3"),
        ("cat >/dev/null; echo not json", "no sense"),
        ("cat >/dev/null; echo []", "no sense"),
        ("sleep 5", "longer than"),
    ],
)
def test_a_reader_that_crashes_or_hangs_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    stand_in(tmp_path, monkeypatch, script)
    answer, trouble = apart.ask("pdf", b"%PDF-1.4", seconds=0.4)
    assert answer == {}
    assert said in trouble


def test_a_crashing_reader_leaves_the_other_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "cat >/dev/null; kill -SEGV $$")
    outcome = run_aid(AID, Material(captures=(Picture(a_pdf(), decoded=False),)))
    assert not outcome.broken
    (inner,) = outcome.proposals[0].data["embedded"]
    assert inner["quality"] == 85


# --- Content Credentials -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A JPEG with Content Credentials of a signer made up here."""
    import datetime

    c2pa = pytest.importorskip("c2pa", reason="the extra “files” is not installed")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def name(common: str) -> x509.Name:
        parts = ((NameOID.ORGANIZATION_NAME, "Drawn Works"), (NameOID.COMMON_NAME, common))
        return x509.Name([x509.NameAttribute(o, v) for o, v in parts])

    def certificate(common: str, key: Any, issuer: str, by: Any, authority: bool) -> Any:
        start = datetime.datetime(2024, 1, 1)
        usage = x509.KeyUsage(True, False, False, False, False, authority, authority, False, False)
        made = (
            x509.CertificateBuilder(name(issuer), name(common), key.public_key(), 7)
            .not_valid_before(start)
            .not_valid_after(start + datetime.timedelta(days=36_500))
            .add_extension(x509.BasicConstraints(authority, None), True)
            .add_extension(usage, True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False
            )
        )
        if not authority:
            made = made.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False
            )
        return made.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    chain = certificate("Drawn Signer", leaf, "Root", root, False) + certificate(
        "Root", root, "Root", root, True
    )
    key = leaf.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    info = c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, chain, key, None)
    claim: dict[str, Any] = {
        "claim_generator_info": [{"name": "drawn", "version": "1"}],
        "title": "page",
    }
    created = {
        "action": "c2pa.created",
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    }
    claim["assertions"] = [{"label": "c2pa.actions", "data": {"actions": [created]}}]
    out = io.BytesIO()
    builder = c2pa.Builder(claim)
    builder.sign(c2pa.Signer.from_info(info), "image/jpeg", io.BytesIO(jpeg(drawn())), out)
    return out.getvalue()


def test_valid_credentials_are_told_with_the_signers_own_name_and_the_limits(signed: bytes) -> None:
    looked = look(signed)
    found = looked.data["c2pa"]
    assert (found["present"], found["checked"], found["state"]) == (True, True, "Valid")
    assert found["signer"] == "Drawn Signer"
    assert "without a list of trusted signers" in found["limits"]
    (remark,) = [r for r in looked.remarks if r.what == "c2pa"]
    assert "as they say themselves" in remark.says


def test_a_changed_pixel_breaks_the_credentials(signed: bytes) -> None:
    changed = signed[:-400] + bytes([signed[-400] ^ 1]) + signed[-399:]
    looked = look(changed)
    assert looked.data["c2pa"]["state"] == "Invalid"
    assert "c2pa-broken" in {r.what for r in looked.remarks}


def test_without_the_extra_credentials_are_seen_by_their_bytes(
    signed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "find_spec", lambda name: None)
    found = look(signed).data["c2pa"]
    assert (found["present"], found["checked"]) == (True, False)
    assert found["labels"][0] == "c2pa"
    assert "extra “files”" in found["reason"]


@pytest.mark.parametrize("seed", range(4))
def test_damaged_credentials_never_break_the_aid(signed: bytes, seed: int) -> None:
    chance = random.Random(seed)
    at = signed.find(b"jumb")
    broken = bytearray(signed)
    for _ in range(60):
        broken[at + chance.randrange(4000)] = chance.randrange(256)
    looked = look(bytes(broken))
    assert looked.data["c2pa"]["checked"] in (True, False)


def test_a_file_without_credentials_starts_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "ask", lambda *_: pytest.fail("a process was started"))
    assert look(jpeg(drawn())).data["c2pa"] == {"present": False, "checked": False}


# --- hostile -----------------------------------------------------------------------------------


def test_directories_in_a_circle_are_told_and_not_followed() -> None:
    circle = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 8)
    assert any("circle" in fault for fault in read_directories(circle).faults)
    inner = struct.pack("<H", 1) + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 0)
    assert any(
        "circle" in f for f in read_directories(b"II*\0" + struct.pack("<I", 8) + inner).faults
    )


def test_a_directory_of_absurd_counts_is_bounded() -> None:
    entry = struct.pack("<HHII", 0x010E, 2, 0xFFFFFFFF, 20)
    huge = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 65535) + entry * 3
    found = read_directories(huge)
    assert found.faults
    assert all(len(d.entries) <= 400 for d in found.directories)


def test_a_lying_segment_ends_the_walk_with_a_fault() -> None:
    content = b"\xff\xd8\xff\xe1\xff\xff" + b"Exif\0\0" + b"x" * 20
    assert read_jpeg(content).faults == ("A segment (0xE1) lies about its length.",)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\x40\0\0\0WEBP",
            b"II*\0",
            b"MM\0*",
            b"\0\0\0\x18ftypheic",
        ]
    ),
)
def test_any_bytes_after_a_known_beginning_give_facts(rest: bytes, head: bytes) -> None:
    looked = look(head + rest)
    assert looked.data["bytes"] == len(head) + len(rest)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_a_jpeg_with_flipped_bytes_never_breaks_the_aid(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(HOSTILE)
    for _ in range(chance.randint(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    outcome = run_aid(
        AID,
        Material(
            captures=(Picture(bytes(content[: chance.randint(2, len(content))]), decoded=False),)
        ),
    )
    assert not outcome.broken


HOSTILE = with_exif(jpeg(drawn(200, 160), exif=b""), tiff_with_thumbnail(jpeg(drawn(80, 60))))


# --- the aid itself ----------------------------------------------------------------------------


def test_the_aid_loads_without_numpy_pillow_and_extras() -> None:
    code = (
        "import sys, docexam.aids.file.aid as a; a.AID.card; a.AID.missing();"
        "print([m for m in ('numpy', 'PIL', 'c2pa', 'pypdfium2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_cancelled_look_raises_cancelled() -> None:
    class Stopped(Alone):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        AID.propose(Material(captures=(Picture(jpeg(drawn())),)), Stopped())


def test_error_level_is_never_proposed_and_nothing_is_called_forged() -> None:
    (proposal,) = AID.propose(
        Material(captures=(Picture(again(jpeg(drawn(900, 700), 75), 90)),)), Alone()
    )
    words = " ".join([proposal.says, *(g.says for g in proposal.grounds)]).casefold()
    assert not any(word in words for word in ("forge", "fake", "manipulat", "%", "error level"))
