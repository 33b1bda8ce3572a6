from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from docexam.domain.events import Personal
from docexam.domain.text import visible
from docexam.errors import MachineError
from docexam.reports import fonts, pdf_report
from docexam.reports.illustrations import Picture
from docexam.reports.json_report import write_json
from docexam.reports.layout import lay_out
from docexam.reports.pdf_report import write_pdf
from docexam.reports.redaction import Policy, redact

TEMPLATE = Path(pdf_report.__file__).with_name("report.typ")
PDFTOTEXT = shutil.which("pdftotext")
needs_pdftotext = pytest.mark.skipif(
    PDFTOTEXT is None, reason="no pdftotext here: install poppler-utils to read PDF text back"
)


def white_pixel():
    def chunk(kind, body):
        checked = kind + body
        size, check = len(body).to_bytes(4, "big"), zlib.crc32(checked).to_bytes(4, "big")
        return size + checked + check

    size = (1).to_bytes(4, "big") * 2
    pixels = chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
    header = chunk(b"IHDR", size + b"\x08\x02\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


PNG = white_pixel()


class Dots:
    """A picture for everything."""

    def capture(self, n):
        return Picture(PNG, "image/png", 40, 30)

    def crop(self, region):
        return Picture(PNG, "image/png", 10, 10)

    def seen(self, region, view):
        return Picture(PNG, "image/png", 10, 10)


def streams(pdf):
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


def text_of(pdf, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        [PDFTOTEXT, "-raw", str(path), "-"], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode("utf-8")


def pages(text):
    return text.rstrip("\f").split("\f")


def squeezed(text):
    return "".join(text.split())


def test_the_same_report_gives_the_same_bytes(specimen):
    assert write_pdf(specimen, Dots()) == write_pdf(specimen, Dots())


def test_it_claims_pdf_a_3a_and_pdf_ua_1(specimen):
    plain = b"".join(streams(write_pdf(specimen)))
    assert b"<pdfaid:part>3</pdfaid:part>" in plain
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in plain
    assert b"<pdfuaid:part>1</pdfuaid:part>" in plain


def test_the_json_report_is_attached_as_it_is(specimen):
    assert write_json(specimen) in list(streams(write_pdf(specimen)))


def test_a_public_pdf_attaches_the_public_json_and_nothing_more(specimen):
    report = redact(specimen, Policy()).report
    found = list(streams(write_pdf(report)))
    assert write_json(report) in found
    assert not any("Щербаков".encode() in s or b"Shcherbakov" in s for s in found)
    assert not any(b"\\u0429\\u0435\\u0440" in s for s in found)


def test_the_template_imports_nothing_and_reads_words_only_as_data():
    template = TEMPLATE.read_text(encoding="utf-8")
    assert "@preview" not in template
    assert "#import" not in template
    assert "eval(" not in template


@needs_pdftotext
def test_identity_and_notice_stand_on_every_page(specimen, tmp_path):
    told = pages(text_of(write_pdf(specimen), tmp_path))
    assert len(told) > 3
    for number, page in enumerate(told, 1):
        assert "2024-117 / A · report 17-" in page
        assert "UNREDACTED: names people" in page
        assert f"{number} / {len(told)}" in page
    assert "End of report 17-" in told[-1]


@needs_pdftotext
def test_page_one_is_the_summary(specimen, tmp_path):
    first = pages(text_of(write_pdf(specimen), tmp_path))[0]
    assert "Assessment from images; applies to the images examined, not the object." in first
    assert "(as entered, not authenticated)" in first
    assert "1. Summary" in first
    assert "4 of 7 items that apply are answered." in first


@needs_pdftotext
def test_cyrillic_ukrainian_and_hangul_come_out_as_letters(made, tmp_path):
    text = "Щербаков ґЄїІ 김철수 漢 Ελ עב"
    drafts = [made.opened(made.specimen_checklist()), made.answer("hands", [], note=Personal(text))]
    told = text_of(write_pdf(made.report_of(drafts)), tmp_path)
    for word in ("Щербаков", "ґЄїІ", "김철수", "漢", "Ελ"):
        assert word in told


def noted(made, text):
    drafts = [made.opened(made.specimen_checklist()), made.answer("hands", [], note=Personal(text))]
    return made.report_of(drafts)


@needs_pdftotext
def test_a_character_without_a_font_is_printed_as_its_code_point_and_listed(made, tmp_path):
    told = text_of(write_pdf(noted(made, "a\U00010330b")), tmp_path)
    assert "a⟨U+10330⟩b" in squeezed(told)
    assert "U+10330 GOTHIC LETTER AHSA" in told


def test_where_typst_knows_better_fewer_characters_are_trusted(made, monkeypatch):
    trusting = fonts.is_covered
    monkeypatch.setattr(
        pdf_report,
        "is_covered",
        lambda c, main_only=False: trusting(c, main_only=main_only) or c == "\U00010330",
    )
    assert write_pdf(noted(made, "a\U00010330b")).startswith(b"%PDF-")


@needs_pdftotext
@pytest.mark.parametrize("part", [0, 1, 2])
def test_hostile_text_anywhere_comes_out_inert_and_visible(made, tmp_path, part):
    for name, text in sorted(made.ATTACKS.items())[part::3]:
        report = made.hostile_report(text)
        told = squeezed(text_of(write_pdf(report, Dots()), tmp_path))
        if name in ("rtl", "marks"):
            continue  # set in visual order, so the text read back has another one
        for line in visible(text, lines=True).split("\n"):
            assert squeezed(line)[:800] in told, name


def test_the_data_of_the_template_holds_visible_text_only(made, tmp_path):
    for name, text in made.ATTACKS.items():
        report = made.hostile_report(text)
        maker = pdf_report._Maker(tmp_path, Dots(), fonts.is_covered)
        data = json.dumps(maker.data(report, lay_out(report)), ensure_ascii=False)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", data), name


def test_a_hundred_thousand_letters_without_a_space_are_set(made):
    assert write_pdf(noted(made, "Ж" * 100_000)).startswith(b"%PDF-")


def test_without_typst_the_error_says_what_to_do(specimen, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MachineError) as error:
        write_pdf(specimen)
    assert "typst" in error.value.todo


def test_without_a_font_package_the_error_says_which(monkeypatch):
    monkeypatch.setattr(fonts, "find_spec", lambda _name: None)
    fonts.faces.cache_clear()
    try:
        with pytest.raises(MachineError, match="not installed") as error:
            fonts.faces()
    finally:
        fonts.faces.cache_clear()
    assert "manimgx-fonts" in error.value.todo


@pytest.mark.parametrize("char", "Aя ґЇ한漢×−⏎⟨✓“–")
def test_the_characters_of_reports_are_covered(char):
    assert fonts.is_covered(char)


@pytest.mark.parametrize("char", ["\U00010330", "\ue000", "\uffff"])
def test_what_no_font_has_is_not_covered(char):
    assert not fonts.is_covered(char)
