"""Which of two readings of a field is followed, how sure that is, and what is told of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.test_typed_reader import shares_of

from docexam.aids.typed.aid import _notes
from docexam.aids.typed.choosing import _FROM, _laid, choose, script_of
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.shapes import ShapeRead
from docexam.aids.typed.words import Read

BOX = (0, 0, 9, 9)


def shapes(text: str, share: float, other: str = "", *, lines: int = 1) -> ShapeRead:
    """What shapes read: each letter with `share`, that of `other` at its place with the rest."""
    steps: list[dict[str, float]] = []
    for place, letter in enumerate(text):
        twin = other[place] if place < len(other) else letter
        rest = {} if twin == letter else {twin: 0.98 - share}
        steps += [{letter: share} | rest, {}]
    pieces = tuple(Piece(word, 100 * share, BOX) for word in text.split())
    return ShapeRead(
        pieces, share if text else 0.0, share, (shares_of(steps),) * lines if text else (), 0.0, 0
    )


def tesseract(text: str, confidence: float, language: str = "rus") -> Read:
    return Read(tuple(Piece(word, confidence, BOX) for word in text.split()), language)


def test_where_both_read_the_same_nothing_more_is_told() -> None:
    chosen = choose(shapes("Калуга", 0.9), tesseract("Калуга", 80.0))
    assert chosen.text == "Калуга"
    assert chosen.agreed
    assert chosen.others == ()
    assert chosen.sureness == pytest.approx(0.85)
    assert _notes(chosen.text, chosen) == []


def test_a_sure_tesseract_is_followed_where_the_shapes_hardly_differ() -> None:
    chosen = choose(shapes("КалугА", 0.6, "Калуга"), tesseract("Калуга", 96.0))
    assert chosen.text == "Калуга"
    assert not chosen.by_shapes
    assert chosen.others == (("The reader of letters' shapes", "КалугА"),)
    assert chosen.sureness == pytest.approx(0.96 * 0.6)
    assert _notes(chosen.text, chosen) == [
        "The reader of letters' shapes read “КалугА” here. Look again."
    ]


def test_an_unsure_tesseract_is_not() -> None:
    chosen = choose(shapes("КалугА", 0.6, "Калуга"), tesseract("Калуга", _FROM + 0.5))
    assert chosen.text == "КалугА"
    assert _notes(chosen.text, chosen) == ["Tesseract read “Калуга” here. Look again."]


def test_what_the_shapes_speak_against_is_not_followed_however_sure_tesseract_is() -> None:
    assert choose(shapes("12.05.1980", 0.97), tesseract("12.06.1980", 97.0)).text == "12.05.1980"


def test_letters_that_no_type_has_make_nothing_likely() -> None:
    assert choose(shapes("Камнегорск", 0.9), tesseract("Камые‹Орск", 97.0)).text == "Камнегорск"


def test_latin_words_of_a_sure_tesseract_are_followed_sooner() -> None:
    own = shapes("ARKADY", 0.975, "ARKADV")
    assert choose(own, tesseract("ARKADV", 91.0, "eng")).text == "ARKADV"
    assert choose(own, tesseract("ARKADV", _FROM - 1, "eng")).text == "ARKADY"
    cyrillic = shapes("АРКАДЫ", 0.975, "АРКАДЙ")
    assert choose(cyrillic, tesseract("АРКАДЙ", 91.0)).text == "АРКАДЫ"


@pytest.mark.parametrize(("own", "other", "said"), [("", "Тула", "Тула"), ("Тула", "", "Тула")])
def test_one_reader_alone_is_followed(own: str, other: str, said: str) -> None:
    chosen = choose(shapes(own, 0.9), tesseract(other, 90.0))
    assert chosen.text == said
    assert chosen.others == ()
    assert chosen.sureness == pytest.approx(0.9)
    assert not chosen.agreed


def test_nothing_read_is_nothing() -> None:
    chosen = choose(shapes("", 0.0), Read((), ""))
    assert (chosen.text, chosen.sureness, chosen.script) == ("", 0.0, "")


def test_each_word_is_followed_where_it_is_likelier() -> None:
    """The shapes misread the first word, of which Tesseract is sure; Tesseract the last."""
    own = shapes("КалугА Тула Верея", 0.6, "Калуга Тула Верея")
    theirs = (Piece("Калуга", 96.0, BOX), Piece("Тула", 96.0, BOX), Piece("Верёл", 96.0, BOX))
    chosen = choose(own, Read(theirs, "rus"))
    assert chosen.text == "Калуга Тула Верея"
    assert chosen.by_shapes
    assert [who for who, _ in chosen.others] == ["Tesseract", "The reader of letters' shapes"]
    assert len(_notes(chosen.text, chosen)) == 2


def test_words_taken_over_lie_where_those_lay_that_they_stand_for() -> None:
    own = shapes("вгороде Тула", 0.6, "вгороде Тула")
    places = ((10, 0, 90, 20), (100, 0, 140, 20))
    pieces = tuple(replace(word, box=box) for word, box in zip(own.words, places, strict=True))
    theirs = (Piece("г", 99.0, BOX), Piece("ороде", 99.0, BOX), Piece("Тула", 99.0, BOX))
    laid = _laid(list(theirs[:2]), [[pieces[0]], [pieces[1]]], 0)
    assert [word.box for word in laid] == [(10, 0, 21, 20), (32, 0, 90, 20)]
    assert [word.box for word in _laid([theirs[0]], [[pieces[0]], [], [pieces[1]]], 1)] == [
        (90, 0, 100, 20)
    ]


def test_another_count_of_lines_is_never_likely() -> None:
    own = shapes("Тула", 0.6, "Туна", lines=2)
    assert choose(own, tesseract("Туна", 97.0)).text == "Тула"


def test_the_script_is_that_of_most_letters() -> None:
    assert [script_of(text) for text in ("Тула", "TULA", "ТуLA", "04.05", "")] == [
        "Cyrl", "Latn", "Cyrl", "", "",
    ]  # fmt: skip
