"""The codes of faults: stable numbers, each with its level, its meaning and an example.

`docs/faults.md` is made from this table, and a test proves that every example gives its code.
"""

from __future__ import annotations

from dataclasses import dataclass

from docexam.checklists.faults import ERROR, NOTE, WARN


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `wrong`: TOML added to a small sound checklist that brings the fault about.

    With `whole` the example is a file of its own; an empty example cannot be shown in TOML.
    """

    number: int
    level: str
    title: str
    meaning: str
    wrong: str = ""
    whole: bool = False

    @property
    def id(self) -> str:
        """Return the code as it is printed: `DX012`."""
        return f"DX{self.number:03}"


BASE = """\
schema = 1

[checklist]
id      = "example"
version = "1.0.0"
title   = "Example"

[[proposition]]
id    = "regular"
about = "contents"
title = "Regularly issued"

[[proposition]]
id    = "altered"
about = "contents"
title = "Altered after issue"

[[section]]
id    = "seals"
title = "Seals"

[[indicator]]
id      = "photo"
section = "seals"
ask     = "How much of the photograph is in its place?"
look    = ["Fit the page"]
status  = "unverified"
source  = "Field practice"

  [[indicator.choice]]
  id    = "whole"
  label = "All of it"
  bears = { regular = 0.1, altered = -0.1 }

  [[indicator.choice]]
  id       = "torn"
  label    = "A part of it"
  evidence = "region"

"""
"""What an example is added to."""

_SEAL = """\
[[indicator]]
id      = "seal"
section = "seals"
ask     = "How does the seal meet the photograph?"
status  = "unverified"
source  = "Field practice"
"""
_TWO = """\

  [[indicator.choice]]
  id    = "over"
  label = "Over its edge"

  [[indicator.choice]]
  id    = "beside"
  label = "Beside it"
"""
_FIELD = """\
[[field]]
id    = "number"
label = "Number"
"""

_FILE = (
    Code(
        1,
        ERROR,
        "The file cannot be read",
        "It does not exist, is a folder, a pipe or a device, or may not be read by you; or no "
        "checklist of that id is in the library (`docexam checklist list`).",
    ),
    Code(
        2,
        ERROR,
        "The file is too large",
        "Checklists are read up to 1 MB. Split the file; `include` joins the parts.",
    ),
    Code(3, ERROR, "The file is not UTF-8", "Save it as UTF-8. A byte order mark does no harm."),
    Code(
        4,
        ERROR,
        "A control character",
        "The file holds a character that is neither text, tab nor line end. Remove it; it often "
        "comes with text pasted from elsewhere.",
    ),
    Code(
        5,
        ERROR,
        "Too deep, too long or too many",
        "No checklist needs tables nested deeper than 8, keys longer than 100 characters, more "
        "than 60 000 values, or numbers of thousands of digits. Such files are not read further.",
        wrong="[a.b.c.d.e.f.g.h.i]\n",
    ),
    Code(
        6,
        ERROR,
        "Not TOML",
        "The line does not follow the rules of TOML: a quote or bracket is not closed, a text has "
        "no quotes, `:` stands for `=`, or two values stand on a line.",
        wrong='[[group]]\nid = damage\ntitle = "One damage"\n',
    ),
    Code(
        7,
        ERROR,
        "A decimal comma",
        "TOML writes decimals with a point.",
        wrong=_SEAL.replace("[[indicator]]", "[[indicator]]\nneeds = { min_px = 0,5 }"),
    ),
    Code(
        8,
        ERROR,
        "A decimal point without a digit beside it",
        "Write `0.5` for `.5`, and `5.0` or `5` for `5.`.",
        wrong='[[scale]]\nid    = "own"\nbands = [ { id = "weak", from = .3, words = "weak" } ]\n',
    ),
    Code(
        9,
        ERROR,
        "A backslash in double quotes",
        "In double quotes a backslash begins an escape such as `\\n`, and `\\d` is none. Patterns "
        "belong in single quotes: `pattern = '\\d{6}'`.",
        wrong=_FIELD + 'pattern = "\\d{6}"\n',
    ),
    Code(
        10,
        ERROR,
        "Typographic quotation marks",
        "Word processors and some editors turn straight quotes into curved ones. TOML knows only "
        "the straight ones. Inside a text curved quotes are welcome.",
        wrong='[[group]]\nid    = "damage"\ntitle = “One damage”\n',
    ),
    Code(
        11,
        ERROR,
        "A key with letters outside a to z",
        "Keys are Latin. A Cyrillic а, е, о, р, с or х in a key looks right and is not.",
        wrong='[[group]]\nid    = "damage"\ntitl\u0435 = "One damage"\n',
    ),
    Code(
        12,
        ERROR,
        "An unknown key",
        "The block has no key of that name. The complaint names the nearest that it has. Strict, "
        "because a mistyped key would otherwise be lost without a word.",
        wrong=_SEAL + "critcal = true\n" + _TWO,
    ),
    Code(
        13,
        ERROR,
        "A key of the item under its choice",
        "After `[[indicator.choice]]` every key belongs to that choice. Keys of the indicator stand "
        "above its first choice.",
        wrong=_SEAL + _TWO + "  critical = true\n",
    ),
    Code(
        14,
        ERROR,
        "Single brackets for a block that may come often",
        "`[checklist]` comes once and has single brackets. Indicators, fields, choices and the "
        "others come as often as needed and have double ones.",
        wrong='[check]\nid  = "torn"\nif  = "photo is torn"\nsay = "The photograph is torn."\n',
    ),
    Code(
        15,
        ERROR,
        "A choice without its indicator",
        "`[[choice]]` belongs to nothing. Write `[[indicator.choice]]` below its `[[indicator]]`.",
        wrong=_SEAL + '\n[[choice]]\nid    = "over"\nlabel = "Over its edge"\n',
    ),
    Code(
        16,
        ERROR,
        "A key of the checklist in another block",
        "`include`, `scale`, `summary` and the like stand under `[checklist]`, before the first "
        "`[[…]]`. TOML counts every key to the last header above it.",
        wrong='[[group]]\nid      = "damage"\ntitle   = "One damage"\ninclude = ["open-web-image"]\n',
    ),
    Code(
        17,
        WARN,
        "A line break or a last comma inside { }",
        "TOML 1.1 allows both and docexam reads them; many editors and programs still follow "
        "TOML 1.0. Keep `{ }` on one line.",
        wrong=_SEAL + "needs   = { min_px = 80, }\n" + _TWO,
    ),
    Code(
        18,
        ERROR,
        "No number",
        "`nan` and `inf` are TOML, but no weight.",
        wrong=_SEAL + _TWO + "  bears = { regular = nan }\n",
    ),
    Code(
        19,
        ERROR,
        "The version of the language",
        "`schema = 1` stands at the top of the file, before the first block. A file of a later "
        "version needs a later docexam.",
        wrong='schema = 2\n[checklist]\nid = "example"\nversion = "1"\ntitle = "Example"\n',
        whole=True,
    ),
)

_SHAPE = (
    Code(
        20,
        ERROR,
        "A key is missing",
        "The block cannot do without it.",
        wrong='[[group]]\nid = "damage"\n',
    ),
    Code(
        21,
        ERROR,
        "Another kind of value is expected",
        "A text stands in quotes, a list in `[ ]`, yes or no is `true` or `false`.",
        wrong=_SEAL + 'look    = "Fit the page"\n' + _TWO,
    ),
    Code(
        22,
        ERROR,
        "Not one of the words allowed here",
        "The key takes one of a few words; the complaint lists them.",
        wrong=_SEAL + 'kind    = "compared"\n' + _TWO,
    ),
    Code(
        23,
        ERROR,
        "Not an id",
        "Ids are lower-case Latin letters and digits in words joined by single `-` or `_`, without "
        "dots or spaces, at most 64 characters.",
        wrong='[[group]]\nid    = "One damage"\ntitle = "One damage"\n',
    ),
    Code(
        24,
        ERROR,
        "A reserved word as a choice",
        "The non-answers `unclear`, `not-visible`, `no-reference`, `not-applicable` and `open` are "
        "offered on every item and never written; `answered`, `is`, `not`, `in`, `and`, `or` have "
        "their meaning in conditions.",
        wrong=_SEAL + _TWO.replace('"beside"', '"not-visible"'),
    ),
    Code(
        25,
        ERROR,
        "An empty or a very long text",
        "Texts that are shown need at least one letter and at most 4000 characters.",
        wrong='[[group]]\nid    = "damage"\ntitle = ""\n',
    ),
    Code(
        26,
        ERROR,
        "A number out of its bounds",
        "The complaint names the bounds.",
        wrong=_SEAL + "stage   = 0\n" + _TWO,
    ),
    Code(
        27,
        ERROR,
        "Twice in one block",
        "A key may stand once in a block. Often the `[[…]]` line of the next item is lacking.",
        wrong='[[group]]\nid    = "damage"\ntitle = "One damage"\ntitle = "One fire"\n',
    ),
    Code(
        28,
        ERROR,
        "`repeat` is reserved",
        "Asking an item once per capture or per marked thing belongs to a later version of the "
        "language. Write one item for each for now.",
        wrong=_SEAL + 'repeat  = "capture"\n' + _TWO,
    ),
)

_NAMES = (
    Code(
        30,
        ERROR,
        "The same id twice",
        "Indicators, fields and facts share one namespace; sections, groups, places, answer sets, "
        "checks, scales, propositions, and the choices of one item have their own.",
        wrong=_SEAL.replace('"seal"', '"photo"') + _TWO,
    ),
    Code(
        31,
        ERROR,
        "The same id in two files",
        "What an included checklist brings and what the file itself declares must differ. Rename "
        "one of them, or leave the own one out.",
    ),
    Code(
        32,
        ERROR,
        "An unknown section",
        "Declare it by a `[[section]]`, here or in an included checklist.",
        wrong=_SEAL.replace('"seals"', '"stamps"') + _TWO,
    ),
    Code(
        33,
        ERROR,
        "An unknown page",
        "`page` names a choice of the fact that has `pages = true`.",
        wrong=_SEAL + 'page    = "identity"\n' + _TWO,
    ),
    Code(
        34,
        ERROR,
        "An unknown place",
        "Declare it by a `[[place]]`.",
        wrong=_SEAL + 'place   = "portrait"\n' + _TWO,
    ),
    Code(
        35,
        ERROR,
        "An unknown answer set",
        "Declare it by `[[answers]]`.",
        wrong=_SEAL + 'answers = "presence"\n',
    ),
    Code(
        36,
        ERROR,
        "A choice that the answer set lacks",
        "An item that takes a set may say more about its choices, by the same ids, but not add any. "
        "Write the choices out, or declare another set.",
        wrong='[[answers]]\nid      = "presence"\nchoices = [ { id = "present", label = "Present" } ]\n\n'
        + _SEAL
        + 'answers = "presence"\n\n  [[indicator.choice]]\n  id    = "presnt"\n  label = "There"\n',
    ),
    Code(
        37,
        ERROR,
        "An unknown proposition",
        "`bears` names propositions by their ids.",
        wrong=_SEAL + _TWO + "  bears = { regluar = 0.1 }\n",
    ),
    Code(
        38,
        ERROR,
        "An unknown scale",
        "`enfsi-2015` ships with docexam; others are declared by a `[[scale]]` in the same file.",
        wrong=BASE.replace('title   = "Example"', 'title   = "Example"\nscale   = "enfsi"'),
        whole=True,
    ),
    Code(
        39,
        WARN,
        "A group used once and not declared",
        "A group of one does nothing, so this is often a mistyped id. Declare the group by a "
        "`[[group]]` that names the common cause, or leave it out.",
        wrong=_SEAL + 'group   = "damage"\n' + _TWO,
    ),
    Code(
        41,
        ERROR,
        "An included checklist is not found",
        "Included checklists are looked for beside the file, in your own folder (`docexam "
        "locate`), and among the shipped ones.",
        wrong=BASE.replace('title   = "Example"', 'title   = "Example"\ninclude = ["no-such"]'),
        whole=True,
    ),
    Code(
        42,
        ERROR,
        "Checklists that include each other",
        "A checklist cannot include itself, directly or through others.",
        wrong=BASE.replace('title   = "Example"', 'title   = "Example"\ninclude = ["example"]'),
        whole=True,
    ),
    Code(
        43,
        ERROR,
        "A path where an id is expected",
        "`include` takes the ids of checklists, never paths: a checklist must not reach for files "
        "outside the folders of checklists.",
        wrong=BASE.replace('title   = "Example"', 'title   = "Example"\ninclude = ["../other"]'),
        whole=True,
    ),
    Code(
        44,
        ERROR,
        "A link that leads out of its folder",
        "A file in a folder of checklists is a link to a file elsewhere. Copy the file instead.",
    ),
    Code(
        45,
        WARN,
        "The file's name is not its id",
        "A checklist is found faster and by everyone when `ID.toml` is its name.",
    ),
)

_ITEMS = (
    Code(
        50,
        ERROR,
        "No choices",
        "An item of type `choice` or `many` needs choices: blocks of its own, or `answers`.",
        wrong=_SEAL,
    ),
    Code(
        51,
        ERROR,
        "Choices where none can be chosen",
        "Items of type `text`, `number` and `date`, and fields that are not of type `choice`, have "
        "no choices.",
        wrong=_SEAL + 'type    = "number"\n' + _TWO,
    ),
    Code(
        52,
        ERROR,
        "A `yesno` item with another choice",
        "Its choices are `yes` and `no`. Write `[[indicator.choice]]` only to add keys to them.",
        wrong=_SEAL + 'type    = "yesno"\n' + _TWO,
    ),
    Code(
        53,
        ERROR,
        "A fact, a field or an answer set with weights",
        "Facts and fields bear on nothing, and what a shared answer bears depends on the item. "
        "Write `bears`, `calibrated` and `group` under the choices of indicators.",
        wrong='[[fact]]\nid      = "origin"\nask     = "Where does the picture come from?"\n'
        'choices = [ { id = "web", label = "The web", bears = { regular = 0.1 } } ]\n',
    ),
    Code(
        54,
        ERROR,
        "A choice without a label",
        "A choice needs a label unless it comes from an answer set or is `yes` or `no`.",
        wrong=_SEAL + _TWO.replace('  label = "Beside it"\n', ""),
    ),
    Code(
        55,
        ERROR,
        "The fact about pages",
        "One fact at most, of type `choice` or `many`, has `pages = true`.",
        wrong='[[fact]]\nid    = "pages"\nask   = "How many pages are shown?"\ntype  = "number"\n'
        "pages = true\n",
    ),
    Code(
        56,
        WARN,
        "A place on another page",
        "The item names one page, and its place stands on another.",
        wrong='[[fact]]\nid      = "pages"\nask     = "Which pages are shown?"\ntype    = "many"\n'
        'pages   = true\nchoices = [ { id = "cover", label = "Cover" }, { id = "inside", label = '
        '"Inside" } ]\n\n[[place]]\nid    = "portrait"\ntitle = "Portrait"\npage  = "inside"\n\n'
        + _SEAL
        + 'page    = "cover"\nplace   = "portrait"\n'
        + _TWO,
    ),
)

_WEIGHTS = (
    Code(
        60,
        ERROR,
        "A weight finer than a hundredth",
        "Weights are whole hundredths: `0.30`, not `0.305`. Nobody's judgement is finer.",
        wrong=_SEAL + _TWO + "  bears = { regular = 0.305, altered = 0.0 }\n",
    ),
    Code(
        61,
        ERROR,
        "A weight beyond 2",
        "Beyond ±2 one answer would say more than a hundred to one. No observation of a picture "
        "carries that by judgement.",
        wrong=_SEAL + _TWO + "  bears = { regular = 2.5, altered = 0.0 }\n",
    ),
    Code(
        62,
        WARN,
        "A weight beyond 1",
        "Beyond ±1 one answer says more than ten to one. Say in `calibrated` which study that "
        "comes from, or make it smaller.",
        wrong=_SEAL + _TWO + "  bears = { regular = 1.2, altered = 0.0 }\n",
    ),
    Code(
        63,
        ERROR,
        "A question with one explanation",
        "Propositions are compared only within one question (`about`), so a question in use needs "
        "at least two.",
        wrong='[[proposition]]\nid    = "genuine"\nabout = "blank"\ntitle = "Genuine blank"\n',
    ),
    Code(
        64,
        ERROR,
        "One proposition about two questions",
        "An included checklist has a proposition of this id about another question. Rename one.",
    ),
    Code(
        65,
        ERROR,
        "The bands of a scale",
        "The bands of a scale begin at 0 or above, each higher than the one before, in hundredths.",
        wrong='[[scale]]\nid    = "own"\nbands = [ { id = "strong", from = 2.0, words = "strong" }, '
        '{ id = "weak", from = 0.3, words = "weak" } ]\n',
    ),
)

_CONDITIONS = (
    Code(
        70,
        ERROR,
        "A condition that cannot be read",
        "See “Conditions” on the language's page. `and` and `or` are mixed only with parentheses.",
        wrong=_SEAL + 'when    = "photo is whole or torn"\n' + _TWO,
    ),
    Code(
        71,
        ERROR,
        "A condition about something unknown",
        "It names no indicator, fact or field of this checklist or of an included one.",
        wrong=_SEAL + 'when    = "foto is whole"\n' + _TWO,
    ),
    Code(
        72,
        ERROR,
        "A condition about an unknown answer",
        "The item has no choice of that id.",
        wrong=_SEAL + 'when    = "photo is present"\n' + _TWO,
    ),
    Code(
        73,
        ERROR,
        "A condition about a later stage",
        "What is asked in a stage cannot depend on what is asked later.",
        wrong=_SEAL
        + _TWO
        + "\n"
        + _SEAL.replace('"seal"', '"ink"')
        + "stage   = 2\n"
        + _TWO
        + "\n"
        + _SEAL.replace('"seal"', '"edge"')
        + 'when    = "ink is over"\n'
        + _TWO,
    ),
    Code(
        74,
        ERROR,
        "Conditions that depend on each other",
        "An item cannot depend on itself, directly, through others, or through its own section or "
        "group.",
        wrong=_SEAL + 'when    = "seal is over"\n' + _TWO,
    ),
    Code(
        75,
        ERROR,
        "A condition about an unknown section or group",
        "The section must be declared; the group must be declared or used.",
        wrong=_SEAL + 'when    = "any in section stamps is whole"\n' + _TWO,
    ),
    Code(
        76,
        ERROR,
        "`=` where `is` is meant",
        "Answers are asked for by `is` and `in`; `=`, `<` and the others compare fields, numbers, "
        "dates and texts.",
        wrong=_SEAL + 'when    = "photo = whole"\n' + _TWO,
    ),
    Code(
        77,
        ERROR,
        "`is` where a comparison is meant",
        "The item or field has no choices. Ask whether it `is answered`, or compare its value.",
        wrong=_FIELD + "\n" + _SEAL + 'when    = "number is present"\n' + _TWO,
    ),
    Code(
        78,
        ERROR,
        "A comparison that means nothing",
        "Dates compare with dates, numbers with numbers; texts are only equal or not.",
        wrong=_FIELD + "\n" + _SEAL + "when    = \"number < 'AB'\"\n" + _TWO,
    ),
    Code(
        79,
        ERROR,
        "`is not visible`",
        "The non-answer is one word: `photo is not-visible`. (`is not` followed by an answer means "
        "another answer was chosen.)",
        wrong=_SEAL + 'when    = "photo is not visible"\n' + _TWO,
    ),
    Code(
        80,
        ERROR,
        "A pattern outside the small language",
        "Patterns have literals, classes, groups, alternation, `?` and `{m,n}`, at most 200 "
        "characters, and no repeat inside a repeat, so that no reading can make them run long.",
        wrong=_FIELD + "pattern = '[A-Z]+'\n",
    ),
)

_CRAFT = (
    Code(
        101,
        WARN,
        "A leading question",
        "The question suggests its answer. Ask what is there: “How does the seal meet the "
        "photograph?”, not “Is the seal not obviously false?”.",
        wrong=_SEAL.replace("How does the seal meet", "Is it not obvious that the seal misses")
        + _TWO,
    ),
    Code(
        102,
        WARN,
        "Two questions in one",
        "One of them may be true and the other not; then no answer fits. Ask twice.",
        wrong=_SEAL.replace(
            "How does the seal meet the photograph?",
            "Is the seal round and does it cross the photograph?",
        )
        + _TWO,
    ),
    Code(
        103,
        WARN,
        "An answer that bears on every proposition alike",
        "It then says nothing for any of them. Leave `bears` out, and say why in `does_not_show`.",
        wrong=_SEAL + _TWO + "  bears = { regular = 0.2, altered = 0.2 }\n",
    ),
    Code(
        104,
        WARN,
        "A question named in part",
        "The answer names some of the propositions of a question. The others count 0 there; write "
        "`0.0` for those that were considered.",
        wrong=_SEAL + _TWO + "  bears = { regular = 0.2 }\n",
    ),
    Code(
        105,
        WARN,
        "A critical item without `look`",
        "What everything waits for should say where and how to look.",
        wrong=_SEAL + "critical = true\n" + _TWO,
    ),
    Code(
        106,
        WARN,
        "“Absent” without a marked region",
        'An answer that something is not there needs `evidence = "region"`: the place where it was '
        "looked for. Otherwise “absent” and “not visible” cannot be told apart later.",
        wrong=_SEAL + _TWO.replace('"beside"', '"absent"').replace("Beside it", "Absent"),
    ),
    Code(
        107,
        WARN,
        "A comparison without a source",
        "An item of kind `compare` says in `source` what it is to be compared with.",
        wrong=_SEAL.replace('source  = "Field practice"\n', "") + 'kind    = "compare"\n' + _TWO,
    ),
    Code(
        108,
        WARN,
        "An item that is never asked",
        "Its condition is false whatever the examiner answers.",
        wrong=_SEAL + 'when    = "photo is whole and photo is torn"\n' + _TWO,
    ),
    Code(
        109,
        WARN,
        "`is not` on an item with more than two choices",
        "`photo is not torn` is true for every other answer, those added later too. Name the "
        "answers that are meant: `photo in [whole, partial]`.",
        wrong=_SEAL
        + _TWO
        + '\n  [[indicator.choice]]\n  id    = "under"\n  label = "Under it"\n\n'
        + _SEAL.replace('"seal"', '"edge"')
        + 'when    = "seal is not over"\n'
        + _TWO,
    ),
    Code(
        110,
        WARN,
        "No source or status",
        "Every indicator says where its knowledge comes from (`source`) and how well it is founded "
        "(`status`).",
        wrong=_SEAL.replace('source  = "Field practice"\n', "") + _TWO,
    ),
    Code(
        111,
        NOTE,
        "Declared and not used",
        "A section without indicators, an answer set, a place or a group that nothing names.",
        wrong='[[section]]\nid    = "stamps"\ntitle = "Stamps"\n',
    ),
    Code(
        112,
        WARN,
        "One choice only",
        "An item with a single choice asks nothing.",
        wrong=_SEAL + _TWO.split("\n\n", maxsplit=1)[0] + "\n",
    ),
)

_TRANSLATIONS = (
    Code(
        120,
        WARN,
        "A text is not translated",
        "The translation lacks it; the original is shown in its place.",
    ),
    Code(
        121,
        WARN,
        "A translation is stale",
        "The original has changed since this was translated (`source_hash`). Read both and renew.",
    ),
    Code(
        122,
        ERROR,
        "A translation of something unknown",
        "The checklist has no block or key of that name, or none that is translated.",
    ),
    Code(
        123,
        ERROR,
        "Which checklist is translated",
        "`[translation]` names the checklist (`of`), its `version` and the `language`, and the "
        "file is named after them: `ID.LANGUAGE.toml`.",
    ),
)

CODES: dict[str, Code] = {
    code.id: code
    for code in (
        *_FILE, *_SHAPE, *_NAMES, *_ITEMS, *_WEIGHTS, *_CONDITIONS, *_CRAFT, *_TRANSLATIONS
    )
}  # fmt: skip


def level_of(code: str) -> str:
    """Return the level of a code unless its complaint says otherwise."""
    return CODES[code].level
