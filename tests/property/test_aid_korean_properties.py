"""Any Korean name written down by a system is read back to itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docexam.aids.names import kontsevich, korean, romanisation
from docexam.aids.names.comparison import compare
from docexam.aids.names.hangul import (
    FINALS,
    INITIALS,
    NAME_SYLLABLES,
    VOWELS,
    put_together,
    taken_apart,
)
from docexam.aids.names.korean_grammars import cyrillic, latin
from docexam.aids.names.korean_surnames import SURNAMES
from docexam.aids.names.spelling import read

syllables = st.sampled_from(sorted(NAME_SYLLABLES))
surnames = st.sampled_from(SURNAMES)
given_names = st.lists(syllables, min_size=1, max_size=2).map("".join)


@given(st.sampled_from(INITIALS), st.sampled_from(VOWELS), st.sampled_from(FINALS))
def test_every_syllable_of_the_script_comes_apart_into_what_it_was_made_of(
    initial: str, vowel: str, final: str
) -> None:
    part = taken_apart(put_together(initial, vowel, final))
    assert (part.initial, part.vowel, part.final) == (initial, vowel, final)


@given(given_names)
def test_a_word_written_by_kontsevich_is_read_back_at_no_great_cost(hangul: str) -> None:
    found = {r.hangul: r.cost for r in read(cyrillic(), kontsevich.written(hangul))}
    assert hangul in found
    assert found[hangul] <= 2


@given(given_names)
def test_a_word_romanised_by_either_system_is_read_back(hangul: str) -> None:
    for written in (romanisation.revised(hangul), romanisation.mccune_reischauer(hangul)):
        assert hangul in {r.hangul for r in read(latin(), written)}, written


@given(surnames, given_names)
def test_a_full_name_in_any_of_the_systems_spellings_holds_the_original(
    surname: str, name: str
) -> None:
    texts = [
        f"{family} {spelled}"
        for family in kontsevich.surname_spellings(surname)
        for spelled in (*kontsevich.given_spellings(name, surname), kontsevich.apart(name))
    ]
    for text in texts:
        assert (surname, name) in {(n.surname, n.given) for n in korean.names_of(text.split())}, (
            text
        )


@given(surnames, given_names)
def test_the_candidates_of_a_parse_are_spelled_as_they_say(surname: str, name: str) -> None:
    text = f"{kontsevich.surname_spellings(surname)[0]} {kontsevich.given_spellings(name)[0]}"
    parse = korean.parse(text.title().split())
    assert parse is not None
    assert parse.manner in ("kontsevich", "north")
    for one in parse.data["candidates"]:
        assert one["hangul"] == one["surname"] + one["given"]
        again = korean.names_of(one["kontsevich"].split())
        assert one["hangul"] in {n.hangul for n in again}


@given(surnames, given_names)
def test_hangul_and_its_cyrillic_and_latin_spellings_are_linked_both_ways(
    surname: str, name: str
) -> None:
    cyrillic_name = f"{kontsevich.surname_spellings(surname)[0]} {kontsevich.apart(name)}"
    latin_name = romanisation.revised_name(surname, name)
    for one, other in ((surname + name, cyrillic_name), (cyrillic_name, latin_name)):
        assert "korean" in compare(one, other).rules
        assert "korean" in compare(other, one).rules


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", max_size=20))
def test_readings_of_any_letters_are_names_syllables_only(word: str) -> None:
    for reading in read(cyrillic(), word):
        assert set(reading.hangul) <= NAME_SYLLABLES
        assert 1 <= len(reading.hangul) <= 2
