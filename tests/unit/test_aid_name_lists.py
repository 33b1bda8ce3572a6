"""The rates on the lists of invented names: the aim holds, and the card says what is measured."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from docexam.aids.mrz import card as zone_card
from docexam.aids.names import card

ROOT = Path(__file__).parents[2]


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return _loaded(ROOT / "benchmarks" / "aids_text.py")


def test_at_most_one_in_twenty_of_a_thousand_russian_tuvan_and_buryat_names_is_korean(
    bench: ModuleType,
) -> None:
    lists = ("russian", "tuvan", "buryat")
    assert sum(len(bench.names_in(name)) for name in lists) == 1000
    listed = bench.parsing_as("korean", lists)
    assert len(listed) <= 50, listed


def test_the_names_card_says_what_the_benchmark_measures(bench: ModuleType) -> None:
    assert bench.korean_figures() == card.KOREAN
    for words, stated in ((9, card.FULL), (2, card.TWO_WORDS)):
        measured = {name: (n, *counts.values()) for name, (n, counts) in bench.rates(words).items()}
        assert measured == stated


def test_the_zone_card_says_what_the_benchmark_measures(bench: ModuleType) -> None:
    assert bench.zone_figures() == zone_card.ZONES


def test_the_figures_of_a_card_are_counts_out_of_their_number() -> None:
    assert len(card.CARD.figures) == 9 + 2 * 9 * 6
    assert all(0 <= figure.value <= figure.n for figure in card.CARD.figures)


def test_the_lists_are_the_ones_their_script_draws() -> None:
    draw = _loaded(ROOT / "tests" / "data" / "names" / "draw.py")
    folder = ROOT / "tests" / "data" / "names"
    for name, names in draw.lists(draw.SEED).items():
        lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# Invented")
        assert [line for line in lines if not line.startswith("#")] == names
    rows = (folder / "korean.txt").read_text(encoding="utf-8").splitlines()
    assert [row for row in rows if not row.startswith("#")] == draw.korean(draw.SEED)
