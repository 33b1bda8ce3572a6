"""Layouts of the test split, none of which looks like one of the development split."""

from __future__ import annotations

from . import words
from .page import Page, background, decorate


def card(page: Page) -> None:
    """A card: portrait at the right, names at the left, a zone of any format at the foot."""
    s, rng, split = page.sheet, page.rng, page.split
    background(page)
    decorate(page, ((6, 5, 13, 13), (40, 24, 24, 24)), 0.6)
    page.title((s.width * 0.42, 11), "КАРТА УЧАСТНИКА", 4.4, spread=0.2)
    box = (s.width - 33, 14.0, 26.0, 34.0)
    page.photo(box, 0.8)
    names = words.person(split, rng)
    rows = (
        ("1.", names[0].upper(), "Cyrl"),
        ("2.", f"{names[1]} {names[2]}".upper(), "Cyrl"),
        ("3.", words.date(rng, 1961, 2006), "Latn"),
        ("4.", f"{words.icao(names[0])} {words.icao(names[1])}", "Latn"),
    )
    way = "typed" if rng.random() < 0.5 else "printed"
    for k, (label, value, script) in enumerate(rows):
        y = 23 + 7.6 * k
        page.label((7, y), label, 2.4)
        (page.typed if way == "typed" else page.printed)(f"k{k}", (12, y), value, 3.4, script)
    page.sign((50, 47, 24, 7))
    page.label((50, 56.5), "подпись", 1.8)
    kind = str(rng.choice(("TD1", "TD2", "TD3", "MRV-A", "MRV-B")))
    width = {"TD1": 76.0, "TD2": 91.0, "MRV-B": 91.0}.get(kind, 97.0)
    if rng.random() < 0.9:
        page.zone(kind, ((s.width - width) / 2, 60.5 if kind == "TD1" else 64), width, names)
    page.spot((box[0] + (1 if rng.random() < 0.7 else 25), box[1] + 28), 29)
    page.spot((22, 43), 26)
    page.spot((56, 27), 30)


def record(page: Page) -> None:
    """An upright page that is one long table with a stamp to every other row."""
    s, rng, split = page.sheet, page.rng, page.split
    background(page)
    decorate(page, ((s.width - 24, s.height - 24, 18, 18),), 0.4)
    page.title((s.width / 2, 13), "СВЕДЕНИЯ О РАБОТЕ", 5.0, spread=0.3)
    columns = (7.0, 17.0, 41.0, 95.0, s.width - 7)
    step, top, count = 18.0, 22.0, 8
    for x in columns:
        s.line((x, top), (x, top + step * count), 0.2, page.style.print_ink)
    for k in range(count + 1):
        s.line(
            (columns[0], top + step * k), (columns[-1], top + step * k), 0.2, page.style.print_ink
        )
    for x, head in zip(columns, ("№", "Дата", "Сведения", "Основание"), strict=False):
        page.label((x + 1.5, top + 10), head, 2.7)
    way = "written" if rng.random() < 0.5 else "typed"
    for k in range(1, int(rng.integers(4, 8))):
        y = top + step * k + 7
        page.fill(f"n{k}", (columns[0] + 2, y), str(k), way, 3.4)
        page.fill(f"d{k}", (columns[1] + 1, y), words.date(rng, 1999), way, 3.2)
        page.fill(
            f"o{k}", (columns[2] + 1.5, y), words.office(split, rng).capitalize()[:20], way, 3.4
        )
        page.fill(f"q{k}", (columns[2] + 1.5, y + 7), f"г. {words.town(split, rng)}", way, 3.4)
        page.fill(f"b{k}", (columns[3] + 1.5, y), f"пр. {words.digits(rng, 3)}", way, 3.2)
        page.spot((float(rng.uniform(62, 108)), y + 5), 36)
    page.marks.spots = [page.marks.spots[i] for i in rng.permutation(len(page.marks.spots))]
    page.sign((46, s.height - 15, 42, 9), chance=0.6)


def identity(page: Page) -> None:
    """Two upright pages, one above the other: issued by above, person and zone below."""
    s, rng, split = page.sheet, page.rng, page.split
    background(page)
    fold = s.height / 2
    decorate(page, ((s.width / 2 - 15, 48, 30, 30),), 0.6)
    page.title((s.width / 2, 11), "УДОСТОВЕРЕНИЕ ЛИЧНОСТИ", 4.4, spread=0.5)
    way = "written" if rng.random() < 0.25 else "typed"
    above = (
        ("Кем выдан", words.office(split, rng)),
        ("Город", f"г. {words.town(split, rng)}".upper()),
        ("Дата выдачи", words.date(rng, 1998)),
    )
    for k, (label, value) in enumerate(above):
        y = 22 + 10.5 * k
        page.label((8, y), label, 2.5)
        s.line((30, y + 1), (s.width - 12, y + 1), 0.15, page.style.print_ink)
        page.fill(f"a{k}", (33, y), value, way, 3.8)
    page.label((8, fold - 9), "Личная подпись", 2.3)
    page.sign((38, fold - 19, 50, 10))
    page.lure("М.П.", page.label((s.width - 22, fold - 9), "М.П.", 2.8))
    _fold(page, fold)
    box = (9.0, fold + 12, 33.0, 43.0)
    page.photo(box)
    names = words.person(split, rng)
    below = (*names, f"МУЖ.  {words.date(rng, 1960, 2003)}", f"Г. {words.town(split, rng).upper()}")
    for k, value in enumerate(below):
        y = fold + 17 + 9.5 * k
        s.line((47, y + 1.2), (s.width - 8, y + 1.2), 0.12, page.style.print_ink)
        page.fill(f"i{k}", (50, y), value.upper() if way == "typed" else value, way, 3.9)
    number = f"{words.digits(rng, 2)} {words.digits(rng, 2)} {words.digits(rng, 6)}"
    page.sheet.text(
        (s.width / 2, fold + 7), number, page.style.head, 4.4, (0.62, 0.16, 0.18), anchor="m"
    )
    if rng.random() < 0.6:
        page.zone("RUS", (6, s.height - 15), s.width - 12, names)
    page.spot((s.width - 33, fold - 24), 40)
    page.spot((box[0] + 30, box[1] + 38), 37)
    page.spot((36, fold - 30), 38)
    page.spot((s.width - 30, fold + 49), 36)


def _fold(page: Page, at: float) -> None:
    import numpy as np

    height, width = page.sheet.rgb.shape[:2]
    y = np.arange(height, dtype=np.float32) / page.sheet.ppm - at
    line = 1 - 0.28 * np.exp(-np.abs(y) / 2.2) - 0.3 * np.exp(-((y / 0.3) ** 2))
    page.sheet.tone(np.broadcast_to(line.astype(np.float32)[:, None], (height, width)))


def letter(page: Page) -> None:
    """A letter of an office: its name at the head, typed lines, stamp and signature at the foot."""
    s, rng, split = page.sheet, page.rng, page.split
    decorate(page, ((s.width / 2 - 10, 10, 20, 20),), 0.6)
    page.title((s.width / 2, 40), words.office(split, rng), 6.0, spread=0.5)
    page.title((s.width / 2, 49), f"г. {words.town(split, rng)}", 4.4)
    s.line((22, 54), (s.width - 18, 54), 0.4, page.style.print_ink)
    page.typed("date", (24, 66), f"{words.date(rng, 2003)}  № {words.digits(rng, 3)}", 5.0)
    page.title((s.width / 2, 86), "СПРАВКА", 7.0, spread=1.2)
    names = words.person(split, rng)
    body = (
        f"Настоящая справка выдана {names[0]}",
        f"{names[1]} {names[2]}, рожд. {words.date(rng, 1955, 2002)}",
        f"в том, что он состоял на учёте в г. {words.town(split, rng)}",
        f"с {words.date(rng, 2000, 2012)} по {words.date(rng, 2013)}",
        "Справка дана для предъявления по месту",
        "требования и другой силы не имеет.",
    )
    for k, text in enumerate(body):
        page.typed(f"l{k}", (24, 102 + 11 * k), text, 5.0)
    page.label((24, 216), "Начальник отдела", 4.2)
    page.sign((78, 200, 56, 17), chance=0.95)
    page.label((150, 216), words.person(split, rng)[0], 4.2)
    page.lure("М.П.", page.label((24, 236), "М.П.", 4.2))
    page.spot((72, 226), 44)
    page.spot((44, 30), 58)
    page.spot((142, 246), 44)


TEST_LAYOUTS = {
    "card": (card, (105.0, 74.0)),
    "record": (record, (125.0, 178.0)),
    "identity": (identity, (125.0, 176.0)),
    "letter": (letter, (205.0, 285.0)),
}
