"""Every file that is no photograph gets one clear error, quickly, and never a traceback."""

from __future__ import annotations

import io
import json
import os
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from docexam.errors import DocexamError, InputError, MachineError
from docexam.imaging import intake
from docexam.imaging.intake import examine, read_original

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")


def photograph(width: int = 320, height: int = 240) -> Image.Image:
    rng = np.random.default_rng(1)
    base = np.add.outer(np.arange(height), np.arange(width))[..., None] * np.array([0.3, 0.4, 0.2])
    noisy = base + rng.normal(0, 12, (height, width, 3)) + 40
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def saved(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (image or photograph()).save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, extra: bytes = b"", rows: bool = True) -> bytes:
    """Build a flat 1-bit PNG of any claimed size; its pixels compress to next to nothing."""
    body = b""
    if rows:
        packer = zlib.compressobj(9)
        row = b"\0" * (1 + (width + 7) // 8)
        body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def put(content: bytes, name: str = "capture") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put


# --- what is no file of ours -------------------------------------------------------------------


def refused(path: Path, says: str, error: type[DocexamError] = InputError) -> DocexamError:
    started = time.monotonic()
    with pytest.raises(error, match=says) as caught:
        read_original(path)
    assert time.monotonic() - started < 20
    assert caught.value.where
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_directory_is_named_as_one(tmp_path: Path) -> None:
    refused(tmp_path, "a directory")


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "a pipe")


def test_a_link_to_a_pipe_is_refused_too(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    refused(tmp_path / "link", "a pipe")


def test_devices_are_never_opened() -> None:
    refused(Path("/dev/zero"), "a device")


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        refused(Path("s"), "a socket")


def test_links_in_a_circle_and_links_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    refused(tmp_path / "a", "circle")
    refused(tmp_path / "gone", "points to nothing")


def test_a_link_to_a_photograph_is_fine(tmp_path: Path, write: Callable[..., Path]) -> None:
    (tmp_path / "link").symlink_to(write(saved("JPEG")))
    assert read_original(tmp_path / "link")[0].name == b"link"


def test_what_is_missing_or_below_a_file_is_missing(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    refused(tmp_path / "none", "no such file")
    refused(write(b"x") / "below", "Not a directory")
    refused(tmp_path / ("n" * 300), "too long")


def test_a_name_no_file_can_have() -> None:
    refused(Path("a\0b"), "cannot be the name")


def test_an_unreadable_file_says_whose_permission_is_needed(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(saved("JPEG"))

    def deny(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(intake.os, "open", deny)
    refused(path, "may not read", MachineError)


def test_a_failing_disk_is_the_machines_fault(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(saved("JPEG"))

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(intake.os, "read", fail)
    refused(path, "Reading failed", MachineError)


def test_an_empty_and_an_enormous_file(tmp_path: Path, write: Callable[..., Path]) -> None:
    refused(write(b"", "empty"), "empty")
    with (tmp_path / "huge").open("wb") as sparse:
        sparse.truncate(intake.MOST_BYTES + 1)
    refused(tmp_path / "huge", "larger than 300 MB")


def test_a_file_that_grows_while_it_is_read_is_cut_off(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(saved("PNG"))
    monkeypatch.setattr(intake, "MOST_BYTES", 10_000_000)
    monkeypatch.setattr(intake.os, "read", lambda *_: b"x" * 1_000_000)
    refused(path, "larger than")


def test_another_file_under_the_name_after_the_check_is_refused(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(saved("PNG"))
    os.mkfifo(tmp_path / "pipe")
    real_open = os.open
    monkeypatch.setattr(intake.os, "open", lambda _path, flags: real_open(tmp_path / "pipe", flags))
    refused(path, "a pipe")


# --- what is no image of ours ------------------------------------------------------------------

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"


@pytest.mark.parametrize(
    "content",
    [
        b"not an image",
        EPS,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        saved("GIF"),
        saved("BMP"),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"II*\0",
        b"RIFF\x10\0\0\0WEBP",
        b"\0" * 5000,
    ],
    ids=["text", "eps", "pdf", "svg", "gif", "bmp", "png head", "jpeg head", "tiff", "webp", "0"],
)
def test_what_is_no_picture_of_ours_is_refused(content: bytes, write: Callable[..., Path]) -> None:
    error = refused(write(content), "not an image docexam reads|damaged or truncated")
    assert error.todo


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.97])
def test_truncated_pictures_are_refused(
    kind: str, share: float, write: Callable[..., Path]
) -> None:
    content = saved(kind)
    error = refused(write(content[: int(len(content) * share)]), "damaged or truncated|not an")
    assert error.exit_code == 2


def test_a_progressive_jpeg_cut_after_its_first_scan_is_refused(write: Callable[..., Path]) -> None:
    content = saved("JPEG", progressive=True)
    refused(write(content[: len(content) // 2]), "damaged or truncated")


@settings(max_examples=120)
@given(st.sampled_from(FORMATS), st.data())
def test_no_corruption_escapes_as_anything_but_a_clear_error(
    kind: str, data: st.DataObject
) -> None:
    content = bytearray(CLEAN[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    with suppress(DocexamError):
        found = examine(bytes(content))
        json.dumps([found.metadata, found.quality], allow_nan=False)


def _tagged() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2024:12:01 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 12.0, 30.5)
    return exif


CLEAN = {kind: saved(kind, photograph(96, 72), exif=_tagged()) for kind in FORMATS}


# --- too much ----------------------------------------------------------------------------------


def test_a_small_file_of_81_megapixels_is_refused_before_it_is_decoded(
    write: Callable[..., Path],
) -> None:
    bomb = png(9000, 9001)
    assert len(bomb) < 12_000
    error = refused(write(bomb), "80 megapixels")
    assert "9000 × 9001" in error.what


@pytest.mark.parametrize("size", [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1)])
def test_a_header_that_claims_the_impossible_is_refused(
    size: tuple[int, int], write: Callable[..., Path]
) -> None:
    refused(write(png(*size, rows=False)), "megapixels|damaged")


def test_sixty_megapixels_work() -> None:
    found = examine(png(10_000, 6_000))
    assert (found.width, found.height) == (10_000, 6_000)
    assert found.quality["megapixels"]["value"] == 60.0


@pytest.mark.parametrize("kind", [b"zTXtComment\0\0", b"iCCPx\0\0", b"iTXtk\0\1\0\0\0"])
def test_texts_that_unpack_to_absurd_sizes_are_refused(
    kind: bytes, write: Callable[..., Path]
) -> None:
    packed = zlib.compress(b"A" * 80_000_000, 9)
    bomb = png(64, 64, chunk(kind[:4], kind[4:] + packed))
    assert len(bomb) < 100_000
    refused(write(bomb), "unpack to an absurd size")


def test_ten_thousand_text_chunks_are_bounded(write: Callable[..., Path]) -> None:
    texts = b"".join(chunk(b"tEXt", b"k%d\0" % n + b"v" * 60) for n in range(10_000))
    found = read_original(write(png(64, 64, texts)))[0]
    assert 0 < len(found.metadata["png"]) <= 200
    assert len(json.dumps(found.metadata)) < 60_000


def test_a_comment_of_sixty_kilobytes_is_cut_and_says_its_length(
    write: Callable[..., Path],
) -> None:
    found = read_original(write(saved("JPEG", comment=b"c" * 60_000)))[0]
    (comment,) = found.metadata["jpeg"]["comments"]
    assert comment["length"] == 60_000
    assert len(comment["text"]) < 3_000


def absurd_exif(entries: list[tuple[int, int, int, bytes]]) -> bytes:
    body = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")[:4]
    return b"Exif\0\0" + body + b"\0\0\0\0"


@pytest.mark.parametrize(
    "exif",
    [
        absurd_exif([(0x0112, 3, 2**32 - 1, b"\xff\xff\xff\x7f")]),
        absurd_exif([(0x8769, 4, 1, b"\x08\0\0\0"), (0x8825, 4, 1, b"\x08\0\0\0")]),
        absurd_exif([(0x8825, 4, 1, b"\xff\xff\xff\xff")]),
        absurd_exif([(tag, 2, 4, b"abc\0") for tag in range(2000)]),
        absurd_exif([(0x0132, 2, 4, b"\xff\xfe\xfd\0")]),
        absurd_exif([(0x011A, 5, 1, b"\x1a\0\0\0")]),
        absurd_exif([(0x0112, 99, 1, b"")]),
        b"Exif\0\0garbage",
        b"Exif\0\0",
    ],
    ids=["count", "loop", "outside", "many", "bytes", "0/0", "type", "garbage", "empty"],
)
def test_absurd_exif_neither_hides_the_picture_nor_escapes(
    exif: bytes, write: Callable[..., Path]
) -> None:
    content = saved("JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    found = read_original(write(content[:2] + segment + content[2:]))[0]
    assert (found.width, found.height) in ((320, 240), (240, 320))
    assert len(json.dumps(found.metadata, allow_nan=False)) < 80_000


def test_a_tiff_whose_pages_lead_back_to_the_first_ends(write: Callable[..., Path]) -> None:
    content = bytearray(saved("TIFF", photograph(64, 48)))
    start = struct.unpack_from("<I", content, 4)[0]
    entries = struct.unpack_from("<H", content, start)[0]
    struct.pack_into("<I", content, start + 2 + 12 * entries, start)
    found = read_original(write(bytes(content)))[0]
    assert (found.width, found.height) == (64, 48)


@pytest.mark.parametrize(("kind", "options"), [("TIFF", {}), ("WEBP", {}), ("PNG", {})])
def test_of_several_frames_the_first_is_examined_and_their_number_noted(
    kind: str, options: dict[str, object], write
) -> None:
    first = Image.new("RGB", (80, 60), (200, 30, 30))
    others = [Image.new("RGB", (80, 60), (30, 30, n * 40)) for n in range(3)]
    content = saved(kind, first, save_all=True, append_images=others, **options)
    found = read_original(write(content))[0]
    assert found.frames == 4
    assert any("4 frames" in note for note in found.notes)


def test_nothing_is_written_to_the_terminal_about_odd_files(tmp_path: Path) -> None:
    content = bytearray(saved("TIFF", photograph(64, 48)))
    start = struct.unpack_from("<I", content, 4)[0]
    at = next(
        start + 2 + 12 * n
        for n in range(40)
        if struct.unpack_from("<H", content, start + 2 + 12 * n)[0] == 277
    )
    struct.pack_into("<H", content, at + 8, 28_675)
    (tmp_path / "odd").write_bytes(content)
    code = (
        "import sys; from pathlib import Path\n"
        "from docexam.errors import DocexamError\n"
        "from docexam.imaging.intake import read_original\n"
        "try: read_original(Path(sys.argv[1]))\n"
        "except DocexamError: sys.exit(2)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "odd")], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        b"new\nline.jpg",
        b"\x1b[31mred.jpg",
        b"\xff\xfe\x80.jpg",
        "фото‮gpj.jpg".encode(),
        b"-rf",
        b" ",
    ],
)
def test_names_are_bytes_first(name: bytes, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))
    path.write_bytes(saved("JPEG"))
    assert read_original(path)[0].name == name
    path.write_bytes(b"nothing")
    error = refused(path, "not an image")
    assert error.where.isprintable()
    assert "\u202e" not in error.where


def test_texts_in_metadata_are_kept_exactly(write: Callable[..., Path]) -> None:
    hostile = "a\x1b[2J\u202e\u2028[@click=app.quit]⟨b⟩"
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("Comment", hostile)
    found = read_original(write(saved("PNG", pnginfo=info)))[0]
    assert found.metadata["png"]["Comment"] == hostile
    assert json.loads(json.dumps(found.metadata)) == found.metadata
