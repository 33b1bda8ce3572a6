from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from docexam.domain.checklist import CAUSES, NON_ANSWERS, QUESTIONS
from docexam.domain.exhibit import CREDIBILITY, RELIABILITY
from docexam.errors import InputError
from docexam.reports.words import LANGUAGES, words_for

SOURCES = Path(__file__).parents[2] / "src" / "docexam" / "reports"
USED = re.compile(r"""(?:words|said)\(\s*"([a-z0-9.-]+)\"""")
COUNTED = re.compile(r"""words\.count\(\s*"([a-z0-9.-]+)\"""")


def places(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_the_writers_ask_for_is_there(language):
    table = words_for(language).table
    texts = [p.read_text(encoding="utf-8") for p in SOURCES.glob("*.py")]
    asked = {key for text in texts for key in USED.findall(text)}
    counted = {f"{key}.many" for text in texts for key in COUNTED.findall(text)}
    assert len(asked) > 80
    assert (asked | counted) - set(table) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_places(language):
    english, other = words_for("en").table, words_for(language).table
    plurals = {key for key in other if key.endswith(".few")}
    assert set(other) - plurals == set(english)
    assert (
        plurals == {key.removesuffix(".one") + ".few" for key in english if key.endswith(".one")}
        or language == "en"
    )
    for key in set(other) - plurals:
        assert places(other[key]) == places(english[key]), key
    for key in plurals:
        assert places(other[key]) == places(other[key.removesuffix("few") + "many"]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_domain_has_words(language):
    table = words_for(language).table
    codes = [
        *(f"non-answer.{code}" for code in NON_ANSWERS),
        *(f"cause.{code}" for code in CAUSES),
        *(f"about.{code}" for code in QUESTIONS),
        *(f"reliability.{code}" for code in RELIABILITY),
        *(f"credibility.{code}" for code in CREDIBILITY),
    ]
    assert [code for code in codes if code not in table] == []


def test_the_grades_in_english_are_those_of_the_domain():
    words = words_for("en")
    assert {k: words.code("reliability", k) for k in RELIABILITY} == RELIABILITY
    assert {k: words.code("credibility", k) for k in CREDIBILITY} == CREDIBILITY


def test_no_sentence_claims_a_likelihood():
    forbidden = re.compile(r"\b(genuine|authentic|fake|likely|probab\w*|certain\w*)\b", re.I)
    allowed = {"credibility.2", "notice.none"}
    table = words_for("en").table
    assert [k for k, v in table.items() if forbidden.search(v) and k not in allowed] == []


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError):
        words_for("../en")
