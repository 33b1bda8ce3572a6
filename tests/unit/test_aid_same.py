"""The same again: strikes of one stamp match, others do not; pages; prints; the command."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.protocol import Alone, Cancelled, Material
from docexam.aids.running import outcome_json, run_aid
from docexam.aids.same import pairing, prints
from docexam.aids.same.aid import AID
from docexam.aids.same.hashes import differing, turned_hash, upright_hash
from docexam.aids.same.prints import confirm, matches, print_from, prints_of
from docexam.aids.same.written import written_in_colour
from docexam.aids.same.zones import AREA, PAGE, PORTRAIT, SEAL, SIGNATURE, Zone
from docexam.cli.main import main
from docexam.domain.exhibit import Provenance
from docexam.domain.geometry import box_quad
from docexam.errors import DocexamError, InputError, MachineError
from docexam.workbench import again
from docexam.workbench.bench import Workbench
from docexam.workbench.contract import check as check_contract

SIZE = 240
FONTS = Path(__file__).resolve().parents[2] / "samples" / "fonts"


class Picture:
    def __init__(self, image: Image.Image, n: int = 1) -> None:
        self.image, self.n = image.convert("RGB"), n
        self.width, self.height = image.size
        self.sha256 = hashlib.sha256(self.image.tobytes()).hexdigest()

    def rgb(self, longest: int = 0) -> np.ndarray:
        image = self.image
        if longest and max(image.size) > longest:
            image = image.copy()
            image.thumbnail((longest, longest))
        return np.asarray(image)

    def original(self) -> bytes:
        out = io.BytesIO()
        self.image.save(out, "PNG")
        return out.getvalue()


def stamp(text: str, number: str) -> Image.Image:
    """A round stamp as a mask: two rings, letters around, a number in the middle."""
    mask = Image.new("L", (SIZE, SIZE))
    pen = ImageDraw.Draw(mask)
    for inset, width in ((8, 5), (66, 3)):
        pen.ellipse((inset, inset, SIZE - inset, SIZE - inset), outline=255, width=width)
    font = ImageFont.truetype(FONTS / "seal-sans.ttf", 34)
    for k, letter in enumerate(text):
        cell = Image.new("L", (SIZE, SIZE))
        ImageDraw.Draw(cell).text((SIZE / 2, 36), letter, fill=255, font=font, anchor="mm")
        mask.paste(255, mask=cell.rotate(-360 * k / len(text), Image.Resampling.BICUBIC))
    pen.text(
        (SIZE / 2, SIZE / 2),
        number,
        fill=255,
        font=ImageFont.truetype(FONTS / "seal-sans.ttf", 34),
        anchor="mm",
    )
    return mask


def struck(
    page: Image.Image,
    mask: Image.Image,
    at: tuple[int, int],
    turn: float,
    seed: int,
    size: float = 1.0,
) -> Zone:
    """Strike a stamp on a page with uneven ink of its own; return where it lies."""
    rng = np.random.default_rng(seed)
    side = round(SIZE * size)
    spun = mask.resize((side, side)).rotate(turn, Image.Resampling.BICUBIC)
    film = Image.fromarray(rng.integers(0, 256, (12, 12)).astype(np.uint8)).resize(
        (side, side), Image.Resampling.BICUBIC
    )
    dense = np.asarray(spun, float) * (0.45 + 0.5 * np.asarray(film, float) / 255) / 255
    ink = np.array((60, 70, 170), float)
    box = (at[0], at[1], at[0] + side, at[1] + side)
    under = np.asarray(page.crop(box), float)
    mixed = under * (1 - dense[:, :, None]) + ink * dense[:, :, None]
    page.paste(Image.fromarray(mixed.clip(0, 255).astype(np.uint8)), at)
    w, h = page.size
    return Zone(SEAL, 1, box_quad(at[0] / w, at[1] / h, side / w, side / h))


def page_of(seed: int, text: str = "Запись") -> Image.Image:
    rng = np.random.default_rng(seed)
    paper = 222 + rng.normal(0, 2.5, (560, 860, 1)) + np.zeros((1, 1, 3)) + np.array((0, -4, -14))
    page = Image.fromarray(paper.clip(0, 255).astype(np.uint8))
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONTS / "print-regular.ttf", 24)
    for k in range(9):
        y = 20 + 60 * k
        words = "".join(chr(1072 + int(c)) for c in rng.integers(0, 26, 30))
        pen.text((20, y), f"{text} {k} {words}", fill=(30, 30, 34), font=font)
        pen.line((20, y + 30, 840, y + 30), fill=(90, 90, 90))
    return page


def two_strikes(
    first: Image.Image, second: Image.Image, seed: int, turn: float
) -> tuple[Picture, Zone, Zone]:
    page = page_of(seed)
    a = struck(page, first, (60, 150), 4, seed)
    b = struck(page, second, (540, 230), turn, seed + 50, 0.96)
    return Picture(page.filter(ImageFilter.GaussianBlur(0.6))), a, b


def whole(what: str, picture: Picture, inset: float = 0.0) -> Zone:
    return Zone(what, picture.n, box_quad(inset, inset, 1 - 2 * inset, 1 - 2 * inset))


OURS = stamp("НАРОДНЫЙ СОВЕТ ГОРОДА • ", "№ 17")
THEIRS = stamp("УПРАВЛЕНИЕ ПОЧТЫ И СВЯЗИ • ", "№ 82")


# --- seals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [37.0, 263.0])
def test_two_strikes_of_one_stamp_match_at_any_turn(turn: float) -> None:
    picture, a, b = two_strikes(OURS, OURS, 11, turn)
    found = confirm(picture, a, picture, b, Alone())
    assert found is not None
    assert found.score >= prints.FOUND
    assert found.inliers <= found.places
    # The linear part says by how much the second is turned against the first.
    (xx, xy, _), (yx, yy, _) = found.transform
    said = np.degrees(np.arctan2(yx - xy, xx + yy)) % 360
    assert min(abs(said + turn - 4) % 360, abs(360 - (said + turn - 4) % 360)) < 6


@pytest.mark.parametrize("seed", [21, 22])
def test_two_stamps_of_one_shape_do_not_match(seed: int) -> None:
    picture, a, b = two_strikes(OURS, THEIRS, seed, 15)
    assert confirm(picture, a, picture, b, Alone()) is None


def test_a_seal_and_bare_print_do_not_match() -> None:
    picture, a, _ = two_strikes(OURS, OURS, 5, 30)
    print_only = Zone(SEAL, 1, box_quad(0.3, 0.05, 0.25, 0.3))
    assert confirm(picture, a, picture, print_only, Alone()) is None


def test_strikes_in_two_captures_match() -> None:
    one, a, _ = two_strikes(OURS, THEIRS, 31, 10)
    other, b, _ = two_strikes(OURS, THEIRS, 32, 10)
    assert confirm(one, a, other, b, Alone()) is not None


# --- prints ------------------------------------------------------------------------------------


def test_prints_find_the_pair_and_survive_json() -> None:
    picture, a, b = two_strikes(OURS, OURS, 41, 120)
    made = prints_of(picture, (a, b))
    again_made = tuple(print_from(json.loads(json.dumps(p.as_json()))) for p in made)
    assert again_made == made
    (match,) = matches(again_made, again_made)
    assert (match.a, match.b) == (0, 1)


def test_a_print_is_never_matched_with_its_own_place() -> None:
    picture, a, _ = two_strikes(OURS, THEIRS, 42, 0)
    made = prints_of(picture, (a, a))
    assert matches(made, made) == ()
    assert matches(made, tuple(made)) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"bits": "zz"},
        {"small": "AAAA"},
        {"shape": [[0, 0]]},
        {"bits": "f" * 70},
        {"what": None, "capture": "x"},
    ],
)
def test_a_damaged_print_is_refused(change: dict[str, Any]) -> None:
    picture, a, _ = two_strikes(OURS, THEIRS, 43, 0)
    form = prints_of(picture, (a,))[0].as_json() | change
    with pytest.raises(InputError):
        print_from(form)


def test_hashes_have_256_bits_and_stay_near_under_noise() -> None:
    plane = np.asarray(page_of(1).convert("L").resize((128, 128)), np.float32)
    noisy = plane + np.random.default_rng(0).normal(0, 4, plane.shape).astype(np.float32)
    other = np.asarray(page_of(2, "Другое").convert("L").resize((128, 128)), np.float32)[
        ::-1
    ].copy()
    assert differing(upright_hash(plane), upright_hash(noisy)) <= 0.12
    assert differing(upright_hash(plane), upright_hash(other)) > 0.25
    assert upright_hash(plane).bit_length() <= 256


def test_the_hash_of_a_seal_stays_near_when_it_is_turned() -> None:
    plane = np.asarray(OURS.resize((128, 128)), np.float32)
    turned = np.asarray(OURS.resize((128, 128)).rotate(77, Image.Resampling.BICUBIC), np.float32)
    other = np.asarray(THEIRS.resize((128, 128)), np.float32)
    assert differing(turned_hash(plane), turned_hash(turned)) < differing(
        turned_hash(plane), turned_hash(other)
    )


# --- pages and portraits -----------------------------------------------------------------------


def test_two_captures_of_one_page_match_and_another_page_does_not() -> None:
    page = page_of(7)
    one = Picture(page, 1)
    warm = Image.fromarray(
        (np.asarray(page.rotate(2, fillcolor=(40, 40, 40)), float) * (0.8, 0.75, 0.7)).astype(
            np.uint8
        )
    )
    other, third = Picture(warm, 2), Picture(page_of(8), 3)
    assert (
        confirm(one, whole(PAGE, one, 0.05), other, whole(PAGE, other, 0.05), Alone()) is not None
    )
    assert confirm(one, whole(PAGE, one), third, whole(PAGE, third), Alone()) is None


def test_one_portrait_in_two_exposures_matches_and_another_does_not() -> None:
    def face(seed: int) -> Image.Image:
        rng = np.random.default_rng(seed)
        small = Image.fromarray(rng.integers(30, 220, (14, 11)).astype(np.uint8))
        return small.resize((330, 420), Image.Resampling.BICUBIC)

    def dimmed(image: Image.Image) -> Image.Image:
        return image.point(lambda v: v * 0.7 + 20)

    one, same, other = Picture(face(1)), Picture(dimmed(face(1)), 2), Picture(face(2), 3)
    assert confirm(one, whole(PORTRAIT, one), same, whole(PORTRAIT, same), Alone()) is not None
    assert confirm(one, whole(PORTRAIT, one), other, whole(PORTRAIT, other), Alone()) is None


# --- the aid -----------------------------------------------------------------------------------


@pytest.fixture
def given_zones(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Zone]]:
    """Zones by capture hash in the place of what the other aids find, and no OpenCV."""
    known: dict[str, list[Zone]] = {}

    def found(capture: Any, run: Any, troubles: Any = None) -> tuple[Zone, ...]:
        return tuple(Zone(z.what, capture.n, z.shape) for z in known.get(capture.sha256, ()))

    monkeypatch.setattr(prints, "find_zones", found)
    monkeypatch.setattr("docexam.aids.same.keypoints.available", lambda: False)
    return known


def test_the_aid_says_that_two_match_and_nothing_more(given_zones: dict[str, list[Zone]]) -> None:
    picture, a, b = two_strikes(OURS, OURS, 61, 200)
    given_zones[picture.sha256] = [a, b]
    outcome = run_aid(AID, Material(captures=(picture,)))
    (pair,) = outcome_json(AID, outcome)["same"]
    assert pair["what"] == "seal"
    assert pair["a"]["capture"] == pair["b"]["capture"] == 1
    assert pair["a"]["box"] == pytest.approx(a.box, abs=1e-4)
    (proposal,) = outcome.proposals
    words = " ".join([proposal.says, *(g.says for g in proposal.grounds)])
    assert "match" in words
    assert "Two strikes of one stamp" in words
    assert not any(bad in words.casefold() for bad in ("forg", "fake", "%"))


def test_the_same_captures_give_the_same_proposals(given_zones: dict[str, list[Zone]]) -> None:
    picture, a, b = two_strikes(OURS, OURS, 62, 75)
    given_zones[picture.sha256] = [a, b]
    assert AID.propose(Material(captures=(picture,)), Alone()) == AID.propose(
        Material(captures=(picture,)), Alone()
    )


# --- handwriting -------------------------------------------------------------------------------

PEN, PENCIL = (40, 52, 150), (40, 40, 42)


def penned(
    page: Image.Image, at: tuple[int, int], hand: int, again: int = 0, ink: Any = PEN
) -> None:
    """Write what looks like a name; `again` bends every stroke as a second go does."""
    rng, other = np.random.default_rng(hand), np.random.default_rng([hand, again])
    x = np.linspace(0, 230, 24) + rng.normal(0, 5, 24)
    y = 30 + rng.normal(0, 22, 24)
    if again:
        x, y = x + other.normal(0, 5, 24), y + other.normal(0, 6, 24)
    steps = np.linspace(0, 23, 700)
    spots = zip(np.interp(steps, range(24), x), np.interp(steps, range(24), y), strict=True)
    line = [(at[0] + float(a), at[1] + float(b)) for a, b in spots]
    ImageDraw.Draw(page).line(line, fill=ink, width=4, joint="curve")


def signed(second: tuple[int, int], ink: Any = PEN) -> Picture:
    """A form with two pieces of handwriting; `second`: the hand and the go of the other."""
    page = Image.new("RGB", (1200, 820), (236, 232, 216))
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONTS / "print-regular.ttf", 26)
    for k in range(6):
        pen.text((60, 40 + 125 * k), f"Запись {k}", fill=(30, 30, 34), font=font)
    penned(page, (260, 200), 5, 0, ink)
    penned(page, (760, 560), *second, ink)
    noise = np.random.default_rng(1).normal(0, 2, (820, 1200, 1))
    grainy = (np.asarray(page, float) + noise).clip(0, 255).astype(np.uint8)
    return Picture(Image.fromarray(grainy).filter(ImageFilter.GaussianBlur(0.7)))


def said_of(picture: Picture) -> list[str]:
    return [p.data["what"] for p in AID.propose(Material(captures=(picture,)), Alone()) if p.data]


def test_a_pasted_signature_is_told_as_handwriting_that_matches() -> None:
    (proposal,) = AID.propose(Material(captures=(signed((5, 0)),)), Alone())
    assert proposal.data["what"] == "signature"
    assert proposal.says == "These two pieces of handwriting of capture 1 match."
    first, second = (proposal.data[side]["box"] for side in "ab")
    assert {round(first[0], 1), round(second[0], 1)} == {0.2, 0.6}


@pytest.mark.parametrize("second", [(5, 1), (5, 2), (6, 0), (7, 0)])
def test_writing_a_name_again_or_another_name_does_not_match(second: tuple[int, int]) -> None:
    assert said_of(signed(second)) == []


def test_black_writing_is_not_looked_at_for_print_is_black_too() -> None:
    assert said_of(signed((5, 0), PENCIL)) == []


def test_the_strokes_of_a_seal_are_not_taken_for_handwriting() -> None:
    from docexam.aids.same.zones import find_zones

    picture, *_ = two_strikes(OURS, OURS, 61, 200)
    assert "signature" not in [zone.what for zone in find_zones(picture, Alone())]


def test_a_search_that_is_cancelled_stops(given_zones: dict[str, list[Zone]]) -> None:
    class Stopped(Alone):
        asked = 0

        def cancelled(self) -> bool:
            Stopped.asked += 1
            return Stopped.asked > 2

    picture, a, b = two_strikes(OURS, OURS, 63, 75)
    given_zones[picture.sha256] = [a, b]
    with pytest.raises(Cancelled):
        AID.propose(Material(captures=(picture,)), Stopped())


def test_an_aid_for_zones_that_breaks_is_told_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(capture: Any, run: Any, troubles: list[str] | None = None) -> tuple[Zone, ...]:
        assert troubles is not None
        troubles.append("capture 1: The aid “seals” broke.")
        return ()

    monkeypatch.setattr(prints, "find_zones", broken)
    monkeypatch.setattr("docexam.aids.same.keypoints.available", lambda: False)
    outcome = run_aid(AID, Material(captures=(Picture(page_of(1)),)))
    assert "Not everything was compared" in outcome.reason


def test_a_capture_that_cannot_be_read_is_told_beside_what_matches_in_the_others(
    given_zones: dict[str, list[Zone]],
) -> None:
    class Damaged(Picture):
        def rgb(self, longest: int = 0) -> Any:
            raise MachineError("DX-IMAGE", "The file is damaged.")

    picture, a, b = two_strikes(OURS, OURS, 61, 200)
    given_zones[picture.sha256] = [a, b]
    damaged = Damaged(page_of(3), 2)
    (proposal,) = run_aid(AID, Material(captures=(picture, damaged))).proposals
    assert proposal.data["not_compared"] == ["capture 2: The file is damaged."]
    assert "Not everything was compared: capture 2: The file is damaged." in proposal.says
    alone = run_aid(AID, Material(captures=(damaged, Picture(page_of(4), 3))))
    assert alone.proposals == ()
    assert "capture 2: The file is damaged" in alone.reason


def written(colour: tuple[int, int, int], n: int = 1) -> tuple[Picture, list[Zone]]:
    """Two places with the very same strokes in one ink, as areas."""
    image = Image.new("RGB", (600, 400), (238, 234, 226))
    draw = ImageDraw.Draw(image)
    spots = np.random.default_rng(9).integers(10, 130, (14, 2))
    for left in (40, 360):
        line = [(int(x) + left, int(y) + 120) for x, y in spots]
        draw.line(line, fill=colour, width=4)
    picture = Picture(image, n)
    boxes = [box_quad(left / 600, 110 / 400, 150 / 600, 150 / 400) for left in (35, 355)]
    return picture, [Zone(AREA, n, box) for box in boxes]


def two_syllables(gap: int) -> Picture:
    """A name of two blocks of coloured strokes, `gap` pixels from each other, on plain paper."""
    image = Image.new("RGB", (1200, 800), (238, 234, 226))
    draw = ImageDraw.Draw(image)
    for left in (300, 370 + gap):
        for k in range(5):
            start = (left + 3, 300 + 14 * k)
            draw.line((start, (left + 65, 304 + 13 * k)), fill=(40, 60, 170), width=4)
        draw.line(((left + 30, 300), (left + 36, 362)), fill=(40, 60, 170), width=4)
    return Picture(image)


@pytest.mark.parametrize("gap", [4, 30])
def test_a_name_whose_letters_stand_apart_is_one_piece_of_writing_too(gap: int) -> None:
    boxes = written_in_colour(two_syllables(gap))
    whole = [(round(x * 1200), round((x + wide) * 1200)) for x, _, wide, _ in boxes]
    assert any(left < 310 and right > 425 + gap for left, right in whole), whole
    assert len(boxes) == len(set(whole))


def test_a_name_of_two_parts_pasted_twice_is_told_once(
    given_zones: dict[str, list[Zone]],
) -> None:
    """The parts match as the whole does; that is one fact."""
    image = Image.new("RGB", (1200, 800), (238, 234, 226))
    draw = ImageDraw.Draw(image)
    spots = np.random.default_rng(5).integers(0, 70, (2, 12, 2))
    boxes = []
    for left, top in ((150, 200), (700, 500)):
        for part, strokes in enumerate(spots):
            at = [(int(x) + left + 100 * part, int(y) + top) for x, y in strokes]
            draw.line(at, fill=(40, 60, 170), width=4)
            boxes.append((left + 100 * part - 3, top - 3, 76, 76))
        boxes.append((left - 3, top - 3, 176, 76))
    picture = Picture(image)
    zones = [Zone(SIGNATURE, 1, box_quad(*_shares(box))) for box in boxes]
    given_zones[picture.sha256] = zones
    found = run_aid(AID, Material(captures=(picture,))).proposals
    assert [proposal.data["what"] for proposal in found] == ["signature"]
    assert found[0].data["a"]["box"][2] == pytest.approx(176 / 1200, abs=0.01)


def _shares(box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    left, top, wide, high = box
    return left / 1200, top / 800, wide / 1200, high / 800


def test_areas_are_told_in_the_ink_of_pens_and_not_in_print() -> None:
    for colour, kept in (((40, 60, 170), 2), ((40, 40, 42), 0), ((205, 222, 214), 0)):
        picture, zones = written(colour)
        assert len(prints_of(picture, zones)) == kept, colour


def test_a_line_of_print_that_stands_twice_is_no_area() -> None:
    from docexam.aids.same.keypoints import _zone

    rng = np.random.default_rng(3)
    line = np.column_stack((rng.uniform(100, 820, 80), rng.uniform(300, 384, 80)))
    patch = np.column_stack((rng.uniform(100, 420, 80), rng.uniform(300, 500, 80)))
    assert _zone(1, line, (1400, 1900)) is None
    assert _zone(1, patch, (1400, 1900)) is not None


def test_areas_are_compared_within_a_capture_only() -> None:
    first, zones = written((40, 60, 170))
    made = prints_of(first, zones)
    image = Image.fromarray(255 - (255 - first.rgb()) // 2)
    second = Picture(image, 2)
    others = prints_of(second, [Zone(AREA, 2, z.shape) for z in zones])
    assert len(others) == 2
    assert [(m.a, m.b) for m in matches(made, made)] == [(0, 1)]
    assert matches(made, others) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (40, 40), (3000, 5)])
@pytest.mark.parametrize("shade", ["white", "black", (127, 127, 127)])
def test_odd_pictures_give_nothing_and_never_break(
    size: tuple[int, int], shade: Any, given_zones: dict[str, list[Zone]]
) -> None:
    picture = Picture(Image.new("RGB", size, shade))
    zone = whole(PAGE, picture)
    given_zones[picture.sha256] = [zone, Zone(SEAL, 1, zone.shape)]
    outcome = run_aid(AID, Material(captures=(picture, Picture(Image.new("RGB", size, shade), 2))))
    assert not outcome.broken
    assert [dict(p.data) for p in outcome.proposals] == [{}]
    assert "not the same as nothing there" in outcome.proposals[0].says


def test_key_points_find_what_stands_twice_where_opencv_is_there() -> None:
    keypoints = pytest.importorskip("docexam.aids.same.keypoints")
    if not keypoints.available():
        pytest.skip("the extra “same” (OpenCV) is not installed")
    picture, a, _b = two_strikes(OURS, OURS, 64, 90)
    found = keypoints.repeated_areas(picture, Alone())
    assert found
    made = prints_of(picture, [a])
    zones = pairing._more_zones(picture, made, Alone())
    assert any(
        z.what == SEAL and confirm(picture, a, picture, z, Alone()) is not None for z in zones
    )


def test_the_aid_loads_without_numpy_and_opencv() -> None:
    code = (
        "import sys, docexam.aids.same.aid as a; a.AID.card; a.AID.missing();"
        "print([m for m in ('numpy', 'PIL', 'cv2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- the command -------------------------------------------------------------------------------


def saved(picture: Picture, path: Path) -> str:
    picture.image.save(path, "PNG")
    return str(path)


def by_file(given: dict[str, list[Zone]], path: str, zones: list[Zone]) -> None:
    given[hashlib.sha256(Path(path).read_bytes()).hexdigest()] = zones


@pytest.fixture
def casebook(tmp_path: Path, given_zones: dict[str, list[Zone]]) -> Workbench:
    """Three exhibits: A and B bear our stamp, C another one."""
    bench = Workbench(tmp_path / "book", "Anna")
    for name, mask, seed in (("A", OURS, 71), ("B", OURS, 72), ("C", THEIRS, 73)):
        page = page_of(seed)
        zone = struck(page, mask, (300, 160), seed, seed)
        path = saved(Picture(page), tmp_path / f"{name}.png")
        by_file(given_zones, path, [zone])
        bench.new(f"Case/{name}", "open-web-image", [path], Provenance(), "nothing")
    return bench


def test_an_exhibit_is_compared_with_every_other_only_when_asked(casebook: Workbench) -> None:
    alone = again.same_in_exhibit(casebook, "Case/A")
    everywhere = again.same_in_exhibit(casebook, "Case/A", everywhere=True)
    assert alone["same"] == []
    (pair,) = everywhere["same"]
    assert {pair["a"]["of"], pair["b"]["of"]} == {"Case/A", "Case/B"}
    assert "Case/A" in pair["says"]
    assert "Case/B" in pair["says"]
    assert next(one["of"] for one in everywhere["looked_at"]) == "Case/A"
    assert {one["of"] for one in everywhere["looked_at"]} == {"Case/A", "Case/B", "Case/C"}


def test_searching_records_nothing(casebook: Workbench) -> None:
    before = [
        (r.updated, [e.head_seq for e in r.examinations]) for r in casebook.store.list_exhibits()
    ]
    again.same_in_exhibit(casebook, "Case/A", everywhere=True)
    after = [
        (r.updated, [e.head_seq for e in r.examinations]) for r in casebook.store.list_exhibits()
    ]
    assert before == after


def test_disposed_and_damaged_exhibits_are_left_out_by_name(casebook: Workbench) -> None:
    casebook.dispose("Case/C", "asked for")
    (capture,) = casebook.review("Case/B").examination.captures
    path = casebook.store.originals.path(capture.sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    found = again.same_in_exhibit(casebook, "Case/A", everywhere=True)
    assert {one["of"] for one in found["left_out"]} == {"Case/B", "Case/C"}
    assert found["same"] == []
    with pytest.raises(DocexamError):
        again.same_in_exhibit(casebook, "Case/C")


def test_another_examiner_may_search_captures_and_stays_unswayed(casebook: Workbench) -> None:
    other = Workbench(casebook.root, "Boris")
    assert again.same_in_exhibit(other, "Case/A", everywhere=True)["same"]
    assert other.second("Case/A").examiner == "Boris"


def test_a_search_of_the_casebook_can_be_stopped(casebook: Workbench) -> None:
    watch = again.Watch(stopped=True)
    with pytest.raises(Cancelled):
        again.same_in_exhibit(casebook, "Case/A", everywhere=True, run=watch)


def test_the_command_prints_pairs_of_files_and_of_exhibits(
    casebook: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(tmp_path / f"{name}.png") for name in "AB"]
    assert main(["same", *files, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    check_contract("same", data)
    assert [pair["what"] for pair in data["same"]] == ["seal"]
    assert {data["same"][0][side]["of"] for side in "ab"} == set(files)
    assert main(["--casebook", str(casebook.root), "same", "Case/A", "--all"]) == 0
    said = capsys.readouterr().out
    assert "These two seals match" in said
    assert "Two strikes of one stamp" in said


def test_the_command_refuses_all_for_files_and_unknown_exhibits(
    casebook: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["same", str(tmp_path / "A.png"), "--all"]) == 2
    assert main(["--casebook", str(casebook.root), "same", "Case/Nowhere"]) == 2
    assert "DX-NOEXHIBIT" in capsys.readouterr().err
