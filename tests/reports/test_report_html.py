from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docexam.domain.text import visible
from docexam.reports import document as d
from docexam.reports.html_report import html_of, write_html
from docexam.reports.illustrations import NoIllustrations, Picture

GOLDEN = Path(__file__).parent / "golden" / "specimen.html"
TAGS_NAMES = """
html head meta title style body p table thead tbody tfoot tr td th div span main nav ol ul
li a h1 h2 h3 h4 dl dt dd strong code bdi figure figcaption details summary img svg defs
image use polygon
"""
TAGS = set(TAGS_NAMES.split())
ATTRIBUTES_NAMES = """
lang charset http-equiv content name class role aria-hidden aria-label scope tabindex id
href src width height alt viewbox points
"""
ATTRIBUTES = set(ATTRIBUTES_NAMES.split())
DOT = Picture(b"\x89PNG dot", "image/png", 40, 30)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Reader(HTMLParser):
    """Reads a page as a browser's tokenizer does, and keeps what could act."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.shape, self.words, self.found = [], [], []

    def handle_starttag(self, tag, attrs):
        self.shape.append(tag)
        self.found += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        self.shape.append(f"/{tag}")

    def handle_comment(self, data):
        self.shape.append("comment")

    def handle_data(self, data):
        self.words.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def harmless(reader):
    """Assert that nothing in the page can act or ask for anything."""
    assert {t for t in reader.shape if t[0] != "/"} - {"comment"} <= TAGS
    for tag, name, value in reader.found:
        assert name in ATTRIBUTES, (tag, name)
        if name == "href":
            assert re.fullmatch(r"#(part|image)-\d+", value) or value.startswith("data:image/")
        if name == "src":
            assert re.fullmatch(r"data:image/png;base64,[A-Za-z0-9+/=]+", value)


class Dots:
    """A picture for everything."""

    def capture(self, n):
        return DOT

    def crop(self, region):
        return DOT

    def seen(self, region, view):
        return DOT


def squeezed(text):
    return " ".join(text.split())


def test_the_report_of_the_fixed_story_is_the_golden_one(specimen):
    content = write_html(specimen, Dots())
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_bytes(content)
    assert content == GOLDEN.read_bytes()


def test_the_page_begins_by_saying_how_much_it_holds_back(specimen):
    page = write_html(specimen).decode("utf-8")
    assert "UNREDACTED: names people" in "\n".join(page.splitlines()[:3])
    assert page.index('<p class="notice">UNREDACTED: names people</p>') < page.index("<h1>")


def test_the_policy_admits_the_files_own_style_and_nothing_else(specimen):
    page = write_html(specimen).decode("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_asks_for_nothing_outside_itself(specimen):
    harmless(read(write_html(specimen, Dots()).decode("utf-8")))


def test_each_capture_stands_in_the_page_once_however_often_it_is_pointed_at(specimen):
    page = write_html(specimen, Dots()).decode("utf-8")
    assert page.count('<image id="image-2"') == 1
    assert page.count('<use href="#image-2"/>') == 2


def test_identity_and_notice_are_printed_on_every_page(specimen):
    page = write_html(specimen).decode("utf-8")
    for part in ("thead", "tfoot"):
        strip = re.search(rf"<{part}>(.*?)</{part}>", page, re.DOTALL)[1]
        assert "2024-117 / A · report 17-" in strip
        assert "UNREDACTED: names people" in strip


def test_hostile_text_anywhere_comes_out_inert_and_visible(made):
    shape = read(write_html(made.hostile_report("Words"), Dots()).decode("utf-8")).shape
    for name, text in made.ATTACKS.items():
        page = write_html(made.hostile_report(text), Dots()).decode("utf-8")
        reader = read(page)
        harmless(reader)
        assert reader.shape == shape, name
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b-\u200f]", page), name
        told = squeezed("".join(reader.words))
        for line in visible(text, lines=True).split("\n"):
            assert squeezed(line) in told, name


def page(text):
    bare, note = d.line(text), d.line("“", d.given(text), "”")
    blocks = (
        d.Heading(2, bare),
        d.Paragraph(bare, text),
        d.Bullets((bare, note, d.line(d.code(text), d.strong(text)))),
        d.Facts(((text, note),)),
        d.Table((text,), ((note,),)),
        d.Figure(1, None, None, bare, (text, text, text)),
    )
    return html_of(d.Document("en", text, text, text, text, text, text, blocks), Dots())


@given(st.text(max_size=60))
@example('"><script>alert(1)</script>')
@example("--><img src=x onerror=alert(1)>")
@example("'\u2028</style><b>")
@settings(max_examples=200)
def test_no_text_becomes_markup_and_all_of_it_is_shown(text):
    reader = read(page(f"x{text}x"))
    harmless(reader)
    assert reader.shape == read(page("Words")).shape
    assert squeezed(visible(f"x{text}x", lines=True)) in squeezed("".join(reader.words))


def test_a_picture_of_an_unknown_kind_is_never_named_as_one():
    class Odd(NoIllustrations):
        def capture(self, n):
            return Picture(b"<svg/>", "image/svg+xml", 1, 1)

    blocks = (d.Figure(1, None, None, (), ("", "", "")),)
    content = html_of(d.Document("en", "", "", "", "", "", "", blocks), Odd())
    assert "svg+xml" not in content


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: .ci/run installs it")
def test_a_browser_shows_it_without_a_request_or_a_refusal(made, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(write_html(made.hostile_report(made.ATTACKS["script"]), Dots()))
    ran = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "Content Security Policy" not in ran.stderr
    assert "<script" not in ran.stdout
    assert "alert(1)" in ran.stdout
