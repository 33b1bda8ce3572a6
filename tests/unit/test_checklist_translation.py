from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from docexam.checklists import Library, check, load_usable
from docexam.checklists.code_samples import BASE
from docexam.checklists.translation import (
    Translated,
    check_translation,
    load_translated,
    text_hash,
    translate,
)

HEAD = '[translation]\nof = "example"\nversion = "1.0.0"\nlanguage = "uk"\nreviewed = false\n'
WHOLE = """
[checklist]
title = "Приклад"
[proposition.regular]
title = "Звичайна видача"
[proposition.altered]
title = "Змінено після видачі"
[section.seals]
title = "Печатки"
[indicator.photo]
ask = "Скільки фотокартки є на місці?"
look = ["Умістити сторінку"]
[indicator.photo.choice.whole]
label = "Усе"
[indicator.photo.choice.torn]
label = "Частина"
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "example.toml").write_text(BASE, "utf-8")
    return Library(tmp_path)


def write(library: Library, text: str, name: str = "example.uk.toml") -> Path:
    assert library.user is not None
    path = library.user / name
    path.write_text(text, "utf-8")
    return path


def codes(library: Library, text: str, name: str = "example.uk.toml") -> list[str]:
    return [f.code for f in check_translation(write(library, text, name), library)]


def translated(library: Library) -> Translated:
    found = load_translated("example", library, "uk")
    assert found is not None
    return found


def test_a_whole_translation_has_no_faults_and_replaces_every_text(library: Library) -> None:
    assert codes(library, HEAD + WHOLE) == []
    found = translated(library)
    photo = found.checklist.item("photo")
    assert photo is not None
    assert photo.ask == "Скільки фотокартки є на місці?"
    assert photo.look == ("Умістити сторінку",)
    assert [c.label for c in photo.choices] == ["Усе", "Частина"]
    assert found.checklist.title == "Приклад"
    assert found.checklist.language == "uk"
    assert not found.reviewed
    assert found.lacking == ()


def test_a_translation_changes_texts_only(library: Library) -> None:
    write(library, HEAD + WHOLE)
    original = load_usable("example", library).item("photo")
    photo = translated(library).checklist.item("photo")
    assert original is not None
    assert photo is not None
    assert [(c.id, dict(c.bears), c.evidence) for c in photo.choices] == [
        (c.id, dict(c.bears), c.evidence) for c in original.choices
    ]
    same = replace(photo, ask=original.ask, look=original.look, choices=original.choices)
    assert same == original


def test_what_is_left_out_is_inherited_and_told(library: Library) -> None:
    path = write(library, HEAD + '[section.seals]\ntitle = "Печатки"\n')
    fault = check_translation(path, library)[0]
    assert (fault.code, fault.level) == ("DX120", "warn")
    assert "7 texts" in fault.message
    found = translated(library)
    assert "indicator.photo.ask" in found.lacking
    photo = found.checklist.item("photo")
    assert photo is not None
    assert photo.ask == "How much of the photograph is in its place?"


def stamped(ask: str) -> str:
    made_from = text_hash("indicator", {"ask": ask, "look": ["Fit the page"],
                                        "source": "Field practice"})  # fmt: skip
    return WHOLE.replace("[indicator.photo]\n", f'[indicator.photo]\nsource_hash = "{made_from}"\n')


def test_a_table_made_from_the_text_as_it_stands_is_current(library: Library) -> None:
    text = HEAD + stamped("How much of the photograph is in its place?")
    assert codes(library, text) == []


def test_a_stale_table_is_told_and_not_shown(library: Library) -> None:
    assert codes(library, HEAD + stamped("What did it ask before?")) == ["DX121"]
    found = translated(library)
    assert found.stale == ("indicator.photo",)
    photo = found.checklist.item("photo")
    assert photo is not None
    assert photo.ask == "How much of the photograph is in its place?"
    assert photo.choices[0].label == "Усе"


def test_an_older_version_without_hashes_is_told(library: Library) -> None:
    assert codes(library, HEAD.replace("1.0.0", "0.9.0") + WHOLE) == ["DX121"]


@pytest.mark.parametrize(
    "text",
    ['[indicator.foto]\nask = "x"', '[indicator.photo]\naks = "x"', '[indicators.photo]\nask = "x"',
     '[indicator.photo.choice.gone]\nlabel = "x"', '[section.seals.choice.a]\nlabel = "x"',
     '[answers.none]\nlabel = "x"', '[indicator.photo]\nwhen = "photo is torn"'],
)  # fmt: skip
def test_a_translation_of_something_unknown_is_an_error(library: Library, text: str) -> None:
    # A second table of the same name would be no TOML, so the file holds nothing else.
    found = check_translation(write(library, f"{HEAD}{text}\n"), library)
    assert "DX122" in [f.code for f in found if f.level == "error"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("", "example.uk.toml"),
        (HEAD.replace('of = "example"\n', ""), "example.uk.toml"),
        (HEAD.replace('"uk"', '"ru"'), "example.uk.toml"),
        (HEAD.replace('"example"', '"other"'), "other.uk.toml"),
        (HEAD, "other.uk.toml"),
    ],
)
def test_a_translation_says_of_what_it_is(library: Library, head: str, name: str) -> None:
    assert "DX123" in codes(library, head + WHOLE, name)


def test_texts_of_another_kind_are_refused(library: Library) -> None:
    text = HEAD + WHOLE.replace('look = ["Умістити сторінку"]', 'look = "Умістити"')
    assert "DX021" in codes(library, text)


def test_choices_of_a_shared_set_and_of_yesno_are_translated(library: Library) -> None:
    assert library.user is not None
    more = (
        '[[answers]]\nid = "set"\n'
        'choices = [ { id = "a", label = "A" }, { id = "b", label = "B" } ]\n'
        '[[indicator]]\nid = "x"\nsection = "seals"\nask = "X?"\nanswers = "set"\n'
        '[[indicator]]\nid = "y"\nsection = "seals"\nask = "Y?"\ntype = "yesno"\n'
    )
    (library.user / "example.toml").write_text(BASE + more, "utf-8")
    text = (
        WHOLE
        + '[answers.set.choice.a]\nlabel = "А-укр"\n[answers.set.choice.b]\nlabel = "Б-укр"\n'
        + '[indicator.x]\nask = "Ікс?"\n[indicator.x.choice.b]\nlabel = "інше Б"\n'
        + '[indicator.y]\nask = "Ігрек?"\n'
    )
    assert codes(library, HEAD + text) == []
    checklist = translated(library).checklist
    labels = {i: [c.label for c in item.choices] for i in ("x", "y") if (item := checklist.item(i))}
    assert labels == {"x": ["А-укр", "інше Б"], "y": ["Так", "Ні"]}


def test_an_included_checklist_brings_its_own_translation(library: Library) -> None:
    assert library.user is not None
    write(library, HEAD + WHOLE)
    top = (
        'schema = 1\n[checklist]\nid = "top"\nversion = "1"\ntitle = "Top"\ninclude = ["example"]\n'
    )
    (library.user / "top.toml").write_text(top, "utf-8")
    found = load_translated("top", library, "uk")
    assert found is not None
    assert found.checklist.sections[0].title == "Печатки"
    assert found.checklist.title == "Top"


def test_a_frozen_checklist_is_translated_where_it_still_says_the_same(library: Library) -> None:
    write(library, HEAD + WHOLE)
    frozen = load_usable("example", library)
    photo = frozen.indicators[0]
    older = replace(frozen, indicators=(replace(photo, ask="What did it ask before?"),))
    found = translate(older, library, "uk")
    assert found is not None
    shown = found.checklist.item("photo")
    assert shown is not None
    assert shown.ask == "What did it ask before?"
    assert [c.label for c in shown.choices] == ["Усе", "Частина"]


def test_no_translation_is_none(library: Library) -> None:
    assert load_translated("example", library, "de") is None
    assert translate(load_usable("example", library), library, "de") is None


def test_checking_a_checklist_checks_the_translations_beside_it(library: Library) -> None:
    write(library, HEAD)
    assert "DX120" in [f.code for f in check(["example"], library)]


def test_translations_are_no_checklists(library: Library) -> None:
    write(library, HEAD + WHOLE)
    assert library.user is not None
    own = [e.id for e in library.entries() if not e.shipped]
    assert own == ["example"]
