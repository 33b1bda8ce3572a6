from __future__ import annotations

import subprocess
import sys

import pytest

from docexam.errors import InputError
from docexam.reports.redaction import Policy, redact
from docexam.reports.words import LANGUAGES
from docexam.reports.writing import FORMATS, write


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_in_every_language_the_same_each_time(made, form, language):
    checklist = made.specimen_checklist()
    drafts = made.specimen_drafts(checklist)
    options = made.Options(language=language, marking="TEST MARKING")
    reports = [made.report_of(drafts, checklist, options) for _ in "12"]
    first, second = (write(redact(r, Policy()).report, form) for r in reports)
    assert first == second
    assert len(first) > 1000


def test_an_unknown_format_is_refused_with_those_there_are(specimen):
    with pytest.raises(InputError) as error:
        write(specimen, "docx")
    assert "markdown" in error.value.todo


def test_the_first_reports_load_neither_typst_nor_pictures_nor_pydantic():
    code = (
        "import sys; import docexam.reports.build, docexam.reports.markdown, "
        "docexam.reports.json_report, docexam.reports.redaction, docexam.reports.html_report; "
        "print([m for m in ('typst', 'PIL', 'numpy', 'pydantic', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
