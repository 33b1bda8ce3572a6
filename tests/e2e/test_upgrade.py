"""The life of a checklist: difference, upgrade, undo of an upgrade."""

from __future__ import annotations


def changed(docexam):
    text = docexam.checklist.read_text("utf-8")
    text = text.replace('version = "1.0.0"', 'version = "1.1.0"')
    text = text.replace("Which inks are seen?", "Which ink colours are seen?")
    text = text.replace('id = "pages-counted"', 'id = "page-count"\nreplaces = ["pages-counted"]')
    text = text.replace("regular = -0.5", "regular = -0.4")
    folder = docexam.folder / "new"
    folder.mkdir()
    (folder / "small.toml").write_text(text, "utf-8")
    return folder / "small.toml"


def test_a_difference_tells_meaning_weight_and_names_apart(docexam) -> None:
    new = changed(docexam)
    data = docexam("checklist", "diff", docexam.checklist, new, "--json").json
    told = {(c["kind"], c["was"]) for c in data}
    assert told == {("meaning", "inks"), ("renamed", "pages-counted"), ("weight", "photo")}
    assert docexam("checklist", "diff", new, new, "--json").json == []


def test_an_upgrade_reopens_only_what_changed_in_meaning_and_can_be_undone(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "present")
    docexam("record", "C/E", "inks", "blue", "--note", "kept")
    docexam("record", "C/E", "pages-counted", "19")
    docexam("transcribe", "C/E", "surname", "А")
    before = docexam.show()
    new = changed(docexam)
    listed = docexam("checklist", "upgrade", "C/E", "--to", new, "--dry-run", "--json").json
    assert listed["reopened"] == {"inks": "inks"}
    assert docexam.show() == before
    assert docexam("checklist", "upgrade", "C/E", "--to", new).code == 0
    after = docexam.show()
    assert after["checklist"]["version"] == "1.1.0"
    assert after["findings"]["photo"]["answer"] == "present"
    assert after["findings"]["page-count"]["answer"] == "19"
    assert after["findings"]["inks"]["answer"] == "open"
    assert after["findings"]["inks"]["note"] == "kept"
    assert after["fields"]["surname"]["raw"] == "А"
    assert docexam("record", "C/E", "inks", "violet").code == 0
    docexam("undo", "C/E")
    docexam("undo", "C/E")
    restored = docexam.show()
    assert restored["findings"] == before["findings"]
    assert restored["checklist"] == before["checklist"]
    assert docexam("list", "--json").json[0]["checklist"] == "small"


def test_another_checklist_is_no_version(docexam) -> None:
    docexam.new()
    assert docexam("checklist", "upgrade", "C/E", "--to", "open-web-image").code == 2
