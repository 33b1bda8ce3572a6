"""Check digits: right ones agree, one misreading is noticed unless no digit could notice it."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from docexam.aids.mrz.alphabet import check_digit, misread_for, value
from docexam.aids.mrz.checks import checks_of, repairs_of
from docexam.aids.mrz.formats import FORMATS, Format, text_of
from docexam.aids.mrz.zone import read_zone

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
characters = st.sampled_from(ALPHABET)


@st.composite
def zones(draw: st.DrawFn) -> tuple[Format, list[str]]:
    """A layout and lines of any characters with right check digits."""
    format_ = draw(st.sampled_from(FORMATS))
    size = format_.length
    rows = [
        list(draw(st.text(ALPHABET, min_size=size, max_size=size))) for _ in range(format_.lines)
    ]
    # A filler for the number's own digit would mean a longer number.
    for check in format_.checks:
        text = ["".join(row) for row in rows]
        covered = "".join(text_of(text, part) for part in check.covers)
        rows[check.at[0] - 1][check.at[1] - 1] = str(check_digit(covered))
    return format_, ["".join(row) for row in rows]


@given(st.text(ALPHABET, max_size=60))
def test_a_check_digit_is_one_digit_and_fillers_at_the_end_change_nothing(text: str) -> None:
    assert 0 <= check_digit(text) <= 9
    assert check_digit(text + "<<<") == check_digit(text)


@given(st.text(ALPHABET, min_size=1, max_size=40), st.data())
def test_one_exchanged_character_is_noticed_unless_the_two_have_one_value(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(characters)
    changed = text[:at] + other + text[at + 1 :]
    same_value = (value(other) - value(text[at])) % 10 == 0
    assert (check_digit(changed) == check_digit(text)) is same_value


@given(zones())
def test_right_digits_agree_and_need_no_repair(zone: tuple[Format, list[str]]) -> None:
    format_, lines = zone
    assert all(result.ok for result in checks_of(format_, lines))
    assert repairs_of(format_, lines) == ()


@given(zones(), st.data())
def test_a_repair_mends_what_it_says_and_breaks_nothing(
    zone: tuple[Format, list[str]], data: st.DataObject
) -> None:
    format_, lines = zone
    i = data.draw(st.integers(0, len(lines) - 1))
    j = data.draw(st.integers(0, format_.length - 1))
    assume(misread_for(lines[i][j]))
    lines[i] = lines[i][:j] + misread_for(lines[i][j])[0] + lines[i][j + 1 :]
    before = {r.name: r.ok for r in checks_of(format_, lines)}
    for repair in repairs_of(format_, lines):
        row = lines[repair.line - 1]
        assert row[repair.position - 1] == repair.found
        mended = list(lines)
        mended[repair.line - 1] = (
            row[: repair.position - 1] + repair.instead + row[repair.position :]
        )
        after = {r.name: r.ok for r in checks_of(format_, mended)}
        assert all(before[name] is False and after[name] for name in repair.repairs)
        assert not any(before[name] and after.get(name) is False for name in before)
        assert repair.all_pass == all(ok is not False for ok in after.values())


@given(st.text(max_size=300))
def test_any_text_gives_a_zone_or_none_and_always_the_same(text: str) -> None:
    zone = read_zone(text)
    read_zone.cache_clear()
    assert read_zone(text) == zone
    if zone is not None:
        assert len(zone.lines) == zone.format.lines
