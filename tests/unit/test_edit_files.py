"""The user's own checklists on disk: copies, versions, drafts, recovery, translations."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from docexam.checklists import Library, check, load
from docexam.checklists.edit_names import rename
from docexam.checklists.templates import TEMPLATES
from docexam.checklists.translation import load_translated
from docexam.errors import InputError, MachineError
from docexam.workbench.checklist_files import (
    MOST_PREVIOUS,
    follow_names,
    new_checklist,
    open_checklist,
    stamp_translation,
    write_skeleton,
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "own")


@pytest.fixture
def sample(library: Library) -> Path:
    return new_checklist(library, "sample", "A sample", "en", "document-with-photo")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_is_sound_and_without_warnings(library, template):
    path = new_checklist(library, "fresh", 'Title with "quotes" and \\', "uk", template)
    assert check([path], library) == []
    checklist = load("fresh", library).usable()
    assert checklist.title == 'Title with "quotes" and \\'
    assert checklist.language == "uk"


@pytest.mark.parametrize(
    ("name", "title", "language", "template"),
    [
        ("Fresh", "T", "en", "minimal"),
        ("../fresh", "T", "en", "minimal"),
        ("fresh", " ", "en", "minimal"),
        ("fresh", "a\u202eb", "en", "minimal"),
        ("fresh", "T", "e\n", "minimal"),
        ("fresh", "T", "en", "none"),
        ("open-web-image", "T", "en", "minimal"),
    ],
)
def test_what_cannot_become_a_checklist_is_refused_and_writes_nothing(
    library, name, title, language, template
):
    with pytest.raises(InputError):
        new_checklist(library, name, title, language, template)
    assert not library.user.exists()


def test_editing_a_shipped_checklist_makes_a_copy_when_it_is_saved(library):
    file = open_checklist("official-letter", library)
    shipped = file.origin
    before = shipped.read_bytes()
    assert file.copies
    assert not file.target.exists()
    file.save(file.text + "\n# mine\n")
    assert shipped.read_bytes() == before
    again = open_checklist("official-letter", library)
    assert not again.copies
    assert again.shadows == shipped
    assert again.text.endswith("# mine\n")
    with pytest.raises(InputError, match="copy of your own"):
        open_checklist(str(shipped), library)


def test_saving_keeps_the_versions_before_the_latest_first(library, sample):
    file = open_checklist("sample", library)
    first = file.text
    for number in range(3):
        file.save(f"{first}# {number}\n")
    kept = [k.text() for k in file.previous()]
    assert kept == [f"{first}# 1\n", f"{first}# 0\n", first]
    file.save(f"{first}# 2\n")
    assert len(file.previous()) == 3


def test_old_versions_go_when_there_are_many(library, sample):
    file = open_checklist("sample", library)
    for number in range(MOST_PREVIOUS + 5):
        file.save(f"{file.text}# {number}\n")
    kept = file.previous()
    assert len(kept) == MOST_PREVIOUS
    assert kept[0].text().endswith(f"# {MOST_PREVIOUS + 3}\n")


def test_a_file_is_saved_byte_for_byte(library, sample):
    sample.write_bytes("\ufeffschema = 1\r\n# a\u2028b\n".encode())
    file = open_checklist(str(sample), library)
    file.save(file.text + "x = 1\r\n")
    assert sample.read_bytes() == "\ufeffschema = 1\r\n# a\u2028b\nx = 1\r\n".encode()


def test_saving_keeps_the_rights_of_the_file(library, sample):
    sample.chmod(0o640)
    file = open_checklist("sample", library)
    file.save(file.text + "\n")
    assert stat.S_IMODE(sample.stat().st_mode) == 0o640


def test_a_failed_write_leaves_the_file_as_it_was(library, sample, monkeypatch):
    file = open_checklist("sample", library)
    before = sample.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="No space left"):
        file.save("schema = 1\n")
    assert sample.read_bytes() == before
    assert [p.name for p in sample.parent.iterdir() if p.is_file()] == ["sample.toml"]


def test_a_draft_is_not_used_by_anything(library, sample):
    file = open_checklist("sample", library)
    file.save_draft("schema = 1\nbroken = = \n")
    assert load("sample", library).checklist is not None
    assert [e.id for e in library.entries()].count("sample") == 1
    assert check([], Library(library.user, library.user)) == []
    assert file.draft().text().startswith("schema = 1\nbroken")
    file.save(file.text)
    assert file.draft() is None


def test_another_programs_change_is_seen_even_by_rename(library, sample):
    file = open_checklist("sample", library)
    assert not file.changed_on_disk()
    other = sample.with_name("other")
    other.write_text("schema = 1\n")
    other.replace(sample)
    assert file.changed_on_disk()
    assert file.read_again() == "schema = 1\n"
    assert not file.changed_on_disk()


def left_behind(file, text: str) -> None:
    """Keep a text as an editor does that was then killed."""
    code = (
        "import sys; from pathlib import Path; from docexam.checklists import Library;"
        "from docexam.workbench.checklist_files import open_checklist;"
        "open_checklist('sample', Library(Path(sys.argv[1]))).keep_recovery(sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", code, str(file.folder), text], check=True)


def test_what_a_killed_editor_had_not_saved_is_offered_until_it_is_settled(library, sample):
    file = open_checklist("sample", library)
    left_behind(file, "schema = 1\n# unsaved\n")
    kept = file.recovery()
    assert kept is not None
    assert kept.text() == "schema = 1\n# unsaved\n"
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    file.refuse_recovery(kept)
    assert file.recovery() is None
    assert file.previous()[0].text() == "schema = 1\n# unsaved\n"


def test_what_a_running_editor_keeps_is_not_offered_to_another(library, sample):
    file = open_checklist("sample", library)
    code = (
        "import sys,time; from pathlib import Path; from docexam.checklists import Library;"
        "from docexam.workbench.checklist_files import open_checklist;"
        "open_checklist('sample', Library(Path(sys.argv[1]))).keep_recovery('other');"
        "print('kept', flush=True); time.sleep(60)"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(file.folder)], stdout=subprocess.PIPE
    )
    try:
        assert running.stdout
        running.stdout.readline()
        assert file.recovery() is None
    finally:
        running.kill()
        running.wait()
    assert file.recovery() is not None


def test_what_equals_the_saved_text_is_not_offered(library, sample):
    file = open_checklist("sample", library)
    left_behind(file, file.text)
    assert file.recovery() is None


def test_files_of_the_same_name_in_other_folders_are_kept_apart(library, sample, tmp_path):
    other = tmp_path / "elsewhere" / "sample.toml"
    other.parent.mkdir()
    other.write_text("schema = 1\n")
    mine, theirs = open_checklist("sample", library), open_checklist(str(other), library)
    theirs.save("schema = 1\n# new\n")
    assert mine.previous() == []
    assert theirs.previous()[0].text() == "schema = 1\n"
    assert theirs.previous()[0].path.parent == library.user / "previous"


def test_links_pipes_and_giants_are_refused(library, sample, tmp_path):
    secret = tmp_path / "secret.toml"
    secret.write_text("schema = 1\n")
    (library.user / "leak.toml").symlink_to(secret)
    with pytest.raises(InputError, match="leads out"):
        open_checklist("leak", library)
    os.mkfifo(library.user / "pipe.toml")
    with pytest.raises(InputError):
        open_checklist(str(library.user / "pipe.toml"), library)
    (library.user / "giant.toml").write_bytes(b"#" * 2_000_000)
    with pytest.raises(InputError, match="1 MB"):
        open_checklist("giant", library)
    (library.user / "long.toml").write_text("#" * 30_000)
    (library.user / "many.toml").write_text("\n" * 30_000)
    for name in ("long", "many"):
        with pytest.raises(InputError, match="can be edited here"):
            open_checklist(name, library)
    for reference in ("../secret", "no-such-one", "/dev/zero"):
        with pytest.raises(InputError):
            open_checklist(reference, library)


# Translations --------------------------------------------------------------------------------


def test_a_skeleton_translates_nothing_until_it_is_written_in(library, sample):
    path = write_skeleton(library, "sample", "uk")
    assert path == library.user / "sample.uk.toml"
    faults = check([path], library)
    assert [f.code for f in faults] == ["DX120"]
    held = path.read_text("utf-8")
    assert '# ask = "How much of a photograph is in its place?"' in held
    mended = held.replace('# title = "Photograph"', 'title = "Фотокартка"')
    path.write_text(mended, "utf-8")
    found = load_translated("sample", library, "uk")
    assert found is not None
    assert [s.title for s in found.checklist.sections] == ["Print and number", "Фотокартка"]
    assert not found.reviewed


def test_a_translation_gets_what_the_checklist_has_gained(library, sample):
    path = write_skeleton(library, "sample", "uk")
    before = path.read_text("utf-8").replace('# title = "Photograph"', 'title = "Фото"')
    path.write_text(before, "utf-8")
    file = open_checklist("sample", library)
    more = '\n[[section]]\nid = "cover"\ntitle = "Cover"\n'
    file.save(file.text.replace("say   =", 'source = "x"\nsay   =') + more)
    write_skeleton(library, "sample", "uk")
    after = path.read_text("utf-8")
    assert after.startswith(before)
    assert '[section.cover]\nsource_hash = "' in after[len(before) :]
    assert write_skeleton(library, "sample", "uk").read_text("utf-8") == after


def test_an_own_copy_goes_on_from_the_shipped_translation(library):
    file = open_checklist("open-web-image", library)
    file.save(file.text + '\n[[group]]\nid = "mine"\ntitle = "Mine"\n')
    path = write_skeleton(library, "open-web-image", "uk")
    assert path.parent == library.user
    shipped = (library.shipped / path.name).read_text("utf-8")
    assert path.read_text("utf-8").startswith(shipped.rstrip("\n"))
    assert "[group.mine]" in path.read_text("utf-8")


def test_hashes_tell_later_what_has_become_stale(library, sample):
    path = library.user / "sample.uk.toml"
    path.write_text(
        '[translation]\nof = "sample"\nversion = "0.1.0"\nlanguage = "uk"\n\n'
        '[indicator.photo] # the photograph\nask = "Скільки?"\n[section.print]\ntitle = "Друк"\n',
        "utf-8",
    )
    assert stamp_translation(path, library) == 2
    assert stamp_translation(path, library) == 0
    assert '[indicator.photo] # the photograph\nask = "Скільки?"\nsource_hash' in path.read_text()
    file = open_checklist("sample", library)
    file.save(file.text.replace("How much of a photograph", "Which part of a photograph"))
    assert "DX121" in [f.code for f in check([path], Library(library.user))]
    assert stamp_translation(path, Library(library.user), ["indicator.photo"]) == 1
    assert "DX121" not in [f.code for f in check([path], Library(library.user))]


def test_translations_follow_an_item_to_its_new_id(library, sample):
    path = library.user / "sample.uk.toml"
    head = '[translation]\nof = "sample"\nversion = "0.1.0"\nlanguage = "uk"\n'
    old = (
        '\n[indicator.photo] # a\nask = "Скільки?"\n[ indicator . "photo" . choice.absent ]\n'
        'label = "photo"\n[indicator.photo-edge]\nask = "Що?"\n'
    )
    path.write_text(head + old, "utf-8")
    file = open_checklist("sample", library)
    file.save(rename(file.text, "indicator", "photo", "portrait").text)
    assert follow_names(file.target, Library(library.user)) == [path]
    expected = old.replace("indicator.photo]", "indicator.portrait]").replace(
        '. "photo" .', '. "portrait" .'
    )
    assert path.read_text("utf-8") == head + expected
    assert follow_names(file.target, Library(library.user)) == []


def test_the_shipped_translations_say_what_they_were_made_from():
    library = Library(None)
    for path in library.translations():
        tables = [
            table
            for kind, part in tomli.loads(path.read_text("utf-8")).items()
            if kind not in ("translation", "checklist")
            for table in part.values()
        ]
        stamped = [t for t in tables if set(t) - {"choice"}]
        assert stamped
        assert all("source_hash" in t for t in stamped), path.name


def test_a_shipped_translation_is_not_written_over(library):
    with pytest.raises(InputError, match="ships a translation"):
        write_skeleton(library, "ru-military-booklet", "uk")
    path = write_skeleton(library, "official-letter", "ko")
    assert path.parent == library.user
    with pytest.raises(InputError):
        write_skeleton(library, "official-letter", "../x")
