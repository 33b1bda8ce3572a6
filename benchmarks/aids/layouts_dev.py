"""Layouts of the development split: a spread, a certificate, a data page."""

from __future__ import annotations

from . import marks, words
from .page import Page, background, decorate


def spread(page: Page) -> None:
    """An open booklet: photo at the top right of the left page, a table on the right one."""
    s, rng, split = page.sheet, page.rng, page.split
    background(page)
    half = s.width / 2
    decorate(page, ((half + 8, 8, 15, 15), (8, s.height - 26, 20, 20)), 0.5)
    page.title((half * 0.36, 13), words.office(split, rng).split()[0], 4.2, spread=0.3)
    page.printed("number", (10, 22), f"{words.digits(rng, 4)} {words.digits(rng, 6)}", 4.6)
    box = (half - 34, 8, 26.0, 35.0)
    page.photo(box)
    way = str(rng.choice(("written", "typed")))
    names = words.person(split, rng)
    rows = zip(
        ("Фамилия", "Имя", "Отчество", "Родился"),
        (*names, words.date(rng, 1960, 2004)),
        strict=True,
    )
    for k, (label, value) in enumerate(rows):
        y = 34 + 13 * k if k == 0 else 42 + 12.5 * k
        page.label((9, y - 5.5), label, 2.4)
        s.line((9, y + 1), (half - (38 if y < 46 else 10), y + 1), 0.15, page.style.print_ink)
        page.fill(f"f{k}", (11, y), value, way, 4.0)
    page.label((9, s.height - 17), "Подпись владельца", 2.2)
    s.line((34, s.height - 16), (half - 10, s.height - 16), 0.15, page.style.print_ink)
    page.sign((36, s.height - 26, half - 50, 9.5))
    _rows(page, half, way)
    marks.gutter(s, half, rng)
    page.lure("М.П.", page.label((half * 0.62, s.height - 7), "М.П.", 2.8))
    page.spot((box[0] + (2 if rng.random() < 0.7 else 22), box[1] + box[3] - 2), 38)
    page.spot((half * 1.5, s.height - 26), 44)
    page.spot((half * 0.5, s.height - 24), 40)
    page.spot((half * 1.72, 40), 40)
    page.spot((half * 1.2, 66), 36)


def _rows(page: Page, half: float, way: str) -> None:
    s, rng = page.sheet, page.rng
    page.title((half * 1.5, 12), "ОТМЕТКИ", 3.6, spread=0.4)
    left, right, top = half + 7, s.width - 7, 18.0
    columns = (left, left + 22, left + 52, right)
    for k in range(8):
        s.line((left, top + 10 * k), (right, top + 10 * k), 0.15, page.style.print_ink)
    for x in columns:
        s.line((x, top), (x, top + 70), 0.15, page.style.print_ink)
    for x, head in zip(columns, ("Дата", "Место", "Запись"), strict=False):
        page.label((x + 1.5, top + 6), head, 2.3)
    for k in range(int(rng.integers(1, 6))):
        y = top + 17.2 + 10 * k
        page.fill(f"d{k}", (columns[0] + 1, y), words.date(rng, 2005)[:8], way, 3.0)
        page.fill(f"p{k}", (columns[1] + 1, y), words.town(page.split, rng)[:11], way, 3.2)


def certificate(page: Page) -> None:
    """An upright sheet: heading, lines of type, photo at the lower left, seal across it."""
    s, rng, split = page.sheet, page.rng, page.split
    background(page)
    s.frame((6, 6, s.width - 12, s.height - 12), 0.6, page.style.print_ink)
    s.frame((8, 8, s.width - 16, s.height - 16), 0.2, page.style.print_ink)
    decorate(page, ((s.width / 2 - 11, 14, 22, 22), (s.width - 36, 14, 18, 22)), 0.75)
    page.title((s.width / 2, 48), "УДОСТОВЕРЕНИЕ", 8.0, spread=0.7)
    page.title((s.width / 2, 58), f"№ {words.digits(rng, 6)}", 5.0)
    names = words.person(split, rng)
    way = str(rng.choice(("typed", "written", "typed")))
    rows = (
        ("Выдано", " ".join(names[:2])),
        ("Отчество", names[2]),
        ("Год рождения", words.date(rng, 1958, 2003)),
        ("Место рождения", f"г. {words.town(split, rng)}"),
        ("Кем выдано", words.office(split, rng).capitalize()),
    )
    for k, (label, value) in enumerate(rows):
        y = 76 + 13 * k
        page.label((14, y), label, 3.0)
        s.line((44, y + 1.2), (s.width - 14, y + 1.2), 0.15, page.style.print_ink)
        page.fill(f"c{k}", (47, y), value, way, 4.6)
    box = (16.0, s.height - 62, 30.0, 40.0)
    page.photo(box)
    page.label((56, s.height - 26), "Личная подпись", 2.8)
    s.line((56, s.height - 31), (s.width - 14, s.height - 31), 0.15, page.style.print_ink)
    page.sign((60, s.height - 44, s.width - 78, 12))
    page.lure("М.П.", page.label((56, s.height - 16), "М.П.", 3.0))
    page.spot((box[0] + box[2] + 2, box[1] + box[3] - 6), 42)
    page.spot((s.width - 38, s.height - 42), 44)
    page.spot((s.width - 40, 96), 42)
    page.spot((40, 112), 44)


def data_page(page: Page) -> None:
    """A page with a zone at its foot, the portrait at the left, print in small type."""
    s, rng, split = page.sheet, page.rng, page.split
    background(page)
    tint = page.style.tint
    marks.tint(s, (0, 0, s.width, 13), tint, fade=False)
    decorate(page, ((s.width - 26, 30, 20, 20),), 0.6)
    page.label((8, 8.5), "ПАСПОРТ / PASSPORT", 4.2)
    box = (7.0, 20.0, 31.0, 40.0)
    page.photo(box, 0.85)
    names = words.person(split, rng)
    latin = [words.icao(n) for n in names]
    rows = (
        ("Surname / Фамилия", names[0].upper(), "Cyrl"),
        ("Name in Latin letters", f"{latin[0]} {latin[1]}", "Latn"),
        ("Given names / Имя", f"{names[1]} {names[2]}".upper(), "Cyrl"),
        ("Date of birth / Дата рождения", words.date(rng, 1960, 2005), "Latn"),
        ("Place / Место", f"г. {words.town(split, rng)}".upper(), "Cyrl"),
    )
    for k, (label, value, script) in enumerate(rows):
        y = 19 + 9.4 * k
        page.label((43, y), label, 1.9)
        page.printed(f"z{k}", (43, y + 4.2), value, 3.5, script)
    page.sign((s.width - 50, 50, 42, 9))
    kind = str(rng.choice(("TD3", "TD3", "MRV-A", "TD2", "MRV-B", "RUS", "TD1")))
    width = {"TD1": 80.0, "TD2": 92.0, "MRV-B": 92.0}.get(kind, 112.0)
    if rng.random() < 0.9:
        high = 67.0 if kind == "TD1" else 71.5
        page.zone(kind, ((s.width - width) / 2, high), width, names)
    # Zones are kept free of stamps, as they are on real documents; a hair of overlap happens.
    page.spot((box[0] + box[2] - (0 if rng.random() < 0.6 else 24), 49), 31)
    page.spot((s.width - 26, 40), 34)
    page.spot((s.width - 60, 30), 34)


DEV_LAYOUTS = {
    "spread": (spread, (178.0, 122.0)),
    "certificate": (certificate, (148.0, 205.0)),
    "data-page": (data_page, (125.0, 88.0)),
}
