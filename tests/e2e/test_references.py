"""Reference specimens: the examiner's own, matched, pinned, revealed before use."""

from __future__ import annotations


def test_a_specimen_is_matched_revealed_and_pinned(docexam) -> None:
    text = docexam.checklist.read_text("utf-8")
    applies = 'title = "A small checklist"\napplies = { issuer = "RU", kind = "booklet", issued = "1998.." }'
    docexam.checklist.write_text(text.replace('title = "A small checklist"', applies, 1), "utf-8")
    specimen = docexam.image("reference.png", n=9)
    terms = ("--issuer", "RU", "--kind", "booklet", "--issued", "1999..2010", "--source", "own")
    added = docexam("reference", "add", specimen, *terms, "--json")
    assert added.code == 0, added.err
    sha = added.json[0]["sha256"]
    other = docexam.image("other.png", n=10)
    assert docexam("reference", "add", other, "--issuer", "RU", "--kind", "pass").code == 0
    fitting = docexam("reference", "list", "--for", docexam.checklist, "--json").json
    assert [s["sha256"] for s in fitting] == [sha]
    docexam.new()
    closed = docexam("record", "C/E", "inks", "blue", "--reference", sha[:12])
    assert closed.code == 2
    assert "reveal" in closed.err
    assert docexam("reveal", "C/E", "reference").code == 0
    assert docexam("record", "C/E", "inks", "blue", "--reference", sha[:12]).code == 0
    assert docexam.show()["findings"]["inks"]["reference"] == sha


def test_terms_that_say_too_little_are_refused_and_leave_nothing(docexam) -> None:
    image = docexam.image()
    for terms in (("--issuer", " ", "--kind", "x"),
                  ("--issuer", "RU", "--kind", "x", "--issued", "long ago")):  # fmt: skip
        assert docexam("reference", "add", image, *terms).code == 2
    assert docexam("reference", "list", "--json").json == []
