"""The booklet's pages: what is printed on the blank, and what somebody filled in.

The layout is invented for practice. It carries the labels of the real form, but
places, sizes and ornaments are nobody's reference.
"""

from __future__ import annotations

from . import lettering, paper
from .blank import blank, cover, finish
from .booklet import Booklet, Box, Overwritten, Point, Spread
from .lettering import RED, Hand, printed, rule, typed, written
from .owner import portrait_and_seal, seal, sign
from .paper import Sheet

NAMES = ("surname", "given-name", "patronymic")


def _reading(booklet: Booklet, name: str) -> str:
    """Return what stands on the line ``name``; the order's line holds number and date."""
    if name != "order":
        return booklet.entries.get(name, "")
    number, date = (booklet.entries.get(f"order-{part}", "") for part in ("number", "date"))
    return f"{number} от {date}" if number else ""


def _fill(spread: Spread, booklet: Booklet, name: str, at: Point, width: float) -> None:
    """Write the entry ``name`` on its line, or leave the line empty; mark the place."""
    sheet, value = spread.sheet, _reading(booklet, name)
    kind = "name" if name in NAMES else "other"
    rule(sheet, at[0] - 1, at[0] + width, at[1] + 1.1)
    line = (at[0] - 1, at[1] - 5.2, at[0] + width, at[1] + 1.6)
    change = booklet.overwritten
    if change is not None and change.field == name:
        spread.mark(name, kind, _rewrite(sheet, booklet, change, at, value), "altered")
        return
    if not value:
        spread.mark(name, kind, line, "absent")
        return
    if name in booklet.typed:
        size = min(3.5, width / (0.62 * len(value)))
        box = typed(sheet, at, value, size, name)
    else:
        box = written(sheet, (at[0] + 0.6, at[1]), value, fitted(booklet.hand, value, width), name)
    spread.mark(name, kind, box)


def fitted(hand: Hand, text: str, width: float) -> Hand:
    """Return ``hand`` writing small enough for ``text`` to fit ``width`` millimetres."""
    size = min(hand.size, 0.94 * width / lettering.written_length(text, hand))
    return Hand(hand.face, hand.ink, size, hand.slant, hand.unrest, hand.stretch)


def _rewrite(sheet: Sheet, booklet: Booklet, change: Overwritten, at: Point, value: str) -> Box:
    """Write the first date, scrape off what differs, and write the second over it."""
    keep = next(n for n, (a, b) in enumerate(zip(change.first, value, strict=True)) if a != b)
    start = (at[0] + 0.6, at[1])
    box = written(sheet, start, change.first, booklet.hand, change.field)
    left = start[0] + lettering.written_length(value[:keep], booklet.hand) * booklet.hand.size
    paper.abrade(sheet, (left - 0.9, at[1] - 4.9, box[2] + 1.2, at[1] + 1.9), change.field)
    after = written(
        sheet, (left + 0.2, at[1] - 0.25), value[keep:], change.second, change.field + "2"
    )
    return (box[0], min(box[1], after[1]), max(box[2], after[2]) + 0.6, max(box[3], after[3]))


def _number(spread: Spread, value: str, name: str, at: Point, size: float, anchor: str) -> None:
    """Print the booklet's series and number; mark the place as ``name``."""
    bold = "print-bold"
    box = printed(
        spread.sheet, at, value, size, face_name=bold, colour=RED, anchor=anchor, tracking=0.35
    )
    spread.mark(name, "number", box)


def _heading(sheet: Sheet, at: Point, text: str, size: float, tracking: float) -> None:
    """Print a heading in bold capitals, centred at ``at``."""
    printed(sheet, at, text, size, face_name="print-bold", anchor="ms", tracking=tracking)


_IDENTITY_LEFT = (
    ("surname", "Фамилия", 31.5, 26.0),
    ("given-name", "Имя", 40.0, 26.0),
    ("patronymic", "Отчество", 48.5, 26.0),
    ("birth-date", "Дата рождения", 57.0, 34.0),
)
_IDENTITY_RIGHT = (
    ("birth-place", "1. Место рождения", 28.5, None),
    ("education", "2. Образование", 37.0, 126.0),
    ("trade", "3. Гражданская специальность", 51.5, None),
    ("call-up-date", "4. Призван на военную службу", 60.5, 144.0),
    ("order", "5. Приказ военного комиссара №", 74.5, None),
    ("issuer", "6. Кем выдан", 83.0, 120.0),
    ("issue-date", "7. Дата выдачи", 94.0, 142.0),
)


def identity(booklet: Booklet, ppm: float) -> Spread:
    """Draw the identity spread: name, portrait, signature; birthplace, order, issuer."""
    spread = blank(booklet, "identity", ppm)
    sheet = spread.sheet
    _heading(sheet, (46, 13.5), "ВОЕННЫЙ БИЛЕТ", 6.4, 0.5)
    _number(spread, booklet.entries["number"], "number-place", (46, 21.5), 5, "ms")
    for name, label, y, x in _IDENTITY_LEFT:
        printed(sheet, (8, y), label, 3.3)
        _fill(spread, booklet, name, (x, y), 86 - x)
    sign(spread, booklet)
    _heading(sheet, (134, 12.5), "ОБЩИЕ СВЕДЕНИЯ", 4.4, 0.3)
    for name, label, y, start in _IDENTITY_RIGHT:
        printed(sheet, (97, y if start else y - 7.5), label, 3.3)
        x = start or 97.0
        _fill(spread, booklet, name, (x + 1, y), 173 - x)
    _issuer_corner(spread, booklet)
    portrait_and_seal(spread, booklet)
    spread.unite("name-place", "name", NAMES)
    spread.unite("issue-place", "other", ("issuer", "issue-date"))
    printed(sheet, (8, 123.5), "1", 3)
    printed(sheet, (172, 123.5), "2", 3, anchor="rs")
    return finish(spread, booklet)


def _issuer_corner(spread: Spread, booklet: Booklet) -> None:
    """Print the place of the commissar's signature and of the issuer's seal; fill both."""
    sheet = spread.sheet
    printed(sheet, (134, 105), "Военный комиссар", 3.3)
    rule(sheet, 134, 173, 114.5)
    printed(sheet, (153.5, 118), "(подпись, фамилия)", 2.5, anchor="ms")
    printed(sheet, (99, 121), "М.П.", 3.4)
    printed(sheet, (52, 121), "М.П.", 3.4)
    if booklet.signed:
        lettering.scribble(sheet, (138, 107, 160, 115), booklet.hand.ink, "official")
    state = "present" if booklet.signed else "absent"
    spread.mark("official-signature-place", "signature", (135, 106, 172, 115.5), state)
    seal(spread, booklet, "issuer-seal-place", (116, 106))


def _table(
    sheet: Sheet, xs: tuple[float, ...], y: float, heads: tuple[str, ...], rows: int
) -> None:
    """Print a table with its heads; rows are 8 mm, the head 9 mm high."""
    bottom = y + 9 + 8 * rows
    lines = [((x, y), (x, bottom)) for x in xs]
    levels = [y, *(y + 9 + 8 * n for n in range(rows + 1))]
    lines += [((xs[0], level), (xs[-1], level)) for level in levels]
    sheet.lines_at(lines, 0.18, (0.42, 0.42, 0.42))
    for x0, x1, head in zip(xs, xs[1:], heads, strict=False):
        parts = head.split("|")
        for number, part in enumerate(parts):
            base = y + 5.6 + 3.0 * (number - (len(parts) - 1) / 2)
            printed(sheet, ((x0 + x1) / 2, base), part, 2.5, anchor="ms")


def _cells(
    spread: Spread,
    booklet: Booklet,
    kind: str,
    xs: tuple[float, ...],
    y: float,
    rows: tuple[tuple[str, ...], ...],
) -> None:
    """Write table rows by hand; mark each row's place as ``kind``-1, ``kind``-2, …"""
    for number, row in enumerate(rows):
        base = y + 9 + 8 * number + 5.8
        for x0, x1, text in zip(xs, xs[1:], row, strict=False):
            if text:
                hand = fitted(booklet.hand, text, x1 - x0 - 1.6)
                written(spread.sheet, (x0 + 1, base), text, hand, f"{kind} {number} {x0}")
        box = (xs[0], base - 5.8, xs[len(row)], base + 2.2)
        spread.mark(f"{kind}-{number + 1}", "other", box)


def service(booklet: Booklet, ppm: float) -> Spread:
    """Draw the service spread: oath, posts; weapons, personal number, ranks."""
    spread = blank(booklet, "service", ppm)
    sheet = spread.sheet
    _heading(sheet, (46, 12.5), "ПРОХОЖДЕНИЕ ВОЕННОЙ СЛУЖБЫ", 3.7, 0.2)
    printed(sheet, (8, 21.5), "Военная присяга принята", 3.3)
    _fill(spread, booklet, "oath-date", (49, 21.5), 36)
    posts = (7.0, 39.0, 51.0, 69.0, 87.0)
    _table(
        sheet,
        posts,
        27,
        ("Воинская часть,|должность", "ВУС", "С какого|времени", "Приказ №,|дата"),
        6,
    )
    _cells(spread, booklet, "service", posts, 27, booklet.service)
    printed(sheet, (52, 93.5), "Служит с", 3.3)
    _fill(spread, booklet, "service-start", (67, 93.5), 19)
    printed(sheet, (8, 119.5), "М.П.", 3.4)
    printed(sheet, (46, 119.5), "Командир части", 3)
    rule(sheet, 66, 87, 120.2)
    if booklet.signed:
        lettering.scribble(sheet, (69, 111.5, 83, 119), booklet.signer.ink, "commander")
    seal(spread, booklet, "unit-seal-place", (32, 106))
    _arms(spread, booklet)
    printed(sheet, (8, 124.5), "5", 3)
    _number(spread, booklet.entries["number"], "number-repeat-place", (172, 123), 3.6, "rs")
    return finish(spread, booklet)


def _arms(spread: Spread, booklet: Booklet) -> None:
    """Fill the right-hand page of the service spread."""
    sheet = spread.sheet
    _heading(sheet, (134, 12.5), "ВООРУЖЕНИЕ И ИМУЩЕСТВО", 3.7, 0.2)
    arms = (95.0, 122.0, 143.0, 160.0, 174.0)
    _table(sheet, arms, 17, ("Наименование", "Серия и номер", "Дата|выдачи", "Подпись"), 4)
    _cells(spread, booklet, "weapon", arms, 17, booklet.weapons)
    for number in range(len(booklet.weapons)):
        top = 17 + 9 + 8 * number
        lettering.scribble(
            sheet, (161.5, top + 1.8, 169, top + 6), booklet.signer.ink, f"arm {number}"
        )
    printed(sheet, (97, 68), "Личный номер", 3.3)
    _fill(spread, booklet, "personal-number", (121, 68), 52)
    printed(sheet, (97, 76.5), "Дата выдачи", 3.3)
    _fill(spread, booklet, "personal-number-date", (121, 76.5), 52)
    spread.unite("weapon-place", "other", ("weapon-1",))
    ranks = (95.0, 140.0, 174.0)
    _table(sheet, ranks, 82, ("Воинское звание", "Дата и номер приказа"), 3)
    _cells(spread, booklet, "rank", ranks, 82, booklet.ranks)


DRAW = {"cover": cover, "identity": identity, "service": service}

__all__ = ["DRAW", "cover", "identity", "service"]
