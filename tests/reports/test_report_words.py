from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from docexam.domain.checklist import CAUSES, NON_ANSWERS, QUESTIONS
from docexam.domain.exhibit import CREDIBILITY, RELIABILITY
from docexam.errors import InputError
from docexam.reports.markdown import write_markdown
from docexam.reports.quality import quality_words
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


@pytest.mark.parametrize(
    ("n", "form"),
    [(1, "one"), (2, "few"), (5, "many"), (11, "many"), (12, "many"), (21, "one"), (22, "few")],
)
def test_ukrainian_counts_take_their_three_forms(n, form):
    words = words_for("uk")
    assert words.count("order.answers", n) == words.table[f"order.answers.{form}"].format(n=n)


def test_a_language_that_nobody_fluent_has_checked_says_so_on_page_one(made):
    checklist = made.specimen_checklist()
    report = made.report_of([made.opened(checklist)], checklist, made.Options(language="uk"))
    text = write_markdown(report)
    assert "ще не перевірено носієм мови" in text
    assert "мовою контрольного переліку (en)" in text
    english = write_markdown(made.report_of([made.opened(checklist)], checklist))
    assert "checklist's language" not in english


@pytest.mark.parametrize(
    "note",
    [
        "few pixels: small print and fine detail will not show",
        "too little contrast to judge sharpness",
        "slightly soft: the sharpest edges are 3.44 px wide",
        "sharp: the sharpest edges are 1 px wide",
        "a large part is blown out: glare, or white exposed to the limit",
        "part is white without detail",
        "part is black without detail",
        "signs of resizing, such as enlarging about 1.25 times (or 5)",
        "signs of resizing, such as enlarging about 2 times",
        "no print to measure",
        "capitals are about 24 px high",
        "small: capitals are about 9.5 px high",
        "no sharper than a picture enlarged 2.1 times: enlarged, or out of focus",
        "JPEG, own tables, nearest to quality 94",
        "JPEG, quality about 86",
        "signs that it was compressed more than once",
        "signs of an older JPEG grid, shifted by 3 and 5",
        "signs that it was a JPEG before",
        "sharp",
    ],
)
def test_what_intake_remarks_is_known_in_every_language(note):
    assert quality_words(note, words_for("en")) == note
    assert not re.search(r"[a-z]{3}", quality_words(note, words_for("uk")).replace("JPEG", ""))


def test_an_unknown_remark_of_intake_stands_as_it_is():
    assert quality_words("a new kind of remark", words_for("uk")) == "a new kind of remark"


SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*/*.jpg"))


@pytest.mark.parametrize("path", SAMPLES, ids=[f"{p.parent.name}-{p.stem}" for p in SAMPLES])
def test_whatever_intake_remarks_on_the_samples_is_known(path):
    from docexam.imaging.intake import read_original
    from docexam.reports.build import measure
    from docexam.reports.quality import quality_notes

    taken, _content = read_original(path)
    entries = [measure(name, value) for name, value in taken.quality.items()]
    assert any(entry.note for entry in entries)
    told = " ".join(quality_notes(entries, words_for("uk"))).replace("JPEG", "")
    assert not re.search(r"[a-z]{3}", told), told
