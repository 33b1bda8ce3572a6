"""The owner's corner: portrait, the seal across it, the signature; and what was altered there."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from . import lettering, paper, seals
from .booklet import Booklet, Box, Point, Spread, turned
from .lettering import plane, printed, rule, written
from .paper import Plane, Sheet, blur
from .portrait import Face, portrait

PHOTO: Box = (10, 67, 40, 107)


def _photo_box(booklet: Booklet) -> Box:
    dx, dy = booklet.photo_shift
    return (PHOTO[0] + dx, PHOTO[1] + dy, PHOTO[2] + dx, PHOTO[3] + dy)


def _quad_mask(sheet: Sheet, corners: tuple[Point, ...]) -> Plane:
    rows, columns = sheet.colour.shape[:2]
    image = Image.new("L", (columns, rows))
    ImageDraw.Draw(image).polygon([(x * sheet.ppm, y * sheet.ppm) for x, y in corners], fill=255)
    return blur(plane(image), 0.7)


def _glue_photo(sheet: Sheet, shown: Face, box: Box, turn: float) -> None:
    """Glue the portrait into ``box`` with a white margin and the shadow of its edge."""
    width, height = sheet.px(box[2] - box[0]), sheet.px(box[3] - box[1])
    picture = Image.new("L", (width, height), 238)
    margin = sheet.px(1.1)
    inner = portrait(shown).resize(
        (width - 2 * margin, height - 2 * margin), Image.Resampling.LANCZOS
    )
    picture.paste(inner, (margin, margin))
    shadow = Image.new("L", (width, height), 255)
    grey = picture.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    alpha = plane(shadow.rotate(turn, Image.Resampling.BICUBIC, expand=True))
    left = round((box[0] + box[2]) / 2 * sheet.ppm - grey.width / 2)
    top = round((box[1] + box[3]) / 2 * sheet.ppm - grey.height / 2)
    wide = np.pad(alpha, sheet.px(2))
    cast, off = blur(wide, 0.35 * sheet.ppm), sheet.px(2) - sheet.px(0.3)
    sheet.ink(0.55 * cast, left - off, top - off, (0.35, 0.33, 0.30))
    tone = plane(grey)[..., None] * np.asarray((0.97, 0.955, 0.92)) * 0.97 + 0.015
    sheet.paint(alpha, left, top, tone.astype(np.float32))


def _photo_place(spread: Spread) -> None:
    left, top, right, bottom = PHOTO
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    spread.sheet.lines([corners], 0.2, (0.45, 0.45, 0.45))
    for row, text in enumerate(("Место", "для фотографии", "30 x 40 мм")):
        printed(spread.sheet, (25, 84 + 4.2 * row), text, 3, colour=(0.4, 0.4, 0.4), anchor="ms")


def seal(spread: Spread, booklet: Booklet, name: str, nominal: Point, **kw: Plane) -> None:
    """Strike the seal ``name`` if it was struck at all; mark its place either way."""
    radius, struck = booklet.stamp.radius, booklet.strikes.get(name)
    x, y = nominal if struck is None else struck.centre
    state = "absent" if struck is None else "present"
    if struck is not None:
        stamp = booklet.unit_stamp if name == "unit-seal-place" else booklet.stamp
        seals.strike(spread.sheet, stamp, struck, name, **kw)
    spread.mark(name, "seal", (x - radius, y - radius, x + radius, y + radius), state)


def portrait_and_seal(spread: Spread, booklet: Booklet) -> None:
    """Fill the portrait's place as this booklet's history has it, with the seal across it."""
    sheet, nominal = spread.sheet, (44.0, 105.0)
    _photo_place(spread)
    if booklet.photo is None:
        spread.mark("photo", "portrait", PHOTO, "absent")
        seal(spread, booklet, "seal-place", nominal)
        return
    box, turn = _photo_box(booklet), booklet.photo_turn
    quad = turned(box, turn)
    if booklet.second_strike is None:
        _glue_photo(sheet, booklet.photo, box, turn)
        spread.mark("photo", "portrait", box, "present", turn)
        seal(spread, booklet, "seal-place", nominal, gloss=_quad_mask(sheet, quad))
        return
    _replace_photo(spread, booklet, box, turn, nominal)


def _replace_photo(spread: Spread, booklet: Booklet, box: Box, turn: float, nominal: Point) -> None:
    """Leave the first seal on the paper only, glue traces, the second photograph, a false arc."""
    sheet = spread.sheet
    first = _quad_mask(sheet, turned(PHOTO, 0))
    seal(spread, booklet, "seal-place", nominal, inside=1 - first)
    spread.restate("seal-place", "altered")
    left, top, right, bottom = PHOTO
    paper.abrade(sheet, (left - 0.4, top - 0.4, right + 0.5, bottom + 0.4), "torn")
    paper.stain(sheet, (left - 7, bottom - 17, right + 6, bottom + 9), (0.86, 0.78, 0.58), "glue")
    paper.stain(sheet, (right - 9, top - 7, right + 7, top + 20), (0.87, 0.80, 0.62), "glue 2")
    assert booklet.photo is not None
    assert booklet.second_strike is not None
    _glue_photo(sheet, booklet.photo, box, turn)
    film = _quad_mask(sheet, turned(box, turn))
    seals.strike(sheet, booklet.stamp, booklet.second_strike, "false", inside=film, gloss=film)
    spread.mark("photo", "portrait", box, "altered", turn)
    spread.mark("residue", "other", (left - 5, bottom - 12, right + 4, bottom + 7), "altered")


def sign(spread: Spread, booklet: Booklet) -> None:
    """Put the owner's signature on its line beside the photograph."""
    sheet, line = spread.sheet, (46.0, 62.0 + 15.5)
    rule(sheet, line[0], 86, line[1] + 0.8)
    printed(sheet, (66, line[1] + 3.9), "(личная подпись владельца)", 2.5, anchor="ms")
    if not booklet.signature:
        spread.mark(
            "owner-signature-place", "signature", (46, line[1] - 8, 86, line[1] + 1), "absent"
        )
        return
    hand = booklet.signer
    box = written(sheet, (line[0] + 4, line[1] - 1), booklet.signature, hand, "signature")
    if hand.face != "hand-hangul":
        x, y = box[2], line[1]
        tail = [
            (x + 1.3, y - 2.2),
            (x + 4.6, y - 4.4),
            (x + 2, y + 0.6),
            (x - 12, y + 2.0),
            (x + 6, y - 0.2),
        ]
        lettering.stroke(sheet, tail, 0.36, hand.ink, "flourish")
        box = (box[0], box[1], x + 6.6, max(box[3], y + 2.4))
    spread.mark("owner-signature-place", "signature", box)
