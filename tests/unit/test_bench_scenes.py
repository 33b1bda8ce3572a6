"""The benchmark of aids: scenes are the same again, their truth is where it says, sums are right.

Drawn with the samples' fonts, so that none of the benchmark's own fonts is needed.
"""

from __future__ import annotations

import importlib
import io
import json
import sys
import tarfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from docexam.aids import figures
from docexam.aids.protocol import Card, Gives, Material, Proposal, Reads, Run

ROOT = Path(__file__).resolve().parents[2]
SMALL = (520, 390)


def bench(name: str) -> ModuleType:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"benchmarks.aids.{name}")


camera, fonts, matching, material = map(bench, ("camera", "fonts", "matching", "material"))
measure_page, measure_seals, measure_script = map(
    bench, ("measure_page", "measure_seals", "measure_script")
)
measure_reading, pairs, report, running = map(
    bench, ("measure_reading", "pairs", "report", "running")
)
scenes, sheet, signatures, stamps, striking, tally, truth, words = map(
    bench,
    ("scenes", "sheet", "signatures", "stamps", "striking", "tally", "truth", "words"),
)


def plain_shot(**changes: object) -> object:
    rng = np.random.default_rng(3)
    shot = camera.shot("bare", rng, SMALL, hard=False)
    calm = {"noise": 0.0, "glare": 0.0, "shadow": 0.0, "gradient": 0.0, "vignette": 0.0}
    return replace(
        shot, **calm, focus=0.0, warmth=0.0, exposure=1.0, **{"ground": "dark"} | changes
    )


class FakeAid:
    """An aid that proposes what it was made with."""

    id, version, notes_only = "fake", "1", False
    reads = frozenset({Reads.CAPTURES})
    card = Card("Fake", "1", "", (), "", True)

    def __init__(self, key: str, data: list[dict[str, object]], reading: str = "") -> None:
        self.gives = (Gives(key, many=True),)
        self.key, self.made, self.text = key, data, reading

    def missing(self) -> str:
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        if self.made and self.made[0] == {"raise": True}:
            raise ZeroDivisionError("of its own")
        return tuple(
            Proposal("fake", "1", self.key, "", reading=self.text, data=one) for one in self.made
        )


@pytest.fixture(scope="module")
def sealed() -> object:
    """A scene with at least two seals."""
    for n in range(40):
        made = scenes.scene("bare", n, size=SMALL)
        if len(made.truth.seals) >= 2:
            return made
    raise AssertionError("no scene has two seals")


def said_of(scene: object, seals: list[object], shift: float = 0.0) -> list[dict[str, object]]:
    width, height = scene.image.size
    made = []
    for seal in seals:
        x, y, w, h = seal.box
        box = [(x + shift * seal.radius) / width, y / height, w / width, h / height]
        made.append({"box": box, "ink": seal.ink, "shape": seal.shape, "ring": seal.ring})
    return made


def measured(measure: object, aid: FakeAid, scene: object) -> object:
    runner = running.Runner(aid)
    measure(runner, scene, material.Picture(scene.jpeg()))
    return runner


def test_a_scene_is_the_same_again_and_another_with_another_seed() -> None:
    first, again = (scenes.scene("bare", 4, size=SMALL) for _ in range(2))
    other = scenes.scene("bare", 4, seed=1, size=SMALL)
    assert first.jpeg() == again.jpeg()
    assert first.truth == again.truth
    assert other.truth != first.truth


def test_every_layout_is_drawn_clear_and_hard() -> None:
    names = list(scenes.LAYOUTS["bare"])
    drawn = {
        (s.truth.layout, s.truth.difficulty)
        for s in scenes.scenes("bare", 2 * len(names), size=(260, 200))
    }
    assert drawn == {(name, hardness) for name in names for hardness in ("clear", "hard")}


@pytest.mark.parametrize("n", range(6))
def test_all_that_is_true_lies_in_the_picture(n: int) -> None:
    made = scenes.scene("bare", n, size=SMALL)
    width, height = made.image.size
    known = made.truth
    quads = [known.corners, *(s.quad for s in known.seals), *(f.quad for f in known.fields)]
    quads += [one.quad for one in (known.mrz, known.signature) if one]
    quads += [known.photo.quad] if known.photo.quad else []
    assert known.fields
    for quad in quads:
        for x, y in quad:
            assert -0.06 * width <= x <= 1.06 * width
            assert -0.06 * height <= y <= 1.06 * height
    for x, y in known.corners:
        assert 0 <= x < width
        assert 0 <= y < height


@pytest.mark.parametrize(
    ("turn", "tilt", "bend"), [(0, (0, 0), 0), (17, (9, -12), 0), (5, (3, 4), 2)]
)
def test_a_mark_is_seen_where_the_view_places_it(turn: float, tilt: object, bend: float) -> None:
    shot = plain_shot(turn=float(turn), tilt=tilt, bend=float(bend))
    view = camera.View(shot, 120.0, 80.0)
    ppm = 6.0
    rgb = np.full((480, 720, 3), 0.9, dtype=np.float32)
    spots = [(20.0, 15.0), (95.0, 20.0), (100.0, 66.0), (33.0, 60.0)]
    for x, y in spots:
        row, column = round(y * ppm), round(x * ppm)
        rgb[row - 9 : row + 9, column - 9 : column + 9] = (0.9, 0.1, 0.1)
    seen = np.asarray(camera.take(rgb, ppm, view, shot, np.random.default_rng(1)), dtype=float)
    red = (seen[..., 0] - seen[..., 1]) > 90
    for spot in spots:
        x, y = view.place(spot)
        near = np.argwhere(red[round(y) - 9 : round(y) + 9, round(x) - 9 : round(x) + 9])
        assert np.abs(near.mean(0) - 8.5).max() < 1.6


def test_the_ink_of_a_strike_lies_within_its_quad_around_its_centre() -> None:
    rng = np.random.default_rng(5)
    book = scenes.book_of("bare")
    page = sheet.Sheet((80.0, 60.0), 6.0, (1.0, 1.0, 1.0), rng, book)
    design = stamps.cut("bare", book, rng, 6.0, 30)
    blow = replace(
        striking.blow("bare", (44.0, 27.0), rng, False),
        pressure=1.0,
        uneven=0.0,
        gap=0.0,
        double=0.0,
    )
    struck = striking.strike(page, design, blow)
    inked = np.argwhere(page.rgb.min(2) < 0.7)[:, ::-1] / 6.0
    low, high = np.min(struck.quad, axis=0), np.max(struck.quad, axis=0)
    assert (inked >= low - 0.4).all()
    assert (inked <= high + 0.4).all()
    assert np.abs((inked.min(0) + inked.max(0)) / 2 - blow.centre).max() < 2.0
    assert striking.is_clear(struck)
    assert struck.ring > 0.95


def test_a_faint_or_broken_strike_is_not_clear() -> None:
    rng = np.random.default_rng(6)
    book = scenes.book_of("bare")
    page = sheet.Sheet((80.0, 60.0), 5.0, (1.0, 1.0, 1.0), rng, book)
    design = stamps.cut("bare", book, rng, 5.0, 30)
    whole = striking.blow("bare", (40.0, 30.0), rng, False)
    faint = striking.strike(page, design, replace(whole, pressure=0.2, uneven=0.0, gap=0.0))
    broken = striking.strike(page, design, replace(whole, pressure=1.0, uneven=0.0, gap=200.0))
    assert not striking.is_clear(faint)
    assert not striking.is_clear(broken)
    assert broken.ring < 0.7


def test_seals_proposed_where_they_were_struck_are_all_right(sealed: object) -> None:
    aid = FakeAid("seals", said_of(sealed, list(sealed.truth.seals)))
    runner = measured(measure_seals.seals, aid, sealed)
    for name in ("recall, all ink", "precision, all ink", "exact count", "ink's colour right"):
        assert runner.tally.share(name) == 1.0
    assert runner.tally.share("exact count", sealed.truth.difficulty) == 1.0


def test_a_false_seal_costs_precision_and_a_missing_one_recall(sealed: object) -> None:
    seals = list(sealed.truth.seals)
    corner = {"box": [0.0, 0.0, 0.01, 0.01], "ink": "red"}
    one_false = measured(
        measure_seals.seals, FakeAid("seals", [*said_of(sealed, seals), corner]), sealed
    )
    one_missed = measured(measure_seals.seals, FakeAid("seals", said_of(sealed, seals[1:])), sealed)
    n = len(seals)
    assert one_false.tally.share("precision, all ink") == pytest.approx(n / (n + 1))
    assert one_false.tally.share("exact count") == 0.0
    assert one_missed.tally.share("recall, all ink") == pytest.approx((n - 1) / n)
    assert one_missed.tally.share("precision, all ink") == 1.0


def test_a_seal_half_a_radius_off_still_counts_and_one_beside_it_does_not() -> None:
    true = [((100.0, 100.0, 80.0, 80.0), 40.0)]
    assert matching.paired([(119.0, 100.0, 80.0, 80.0)], true) == [(0, 0)]
    assert matching.paired([(180.0, 100.0, 80.0, 80.0)], true) == []
    both = [(100.0, 100.0, 80.0, 80.0), (105.0, 100.0, 80.0, 80.0)]
    assert matching.paired(both, true) == [(0, 0)]


def test_an_aid_that_breaks_is_counted_and_ends_nothing(sealed: object) -> None:
    runner = measured(measure_seals.seals, FakeAid("seals", [{"raise": True}]), sealed)
    assert runner.outcomes == {"broke": 1}
    assert "ZeroDivisionError" in next(iter(runner.reasons))
    assert runner.tally.share("recall, all ink") == 0.0


def test_an_aid_that_breaks_is_not_right_where_there_was_nothing_to_find(sealed: object) -> None:
    bare = replace(sealed, truth=replace(sealed.truth, seals=(), photo=truth.Photo(False, False)))
    seals = measured(measure_seals.seals, FakeAid("seals", [{"raise": True}]), bare)
    photo = measured(measure_page.photo, FakeAid("photo", [{"raise": True}]), bare)
    assert seals.tally.share("exact count") == 0.0
    assert photo.tally.share("photo present or not, whole page") == 0.0
    quiet = measured(measure_page.photo, FakeAid("photo", [{"present": False}]), bare)
    assert quiet.tally.share("photo present or not, whole page") == 1.0


def test_page_corners_count_within_25_pixels_whichever_comes_first(sealed: object) -> None:
    width, height = sealed.image.size
    shares = [(x / width, y / height) for x, y in sealed.truth.corners]
    turned = [*shares[2:], *shares[:2]]
    moved = [(x + 26 / width, y) for x, y in shares]
    right, other, wrong = (
        measured(measure_page.outline, FakeAid("page", [{"corners": c}]), sealed).tally
        for c in (shares, turned, moved)
    )
    name = "corners within 25 px"
    assert right.share(name) == other.share(name) == 1.0
    assert wrong.share(name) == 0.0
    assert right.share("first corner is the page's top left") == 1.0
    assert other.share("first corner is the page's top left") == 0.0


def test_readings_are_counted_by_characters_and_whole(sealed: object) -> None:
    one = truth.Field("a", sealed.truth.fields[0].quad, "Северный край", "Cyrl", "typed")
    scene = replace(sealed, truth=replace(sealed.truth, fields=(one,), seals=()))
    wrong = FakeAid("reading", [{"x": 1}], "Ъ" + one.text[1:])
    right = FakeAid("reading", [{"x": 1}], f" {one.text} ")
    length = len(one.text)
    spoilt = measured(measure_reading.fields, wrong, scene).tally
    assert spoilt.share("characters right, Cyrillic") == pytest.approx((length - 1) / length)
    assert spoilt.share("fields whole, Cyrillic") == 0.0
    assert measured(measure_reading.fields, right, scene).tally.share("fields whole, Cyrillic") == 1


def test_script_counts_merged_classes_and_unsure_apart() -> None:
    blank = Image.new("RGB", (60, 30), "white")
    crops = [
        signatures.Sign(blank, code, "", "clear", "x", 90) for code in ("Latn", "Hang", "Zxxx")
    ]
    scores = {"Cyrl": 0.7, "Latn": 0.2, "Hang": 0.1}
    runner = running.Runner(FakeAid("script", [{"code": "Zyyy", "scores": scores}]))
    measure_script.script(runner, crops)
    share = runner.tally.share
    assert share("six classes, best score") == 0.0
    assert share("six classes, Cyrillic and Latin merged") == 0.5
    assert share("answered with one class") == 0.0
    assert share("empty paper called empty") == 0.0
    assert share("right at best score 0.70 to 0.80") == 0.0
    assert np.isnan(share("right where answered"))


def test_hangul_recall_and_precision_count_only_their_own() -> None:
    blank = Image.new("RGB", (60, 30), "white")
    crops = [signatures.Sign(blank, code, "", "clear", "x", 90) for code in ("Latn", "Hang")]
    runner = running.Runner(FakeAid("script", [{"code": "Hang", "scores": {"Hang": 1.0}}]))
    measure_script.script(runner, crops)
    assert runner.tally.share("Hangul recall") == 1.0
    assert runner.tally.share("Hangul precision") == 0.5


@pytest.mark.parametrize(
    ("a", "b", "far"), [("", "", 0), ("кот", "кит", 1), ("абв", "", 3), ("Север", "Сервер", 1)]
)
def test_edit_distance(a: str, b: str, far: int) -> None:
    assert matching.distance(a, b) == matching.distance(b, a) == far


def test_auc_and_share_at_no_false_one() -> None:
    assert matching.auc([3, 4], [1, 2]) == 1.0
    assert matching.auc([1, 2], [1, 2]) == 0.5
    assert matching.caught([0.9, 0.5, 0.8, 0.2], [0.1, 0.5]) == 0.5


def test_zones_have_right_check_digits_and_lengths() -> None:
    assert words.check("L898902C3") == "6"
    assert words.check("740812") == "2"
    rng = np.random.default_rng(2)
    for kind, rows, width in (("TD1", 3, 30), ("TD2", 2, 36), ("TD3", 2, 44), ("MRV-B", 2, 36)):
        lines = words.zone(kind, "VESNIN", "GLEB", rng)
        assert [len(line) for line in lines] == [width] * rows
    names = words.person("bare", rng)
    assert [len(line) for line in words.russian_zone(names, rng)] == [44, 44]


def test_copied_seals_are_of_one_design_and_different_ones_of_two() -> None:
    kinds = {}
    for n in range(2):
        made = pairs.pair("bare", n, size=SMALL)
        kinds[made.kind] = {seal.design for seal in made.scenes[0].truth.seals}
        assert len(made.places) == 2
    assert len(kinds["copied"]) == 1
    assert len(kinds["different"]) == 2


def test_signatures_take_the_classes_in_turn_and_are_the_same_again() -> None:
    made = list(signatures.signatures("bare", 7))
    assert [one.code for one in made] == list(signatures.CODES)
    assert made[1].jpeg() == signatures.signature("bare", 1).jpeg()
    empty, scribble = (np.asarray(made[k].image.convert("L"), dtype=float) for k in (6, 5))
    assert scribble.min() < np.median(scribble) - 40
    assert np.median(empty) > 90


def test_development_and_test_share_no_family_and_the_kept_ones_are_only_tested() -> None:
    kept = {"east-sea-dokdo", "gamja-flower", "marck-script", "pangolin", "great-vibes"}
    kept |= {"homemade-apple", "reenie-beanie", "kristi", "long-cang", "liu-jian-mao-cao"}
    kept |= {"gulzar", "vibes"}
    dev, test = ({n for role in book.values() for n in role} for book in (fonts.DEV, fonts.TEST))
    assert not dev & test
    assert kept <= test


def test_missing_fonts_say_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = {"print": ("/nowhere/Some.ttf", "no-such-family")}
    monkeypatch.setitem(fonts.BOOKS, "dev", lacking)
    with pytest.raises(fonts.FontsMissing, match=r"Some\.ttf: apt-get install .*; no-such-family"):
        fonts.FontBook("dev")


def test_a_family_may_be_asked_for_in_another_weight(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "cache_folder", lambda: tmp_path)
    with tarfile.open(tmp_path / "fontsource-thin-face-5.0.0.tgz", "w:gz") as tar:
        for weight in (200, 400):
            content = str(weight).encode()
            one = tarfile.TarInfo(f"package/files/thin-face-cyrillic-{weight}-normal.woff2")
            one.size = len(content)
            tar.addfile(one, io.BytesIO(content))
    read = [[path.read_text() for path in fonts._paths(n)] for n in ("thin-face@200", "thin-face")]
    assert read == [["200"], ["400"]]
    assert fonts.package("thin-face@200") == fonts.package("thin-face") == "thin-face"


def test_the_card_shows_what_was_written(
    sealed: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "FOLDER", tmp_path)
    aid = FakeAid("seals", said_of(sealed, list(sealed.truth.seals)))
    runner = measured(measure_seals.seals, aid, sealed)
    form = report.told(runner, {})
    path = report.write_card(runner, form, "Measured here.")
    card = figures.measured_card("fake", "1", figures.Purpose("Fake", "", ()))
    assert json.loads(path.read_text("utf-8"))["synthetic"] is True
    assert card.measured == "Measured here."
    recall = next(f for f in card.figures if f.name == "recall, all ink")
    assert (recall.value, recall.n) == (1.0, len(sealed.truth.seals))
    assert "recall, all ink" in report.printed(form)


def test_the_page_of_figures_says_what_the_cards_say():
    made = bench("figures_page")

    assert made.PAGE.read_text("utf-8") == made.page()
