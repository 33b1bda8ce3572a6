"""Checklists that mean harm: each gives one clear error, quickly, with little memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docexam.checklists import Library, check, load, load_text
from docexam.checklists.code_samples import BASE
from docexam.checklists.read import Loaded

MANY = 10**5
HEAD = 'schema = 1\n[checklist]\nid = "x"\nversion = "1"\ntitle = "T"\n'

TEXTS = {
    "nested lists": "a = " + "[" * MANY,
    "closed nested lists": "a = " + "[" * MANY + "]" * MANY,
    "nested tables": "a = " + "{a=" * MANY,
    "a key of many parts": "a" + ".a" * MANY + " = 1",
    "a header of many parts": "[" + "a." * MANY + "a]",
    "tables nested by headers": "\n".join("[a" + ".a" * n + "]" for n in range(600)),
    "nested to the limit of TOML": "a = " + "[" * 399 + "]" * 399,
    "a long bare key": "a" * 200_000 + " = 1",
    "a long quoted key": '"' + "a" * 200_000 + '" = 1',
    "a long key in a block": BASE + '[[group]]\nid = "g"\n' + "k" * 200_000 + " = 1",
    "a number of many digits": "a = " + "9" * 900_000,
    "a decimal of many digits": "a = 0." + "9" * 900_000,
    "an exponent of many digits": "a = 1e" + "9" * 1000,
    "a file of quotes": '"' * 1_000_000,
    "a file of brackets": "[" * 1_000_000,
    "a file of equal signs": "=" * 1_000_000,
    "never closed": 'a = """' + "x" * 1_000_000,
    "many short lines of nonsense": "x\n" * 500_000,
    "many unknown keys": "\n".join(f"k{n} = 1" for n in range(80_000)),
    "many blocks": HEAD + "[[section]]\n" * 70_000,
    "NUL bytes": "\x00" * 1_000_000,
    "escape codes": HEAD.replace('"T"', '"\x1b]0;title\x07"'),
    "nan": BASE + "[[scale]]\nid = 'n'\nbands = [ { id = 'a', from = nan, words = 'w' } ]",
    "inf": BASE.replace("regular = 0.1", "regular = -inf"),
    "a huge weight": BASE.replace("regular = 0.1", "regular = 1e400"),
    "a tiny weight": BASE.replace("regular = 0.1", "regular = 1e-4000"),
    "a huge whole weight": BASE.replace("regular = 0.1", "regular = " + "9" * 4000),
    "a long condition": BASE + '[[check]]\nid = "c"\nsay = "s"\nif = "' + "(" * 100_000 + '"',
    "a deep condition": BASE
    + '[[check]]\nid = "c"\nsay = "s"\nif = "'
    + "(" * 400
    + "photo is whole"
    + ")" * 400
    + '"',
    "a pattern that runs away": BASE
    + "[[field]]\nid = 'f'\nlabel = 'F'\npattern = '(a|a){2}{2}(b+)+'",
    "a long pattern": BASE + "[[field]]\nid = 'f'\nlabel = 'F'\npattern = '" + "a" * 100_000 + "'",
    "many ids listed": BASE + "[[place]]\nid='p'\ntitle='" + "x" * 900_000 + "'",
    "a list of many": HEAD + "include = [" + '"a",' * 100_000 + "]",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_refused_quickly_with_few_words(name: str) -> None:
    started = time.process_time()
    loaded = load_text(TEXTS[name], Path("/nowhere/x.toml"), Library())
    errors = [f for f in loaded.faults if f.level == "error"]
    shown = "\n".join(f.render() for f in errors[:100])
    assert time.process_time() - started < 6
    assert errors
    assert loaded.checklist is None
    assert max(map(len, shown.splitlines())) < 1000
    assert "\x1b" not in shown


ONE_FAULT = sorted(set(TEXTS) - {"many unknown keys", "many blocks", "many short lines of nonsense",
                                 "a file of equal signs"})  # fmt: skip


@pytest.mark.parametrize("name", ONE_FAULT)
def test_a_hostile_text_gives_few_errors_that_say_what_to_do(name: str) -> None:
    loaded = load_text(TEXTS[name], Path("/nowhere/x.toml"), Library())
    errors = [f for f in loaded.faults if f.level == "error"]
    assert 1 <= len(errors) <= 3
    assert all(f.help for f in errors)


def test_memory_stays_small_on_the_worst_of_them(tmp_path: Path) -> None:
    names = ["nested tables", "a key of many parts", "many blocks", "a number of many digits"]
    for number, name in enumerate(names):
        (tmp_path / f"f{number}.toml").write_text(TEXTS[name], "utf-8")
    code = (
        "import sys; from docexam.checklists import check, Library; from pathlib import Path;"
        "faults = check([Path(p) for p in sys.argv[1:]], Library());"
        "print(len({f.file for f in faults}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, sorted(tmp_path.glob("*.toml")))],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20)),
        check=False,
    )
    assert done.stdout.strip() == str(len(names)), done.stderr


# Files ---------------------------------------------------------------------------------------


def only_error(path: Path) -> tuple[str, str]:
    started = time.process_time()
    faults = [f for f in check([path], Library()) if f.level == "error"]
    assert time.process_time() - started < 2
    assert len(faults) == 1
    return faults[0].code, faults[0].message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x" * 2_000_000, "DX002"),
        (b"\xff\xfes\x00c\x00", "DX003"),
        (HEAD.encode("utf-16"), "DX003"),
        (HEAD.replace("T", "ж").encode("cp1251"), "DX003"),
        (b"schema = 1\n# \x00\n", "DX004"),
        (os.urandom(0) + b"\x89PNG\r\n\x1a\n", "DX003"),
    ],
)
def test_a_file_that_is_no_text_is_one_clear_error(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    assert only_error(path)[0] == code


def test_the_place_of_a_foreign_byte_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes("schema = 1\n# жх".encode() + b"\xe9\n")
    fault = check([path], Library())[0]
    assert (fault.line, fault.column) == (2, 5)


def test_a_pipe_a_folder_and_a_missing_file_are_no_checklists(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.toml").mkdir()
    for name in ("pipe.toml", "folder.toml", "missing.toml", "a\x00b.toml", "x" * 5000):
        assert only_error(tmp_path / name)[0] == "DX001"
    assert only_error(Path("/dev/zero"))[0] == "DX001"


def test_a_looping_link_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to(tmp_path / "b.toml")
    (tmp_path / "b.toml").symlink_to(tmp_path / "a.toml")
    assert only_error(tmp_path / "a.toml")[0] == "DX001"


# Include -------------------------------------------------------------------------------------


def included(tmp_path: Path, wanted: str) -> Loaded:
    folder = tmp_path / "lists"
    folder.mkdir(exist_ok=True)
    path = folder / "x.toml"
    path.write_text(HEAD + f"include = [{wanted}]\n", "utf-8")
    return load(path, Library(folder))


SECRET = HEAD.replace('id = "x"', 'id = "secret"')


@pytest.mark.parametrize(
    "wanted", ["../secret", "/tmp/secret", "..", "secret.toml", "a/../../secret", "..\\\\secret"]
)
def test_include_never_leaves_its_folders(tmp_path: Path, wanted: str) -> None:
    (tmp_path / "secret.toml").write_text(SECRET, "utf-8")
    loaded = included(tmp_path, f'"{wanted}"')
    errors = [f for f in loaded.faults if f.level == "error"]
    assert [f.code for f in errors] in (["DX043"], ["DX023"])
    assert loaded.checklist is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text(SECRET, "utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "secret.toml").symlink_to(tmp_path / "secret.toml")
    errors = [f for f in included(tmp_path, '"secret"').faults if f.level == "error"]
    assert [f.code for f in errors] == ["DX044"]
    assert "secret" not in [e.id for e in Library(tmp_path / "lists").entries()]
    assert load("secret", Library(tmp_path / "lists")).checklist is None


def test_a_link_out_of_a_folder_is_told_when_the_library_is_checked(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text(SECRET, "utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "mine.toml").symlink_to(tmp_path / "secret.toml")
    library = Library(tmp_path / "lists", tmp_path / "none")
    assert [f.code for f in check([], library)] == ["DX044"]


def test_a_thousand_files_that_include_each_other_end(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    for number in range(200):
        others = ", ".join(f'"n{o}"' for o in range(200))
        text = HEAD.replace('id = "x"', f'id = "n{number}"') + f"include = [{others}]\n"
        (folder / f"n{number}.toml").write_text(text, "utf-8")
    started = time.process_time()
    loaded = load("n0", Library(folder))
    assert time.process_time() - started < 20
    assert loaded.checklist is None


def test_a_chain_of_includes_past_the_bound_is_one_error(tmp_path: Path) -> None:
    for number in range(80):
        text = HEAD.replace('id = "x"', f'id = "n{number}"') + f'include = ["n{number + 1}"]\n'
        (tmp_path / f"n{number}.toml").write_text(text, "utf-8")
    errors = [f for f in load("n0", Library(tmp_path)).faults if f.level == "error"]
    assert "DX005" in [f.code for f in errors]
