"""Worksheets: out blank, back filled in, entered whole or not at all."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from docexam.reports.sheet import guarded, unguarded


class Desk:
    """A blank worksheet and what becomes of it."""

    def __init__(self, docexam) -> None:
        self.docexam = docexam
        self.path = docexam.folder / "sheet.csv"
        ran = docexam.quick("sheet", "C/E", "-o", self.path)
        assert ran.code == 0, ran.err
        self.rows = self.read(self.path.read_bytes())

    @staticmethod
    def read(content: bytes) -> list[list[str]]:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    @property
    def header(self) -> list[str]:
        return next(row for row in self.rows if row[:2] == ["kind", "id"])

    def row(self, name: str) -> list[str]:
        return next(row for row in self.rows if row[1:2] == [name] and len(row) > 4)

    def fill(self, name: str, **cells: str) -> None:
        for column, text in cells.items():
            self.row(name)[self.header.index(column)] = text

    def head(self, name: str, *values: str) -> None:
        row = next(row for row in self.rows if row[:1] == [name])
        row[1:] = values

    def save(self, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(self.rows)
        self.path.write_bytes(out.getvalue().encode(encoding))
        return self.path

    def enter(self, *words: str, **how: str):
        return self.docexam.quick("record", "--from", self.save(**how), "C/E", *words)


@pytest.fixture
def desk(docexam) -> Desk:
    docexam.new()
    return Desk(docexam)


def test_a_blank_sheet_holds_the_questions_and_nobodys_answers(docexam) -> None:
    docexam.new()
    docexam.quick("record", "C/E", "inks", "blue", "--note", "SECRET")
    docexam.quick("transcribe", "C/E", "surname", "СЕКРЕТОВ")
    content = Desk(docexam).path.read_text("utf-8-sig")
    assert "SECRET" not in content
    assert "СЕКРЕТОВ" not in content
    shown = docexam.show()
    ids = [row[1] for row in Desk.read(content.encode())[11:]]
    assert ids == ["pages-shown", "surname", "number", "photo", "seal-crosses", "inks",
                   "pages-counted", "like-reference"]  # fmt: skip
    assert shown["captures"][0]["sha256"] in content
    assert shown["checklist"]["sha256"] in content
    assert "page.jpg" not in content


def test_a_filled_sheet_is_recorded_and_says_who_entered_it_for_whom(desk) -> None:
    docexam = desk.docexam
    desk.fill("pages-shown", answer="Cover; identity")
    desk.fill("surname", answer="Юрьев", note="clear")
    desk.fill("number", answer="not visible", cause="glare")
    desk.fill("photo", answer="Absent", region="1:0.1,0.1,0.5,0.5 | 1:0.2,0.2,0.3,0.3")
    desk.fill("inks", answer="blue, Violet", note="'=1+1")
    desk.fill("pages-counted", answer="12")
    docexam.examiner = "Bob"
    ran = desk.enter("--for", "Ann Example", "--json")
    assert ran.code == 0, ran.err
    assert ran.json | {"examination": ""} == {
        "examination": "", "examiner": "Ann Example", "entered_by": "Bob",
        "findings": 4, "fields": 2, "warnings": [],
    }  # fmt: skip
    docexam.examiner = "Ann Example"
    shown = docexam.show()
    found = {name: finding["answer"] for name, finding in shown["findings"].items()}
    assert found == {
        "pages-shown": ["cover", "identity"], "photo": "absent", "inks": ["blue", "violet"],
        "pages-counted": "12",
    }  # fmt: skip
    assert {f["entered_by"] for f in shown["findings"].values()} == {"Bob"}
    assert {f["examiner"] for f in shown["findings"].values()} == {"Ann Example"}
    assert shown["findings"]["inks"]["note"] == "=1+1"
    assert len(shown["findings"]["photo"]["regions"]) == 2
    assert shown["fields"]["surname"]["raw"] == "Юрьев"
    assert (shown["fields"]["number"]["answer"], shown["fields"]["number"]["cause"]) == (
        "not-visible", "glare",
    )  # fmt: skip
    log = docexam.quick("log", "C/E", "--json").json
    assert {e["data"]["entered_by"] for e in log[1:]} == {"Bob"}
    assert docexam.quick("verify", "C/E").code == 0
    assert docexam.quick("list", "--find", "юрьев", "--json").json[0]["answered"] == 4


def test_the_sheet_itself_says_who_examined(desk) -> None:
    desk.docexam.examiner = "Clerk"
    desk.head("examined by", "Ann Example")
    desk.fill("inks", answer="blue")
    assert desk.enter().code == 0
    desk.head("examined by", "Nobody Here")
    ran = desk.enter()
    assert ran.code == 2
    assert "docexam second" in ran.err


def test_all_faults_are_told_at_once_and_nothing_is_half_entered(desk) -> None:
    before = desk.docexam.quick("log", "C/E", "--json").json
    desk.fill("inks", answer="green")
    desk.fill("pages-counted", answer="many")
    desk.fill("photo", answer="present", cause="glare")
    desk.fill("like-reference", answer="yes")
    desk.fill("surname", answer="Юрьев", region="7:0,0,1,1")
    desk.fill("pages-shown", answer="cover")
    desk.rows.append(["indicator", "no-such", "", "", "", "", "yes", "", "", "", ""])
    ran = desk.enter()
    assert ran.code == 2
    for told in ("6 faults", "green", "many", "A cause says", "stage 2", "capture “7”", "no-such"):
        assert told in ran.err, told
    rows = [line for line in ran.err.splitlines() if line.strip().startswith("row ")]
    assert len(rows) == 6
    assert desk.docexam.quick("log", "C/E", "--json").json == before


def test_a_row_number_is_the_spreadsheets(desk) -> None:
    desk.fill("inks", answer="green")
    number = desk.rows.index(desk.row("inks")) + 1
    assert f"row {number}, inks" in desk.enter().err


def test_answers_are_entered_in_the_order_of_the_checklist(desk) -> None:
    """Sorted by a spreadsheet, a sheet still meets conditions and stages in their order."""
    for name, answer in {"photo": "present", "seal-crosses": "yes", "inks": "blue",
                         "pages-counted": "3", "like-reference": "no-reference"}.items():  # fmt: skip
        desk.fill(name, answer=answer)
    start = desk.rows.index(desk.header) + 1
    desk.rows[start:] = sorted(desk.rows[start:], reverse=True)
    ran = desk.enter()
    assert ran.code == 0, ran.err
    assert desk.docexam.show()["progress"]["critical_open"] == 0


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8"), (";", "utf-8")],
)
def test_spreadsheets_may_save_it_their_way(desk, delimiter, encoding) -> None:
    desk.fill("surname", answer="Юрьев, Ё")
    ran = desk.enter(delimiter=delimiter, encoding=encoding)
    assert ran.code == 0, ran.err
    assert desk.docexam.show()["fields"]["surname"]["raw"] == "Юрьев, Ё"


def test_columns_may_be_moved_or_left_out(desk) -> None:
    desk.fill("inks", answer="blue", note="here")
    start = desk.rows.index(desk.header)
    keep = ["note", "answer", "id", "kind"]
    places = [desk.header.index(name) for name in keep]
    desk.rows[start:] = [[row[p] for p in places] for row in desk.rows[start:]]
    assert desk.enter().code == 0
    assert desk.docexam.show()["findings"]["inks"]["note"] == "here"


def test_a_sheet_of_another_exhibit_or_checklist_is_refused(desk) -> None:
    docexam = desk.docexam
    desk.fill("inks", answer="blue")
    docexam.new("C/F", docexam.image("f.jpg", n=4))
    ran = docexam.quick("record", "--from", desk.save(), "C/F")
    assert ran.code == 2
    assert "another exhibit" in ran.err
    newer = docexam.folder / "newer.toml"
    text = docexam.checklist.read_text("utf-8")
    newer.write_text(text.replace("1.0.0", "1.1.0").replace("How many pages", "How many leaves"))
    assert docexam.quick("checklist", "upgrade", "C/E", "--to", newer).code == 0
    ran = desk.enter()
    assert ran.code == 2
    assert "another version of the checklist" in ran.err


def test_entering_is_an_act_of_the_examination_like_any_other(desk) -> None:
    docexam = desk.docexam
    desk.fill("inks", answer="blue")
    docexam.quick("record", "C/E", "inks", "violet")
    docexam.quick("close", "C/E")
    assert desk.enter().code == 4
    docexam.quick("reopen", "C/E", "--reason", "a sheet came")
    ran = desk.enter()
    assert ran.code == 2
    assert "needs a reason" in ran.err
    desk.fill("inks", reason="the sheet says so")
    assert desk.enter().code == 0
    assert docexam.show()["findings"]["inks"]["first"] == ["violet"]
    assert docexam.quick("undo", "C/E").code == 0


def test_whoever_is_blind_enters_nothing_for_another(desk) -> None:
    desk.fill("inks", answer="blue")
    desk.docexam.examiner = "Bob"
    assert desk.docexam.quick("second", "C/E").code == 0
    assert desk.enter("--for", "Ann Example").code == 4
    assert desk.enter().code == 0
    assert desk.docexam.show()["findings"]["inks"]["examiner"] == "Bob"


def test_files_that_are_no_filled_sheet_are_refused(desk) -> None:
    docexam = desk.docexam
    folder = docexam.folder
    (folder / "text.csv").write_text("a,b\n")
    (folder / "latin.csv").write_bytes(desk.path.read_bytes() + "ü".encode("latin-1"))
    (folder / "cut.csv").write_bytes(desk.path.read_bytes()[:-30])
    (folder / "headless.csv").write_bytes(desk.path.read_bytes()[:300])
    (folder / "nul.csv").write_bytes(b"docexam worksheet,1\n\0\0\0")
    (folder / "dir.csv").mkdir()
    for name in ("text", "latin", "cut", "headless", "nul", "dir", "none"):
        ran = docexam.quick("record", "--from", folder / f"{name}.csv", "C/E")
        assert ran.code == 2, (name, ran.err)
        assert f"{name}.csv" in ran.err
    assert desk.enter().code == 2
    for words in (("photo", "present"), ("--note", "x"), ("--reason", "x")):
        assert docexam.quick("record", "--from", desk.save(), "C/E", *words).code == 2
    assert docexam.quick("record", "C/E", "photo", "present", "--for", "Ann Example").code == 2
    assert docexam.quick("record", "C/E", "photo").code == 2
    assert docexam.quick("record", "C/E", "--note", "x", "photo", "present").code == 0


HOSTILE = ["=HYPERLINK(0)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "'=1",
           'a";=1', "<script>", "\x1b]0;x\x07", "\u202eexe", "a\u200bb", "x" * 10_000,
           'b;"=1', "c, -1", "d|@x"]  # fmt: skip


def test_no_cell_of_a_sheet_is_a_formula_and_nothing_hides(docexam) -> None:
    from docexam.domain.checklist import Checklist
    from docexam.reports.sheet import sheet_csv, sheet_of

    plain = {
        "id": "h", "version": "1", "title": HOSTILE[0],
        "sections": [{"id": "s", "title": HOSTILE[1]}],
        "fields": [{"id": "f", "label": HOSTILE[2], "help": HOSTILE[3]}],
        "indicators": [
            {"id": f"i{n}", "ask": text, "section": "s", "look": [text],
             "choices": [{"id": "yes", "label": text}]}
            for n, text in enumerate(HOSTILE)
        ],
    }  # fmt: skip
    content = sheet_csv(sheet_of("C/E", "x", Checklist.from_dict(plain), ()))
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter):
            for cell in row:
                assert cell.lstrip()[:1] not in tuple("=+-@＝"), cell[:40]
                assert not any(c in cell for c in "\x1b\x07\u202e\u200b\t\r")
    assert all(unguarded(guarded(t)) == t for t in ("=1", "-5", "plain", "'quoted'", "+7 900"))


@pytest.mark.skipif(
    not all(map(find_spec, ("typst", "manimgx_fonts", "pylopdf_fonts_ko"))),
    reason="typst or its fonts are not installed",
)
def test_a_sheet_for_paper_shows_captures_and_questions(docexam) -> None:
    docexam.new("C/E", docexam.image("one.jpg"), docexam.image("two.png", n=2))
    path = docexam.folder / "sheet.pdf"
    ran = docexam.quick("sheet", "C/E", "-o", path)
    assert ran.code == 0, ran.err
    first = path.read_bytes()
    assert first.startswith(b"%PDF")
    assert docexam.quick("sheet", "C/E", "-o", path).code == 0
    assert path.read_bytes() == first
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
        told = " ".join(text.decode().split())
        for words in ("Capture 2", "Is a photograph present in its place?", "not visible"):
            assert words in told


def test_other_endings_and_unwritable_places_are_refused(docexam) -> None:
    docexam.new()
    assert docexam.quick("sheet", "C/E", "-o", docexam.folder / "x.docx").code == 2
    assert docexam.quick("sheet", "C/E", "-o", docexam.folder / "no" / "x.csv").code == 1
    assert docexam.quick("sheet", "C/X", "-o", docexam.folder / "x.csv").code == 2
