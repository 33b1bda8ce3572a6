"""The command line as other programs rely on it."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import subprocess
import sys

import pytest

UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def test_the_main_job_from_photograph_to_report(docexam, tmp_path) -> None:
    page = docexam.image()
    made = docexam("new", "2024-117/A", "--checklist", docexam.checklist, page,
                   "--source", "published", "--reliability", "C", "--credibility", "3")  # fmt: skip
    assert made.code == 0
    assert docexam("record", "2024-117/A", "photo", "absent",
                   "--region", "1:0.1,0.1,0.3,0.4", "--note", "frame printed").code == 0  # fmt: skip
    assert docexam("transcribe", "2024-117/A", "surname", "МОНГУШ").code == 0
    state = docexam.show("2024-117/A")
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    assert state["captures"][0] | {"quality": 0, "metadata": 0, "size": 0} == {
        "n": 1, "sha256": digest, "name": "page.jpg", "width": 900, "height": 700,
        "format": "JPEG", "quality": 0, "metadata": 0, "size": 0,
    }  # fmt: skip
    finding = state["findings"]["photo"]
    assert finding["answer"] == "absent"
    assert finding["complete"] is True
    assert finding["hidden"] is False
    assert finding["note"] == "frame printed"
    assert finding["regions"] == [{"capture": digest, "box": [0.1, 0.1, 0.3, 0.4]}]
    assert UTC.fullmatch(finding["at"])
    assert state["fields"]["surname"]["raw"] == "МОНГУШ"
    assert state["fields"]["surname"]["transliteration"] == "MONGUSH"
    assert state["provenance"]["url"] == "not stated"
    report = tmp_path / "report.md"
    assert docexam("report", "2024-117/A", "--format", "markdown", "-o", report).code == 0
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "PUBLIC" in report.read_text("utf-8").splitlines()[0]
    assert "МОНГУШ" not in report.read_text("utf-8")
    full = ("report", "2024-117/A", "--redact", "none", "-o", report)
    assert docexam(*full).code == 2
    assert docexam(*full, "--for", "the editor").code == 0
    assert "UNREDACTED: names people" in report.read_text("utf-8").splitlines()[0]
    assert "МОНГУШ" in report.read_text("utf-8")
    closed = docexam("close", "2024-117/A")
    assert re.fullmatch(r"[0-9a-f]{64}\n", closed.out)
    assert docexam.show("2024-117/A")["head"]["hash"] == closed.out.strip()


def test_global_options_work_before_and_after_the_command(docexam) -> None:
    docexam.new()
    command = [sys.executable, "-m", "docexam"]
    before = subprocess.run([*command, "--casebook", docexam.casebook, "--json", "list"],
                            capture_output=True, check=True)  # fmt: skip
    after = subprocess.run([*command, "list", "--json", "--casebook", docexam.casebook],
                           capture_output=True, check=True)  # fmt: skip
    assert json.loads(before.stdout) == json.loads(after.stdout)
    line = json.loads(after.stdout)[0]
    assert (line["case"], line["exhibit"], line["state"]) == ("C", "E", "open")
    assert (line["checklist"], line["answered"]) == ("small", 0)
    assert UTC.fullmatch(line["updated"])


def test_a_writing_command_without_an_examiner_says_how(docexam) -> None:
    docexam.new()
    docexam.examiner = None
    ran = docexam("record", "C/E", "photo", "present")
    assert ran.code == 2
    assert "--examiner" in ran.err
    assert docexam("show", "C/E").code == 0


def test_an_existing_exhibit_is_refused_and_nothing_changes(docexam) -> None:
    docexam.new()
    before = docexam.show()
    ran = docexam("new", "c/e", "--checklist", docexam.checklist, docexam.image("b.jpg", n=2))
    assert ran.code == 2
    assert docexam.show() == before
    originals = [p for p in (docexam.casebook / "originals").rglob("*") if p.is_file()]
    assert len(originals) == 1


def test_originals_are_kept_byte_for_byte_and_read_only_in_a_private_folder(docexam) -> None:
    page = docexam.image()
    docexam.new("C/E", page)
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    kept = docexam.casebook / "originals" / digest[:2] / digest
    assert kept.read_bytes() == page.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444
    assert stat.S_IMODE(docexam.casebook.stat().st_mode) == 0o700


def test_the_same_original_twice_is_recognised(docexam) -> None:
    page = docexam.image()
    docexam.new("C/E", page)
    again = docexam("add", "C/E", page)
    assert "capture 1 already" in again.err
    assert len(docexam.show()["captures"]) == 1
    other = docexam("new", "C/F", "--checklist", docexam.checklist, page)
    assert other.code == 0
    assert "same original as in C/E" in other.err


def test_later_captures_are_added_and_journalled(docexam) -> None:
    docexam.new()
    assert docexam("add", "C/E", docexam.image("b.png", n=2)).code == 0
    assert [c["n"] for c in docexam.show()["captures"]] == [1, 2]
    assert docexam("log", "C/E", "--json").json[-1]["kind"] == "CapturesAdded"


def test_an_incomplete_answer_is_stored_with_a_warning(docexam) -> None:
    docexam.new()
    ran = docexam("record", "C/E", "photo", "absent")
    assert ran.code == 0
    assert "region" in ran.err
    state = docexam.show()
    assert state["findings"]["photo"]["complete"] is False
    assert state["progress"]["answered"] == 0
    small = docexam("record", "C/E", "photo", "absent", "--region", "1:0.1,0.1,0.01,0.01")
    assert small.code == 0
    assert "pixels" in small.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("photo", "perhaps"), "absent"),
        (("phote", "present"), "photo"),
        (("seal-crosses", "yes", "--region", "9:0,0,1,1"), "captures 1 to 1"),
        (("photo", "present", "--region", "1:0,0,2,2"), "outside"),
        (("photo", "present", "--region", "1:a,b,c,d"), "box"),
        (("photo", "present", "--region", "1:0,0;1,1;2"), "region"),
        (("photo", "unclear", "--cause", "rain"), "glare"),
        (("photo", "present", "--cause", "glare"), "reason"),
        (("like-reference", "yes"), "stage"),
        (("surname", "x"), "transcribe"),
    ],
)
def test_a_refused_record_says_what_to_do_and_leaves_no_trace(docexam, words, says) -> None:
    docexam.new()
    before = docexam("log", "C/E", "--json").json
    ran = docexam("record", "C/E", *words)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert docexam("log", "C/E", "--json").json == before


def test_a_hidden_indicator_is_refused_and_shown_as_hidden(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "present")
    assert docexam("record", "C/E", "seal-crosses", "yes").code == 0
    docexam("record", "C/E", "photo", "absent", "--region", "1:0.1,0.1,0.5,0.5")
    assert docexam("record", "C/E", "seal-crosses", "no").code == 2
    state = docexam.show()
    assert state["findings"]["seal-crosses"]["hidden"] is True
    assert state["findings"]["seal-crosses"]["answer"] == "yes"


def test_many_answers_are_lists_and_facts_answer_pages_that_are_not_shown(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "inks", "violet,blue")
    assert docexam.show()["findings"]["inks"]["answer"] == ["blue", "violet"]
    docexam("record", "C/E", "pages-shown", "cover")
    state = docexam.show()
    assert state["findings"]["photo"]["answer"] == "not-visible"
    assert state["findings"]["photo"]["cause"] == "not-photographed"
    assert state["fields"]["surname"]["answer"] == "not-visible"
    assert docexam("undo", "C/E").code == 0
    assert "photo" not in docexam.show()["findings"]


def test_readings_keep_raw_beside_corrected_and_a_mismatch_is_a_note(docexam) -> None:
    docexam.new()
    ran = docexam("transcribe", "C/E", "number", "AB 123", "--corrected", "АБ 123456")
    assert ran.code == 0
    reading = docexam.show()["fields"]["number"]
    assert (reading["raw"], reading["corrected"]) == ("AB 123", "АБ 123456")
    odd = docexam("transcribe", "C/E", "number", "12")
    assert odd.code == 0
    assert "pattern" in odd.err
    docexam("transcribe", "C/E", "surname", "--non-answer", "unclear")
    assert docexam.show()["fields"]["surname"]["answer"] == "unclear"
    assert docexam("transcribe", "C/E", "surname", "x", "--non-answer", "unclear").code == 2


def test_after_a_close_only_a_reopening_and_a_reason_change_an_answer(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "present")
    docexam("close", "C/E")
    assert docexam("record", "C/E", "photo", "unclear").code == 4
    assert docexam("undo", "C/E").code == 4
    assert docexam("reopen", "C/E", "--reason", "a better picture").code == 0
    assert docexam("record", "C/E", "photo", "unclear").code == 2
    assert docexam("record", "C/E", "photo", "unclear", "--reason", "looked again").code == 0
    finding = docexam.show()["findings"]["photo"]
    assert (finding["first"], finding["answer"]) == ("present", "unclear")
    assert finding["reason"] == "looked again"


def test_somebody_elses_examination_is_not_written_in(docexam) -> None:
    docexam.new()
    docexam.examiner = "Bob"
    assert docexam("record", "C/E", "photo", "present").code == 4
    assert docexam("close", "C/E").code == 4
    assert docexam("dispose", "C/E", "--reason", "x").code == 4


def test_the_log_can_be_verified_by_anybody(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "present", "--note", "сверено")
    examination = docexam.show()["examination"]
    previous = "0" * 64
    for n, entry in enumerate(docexam("log", "C/E", "--json").json, 1):
        assert (entry["seq"], entry["prev"]) == (n, previous)
        body = {k: entry[k] for k in ("at", "data", "examiner", "kind", "prev", "seq")}
        text = json.dumps(body | {"examination": examination}, sort_keys=True,
                          separators=(",", ":"), ensure_ascii=True)  # fmt: skip
        assert hashlib.sha256(text.encode()).hexdigest() == entry["hash"]
        previous = entry["hash"]


def test_find_sees_notes_and_readings_without_marks_or_case(docexam) -> None:
    docexam.new()
    docexam("transcribe", "C/E", "surname", "Алёшин")
    assert [e["exhibit"] for e in docexam("list", "--find", "алешин", "--json").json] == ["E"]
    assert docexam("list", "--find", "nobody", "--json").json == []


def test_a_crop_holds_true_pixels(docexam, tmp_path) -> None:
    from PIL import Image

    page = docexam.image("page.png")
    docexam.new("C/E", page)
    target = tmp_path / "crop.png"
    assert docexam("crop", "C/E", "1:0.1,0.1,0.5,0.5", "-o", target).code == 0
    with Image.open(target) as crop, Image.open(page) as whole:
        assert crop.size == (450, 350)
        assert crop.tobytes() == whole.crop((90, 70, 540, 420)).tobytes()


def test_checklist_show_tells_the_walk_with_the_facts_first(docexam) -> None:
    data = docexam("checklist", "show", docexam.checklist, "--json").json
    assert data["id"] == "small"
    assert len(data["sha256"]) == 64
    assert data["indicators"][0]["fact"] is True
    assert [i["id"] for i in data["indicators"]] == [
        "pages-shown", "photo", "seal-crosses", "inks", "pages-counted", "like-reference",
    ]  # fmt: skip
    photo = data["indicators"][1]
    assert photo["critical"] is True
    assert [c["id"] for c in photo["choices"]] == ["present", "absent"]


def test_progress_counts_visible_items(docexam) -> None:
    docexam.new()
    progress = docexam.show()["progress"]
    # Facts count, the item that waits for the photograph does not.
    assert progress == {"answered": 0, "total": 5, "critical_open": 1}
    docexam("record", "C/E", "photo", "not-visible", "--cause", "glare")
    assert docexam.show()["progress"] == {"answered": 1, "total": 6, "critical_open": 0}


def test_without_a_terminal_the_screen_says_so(docexam) -> None:
    docexam.new()
    ran = docexam("review", "C/E")
    assert ran.code == 1
    assert "terminal" in ran.err
    listed = docexam()
    assert listed.code == 0
    assert "C/E" in listed.out


@pytest.mark.parametrize("words", [("--version",), ("checklist", "check"), ("show", "C/E")])
def test_light_commands_load_neither_textual_nor_pillow(docexam, words) -> None:
    docexam.new()
    code = (
        "import sys; from docexam.cli.main import main; code = main(sys.argv[1:]);"
        "heavy = {'textual', 'rich', 'PIL', 'numpy'} & set(sys.modules);"
        "print(sorted(heavy), file=sys.stderr); sys.exit(code or len(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words, *(() if words[0] == "--version" else
         ("--casebook", docexam.casebook))], capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"[]" in done.stderr


def test_unknown_commands_and_options_name_the_nearest(docexam) -> None:
    assert "review" in docexam("reveiw", "C/E").err
    ran = docexam("show", "C/E", "--jsn")
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_absent_on_a_blurred_picture_is_told_what_the_picture_supports(docexam) -> None:
    from PIL import Image, ImageFilter

    sharp = docexam.image("sharp.png")
    with Image.open(sharp) as picture:
        picture.filter(ImageFilter.GaussianBlur(5)).save(docexam.folder / "soft.png")
    docexam.new("C/E", sharp, docexam.folder / "soft.png")
    region = "0.05,0.05,0.5,0.5"
    assert (
        "not visible"
        not in docexam("record", "C/E", "photo", "absent", "--region", f"1:{region}").err
    )
    told = docexam("record", "C/E", "photo", "absent", "--region", f"2:{region}").err
    assert "soft" in told or "no print nearby" in told
