"""The codes of what a file, its blocks and its values may lack."""

from __future__ import annotations

from docexam.checklists.code_samples import FIELD, SEAL, TWO, Code
from docexam.checklists.faults import ERROR, WARN

FILE: tuple[Code, ...] = (
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
        wrong=SEAL + TWO + "  bears = { regular = 0,5, altered = 0.0 }\n",
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
        wrong=FIELD + 'pattern = "\\d{6}"\n',
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
        wrong=SEAL + "critcal = true\n" + TWO,
    ),
    Code(
        13,
        ERROR,
        "A key of the item under its choice",
        "After `[[indicator.choice]]` every key belongs to that choice. Keys of the indicator "
        "stand above its first choice.",
        wrong=SEAL + TWO + "  critical = true\n",
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
        wrong=SEAL + '\n[[choice]]\nid    = "over"\nlabel = "Over its edge"\n',
    ),
    Code(
        16,
        ERROR,
        "A key of the checklist in another block",
        "`include`, `scale`, `summary` and the like stand under `[checklist]`, before the first "
        "`[[…]]`. TOML counts every key to the last header above it.",
        wrong='[[group]]\nid      = "damage"\ntitle   = "One damage"\ninclude = ["other"]\n',
    ),
    Code(
        17,
        WARN,
        "A line break or a last comma inside { }",
        "TOML 1.1 allows both and docexam reads them; many editors and programs still follow "
        "TOML 1.0. Keep `{ }` on one line.",
        wrong=SEAL + "needs   = { min_px = 80, }\n" + TWO,
    ),
    Code(
        18,
        ERROR,
        "No number",
        "`nan` and `inf` are TOML, but no weight.",
        wrong=SEAL + TWO + "  bears = { regular = nan }\n",
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

SHAPE: tuple[Code, ...] = (
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
        wrong=SEAL + 'look    = "Fit the page"\n' + TWO,
    ),
    Code(
        22,
        ERROR,
        "Not one of the words allowed here",
        "The key takes one of a few words; the complaint lists them.",
        wrong=SEAL + 'kind    = "compared"\n' + TWO,
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
        wrong=SEAL + TWO.replace('"beside"', '"not-visible"'),
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
        wrong=SEAL + "stage   = 0\n" + TWO,
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
        wrong=SEAL + 'repeat  = "capture"\n' + TWO,
    ),
)
