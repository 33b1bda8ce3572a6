from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from docexam.checklists import Library, Loaded, check, load, load_text, load_usable
from docexam.checklists.code_samples import BASE
from docexam.domain.checklist import Checklist
from docexam.errors import InputError

EXAMPLE = Path(__file__).parent / "data" / "ru-military-booklet.toml"
HEAD = 'schema = 1\n[checklist]\nid = "{id}"\nversion = "1"\ntitle = "T"\n'


def read(text: str) -> Loaded:
    return load_text(textwrap.dedent(text), Path("/nowhere/example.toml"), Library())


def usable(more: str) -> Checklist:
    loaded = read(BASE + textwrap.dedent(more))
    assert [f.render() for f in loaded.faults if f.level == "error"] == []
    return loaded.usable()


def codes(text: str) -> list[str]:
    return [f.code for f in read(text).faults]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, name: str, body: str, include: str = "") -> Path:
    head = HEAD.format(id=name) + (f"include = [{include}]\n" if include else "")
    path = folder / f"{name}.toml"
    path.write_text(head + textwrap.dedent(body), "utf-8")
    return path


def item(name: str, section: str = "s") -> str:
    return (
        f'[[indicator]]\nid = "{name}"\nsection = "{section}"\nask = "What of {name}?"\n'
        'choices = [ { id = "a", label = "A" }, { id = "b", label = "B" } ]\n'
    )


SECTION = '[[section]]\nid = "s"\ntitle = "S"\n'


# The published example -----------------------------------------------------------------------


def test_the_published_example_is_read_whole() -> None:
    checklist = load_usable(EXAMPLE, Library())
    assert checklist.id == "ru-military-booklet"
    assert checklist.applies == {"issuer": "RU", "kind": "military-booklet", "issued": "1998.."}
    assert [p.id for p in checklist.propositions][-3:] == ["regular", "false-contents", "interim"]
    assert [c.id for c in checklist.pages()] == ["cover", "identity", "service"]
    number = checklist.field_of("number")
    assert number is not None
    assert number.pattern == r"[А-ЯЁ]{2} ?\d{6,7}"
    assert checklist.checks[-1].condition == "birth-date >= issue-date"


def test_an_answer_set_is_taken_and_its_choices_keep_their_keys() -> None:
    photo = load_usable(EXAMPLE, Library()).item("photo")
    assert photo is not None
    assert [(c.id, c.label, c.evidence) for c in photo.choices] == [
        ("present", "Present", ""),
        ("partial", "Partly present", ""),
        ("absent", "Absent", "region"),
    ]
    assert photo.critical
    assert photo.group == "unfinished-filling"


def test_weights_become_whole_hundredths() -> None:
    seal = load_usable(EXAMPLE, Library()).item("seal-crosses-photo")
    assert seal is not None
    none = seal.choice("none")
    assert none is not None
    assert none.bears == {"regular": -50, "false-contents": 20, "interim": 20}
    assert none.innocent == ("interim or hasty issue", "damage", "cropped out of the picture")
    assert seal.group_of(none) == "unfinished-filling"
    assert seal.min_px == 200
    assert seal.replaces == ("photo-seal",)


def test_the_frozen_copy_of_the_example_is_the_same_checklist() -> None:
    checklist = load_usable(EXAMPLE, Library())
    assert Checklist.from_dict(checklist.to_dict()) == checklist


# Items and answers ---------------------------------------------------------------------------


def test_yesno_has_yes_and_no_by_itself_and_takes_more_about_them() -> None:
    checklist = usable(
        """
        [[indicator]]
        id = "x"
        section = "seals"
        ask = "Is it?"
        type = "yesno"
          [[indicator.choice]]
          id = "no"
          evidence = "region"
        """
    )
    found = checklist.item("x")
    assert found is not None
    assert [(c.id, c.label, c.evidence) for c in found.choices] == [
        ("yes", "Yes", ""),
        ("no", "No", "region"),
    ]


def test_an_own_choice_of_the_same_id_adds_to_and_replaces_keys_of_the_set() -> None:
    checklist = usable(
        """
        [[answers]]
        id = "presence"
        ordered = true
        choices = [ { id = "there", label = "There" }, GONE ]
        [[indicator]]
        id = "x"
        section = "seals"
        ask = "What of it?"
        answers = "presence"
          [[indicator.choice]]
          id = "gone"
          label = "Lost"
          innocent = ["damage"]
          [[indicator.choice]]
          id = "illegible"
          label = "A shadow of it"
        """.replace("GONE", '{ id = "gone", label = "Gone", evidence = "region" }')
    )
    found = checklist.item("x")
    assert found is not None
    assert found.ordered
    assert [(c.id, c.label, c.evidence, c.innocent) for c in found.choices] == [
        ("there", "There", "", ()),
        ("gone", "Lost", "region", ("damage",)),
        ("illegible", "A shadow of it", "", ()),
    ]


def test_an_added_choice_much_like_one_of_the_set_is_a_warning() -> None:
    sets = '[[answers]]\nid = "p"\nchoices = [ { id = "present", label = "P" } ]\n'
    added = (
        '[[indicator]]\nid = "x"\nsection = "seals"\nask = "What?"\nanswers = "p"\n'
        'choices = [ { id = "presnt", label = "There" } ]\n'
    )
    faults = [f for f in read(BASE + sets + added).faults if f.code == "DX036"]
    assert [(f.level, "`present`" in f.message) for f in faults] == [("warn", True)]


def test_facts_are_stage_0_and_walk_first() -> None:
    checklist = usable(
        """
        [[fact]]
        id = "origin"
        ask = "Where from?"
        choices = [ { id = "web", label = "The web" }, { id = "own", label = "Own" } ]
        """
    )
    first = next(checklist.walk())
    assert (first.id, first.fact, first.stage) == ("origin", True, 0)


def test_a_field_may_have_choices() -> None:
    checklist = usable(
        """
        [[field]]
        id = "colour"
        label = "Colour"
        type = "choice"
        choices = [ { id = "red", label = "Red" }, { id = "green", label = "Green" } ]
        [[check]]
        id = "green"
        if = "colour is green"
        say = "Green."
        """
    )
    colour = checklist.field_of("colour")
    assert colour is not None
    assert [c.id for c in colour.choices] == ["red", "green"]


def test_a_scale_of_ones_own_is_read_in_hundredths() -> None:
    text = BASE.replace('title   = "Example"', 'title   = "Example"\nscale   = "own"')
    loaded = read(
        text + '[[scale]]\nid = "own"\nbands = [ { id = "weak", from = 0.30, words = "weak" },'
        ' { id = "strong", from = 1, words = "strong" } ]\n'
    )
    scale = loaded.usable().scale_used()
    assert [(b.id, b.start, b.words) for b in scale.bands] == [
        ("weak", 30, "weak"),
        ("strong", 100, "strong"),
    ]


# Faults together -----------------------------------------------------------------------------

MANY_FAULTS = """\
schema = 1
[checklist]
id = "x"
version = "1"
title = "T"
colour = "red"
[[section]]
id = "s"
title = "S"
[[indicator]]
id = "a"
section = "t"
ask = "What?"
choices = [ { id = "y", label = "Y" }, { id = "z", label = "Z", bears = { nobody = 0.305 } } ]
[[indicator]]
id = "a"
section = "s"
ask = "What?"
type = "chioce"
when = "b is c"
choices = [ { id = "y", label = "Y" }, { id = "z" } ]
"""


def test_all_faults_of_a_file_are_told_at_once_in_order() -> None:
    faults = [f for f in read(MANY_FAULTS).faults if f.level == "error"]
    assert [(f.line, f.code) for f in faults] == [
        (6, "DX012"),
        (12, "DX032"),
        (14, "DX037"),
        (14, "DX060"),
        (16, "DX030"),
        (19, "DX022"),
        (20, "DX071"),
        (21, "DX054"),
    ]


def test_a_slip_in_toml_hides_no_other_fault() -> None:
    faults = read(
        """\
        schema = 1
        [checklist]
        id = "x"
        version = "1"
        title = "T"
        [[section]]
        id = "s"
        title = “S”
        [indicator]
        id = "a"
        section = "s"
        ask = "What?"
        colour = "red"
        choices = [ { id = "y", label = "Y" }, { id = "z", label = "Z", bears = { n = 0,5 } } ]
        """
    ).faults
    found = [(f.line, f.code) for f in faults if f.level == "error"]
    assert found == [(8, "DX010"), (9, "DX014"), (13, "DX012"), (14, "DX007")]


def test_a_fault_shows_place_line_and_caret() -> None:
    fault = next(
        f for f in read(BASE + "[[check]]\nid = 'c'\nif = 'foto is whole'\nsay = 'x'\n").faults
    )
    assert fault.render().splitlines() == [
        "/nowhere/example.toml:42:7: error DX071: no indicator, fact or field is called `foto`",
        "   42 | if = 'foto is whole'",
        "              ^^^^",
        "    Did you mean `photo`?",
    ]
    assert fault.github() == (
        "::error file=/nowhere/example.toml,line=42,col=7,title=DX071::DX071: no indicator, "
        "fact or field is called `foto` Did you mean `photo`?"
    )
    assert fault.to_dict() == {
        "file": "/nowhere/example.toml",
        "line": 42,
        "column": 7,
        "level": "error",
        "code": "DX071",
        "message": "no indicator, fact or field is called `foto`",
        "help": "Did you mean `photo`?",
    }


def test_the_caret_stands_under_wide_letters() -> None:
    text = BASE + "[[check]]\nid = 'c'\nsay = 'x'\nif = \"photo is whole and 漢字 is x\"\n"
    lines = next(f for f in read(text).faults).render().splitlines()
    assert lines[2].index("^") == 8 + len('if = "photo is whole and ')


def test_control_characters_of_a_checklist_never_reach_the_terminal() -> None:
    text = BASE + '[[group]]\nid = "\\u001b[2J"\ntitle = "\u202e"\ncolou\u0301r = 1\n'
    shown = "\n".join(f.render() for f in read(text).faults)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_checklist_with_an_error_cannot_be_used_but_previewed() -> None:
    loaded = read(MANY_FAULTS)
    assert loaded.checklist is None
    assert loaded.draft is not None
    assert loaded.draft.item("a") is not None
    with pytest.raises(InputError, match="DX012"):
        loaded.usable()


def test_a_slip_that_can_be_mended_keeps_nothing_else_from_being_told() -> None:
    faults = read(MANY_FAULTS.replace("0.305", "0,5").replace("[[section]]", "[section]")).faults
    assert {"DX007", "DX014", "DX032", "DX037", "DX071"} <= {f.code for f in faults}


# The version of the language -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "message"),
    [
        ("", "missing"),
        ("schema = '1'\n", "version is `1`"),
        ("schema = true\n", "version is `True`"),
        ("schema = 0\n", "version is `0`"),
        ("schema = 2\n", "version is `2`"),
    ],
)
def test_only_version_1_is_read(first: str, message: str) -> None:
    faults = [f for f in read(BASE.replace("schema = 1\n", first)).faults if f.level == "error"]
    assert [f.code for f in faults] == ["DX019"]
    assert message in faults[0].message


def test_schema_under_a_block_is_told_to_move_up() -> None:
    text = BASE.replace("schema = 1\n", "").replace("[checklist]\n", "[checklist]\nschema = 1\n")
    faults = [f for f in read(text).faults if f.level == "error"]
    assert [(f.code, f.line) for f in faults] == [("DX019", 3)]
    assert "top of the file" in faults[0].help


# Include -------------------------------------------------------------------------------------


def test_what_is_included_comes_first_and_once(folder: Path) -> None:
    write(folder, "base", SECTION + item("one"))
    write(folder, "left", item("two"), '"base"')
    write(folder, "right", item("three"), '"base"')
    path = write(folder, "top", item("four"), '"left", "right"')
    loaded = load(path, Library(), craft=False)
    assert [i.id for i in loaded.usable().indicators] == ["one", "two", "three", "four"]
    assert [f.name for f in loaded.files] == ["base.toml", "left.toml", "right.toml", "top.toml"]


def test_a_file_includes_what_lies_beside_it_before_the_library(folder: Path) -> None:
    user = folder / "user"
    user.mkdir()
    write(user, "base", SECTION + item("from-user"))
    write(folder, "base", SECTION + item("from-beside"))
    path = write(folder, "top", item("own"), '"base"')
    assert load(path, Library(user)).usable().item("from-beside") is not None


def test_the_users_folder_comes_before_the_shipped_one(folder: Path) -> None:
    user, shipped = folder / "user", folder / "shipped"
    user.mkdir()
    shipped.mkdir()
    write(user, "base", SECTION + item("mine"))
    write(shipped, "base", SECTION + item("theirs"))
    library = Library(user, shipped)
    assert load("base", library).usable().item("mine") is not None
    assert [(e.path.parent.name, e.shipped, e.shadowed) for e in library.entries()] == [
        ("user", False, False),
        ("shipped", True, True),
    ]


def test_the_same_id_in_two_files_names_both(folder: Path) -> None:
    write(folder, "base", SECTION + item("one"))
    path = write(folder, "top", '[[field]]\nid = "one"\nlabel = "One"\n', '"base"')
    faults = load(path, Library()).faults
    twice = [f for f in faults if f.code == "DX031"]
    assert [f.file for f in twice] == [str(path)]
    assert "base.toml:9" in twice[0].message
    assert "top.toml" in twice[0].message


def test_one_proposition_in_two_files_is_one_if_about_the_same(folder: Path) -> None:
    pair = "".join(
        f'[[proposition]]\nid = "{i}"\nabout = "blank"\ntitle = "{i}"\n' for i in ("p", "q")
    )
    write(folder, "base", pair)
    path = write(folder, "top", pair, '"base"')
    assert [p.id for p in load(path, Library()).usable().propositions] == ["p", "q"]
    other = write(folder, "other", pair.replace("blank", "image"), '"base"')
    assert {f.code for f in load(other, Library()).faults if f.level == "error"} == {"DX064"}


def test_a_loop_of_includes_is_told_once_with_its_way(folder: Path) -> None:
    write(folder, "a", SECTION, '"b"')
    write(folder, "b", "", '"c"')
    path = write(folder, "c", "", '"a"')
    loops = [f for f in load(path, Library()).faults if f.code == "DX042"]
    assert len(loops) == 1
    assert loops[0].message == "`c` includes `a` includes `b` includes `c`"


def test_errors_of_an_included_file_are_told_with_its_name(folder: Path) -> None:
    base = write(folder, "base", SECTION + item("one", "nowhere"))
    path = write(folder, "top", item("two"), '"base"')
    faults = load(path, Library()).faults
    assert [(f.file, f.code) for f in faults if f.level == "error"] == [(str(base), "DX032")]


def test_warnings_of_an_included_file_are_told_when_it_is_checked_itself(folder: Path) -> None:
    leading = SECTION + item("one").replace("What of one?", "Is it genuine?")
    base = write(folder, "base", leading)
    path = write(folder, "top", "", '"base"')
    assert "DX101" not in [f.code for f in load(path, Library()).faults]
    assert "DX101" in [f.code for f in load(base, Library()).faults]


def test_an_included_file_that_is_not_toml_is_told(folder: Path) -> None:
    (folder / "base.toml").write_bytes(b"\xff\xfe\x00")
    path = write(folder, "top", SECTION, '"base"')
    found = {f.code for f in load(path, Library()).faults}
    assert {"DX003", "DX041"} <= found or "DX041" in found


def test_what_a_missing_include_would_have_brought_is_not_called_unknown(folder: Path) -> None:
    path = write(folder, "top", item("one", "elsewhere"), '"nope"')
    assert [f.code for f in load(path, Library()).faults if f.level == "error"] == ["DX041"]


def test_a_file_that_lies_about_its_id_is_not_included(folder: Path) -> None:
    (folder / "base.toml").write_text(HEAD.format(id="other"), "utf-8")
    path = write(folder, "top", SECTION, '"base"')
    assert "DX041" in [f.code for f in load(path, Library()).faults]


# Naming a checklist --------------------------------------------------------------------------


def test_an_unknown_id_is_told_with_the_nearest(folder: Path) -> None:
    faults = load("ru-military-boklet", Library()).faults
    assert [f.code for f in faults] == ["DX001"]
    assert faults[0].help == "Did you mean `ru-military-booklet`?"


def test_one_bad_file_hides_no_other(folder: Path) -> None:
    write(folder, "good", SECTION + item("one"))
    bad = write(folder, "bad", "x = \n")
    worse = folder / "worse.toml"
    found = check([bad, worse, "good"], Library(folder))
    assert {(Path(f.file).name, f.code) for f in found if f.level == "error"} == {
        ("bad.toml", "DX006"),
        ("worse.toml", "DX001"),
    }
    assert any(Path(f.file).name == "good.toml" for f in found)


def test_without_a_name_the_whole_library_is_checked(folder: Path) -> None:
    user, shipped = folder / "user", folder / "shipped"
    user.mkdir()
    shipped.mkdir()
    write(user, "mine", "x = 1\n")
    write(shipped, "theirs", "y = 1\n")
    (shipped / "theirs.uk.toml").write_text("z = 1\n", "utf-8")
    names = {Path(f.file).name for f in check([], Library(user, shipped)) if f.level == "error"}
    assert names == {"mine.toml", "theirs.toml", "theirs.uk.toml"}


def test_a_file_is_read_anew_when_it_changes(folder: Path) -> None:
    library = Library(folder)
    path = write(folder, "base", SECTION + item("one"))
    assert load("base", library).usable().item("one") is not None
    path.write_text(HEAD.format(id="base") + SECTION + item("other-one"), "utf-8")
    assert load("base", library).usable().item("other-one") is not None


def test_a_byte_order_mark_is_dropped(folder: Path) -> None:
    path = folder / "base.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD.format(id="base") + SECTION).encode())
    assert load(path, Library()).checklist is not None


def test_windows_line_ends_are_read_and_placed() -> None:
    faults = read(MANY_FAULTS.replace("\n", "\r\n")).faults
    assert [f.line for f in faults if f.code == "DX032"] == [12]
    assert all("\r" not in f.line_text for f in faults)
