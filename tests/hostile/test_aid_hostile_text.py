"""Hostile text: long, hidden, bidirectional, deeply repeated; bounded time, inert sentences."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from docexam.aids.mrz.aid import AID as MRZ
from docexam.aids.names.aid import AID as NAMES
from docexam.aids.numbers.aid import AID as NUMBERS
from docexam.aids.places.aid import AID as PLACES
from docexam.aids.protocol import Material
from docexam.aids.running import run_aid
from docexam.aids.text import MOST_TEXTS, TEXT_AIDS, text_json
from docexam.errors import InputError

AIDS = (NAMES, PLACES, NUMBERS, MRZ)
MILLION = 10**6
HOSTILE = {
    "letters": "а" * MILLION,
    "words": "Ким " * (MILLION // 4),
    "syllables": "чон" * (MILLION // 3),
    "hyphens": "а-" * (MILLION // 2),
    "dashes": "-" * MILLION,
    "digits": "1" * MILLION,
    "fillers": "<" * MILLION,
    "zone lines": ("P<UTO" + "<" * 39 + "\n") * 20_000,
    "spaces": " " * MILLION,
    "line breaks": "\n" * MILLION,
    "marks": "а" + "\u0301" * MILLION,
    "hangul": "김정은" * (MILLION // 3),
    "nul": "Ким\x00Чен\x00Ын" * 1000,
    "bidi": "\u202eИванов\u2066 Иван\u200b" * 1000,
    "surrogate": "Иванов\udcff Иван",
    "emoji": "👨‍👩‍👧‍👦" * 1000,
    "markup": "[@click=app.quit]Иван[/] <script>alert(1)</script> \x1b[31m",
    "long word": "Иванов" * 1000 + " Иван Иванович",
    "vowels": "аоуыэяёюие" * 3 + " " + "аоуыэяёюие" * 3,
    "near places": " ".join("Кызыль" + "ъ" * i for i in range(300)),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_text_is_answered_within_a_bound(name: str) -> None:
    for aid in TEXT_AIDS:
        text_json(aid, ["x"])  # tables are built once, whatever the text
        start = time.process_time()
        form = text_json(aid, [HOSTILE[name]])
        # The aim is 50 ms; the bound here leaves room for a busy machine.
        assert time.process_time() - start < 0.5, aid
        assert len(json.dumps(form)) < 200_000, aid


@pytest.mark.parametrize("name", list(HOSTILE))
def test_no_sentence_of_an_aid_carries_what_hides_or_acts(name: str) -> None:
    fields = dict.fromkeys(("surname", "birth-place", "number", "issue-date"), HOSTILE[name])
    for aid in AIDS:
        outcome = run_aid(aid, Material(texts=(HOSTILE[name],), fields=fields))
        assert not outcome.broken, outcome.reason
        for proposal in outcome.proposals:
            for said in (proposal.says, *(ground.says for ground in proposal.grounds)):
                assert not set(said) & set("\x00\x1b\u202e\u2066\u200b\udcff"), said
                assert len(said) < 5000


def test_hidden_characters_are_named_and_left_out() -> None:
    form = text_json("names", ["\u202eКим\x00 Чен Ын\u200b"])
    assert isinstance(form, dict)
    assert [parse["system"] for parse in form["parses"]] == ["korean"]
    assert any("U+202E" in note and "U+0000" in note for note in form["notes"])


def test_what_was_cut_off_is_said() -> None:
    form = text_json("names", ["Ким Чен Ын " + "а" * MILLION])
    assert isinstance(form, dict)
    assert any("Only the first" in note for note in form["notes"])


def test_many_texts_are_all_answered_or_refused() -> None:
    for aid in TEXT_AIDS:
        start = time.process_time()
        form = text_json(aid, ["Ким Чен Ын"] * MOST_TEXTS)
        assert time.process_time() - start < 5
        assert len(form) == MOST_TEXTS
        with pytest.raises(InputError):
            text_json(aid, ["Ким Чен Ын"] * (MOST_TEXTS + 1))


def test_no_text_and_a_foreign_aid_are_faults_of_the_call() -> None:
    for call in (("names", []), ("seals", ["x"])):
        with pytest.raises(InputError):
            text_json(*call)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def test_sentences_in_json_are_inert_while_the_text_stays_exact() -> None:
    text = "Ким\u202eЧен Ын"
    form = text_json("names", [text])
    assert isinstance(form, dict)
    assert form["text"] == text
    notes = [said for key in ("notes", "parses") for said in _strings(form[key])]
    assert not any("\u202e" in said for said in notes)
