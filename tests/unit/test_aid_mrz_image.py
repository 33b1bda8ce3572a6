"""Zones read off captures: at every turn, tilted, small; what is no zone, cut, or hostile."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from docexam.aids.mrz import aid as zone_aid
from docexam.aids.mrz.aid import AID
from docexam.aids.mrz.image import cut_short
from docexam.aids.mrz.image_fillers import cells_of, fillers, upside_down
from docexam.aids.mrz.image_find import find
from docexam.aids.mrz.image_force import forced
from docexam.aids.mrz.image_letters import KINDS, kinds
from docexam.aids.mrz.image_picture import picture_of
from docexam.aids.mrz.image_place import places
from docexam.aids.mrz.image_rebuild import rebuilt
from docexam.aids.mrz.image_strip import HALF, MARGIN, PITCH, grids, shifted, strips
from docexam.aids.mrz.image_window import settled
from docexam.aids.protocol import Alone, Material, Region
from docexam.aids.running import Outcome, outcome_json, run_aid
from docexam.aids.typed.tessdata import lacking

LACKS = lacking(("eng",), "Reading")
needs_tesseract = pytest.mark.skipif(bool(LACKS), reason=LACKS or "Tesseract is here")
FONT = Path(__file__).resolve().parents[2] / "samples" / "fonts" / "typewriter.ttf"
# The typewriter subset of the samples has every character of a zone but the filler and Q.
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


class Shot:
    """An image in memory as aids see captures."""

    def __init__(self, picture: Image.Image, n: int = 1) -> None:
        self.pixels = np.asarray(picture.convert("RGB"))
        self.n = n
        self.sha256 = f"{n:064x}"
        self.height, self.width = self.pixels.shape[:2]

    def rgb(self, longest: int = 0) -> np.ndarray:
        if not longest or max(self.pixels.shape) <= longest:
            return self.pixels
        picture = Image.fromarray(self.pixels)
        picture.thumbnail((longest, longest))
        return np.asarray(picture)

    def original(self) -> bytes:
        out = io.BytesIO()
        Image.fromarray(self.pixels).save(out, "PNG")
        return out.getvalue()


def drawn(
    lines: tuple[str, ...], pitch: int = 24, size: tuple[int, int] = (1250, 800)
) -> Image.Image:
    """A page with a zone near its lower edge, a picture and other text above it."""
    page = Image.new("RGB", size, (228, 224, 214))
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, 330, 420), fill=(120, 112, 105))
    label = ImageFont.truetype(str(FONT), 22)
    for i, text in enumerate(("PASSPORT", "UTOPIA", "ERIKSSON", "12 AUG 1974", "SPECIMEN")):
        draw.text((400, 80 + 70 * i), text, font=label, fill=(70, 70, 90))
    left = (size[0] - pitch * len(lines[0])) // 2
    top = size[1] - 60 - round(1.7 * pitch) * (len(lines) - 1)
    letters = ImageFont.truetype(str(FONT), round(1.35 * pitch))
    for row, line in enumerate(lines):
        for i, char in enumerate(line):
            middle = (left + pitch * (i + 0.5), top + row * round(1.7 * pitch))
            if char == "<":
                arm, rise = 0.3 * pitch, 0.3 * pitch
                y = middle[1] - 0.42 * pitch
                points = [
                    (middle[0] + arm, y - rise),
                    (middle[0] - arm, y),
                    (middle[0] + arm, y + rise),
                ]
                draw.line(points, fill=(25, 25, 30), width=max(2, pitch // 9))
            else:
                draw.text(middle, char, font=letters, fill=(25, 25, 30), anchor="ms")
    return page.filter(ImageFilter.GaussianBlur(0.6))


def on_desk(page: Image.Image, tilt: float) -> Image.Image:
    turned = page.convert("RGBA").rotate(tilt, Image.Resampling.BICUBIC, expand=True)
    desk = Image.new("RGBA", (turned.width + 200, turned.height + 160), (60, 52, 47, 255))
    desk.alpha_composite(turned, (100, 80))
    return desk.convert("RGB")


def asked(picture: Image.Image, **more: Any) -> Outcome:
    return run_aid(AID, Material(captures=(Shot(picture),), **more))


def zone_of(outcome: Outcome) -> dict[str, Any]:
    form = outcome_json(AID, outcome)
    assert form["mrz"] is not None, outcome.reason
    json.dumps(form, allow_nan=False)
    return form["mrz"]


# --- without Tesseract: where the zone is, what its fillers are --------------------------------


def straight(picture: Image.Image) -> tuple[Any, list[np.ndarray]]:
    grey = np.asarray(picture.convert("L"), np.float32)
    zone = next(iter(places(grey)))
    rows = grids(zone)
    return rows, strips(grey, zone, rows, 1.0)


@pytest.mark.parametrize(("lines", "count"), [(TD3, 44), (TD1, 30)])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("tilt", [0.0, 9.0])
def test_the_rows_are_found_and_every_filler_lies_in_its_cell(
    lines: tuple[str, ...], count: int, turn: int, tilt: float
) -> None:
    rows, seen = straight(on_desk(drawn(lines), tilt).rotate(turn, expand=True))
    assert [row.cells for row in rows] == [count] * len(lines)
    if upside_down(seen):
        seen = [row[::-1, ::-1] for row in reversed(seen)]
    found = ["".join("<" if one else "." for one in row) for row in fillers(seen)]
    assert found == ["".join("<" if c == "<" else "." for c in line) for line in lines]


def test_a_strip_has_a_cell_of_one_width_for_every_character() -> None:
    rows, seen = straight(drawn(TD3))
    assert seen[0].shape == (2 * HALF, (44 + 2 * MARGIN) * PITCH)
    assert cells_of(seen[0]).shape == (44, 2 * HALF, PITCH)
    steps = np.diff(rows[0].along(np.arange(44.0)))
    assert np.allclose(steps, 24, atol=1.0)


def slanted(
    picture: Image.Image, lines: tuple[str, ...], by: float, pitch: int = 24
) -> Image.Image:
    """A zone drawn by `drawn`, every row sheared by itself, as oblique type is."""
    made, top = picture.copy(), picture.height - 60 - round(1.7 * pitch) * (len(lines) - 1)
    for row in range(len(lines)):
        base = top + row * round(1.7 * pitch)
        box = (0, base - round(1.25 * pitch), picture.width, base + round(0.4 * pitch))
        part = picture.crop(box)
        shear = (1, -by, by * part.height / 2, 0, 1, 0)
        paper = picture.getpixel((5, box[1]))
        laid = part.transform(
            part.size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC, fillcolor=paper
        )
        made.paste(laid, box[:2])
    return made


@pytest.mark.parametrize("tilt", [0.0, -7.0])
@pytest.mark.parametrize("by", [-0.24, -0.15, 0.2])
def test_letters_that_lean_by_themselves_are_made_upright(by: float, tilt: float) -> None:
    picture = picture_of(Shot(on_desk(slanted(drawn(TD3), TD3, by), tilt)), None, 2000)
    grey = picture.grey.astype(np.float32)
    zone = next(iter(places(grey)))
    found = settled(picture, zone, grids(zone), 1.0)
    assert found.zone.lean is not None
    assert found.zone.lean == pytest.approx(by, abs=0.05)
    read = ["".join(KINDS[i] for i in kinds(cells_of(row)).argmax(axis=1)) for row in found.rows]
    wrong = sum(a != b for a, b in zip("".join(read), "".join(TD3), strict=True) if b not in "O0")
    assert wrong <= 2


@pytest.mark.parametrize("tilt", [0.0, 9.0])
def test_upright_letters_are_left_as_the_rows_have_them(tilt: float) -> None:
    picture = picture_of(Shot(on_desk(drawn(TD3), tilt)), None, 2000)
    zone = next(iter(places(picture.grey.astype(np.float32))))
    assert settled(picture, zone, grids(zone), 1.0).zone.lean is None


def test_a_row_half_hidden_is_put_in_its_cells_by_the_other_row() -> None:
    picture = drawn(TD3)
    middle = 800 - 60 - round(1.7 * 24) - 10
    ImageDraw.Draw(picture).rectangle((90, middle - 16, 420, middle + 16), fill=(215, 205, 195))
    rows, seen = straight(picture)
    assert [row.cells for row in rows] == [44, 44]
    assert abs(float(rows[0].along(0.0)) - float(rows[1].along(0.0))) < 8
    assert [bool(f) for f in fillers(seen)[0][-15:]] == [True] * 15


# --- rebuilding --------------------------------------------------------------------------------


def blank_cells(lines: tuple[str, ...]) -> list[np.ndarray]:
    """Cells that all look alike, so that only places decide."""
    rng = np.random.default_rng(1)
    return [rng.random((len(line), 2 * HALF, PITCH)).astype(np.float32) for line in lines]


def test_digits_and_letters_go_where_they_belong_and_every_change_is_told() -> None:
    read = (TD3[0].replace("ERIKSSON", "ER1KSSON"), TD3[1].replace("7408122", "74O8I22"))
    lines, changes = rebuilt(read, blank_cells(read))
    assert lines == TD3
    told = {(c.line, c.position, c.found, c.instead) for c in changes}
    assert told == {(1, 8, "1", "I"), (2, 16, "O", "0"), (2, 18, "I", "1")}
    assert all(change.why for change in changes)


def test_a_check_digit_mends_nothing_silently() -> None:
    wrong = (TD3[0], TD3[1].replace("L898902C3", "L898902C8"))
    assert rebuilt(wrong, blank_cells(wrong)) == (wrong, ())


@given(st.lists(st.text("<ABCO01I5S?", min_size=30, max_size=44), min_size=2, max_size=3))
@settings(max_examples=40)
def test_rebuilding_keeps_lengths_and_tells_exactly_what_it_changed(lines: list[str]) -> None:
    made, changes = rebuilt(lines, blank_cells(tuple(lines)))
    assert [len(line) for line in made] == [len(line) for line in lines]
    back = [list(line) for line in made]
    for change in changes:
        assert back[change.line - 1][change.position - 1] == change.instead != change.found
        back[change.line - 1][change.position - 1] = change.found
    assert ["".join(row) for row in back] == lines


# --- single characters -------------------------------------------------------------------------


def test_the_network_reads_drawn_cells_and_its_shares_sum_to_one() -> None:
    _, seen = straight(drawn(TD3))
    shares = [kinds(cells_of(row)) for row in seen]
    assert all(np.allclose(one.sum(axis=1), 1.0) for one in shares)
    read = ["".join(KINDS[i] for i in one.argmax(axis=1)) for one in shares]
    # O and 0 are of one shape without the others of the zone.
    wrong = sum(a != b for a, b in zip("".join(read), "".join(TD3), strict=True) if b not in "O0")
    assert wrong <= 1


def test_empty_and_dark_cells_give_finite_shares() -> None:
    for shade in (0.0, 1.0):
        shares = kinds(np.full((3, 2 * HALF, PITCH), shade, np.float32))
        assert np.isfinite(shares).all()


def sure_of(lines: tuple[str, ...]) -> list[np.ndarray]:
    """Shares by which every character is what it was read as, and nothing else."""
    out = []
    for line in lines:
        shares = np.full((len(line), len(KINDS)), 1e-5)
        shares[np.arange(len(line)), [KINDS.index(char) for char in line]] = 1.0
        out.append(shares)
    return out


def test_an_open_character_is_read_as_the_check_digits_ask_and_that_is_told() -> None:
    wrong = (TD3[0], TD3[1].replace("L898902C3", "L898902C8"))
    shares = sure_of(wrong)
    shares[1][8, KINDS.index("3")] = 0.4
    lines, changes = forced(wrong, shares)
    assert lines == TD3
    assert [(c.line, c.position, c.found, c.instead) for c in changes] == [(2, 9, "8", "3")]
    assert "check digit" in changes[0].why


def ringed(share: float, number: str = "L890000C06") -> tuple[tuple[str, ...], list[np.ndarray]]:
    """A visa whose zeros were read as O, a 0 so likely in each of them against the O."""
    names = "V" + TD3[0][1:]
    lines = (names, f"{number.replace('0', 'O')}UTO7408122F1204159<<<<<<<<<<<<<<<<")
    shares = sure_of(lines)
    for cell in (3, 4, 5, 6, 8):
        shares[1][cell, KINDS.index("0")] = share
    return lines, shares


def test_rings_that_are_all_alike_are_read_as_zeros_together_where_the_checks_ask_for_it() -> None:
    wrong, shares = ringed(0.2)
    lines, changes = forced(wrong, shares)
    assert lines[1].startswith("L890000C06UTO")
    assert [change.position for change in changes] == [4, 5, 6, 7, 9]
    assert all("look alike" in change.why for change in changes)


@pytest.mark.parametrize("share", [1e-4, 0.0035, 0.05])
def test_with_a_clear_ring_among_them_they_are_not_read_as_zeros_together(share: float) -> None:
    wrong, shares = ringed(0.2)
    shares[1][4, KINDS.index("0")] = share
    lines, changes = forced(wrong, shares)
    assert lines[1][4] == "O"
    assert len(changes) <= 2


@pytest.mark.parametrize("digit", "23456789")
def test_clear_rings_are_never_made_zeros_together_whatever_digit_was_falsified(digit: str) -> None:
    wrong, shares = ringed(0.0035, f"L8{digit}0000C06")
    lines, changes = forced(wrong, shares)
    assert len(changes) <= 1
    assert lines[1].count("O", 0, 9) >= 4


def test_a_clear_character_stands_against_the_check_digits() -> None:
    wrong = (TD3[0], TD3[1].replace("L898902C3", "L898902C8"))
    assert forced(wrong, sure_of(wrong)) == (wrong, ())


def test_two_ways_to_make_the_checks_agree_leave_the_line_as_read() -> None:
    visa = ("V" + TD3[0][1:], "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<<")
    wrong = (visa[0], visa[1].replace("L898902C36", "L898902C86"))
    shares = sure_of(wrong)
    shares[1][8, KINDS.index("3")] = 0.4
    # 8 to 3 at the last place takes 5 off the sum, and so does 9 to 4 at the third (weight 1).
    shares[1][2, KINDS.index("4")] = 0.4
    assert forced(wrong, shares) == (wrong, ())


def test_a_border_beside_the_zone_is_no_character_of_it() -> None:
    picture = drawn(TD3)
    draw = ImageDraw.Draw(picture)
    left = (1250 - 24 * 44) // 2
    for x in (left - 14, left + 24 * 44 + 12):
        for row in range(2):
            y = 800 - 60 - round(1.7 * 24) * (1 - row)
            draw.line((x, y - 20, x, y), fill=(60, 60, 60), width=3)
    seen = picture_of(Shot(picture), None, 2000)
    found = find(seen, Alone())
    assert found is not None
    inside = settled(seen, found.zone, found.grids, found.factor)
    assert [grid.cells for grid in inside.grids] == [44, 44]
    marks = ["".join("<" if one else "." for one in row) for row in inside.fillers]
    assert marks == ["".join("<" if c == "<" else "." for c in line) for line in TD3]


def test_rows_of_which_only_a_part_was_seen_are_followed_to_their_ends() -> None:
    seen = picture_of(Shot(drawn(TD3)), None, 2000)
    found = find(seen, Alone())
    assert found is not None
    for start, length in ((0, 32), (8, 36)):
        part = tuple(
            replace(grid, step=shifted(grid.step, start), cells=length) for grid in found.grids
        )
        whole = settled(seen, found.zone, part, found.factor)
        assert [grid.cells for grid in whole.grids] == [44, 44]
        for grid, true in zip(whole.grids, found.grids, strict=True):
            apart = abs(float(grid.along(0.0)) - float(true.along(0.0)))
            assert apart < 0.2 * abs(float(true.step[-2]))


def test_rows_that_begin_a_cell_askew_come_to_stand_one_under_the_other() -> None:
    seen = picture_of(Shot(drawn(TD3)), None, 2000)
    found = find(seen, Alone())
    assert found is not None
    first, second = found.grids
    askew = (replace(first, step=shifted(first.step, 1.4)), second)
    again = settled(seen, found.zone, askew, found.factor)
    starts = [float(grid.along(0.0)) for grid in again.grids]
    assert abs(starts[0] - starts[1]) < 0.2 * abs(float(first.step[-2]))


def test_the_beginning_of_a_passports_rows_is_told_as_cut_short() -> None:
    short = tuple(line[:36] for line in TD3)
    assert cut_short(short, at_edge=False)
    assert cut_short(("V" + short[0][1:], short[1]), at_edge=True)
    assert not cut_short(("V" + short[0][1:], short[1]), at_edge=False)
    assert not cut_short(TD3, at_edge=True)
    card = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
    assert not cut_short(card, at_edge=True)
    assert cut_short(tuple(line[8:] for line in TD3), at_edge=True)


def test_an_unlikely_pair_that_mends_the_checks_by_chance_is_not_followed() -> None:
    wrong = (TD3[0], TD3[1].replace("L898902C36", "L898902C86"))
    shares = sure_of(wrong)
    for cell in range(9):
        for kind in "SBX3":
            shares[1][cell, KINDS.index(kind)] = max(shares[1][cell, KINDS.index(kind)], 0.08)
    assert forced(wrong, shares) == (wrong, ())


# --- the aid -----------------------------------------------------------------------------------


@needs_tesseract
@pytest.mark.parametrize("tilt", [0.0, 5.0, -5.0])
def test_a_passports_zone_cut_by_the_edge_is_no_card_of_36(tilt: float) -> None:
    page = drawn(TD3).rotate(tilt, Image.Resampling.BICUBIC, fillcolor=(228, 224, 214))
    cut = page.crop((0, 0, (1250 - 24 * 44) // 2 + round(24 * 36.4), page.height))
    zone = zone_of(asked(cut))
    assert zone["format"] is None
    assert zone["read"]["cut"]


@needs_tesseract
def test_a_seal_of_coloured_ink_over_the_zone_is_taken_out() -> None:
    page = drawn(TD3)
    seal = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(seal)
    for grow in (0, 18, 60):
        pen.ellipse(
            (500 + grow, 610 + grow, 800 - grow, 910 - grow), outline=(70, 50, 160), width=7
        )
    pen.text((560, 680), "SPECIMEN", font=ImageFont.truetype(str(FONT), 34), fill=(70, 50, 160))
    zone = zone_of(asked(ImageChops.multiply(page, seal)))
    assert tuple(zone["lines"]) == TD3


@needs_tesseract
@pytest.mark.parametrize(("turn", "rotated"), [(0, 0), (90, 90), (180, 180), (270, 270)])
def test_a_zone_is_read_at_every_turn(turn: int, rotated: int) -> None:
    picture = on_desk(drawn(TD3), 4.0).rotate(turn, expand=True)
    zone = zone_of(asked(picture))
    assert (zone["format"], tuple(zone["lines"]), zone["ok"]) == ("TD3", TD3, True)
    read = zone["read"]
    assert read["rotated"] == rotated
    assert read["whole"]
    assert len(read["raw"]) == 2
    assert {"polygon", "box", "engine", "changes", "confidence"} <= set(read)


@needs_tesseract
def test_the_lines_are_offered_to_their_fields_and_the_checks_lie_on_the_capture() -> None:
    outcome = asked(drawn(TD1))
    lines = [p for p in outcome.proposals if p.fills]
    assert [(p.fills, p.reading) for p in lines] == [
        (f"zone-line-{i}", line) for i, line in enumerate(TD1, 1)
    ]
    check = next(g for g in outcome.proposals[0].grounds if "number check" in g.says)
    assert check.shape is not None
    x = sum(point[0] for point in check.shape) / 4 * 1250
    assert abs(x - ((1250 - 24 * 30) / 2 + 24 * 14.5)) < 8


@needs_tesseract
def test_a_region_is_enough_and_places_stay_those_of_the_capture() -> None:
    box = ((0.02, 0.8), (0.98, 0.8), (0.98, 1.0), (0.02, 1.0))
    zone = zone_of(asked(drawn(TD3), region=Region(1, box)))
    whole = zone_of(asked(drawn(TD3)))
    assert tuple(zone["lines"]) == TD3
    assert np.allclose(zone["read"]["box"], whole["read"]["box"], atol=0.01)


@needs_tesseract
def test_the_region_beside_the_zone_has_none() -> None:
    box = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.6), (0.0, 0.6))
    outcome = asked(drawn(TD3), region=Region(1, box))
    assert outcome.proposals == ()
    assert "not the same as absent" in outcome.reason


@needs_tesseract
def test_a_digit_that_disagrees_is_read_as_it_stands_and_repairs_are_proposals() -> None:
    forged = (TD3[0], TD3[1].replace("7408122F", "7408132F"))
    outcome = asked(drawn(forged))
    zone = zone_of(outcome)
    assert tuple(zone["lines"]) == forged
    assert zone["ok"] is False
    assert "birth" in outcome.proposals[0].says


@needs_tesseract
def test_a_zone_cut_in_half_is_told_and_not_checked() -> None:
    whole = drawn(TD3)
    outcome = asked(whole.crop((0, 0, 720, 800)))
    if outcome.proposals:
        zone = zone_of(outcome)
        assert zone["format"] is None
        assert zone["checks"] == []
        assert zone["read"]["cut"]
        assert not any(p.fills for p in outcome.proposals)
    else:
        assert outcome.reason
    assert not outcome.broken


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180])
@pytest.mark.parametrize("box", [(0, 0, 1100, 800), (130, 0, 1250, 800)])
def test_a_zone_beyond_the_edge_is_told_and_nothing_is_made_up(
    turn: int, box: tuple[int, int, int, int]
) -> None:
    outcome = asked(drawn(TD3).crop(box).rotate(turn, expand=True))
    for proposal in outcome.proposals:
        assert proposal.data is not None
        assert proposal.data["read"]["cut"]
        assert proposal.data["checks"] == []
        assert not proposal.fills
    assert outcome.proposals or outcome.reason


@needs_tesseract
def test_a_mirrored_zone_is_not_passed_off_as_a_reading() -> None:
    outcome = asked(drawn(TD3).transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert not outcome.broken
    if outcome.proposals:
        assert zone_of(outcome)["ok"] is not True


@needs_tesseract
def test_the_same_picture_gives_the_same_proposals() -> None:
    picture = on_desk(drawn(TD1), -3.0)
    assert asked(picture) == asked(picture)


HOSTILE = {
    "one pixel": (1, 1),
    "a column": (1, 3000),
    "a row": (3000, 1),
    "blank": (900, 700),
}


@needs_tesseract
@pytest.mark.parametrize("name", list(HOSTILE))
@pytest.mark.parametrize("colour", [(0, 0, 0), (128, 128, 128), (255, 255, 255)])
def test_a_picture_without_text_gives_a_reason(name: str, colour: tuple[int, int, int]) -> None:
    outcome = asked(Image.new("RGB", HOSTILE[name], colour))
    assert not outcome.broken
    assert outcome.proposals == ()
    assert outcome.reason


@needs_tesseract
def test_noise_and_stripes_are_no_zone() -> None:
    rng = np.random.default_rng(3)
    noise = Image.fromarray(rng.integers(0, 256, (900, 1200, 3), dtype=np.uint8))
    stripes = Image.new("RGB", (1200, 800), "white")
    draw = ImageDraw.Draw(stripes)
    for row in range(12):
        for i in range(44):
            draw.rectangle((40 + 25 * i, 40 + 55 * row, 52 + 25 * i, 62 + 55 * row), fill="black")
    for picture in (noise, stripes):
        outcome = asked(picture)
        assert not outcome.broken
        assert outcome.proposals == ()


# --- without the extra -------------------------------------------------------------------------


def test_without_tesseract_text_works_and_captures_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("docexam.aids.typed.tessdata.has_engine", lambda: False)
    monkeypatch.setattr("docexam.aids.typed.tessdata.folder_of", lambda language: None)
    assert AID.missing() == ""
    assert run_aid(AID, Material(texts=("\n".join(TD3),))).proposals
    outcome = asked(drawn(TD3))
    assert "pip install 'docexam[ocr]'" in outcome.reason
    assert "tesseract-ocr-eng" in outcome.reason
    assert outcome.lacking
    assert not outcome.broken


def test_text_before_captures_and_the_version_is_the_cards() -> None:
    seen = Material(texts=("\n".join(TD3),), captures=(Shot(Image.new("RGB", (8, 8))),))
    assert tuple(run_aid(AID, seen).proposals[0].data["lines"]) == TD3
    assert AID.card.version == zone_aid.VERSION


def test_loading_the_aid_loads_neither_numpy_nor_tesseract() -> None:
    code = (
        "import sys; from docexam.aids.mrz.aid import AID; from docexam.aids.typed.aid import AID as T\n"
        "AID.card, AID.missing(), T.card, T.missing()\n"
        "heavy = {'numpy', 'PIL', 'tesserocr'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@needs_tesseract
def test_nothing_is_written_to_stderr(tmp_path: Path) -> None:
    drawn(TD1).save(tmp_path / "zone.png")
    Image.new("L", (3, 300)).save(tmp_path / "thin.png")
    ran = subprocess.run(
        [sys.executable, "-m", "docexam", "aid", "mrz", "zone.png", "thin.png", "--json"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, env=dict(os.environ),
    )  # fmt: skip
    assert ran.returncode == 0
    assert ran.stderr == ""
    zone, thin = json.loads(ran.stdout)
    assert tuple(zone["mrz"]["lines"]) == TD1
    assert thin["mrz"] is None
    assert thin["reason"]


# --- real specimens ----------------------------------------------------------------------------

# As the zones of the published specimens read to the eye; Ñ, which no zone has, is read as N.
REAL = {
    "0_id-esp.png": (
        "IDESPAAA1000014<00000023T<<<<<",
        "7212018F1101236ESP<<<<<<<<<<<8",
        "ESPANOLA<ESPANOLA<CARMEN<<<<<<",
    ),
    "0_pass-lva.jpg": (
        "PALVAMOHAMADA<<FARIDA<<<<<<<<<<<<<<<<<<<<<<<",
        "LT00000004XXC8605102F1210314111111<11648<<86",
    ),
    "100_pass-bdr.jpg": (
        "P<BDRMUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<",
        "CA000000<4D<<6408125F1802212<<<<<<<<<<<<<<<6",
    ),
    "100_pass-lux.jpg": (
        "P<LUXMAUS<<KETTY<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "S998527<<4LUX7806201F110808403060021041<<<96",
    ),
    "100_pass2-uto.jpg": (
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
    ),
    "62_pass-aus.png": (
        "P<AUSCITIZEN<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "PA09404097AUS8406077F1903212<17331334P<<<<08",
    ),
    "77_card-cmw.png": (
        "IDCMW<512849702<<<<<<<<<<<<<<<",
        "6104128M1402209CMW<<<<<<<<<<<1",
        "PUBLIC<<JON<<<<<<<<<<<<<<<<<<<",
    ),
}


@needs_tesseract
@pytest.mark.parametrize("name", list(REAL))
def test_every_real_specimen_is_read_whole(real_specimens: Path, name: str) -> None:
    with Image.open(real_specimens / name) as picture:
        shown = picture.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    assert tuple(zone_of(asked(paper.convert("RGB")))["lines"]) == REAL[name]


def test_a_run_that_is_cancelled_stops() -> None:
    class Hurried(Alone):
        def cancelled(self) -> bool:
            return True

    if LACKS:
        pytest.skip(LACKS)
    outcome = run_aid(AID, Material(captures=(Shot(drawn(TD3)),)), Hurried())
    assert outcome.cancelled
