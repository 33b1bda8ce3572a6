"""What the store costs: a durable answer against a bare fsync, and lists of many exhibits.

    python benchmarks/store.py [--exhibits 10000] [--answers 1000] [--folder DIR]

Ratios are taken in one run on one disk. Aims: an answer at most three times a bare fsync plus a
millisecond; open, list and find of 10 000 exhibits at most 50 ms each.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from docexam.casebook import Casebook, rows, search
from docexam.domain.events import DISPOSED, FINDING_RECORDED, OPENED, Draft, Personal

AT = "2026-01-02T03:04:05Z"
WORDS = [
    "печать",
    "пересекает",
    "край",
    "фотографии",
    "без",
    "разрыва",
    "бумага",
    "клей",
    "подпись",
    "Республика",
    "Тува",
    "Иванов",
    "Пётр",
    "Сергеевич",
    "seal",
    "ink",
    "crosses",
    "edge",
    "철수",
    "인감",
    "흐림",
    "штамп",
    "серия",
    "номер",
]
NOTES_PER_EXHIBIT = 12


def milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def summary(times: list[float]) -> str:
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"median {statistics.median(times):8.3f} ms   p99 {p99:8.3f} ms"


def sentence(chance: random.Random, length: int = 8) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(length))


def new_examination(casebook: Casebook, case: str, exhibit: str, at: str = AT) -> str:
    return casebook.create_examination(
        case=case,
        exhibit=exhibit,
        examiner="bench",
        checklist={"id": "bench"},
        checklist_id="bench",
        at=at,
        drafts=[Draft(OPENED, {"captures": []})],
    ).id


def measure_answers(root: Path, answers: int) -> None:
    """Interleave bare appends with fsync and answers, so that both meet the same disk."""
    chance = random.Random(1)
    bare, kept, searched = [], [], []
    block = os.urandom(400)
    with Casebook.open(root / "answers") as casebook, open(root / "bare", "ab", 0) as file:
        examination = new_examination(casebook, "bench", "a")

        def fsync() -> None:
            file.write(block)
            os.fsync(file.fileno())

        def answer(n: int, *, index: bool) -> None:
            note = sentence(chance)
            data = {"indicator": f"i{n % 40}", "answer": "yes", "note": Personal(note)}
            with casebook.writing(examination) as tx:
                event = tx.append(Draft(FINDING_RECORDED, data), at=AT, examiner="bench")
                if index:
                    tx.index(f"note:{n % 40}", note)
                tx.project(answered=n % 40, updated=event.at)

        for n in range(answers):
            bare.append(milliseconds(fsync))
            kept.append(milliseconds(lambda n=n: answer(n, index=False)))
            searched.append(milliseconds(lambda n=n: answer(n, index=True)))
        reading = [milliseconds(lambda: casebook.events(examination)) for _ in range(5)]
    floor = statistics.median(bare)
    print(f"bare append and fsync        {summary(bare)}   x 1")
    for name, times in (("answer with a note", kept), ("the same, searchable", searched)):
        ratio = statistics.median(times) / floor
        aim = 3 * floor + 1
        kept_aim = "kept" if statistics.median(times) <= aim else "MISSED"
        print(f"{name:28} {summary(times)}   x {ratio:.1f}   aim {aim:.2f} ms {kept_aim}")
    count = 2 * answers + 1
    print(
        f"read and verify {count} events  {statistics.median(reading):.1f} ms, "
        f"{statistics.median(reading) / count * 1000:.1f} µs each"
    )


def fill(casebook: Casebook, exhibits: int) -> None:
    """Add exhibits in one transaction: only the reading of them is measured."""
    chance = random.Random(2)
    con = casebook._con
    con.execute("BEGIN IMMEDIATE")
    frozen = rows.freeze(con, {"id": "bench"})
    for n in range(exhibits):
        exhibit, examination = rows.new_id(), rows.new_id()
        at = f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:{n % 60:02}:00Z"
        rows.add_exhibit(con, exhibit, f"2026-{n // 10}", f"e{n % 10}", at)
        rows.add_examination(con, examination, exhibit, "bench", frozen, "bench", at)
        for k in range(NOTES_PER_EXHIBIT):
            search.put(con, exhibit, examination, f"note:{k}", sentence(chance))
    middle = exhibits // 2
    found = rows.find_exhibit(con, f"2026-{middle // 10}", f"e{middle % 10}")
    assert found is not None
    search.put(con, found.id, found.examinations[0].id, "note:0", "the one with Ыюъ, 둘")
    con.execute("COMMIT")


def measure_lists(root: Path, exhibits: int) -> None:
    path = root / "lists"
    with Casebook.open(path) as casebook:
        took = milliseconds(lambda: fill(casebook, exhibits))
    size = (path / "casebook.sqlite").stat().st_size / 1e6
    made = f"{size:.0f} MB, made in {took / 1000:.0f} s"
    print(f"\n{exhibits} exhibits of {NOTES_PER_EXHIBIT} notes: {made}")
    opening = [milliseconds(lambda: Casebook.open(path).close()) for _ in range(20)]
    print(f"{'open and close':28} {summary(opening)}")
    with Casebook.open(path) as casebook:
        acts: dict[str, Callable[[], list[object]]] = {
            "newest 50": lambda: casebook.list_exhibits(limit=50),
            "one case": lambda: casebook.list_exhibits("2026-77"),
            "find a rare word, 50": lambda: casebook.list_exhibits(find="ыюъ", limit=50),
            "find a rare word, all": lambda: casebook.list_exhibits(find="ыюъ"),
            "find a frequent word, 50": lambda: casebook.list_exhibits(find="печать", limit=50),
            "find a frequent word, all": lambda: casebook.list_exhibits(find="печать"),
            "find two words, 50": lambda: casebook.list_exhibits(find="тува 철수", limit=50),
            "find a case's name, 50": lambda: casebook.list_exhibits(find="2026-777/e7", limit=50),
            "find one rare syllable, 50": lambda: casebook.list_exhibits(find="두", limit=50),
            "find two letters, 50": lambda: casebook.list_exhibits(find="ка", limit=50),
            "find nothing, 50": lambda: casebook.list_exhibits(find="щщщ", limit=50),
            "find nothing, 2 letters, 50": lambda: casebook.list_exhibits(find="щщ", limit=50),
            "list everything": lambda: casebook.list_exhibits(),
        }
        for name, act in acts.items():
            times = [milliseconds(act) for _ in range(7)]
            print(f"{name:28} {summary(times)}   {len(act())} found")
        examination = casebook.list_exhibits(limit=1)[0].examinations[0].id
    with Casebook.open(path) as casebook:
        with casebook.writing(examination) as tx:
            tx.append(Draft(OPENED, {}), at=AT, examiner="bench")
        took = milliseconds(
            lambda: casebook.dispose(examination, Draft(DISPOSED, {}), at=AT, examiner="bench")
        )
    print(f"dispose of one examination   {took / 1000:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--exhibits", type=int, default=10_000)
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=None, help="where to measure")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        measure_answers(Path(folder), chosen.answers)
        measure_lists(Path(folder), chosen.exhibits)


if __name__ == "__main__":
    main()
