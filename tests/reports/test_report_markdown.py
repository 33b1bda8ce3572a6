from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from docexam.domain.text import visible
from docexam.reports import document as d
from docexam.reports.markdown import escaped, markdown_of, write_markdown

GOLDEN = Path(__file__).parent / "golden"
# Whatever else a renderer may be told to do, it must find nothing to do it with.
RENDERER = MarkdownIt("gfm-like", {"html": True, "linkify": True, "typographer": False})
ATTACKS = """script image comment attribute link reference autolink mail domain scheme textual
escape bidi zero-width nul emoji typst headings blocks table emphasis entities template surrogate
marks private rtl carriage quotes pipes long""".split()  # noqa: SIM905  # a list of this length reads better
HARMLESS = {"text", "code_inline", "strong_open", "strong_close", "softbreak", "hardbreak"}


def tokens(markdown):
    return RENDERER.parse(markdown)


def structure(markdown):
    return [(t.type, t.tag, t.level) for t in tokens(markdown)]


def inline_types(markdown):
    return {child.type for t in tokens(markdown) for child in t.children or ()}


def shown_text(markdown):
    lines = []
    for token in tokens(markdown):
        if token.type == "inline":
            breaks = {"softbreak": "\n", "hardbreak": "\n"}
            lines.append("".join(breaks.get(c.type, c.content) for c in token.children))
    return "\n".join(lines)


def squeezed(text):
    return " ".join(text.split())


def test_the_first_line_says_that_the_report_names_people(specimen):
    assert write_markdown(specimen).splitlines()[0] == "UNREDACTED: names people"


def test_the_report_of_the_fixed_story_is_the_golden_one(specimen):
    golden = GOLDEN / "specimen.md"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(write_markdown(specimen), encoding="utf-8")
    assert write_markdown(specimen) == golden.read_text(encoding="utf-8")


def test_the_same_examination_gives_the_same_bytes(made):
    checklist = made.specimen_checklist()
    first, second = (
        write_markdown(made.report_of(made.specimen_drafts(checklist), checklist)) for _ in "12"
    )
    assert first == second


def test_an_empty_examination_makes_a_report_too(made):
    text = write_markdown(made.report_of([made.opened(made.specimen_checklist())]))
    assert "nothing has been answered" in text
    assert "End of report 1-" in text


def test_nothing_is_told_as_a_percentage(specimen):
    assert not re.search(r"\d\s*%", write_markdown(specimen))


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_anywhere_comes_out_inert_and_visible(made, attack):
    text = made.ATTACKS[attack]
    markdown = write_markdown(made.hostile_report(text))
    harmless = write_markdown(made.hostile_report("Words"))
    assert structure(markdown) == structure(harmless)
    assert inline_types(markdown) <= HARMLESS
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", markdown)
    markdown.encode("utf-8")
    for line in visible(text, lines=True).split("\n"):
        assert squeezed(line) in squeezed(shown_text(markdown))


def test_the_table_of_attacks_is_whole(made):
    assert set(ATTACKS) == set(made.ATTACKS)


def page(text):
    """A page that holds `text` wherever a report may hold words of somebody."""
    note = d.line("“", d.given(text), "”")
    bare, code = d.line(text), d.line(d.code(text))
    blocks = (
        d.Heading(2, bare),
        d.Paragraph(bare),
        d.Paragraph(d.line(d.strong(f"x{text}x")), "lead"),
        d.Bullets((bare, note, code)),
        d.Bullets((bare, note), numbered=True),
        d.Facts(((text, note), (text, code))),
        d.Table((text, text), ((bare, note), (code, note))),
    )
    return markdown_of(d.Document("en", text, text, text, text, text, text, blocks))


@given(st.text(max_size=60).map(lambda text: f"x{text}x"))
@example("x\n---x")
@example("1. a\n\t\n    b")
@example("x`` ` ``|\\|`x")
@example("x@`|`@\\")
@settings(max_examples=200)
def test_no_text_becomes_markup_and_all_of_it_is_shown(text):
    markdown = page(text)
    assert structure(markdown) == structure(page("Words"))
    assert inline_types(markdown) <= HARMLESS
    shown = squeezed(shown_text(markdown))
    assert squeezed(visible(text, lines=True)) in shown
    assert squeezed(visible(text, lines=True).replace("\n", " ⏎ ")) in shown


@given(st.text(max_size=80))
@example("1) x")
@example("=x")
@example("\u00a0 \u2003 # x")
def test_one_line_of_text_is_one_plain_line_wherever_it_stands(text):
    for markdown in (escaped(text), f"- {escaped(text)}", f"# {escaped(text)}"):
        assert inline_types(markdown) <= {"text", "code_inline"}
        assert len([t for t in tokens(markdown) if t.type == "inline"]) <= 1
        # Markdown trims the ends of a line; everything between stays as it was.
        assert shown_text(markdown).strip() == visible(text).strip()
