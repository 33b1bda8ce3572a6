"""The practice exhibits: their truth matches their pictures, and they can be drawn again."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import tomli
from PIL import Image, ImageOps

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
IDS = ("regular", "no-seals", "altered")
STATES = {"present", "absent", "altered"}
HOLDS = {"portrait", "signature", "number", "name", "seal", "other"}


def _truth(folder: Path) -> dict[str, Any]:
    return tomli.loads((folder / "truth.toml").read_text(encoding="utf-8"))


def _places(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [place for capture in truth["capture"] for place in capture["place"]]


def _cross_products(polygon: list[list[float]]) -> list[float]:
    """Return the turn at each corner; positive is clockwise on the screen."""
    turns = []
    for n in range(4):
        (ax, ay), (bx, by), (cx, cy) = (polygon[(n + k) % 4] for k in range(3))
        turns.append((bx - ax) * (cy - by) - (by - ay) * (cx - bx))
    return turns


@pytest.fixture(scope="module")
def draw() -> ModuleType:
    spec = importlib.util.spec_from_file_location("samples_draw", SAMPLES / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    before = list(sys.path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


@pytest.fixture(params=IDS)
def folder(request: pytest.FixtureRequest) -> Path:
    return SAMPLES / str(request.param)


def test_truth_is_marked_as_specimen_and_names_its_folder(folder: Path) -> None:
    truth = _truth(folder)
    assert truth["specimen"] is True
    assert truth["id"] == folder.name
    assert truth["checklist"] == "ru-military-booklet"
    shown = {page for capture in truth["capture"] for page in capture["pages"]}
    assert set(truth["pages-shown"]) == shown <= {"cover", "identity", "service"}


def test_captures_are_exactly_the_files_the_truth_names(folder: Path) -> None:
    truth = _truth(folder)
    assert {capture["file"] for capture in truth["capture"]} == {
        path.name for path in folder.glob("*.jpg")
    }
    for capture in truth["capture"]:
        data = (folder / capture["file"]).read_bytes()
        assert len(data) == capture["bytes"]
        assert hashlib.sha256(data).hexdigest() == capture["sha256"]


def test_upright_captures_have_the_declared_size_and_exif(folder: Path) -> None:
    for capture in _truth(folder)["capture"]:
        with Image.open(folder / capture["file"]) as image:
            assert image.format == "JPEG"
            exif = image.getexif()
            assert exif.get(0x0112, 1) == capture["orientation"]
            assert (0x010F in exif) == capture["exif"]
            upright = ImageOps.exif_transpose(image)
            assert upright.size == (capture["width"], capture["height"])


def test_places_are_convex_clockwise_quads_inside_the_capture(folder: Path) -> None:
    places = _places(_truth(folder))
    assert places
    for place in places:
        assert len(place["polygon"]) == 4
        assert all(0 <= value <= 1 for point in place["polygon"] for value in point), place
        assert all(turn > 0 for turn in _cross_products(place["polygon"])), place
        assert place["state"] in STATES
        assert place["holds"] in HOLDS


def test_places_are_unique_within_a_capture(folder: Path) -> None:
    for capture in _truth(folder)["capture"]:
        ids = [place["id"] for place in capture["place"]]
        assert len(ids) == len(set(ids))


def test_every_anomaly_points_at_a_place_on_a_capture(folder: Path) -> None:
    truth = _truth(folder)
    marked = {(place["page"], place["id"]) for place in _places(truth)}
    for anomaly in truth.get("anomaly", []):
        assert (anomaly["page"], anomaly["place"]) in marked


def test_fields_are_empty_exactly_when_absent(folder: Path) -> None:
    for item in _truth(folder)["field"]:
        assert (item["value"] == "") == (item["state"] == "absent"), item


def test_the_number_is_repeated_unchanged(folder: Path) -> None:
    values = {item["id"]: item["value"] for item in _truth(folder)["field"]}
    assert values["number"] == values["number-repeat"]


def test_the_regular_exhibit_has_nothing_absent_or_altered() -> None:
    truth = _truth(SAMPLES / "regular")
    assert "anomaly" not in truth
    assert {place["state"] for place in _places(truth)} == {"present"}
    assert {item["state"] for item in truth["field"]} == {"present"}
    sizes = [capture["width"] * capture["height"] for capture in truth["capture"]]
    assert max(sizes) == 12_000_000


def test_the_exhibit_without_seals_lacks_what_the_claim_says() -> None:
    truth = _truth(SAMPLES / "no-seals")
    absent = {place["id"] for place in _places(truth) if place["state"] == "absent"}
    assert {"photo", "seal-place", "issuer-seal-place", "unit-seal-place", "order"} <= absent
    values = {item["id"]: item["value"] for item in truth["field"]}
    assert values["birth-place"] == "Республика Тува"
    assert truth["signature"]["script"] == "Hang"
    assert values["first-weapon-date"].endswith("2024")
    assert values["service-start"].endswith("2016")


def test_the_altered_exhibit_keeps_the_first_date_in_its_truth() -> None:
    truth = _truth(SAMPLES / "altered")
    altered = [item for item in truth["field"] if item["state"] == "altered"]
    assert [item["id"] for item in altered] == ["issue-date"]
    assert altered[0]["first-value"] != altered[0]["value"]
    assert any(capture["orientation"] == 6 for capture in truth["capture"])


def test_an_empty_photograph_place_is_pale_and_a_filled_one_is_not() -> None:
    def darkest(name: str) -> int:
        truth = _truth(SAMPLES / name)
        capture = next(c for c in truth["capture"] if c["file"] == "identity.jpg")
        place = next(p for p in capture["place"] if p["id"] == "photo")
        with Image.open(SAMPLES / name / "identity.jpg") as image:
            xs = [x * image.width for x, _ in place["polygon"]]
            ys = [y * image.height for _, y in place["polygon"]]
            crop = image.convert("L").crop((min(xs), min(ys), max(xs), max(ys)))
            histogram, share, level = crop.histogram(), 0, 0
            while share < 0.1 * crop.width * crop.height:
                share += histogram[level]
                level += 1
        return level

    assert darkest("regular") < 80
    assert darkest("altered") < 80
    assert darkest("no-seals") > 120


def test_a_seal_place_holds_coloured_ink_only_where_a_seal_was_struck() -> None:
    def ink(name: str, place_id: str) -> float:
        truth = _truth(SAMPLES / name)
        capture = next(c for c in truth["capture"] if c["file"] == "identity.jpg")
        place = next(p for p in capture["place"] if p["id"] == place_id)
        with Image.open(SAMPLES / name / "identity.jpg") as image:
            xs = [x * image.width for x, _ in place["polygon"]]
            ys = [y * image.height for _, y in place["polygon"]]
            crop = (
                image.convert("RGB").crop((min(xs), min(ys), max(xs), max(ys))).resize((200, 200))
            )
            pixels = crop.tobytes()
        blue = sum(pixels[n + 2] > pixels[n + 1] + 15 for n in range(0, len(pixels), 3))
        return blue / 40_000

    assert ink("regular", "issuer-seal-place") > 0.05
    assert ink("altered", "issuer-seal-place") > 0.05
    assert ink("no-seals", "issuer-seal-place") < 0.005


def test_what_is_shipped_stays_small() -> None:
    total = sum(
        path.stat().st_size
        for path in SAMPLES.rglob("*")
        if path.is_file() and path.suffix not in {".pyc"}
    )
    fonts = sum(path.stat().st_size for path in (SAMPLES / "fonts").iterdir())
    assert total < 6_000_000
    assert fonts < 300_000


def test_drawing_twice_gives_the_same_bytes(draw: ModuleType, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert draw.main(["--out", str(tmp_path / name), "--scale", "0.1", "no-seals"]) == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "one" / "no-seals").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "two" / "no-seals").iterdir()}
    assert first == second
    assert set(first) == {"identity.jpg", "service.jpg", "truth.toml"}


def test_a_small_drawing_has_the_places_of_the_shipped_one(
    draw: ModuleType, tmp_path: Path
) -> None:
    draw.main(["--out", str(tmp_path), "--scale", "0.1", "no-seals"])
    small, shipped = _truth(tmp_path / "no-seals"), _truth(SAMPLES / "no-seals")
    assert small["field"] == shipped["field"]
    pairs = zip(_places(small), _places(shipped), strict=True)
    for ours, theirs in pairs:
        assert ours["id"] == theirs["id"]
        for (x, y), (u, v) in zip(ours["polygon"], theirs["polygon"], strict=True):
            assert abs(x - u) < 0.02
            assert abs(y - v) < 0.02


def test_an_unknown_exhibit_is_refused_with_the_known_names(
    draw: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refusal:
        draw.main(["nobody"])
    assert refusal.value.code == 2
    assert "regular, no-seals, altered" in capsys.readouterr().err
