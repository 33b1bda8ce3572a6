"""Measures the text aids and prints the figures their cards quote.

    python benchmarks/aids_text.py

Names: the lists beside tests/data/names (invented people, see their README). Zones: drawn here,
one character of each exchanged for one it is easily taken for. Every figure is on such material
and is no accuracy on real documents. Times are of this machine; the other figures are fixed.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from docexam.aids.mrz.alphabet import CHARACTERS, check_digit, misread_for
from docexam.aids.mrz.checks import checks_of, repairs_of
from docexam.aids.mrz.formats import FORMATS, Format, text_of
from docexam.aids.names import korean
from docexam.aids.names.reading import SYSTEM_IDS, read_name
from docexam.aids.numbers.aid import numbers_json
from docexam.aids.places.aid import places_json

LISTS = Path(__file__).parents[1] / "tests" / "data" / "names"
PEOPLE = (
    "russian", "tuvan", "buryat", "korean-russian", "yakut", "kalmyk", "kazakh", "chinese",
    "vietnamese",
)  # fmt: skip
_SPELLINGS = ("kontsevich", "voiceless", "popular")


def names_in(name: str) -> list[str]:
    """Return the rows of a list, its comments left out."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def rates(words: int = 9) -> dict[str, tuple[int, dict[str, int]]]:
    """Return list → (names, system → how many of them it takes), over the first `words` words."""
    out = {}
    for name in PEOPLE:
        texts = [" ".join(text.split()[:words]) for text in names_in(name)]
        found = [{parse.system for parse in read_name(text).parses} for text in texts]
        counts = {system: sum(system in one for one in found) for system in SYSTEM_IDS}
        out[name] = (len(texts), counts)
    return out


def parsing_as(system: str, lists: tuple[str, ...]) -> list[str]:
    """Return the names of the lists that `system` takes, for looking through."""
    return [
        text
        for name in lists
        for text in names_in(name)
        if any(parse.system == system for parse in read_name(text).parses)
    ]


def korean_figures() -> dict[str, tuple[int, int, int, int]]:
    """Return spelling → (names, parsed, right Hangul among all readings, among those shown)."""
    rows = [row.split("\t") for row in names_in("korean")]
    out = {}
    for column, spelling in enumerate(_SPELLINGS, 1):
        parsed = right = shown = 0
        for row in rows:
            hangul = row[0].replace(" ", "")
            found = [name.hangul for name in korean.names_of(row[column].split())]
            parsed += bool(found)
            right += hangul in found
            shown += hangul in found[: korean.SHOWN]
        out[spelling] = (len(rows), parsed, right, shown)
    return out


# --- zones -------------------------------------------------------------------------------------


def drawn_zone(format_: Format, rng: random.Random) -> list[str]:
    """Return a zone with random content and right check digits."""
    lines = [["<"] * format_.length for _ in range(format_.lines)]
    for name, (line, first, last) in format_.fields.items():
        text = _content(format_, name, last - first + 1, rng)
        lines[line - 1][first - 1 : last] = list(text)
    for check in format_.checks:
        covered = "".join(text_of(["".join(row) for row in lines], part) for part in check.covers)
        lines[check.at[0] - 1][check.at[1] - 1] = str(check_digit(covered))
    return ["".join(row) for row in lines]


def _content(format_: Format, name: str, length: int, rng: random.Random) -> str:
    letters, digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
    if name in ("birth", "expiry", "issued"):
        if format_.id == "RU-internal" and name == "expiry":
            return "<" * length
        return f"{rng.randrange(100):02}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    if name == "names":
        words = ["".join(rng.choices(letters, k=rng.randrange(3, 9))) for _ in range(3)]
        return f"{words[0]}<<{words[1]}<{words[2]}"[:length].ljust(length, "<")
    if name == "type":
        return {"M": "V<", "R": "PN"}.get(format_.id[0], "P<" if length == 2 else "P")
    if name in ("issuer", "nationality"):
        return "RUS" if format_.id == "RU-internal" else "UTO"
    if name == "sex":
        return rng.choice("MF")
    pool = digits if name in format_.numeric else letters + digits
    return "".join(rng.choices(pool, k=length))


def misread(
    lines: list[str], rng: random.Random, allowed: Callable[[int, int], bool]
) -> tuple[list[str], tuple[int, int, str]]:
    """Return the zone with one character misread, and (line, position, what it was)."""
    places = [
        (i, j)
        for i, line in enumerate(lines)
        for j, char in enumerate(line)
        if allowed(i + 1, j + 1) and misread_for(char)
    ]
    i, j = rng.choice(places)
    was = lines[i][j]
    other = rng.choice([c for c in misread_for(was) if c in CHARACTERS])
    changed = list(lines)
    changed[i] = lines[i][:j] + other + lines[i][j + 1 :]
    return changed, (i + 1, j + 1, was)


def zone_figures(count: int = 200, seed: int = 1) -> dict[str, tuple[int, int, int, int]]:
    """Return format → (zones, noticed by a check, truth among the repairs, truth first)."""
    rng = random.Random(seed)
    return {format_.id: _zone_row(format_, count, rng) for format_ in FORMATS}


def _zone_row(format_: Format, count: int, rng: random.Random) -> tuple[int, int, int, int]:
    covered = {
        (line, position)
        for check in format_.checks
        for line, first, last in (*check.covers, (*check.at, check.at[1]))
        for position in range(first, last + 1)
    }
    noticed = among = first_one = 0
    for _ in range(count):
        zone, truth = misread(drawn_zone(format_, rng), rng, lambda i, j: (i, j) in covered)
        if all(result.ok is not False for result in checks_of(format_, zone)):
            continue
        noticed += 1
        found = [(r.line, r.position, r.instead) for r in repairs_of(format_, zone)]
        among += truth in found
        first_one += found[:1] == [truth]
    return count, noticed, among, first_one


# --- time --------------------------------------------------------------------------------------


def _timed(calls: list[Callable[[], object]]) -> tuple[float, float]:
    took = []
    for call in calls:
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), max(took)


def times() -> Iterator[tuple[str, float, float]]:
    """Yield (aid, median, longest) in milliseconds over ordinary input."""
    names = [name for people in PEOPLE for name in names_in(people)[:50]]
    read_name.cache_clear()
    yield "names", *_timed([lambda n=n: read_name(n) for n in names])
    spots = ["г. Кызыл, Тувинская АССР", "с. Тээли Бай-Тайгинского района", "пос. Козлово"] * 10
    yield "places", *_timed([lambda s=s: places_json([s]) for s in spots])
    numbers = ["АВ 1234567", "93 12 123456", "31.02.2019"] * 10
    yield "numbers", *_timed([lambda n=n: numbers_json([n]) for n in numbers])
    rng = random.Random(2)
    zones = [
        misread(drawn_zone(f, rng), rng, lambda i, j: True)[0] for f in FORMATS for _ in range(5)
    ]
    yield "mrz", *_timed([lambda z=z: _zone_json(z) for z in zones])


def _zone_json(lines: list[str]) -> object:
    from docexam.aids.mrz.aid import zone_json

    return zone_json(["\n".join(lines)])


def main(out: TextIO = sys.stdout) -> None:
    """Print every figure."""
    print("Korean names (invented), of which parsed / right Hangul / right Hangul shown", file=out)
    for spelling, (count, parsed, right, shown) in korean_figures().items():
        print(f"  {spelling:12} {count:4} {parsed:5} {right:5} {shown:5}", file=out)
    for title, words in (("full names", 9), ("first two words", 2)):
        print(f"\nNames of each list that parse, {title}", file=out)
        print("  " + " " * 15 + "names " + " ".join(f"{s:>10}" for s in SYSTEM_IDS), file=out)
        for name, (count, counts) in rates(words).items():
            row = " ".join(f"{counts[s]:10}" for s in SYSTEM_IDS)
            print(f"  {name:15}{count:5} {row}", file=out)
    listed = parsing_as("korean", ("russian", "tuvan", "buryat"))
    print(f"\nOf 1000 Russian, Tuvan and Buryat full names, Korean: {listed}", file=out)
    print("\nZones with one misread character: noticed / truth proposed / truth first", file=out)
    for name, (count, noticed, among, first_one) in zone_figures().items():
        print(f"  {name:12} {count:4} {noticed:5} {among:5} {first_one:5}", file=out)
    print("\nTime in ms: median, longest", file=out)
    for name, median, longest in times():
        print(f"  {name:12} {median:8.2f} {longest:8.2f}", file=out)


if __name__ == "__main__":
    main()
