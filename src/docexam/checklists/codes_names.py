"""The codes of names, answers, weights and conditions."""

from __future__ import annotations

from docexam.checklists.code_samples import BASE, FIELD, SEAL, SET, TWO, Code
from docexam.checklists.faults import ERROR, NOTE, WARN

NAMES: tuple[Code, ...] = (
    Code(
        30,
        ERROR,
        "The same id twice",
        "Indicators, fields and facts share one namespace; sections, groups, places, answer sets, "
        "checks, scales, propositions, and the choices of one item have their own.",
        wrong=SEAL.replace('"seal"', '"photo"') + TWO,
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
        wrong=SEAL.replace('"seals"', '"stamps"') + TWO,
    ),
    Code(
        33,
        ERROR,
        "An unknown page",
        "`page` names a choice of the fact that has `pages = true`.",
        wrong=SEAL + 'page    = "identity"\n' + TWO,
    ),
    Code(
        34,
        ERROR,
        "An unknown place",
        "Declare it by a `[[place]]`.",
        wrong=SEAL + 'place   = "portrait"\n' + TWO,
    ),
    Code(
        35,
        ERROR,
        "An unknown answer set",
        "Declare it by `[[answers]]`.",
        wrong=SEAL + 'answers = "presence"\n',
    ),
    Code(
        36,
        ERROR,
        "A choice that the answer set lacks",
        "An item that takes a set says more about a choice by the same id. A choice of its own "
        "needs a label; one whose id is close to one of the set is told as a warning.",
        wrong=SET + SEAL + 'answers = "presence"\n\n  [[indicator.choice]]\n  id    = "presnt"\n',
    ),
    Code(
        37,
        ERROR,
        "An unknown proposition",
        "`bears` names propositions by their ids.",
        wrong=SEAL + TWO + "  bears = { regluar = 0.1 }\n",
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
        wrong=SEAL + 'group   = "damage"\n' + TWO,
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
        NOTE,
        "The file's name is not its id",
        "A checklist is found faster and by everyone when `ID.toml` is its name.",
    ),
)

ITEMS: tuple[Code, ...] = (
    Code(
        50,
        ERROR,
        "No choices",
        "An item of type `choice` or `many` needs choices: blocks of its own, or `answers`.",
        wrong=SEAL,
    ),
    Code(
        51,
        ERROR,
        "Choices where none can be chosen",
        "Items of type `text`, `number` and `date`, and fields that are not of type `choice`, have "
        "no choices.",
        wrong=SEAL + 'type    = "number"\n' + TWO,
    ),
    Code(
        52,
        ERROR,
        "A `yesno` item with another choice",
        "Its choices are `yes` and `no`. Write `[[indicator.choice]]` only to add keys to them.",
        wrong=SEAL + 'type    = "yesno"\n' + TWO,
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
        wrong=SEAL + TWO.replace('  label = "Beside it"\n', ""),
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
        + SEAL
        + 'page    = "cover"\nplace   = "portrait"\n'
        + TWO,
    ),
)

AIDS: tuple[Code, ...] = (
    Code(
        57,
        ERROR,
        "An aid of notes beside answers that bear",
        "What the aid `names` says is about spelling. It may stand beside a reading or an item "
        "without weights, never beside an answer that speaks for or against an explanation.",
        wrong=SEAL + 'aid     = "names"\n' + TWO + "  bears = { regular = 0.1, altered = 0.0 }\n",
    ),
)

WEIGHTS: tuple[Code, ...] = (
    Code(
        60,
        ERROR,
        "A weight finer than a hundredth",
        "Weights are whole hundredths: `0.30`, not `0.305`. Nobody's judgement is finer.",
        wrong=SEAL + TWO + "  bears = { regular = 0.305, altered = 0.0 }\n",
    ),
    Code(
        61,
        ERROR,
        "A weight beyond 2",
        "Beyond ±2 one answer would say more than a hundred to one. No observation of a picture "
        "carries that by judgement.",
        wrong=SEAL + TWO + "  bears = { regular = 2.5, altered = 0.0 }\n",
    ),
    Code(
        62,
        WARN,
        "A weight beyond 1",
        "Beyond ±1 one answer says more than ten to one. Say in `calibrated` which study that "
        "comes from, or make it smaller.",
        wrong=SEAL + TWO + "  bears = { regular = 1.2, altered = 0.0 }\n",
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
        "The bands of a scale begin at 0 or above, each higher than the one before.",
        wrong='[[scale]]\nid    = "own"\nbands = [ { id = "strong", from = 2.0, words = "strong" },'
        ' { id = "weak", from = 0.3, words = "weak" } ]\n',
    ),
)

CONDITIONS: tuple[Code, ...] = (
    Code(
        70,
        ERROR,
        "A condition that cannot be read",
        "See “Conditions” on the language's page. `and` and `or` are mixed only with parentheses.",
        wrong=SEAL + 'when    = "photo is whole or torn"\n' + TWO,
    ),
    Code(
        71,
        ERROR,
        "A condition about something unknown",
        "It names no indicator, fact or field of this checklist or of an included one.",
        wrong=SEAL + 'when    = "foto is whole"\n' + TWO,
    ),
    Code(
        72,
        ERROR,
        "A condition about an unknown answer",
        "The item has no choice of that id.",
        wrong=SEAL + 'when    = "photo is present"\n' + TWO,
    ),
    Code(
        73,
        ERROR,
        "A condition about a later stage",
        "What is asked in a stage cannot depend on what is asked later.",
        wrong=SEAL
        + TWO
        + "\n"
        + SEAL.replace('"seal"', '"ink"')
        + "stage   = 2\n"
        + TWO
        + "\n"
        + SEAL.replace('"seal"', '"edge"')
        + 'when    = "ink is over"\n'
        + TWO,
    ),
    Code(
        74,
        ERROR,
        "Conditions that depend on each other",
        "An item cannot depend on itself, directly, through others, or through its own section or "
        "group.",
        wrong=SEAL + 'when    = "seal is over"\n' + TWO,
    ),
    Code(
        75,
        ERROR,
        "A condition about an unknown section or group",
        "The section must be declared; the group must be declared or used.",
        wrong=SEAL + 'when    = "any in section stamps is whole"\n' + TWO,
    ),
    Code(
        76,
        ERROR,
        "`=` where `is` is meant",
        "Answers are asked for by `is` and `in`; `=`, `<` and the others compare fields, numbers, "
        "dates and texts.",
        wrong=SEAL + 'when    = "photo = whole"\n' + TWO,
    ),
    Code(
        77,
        ERROR,
        "`is` where a comparison is meant",
        "The item or field has no choices. Ask whether it `is answered`, or compare its value.",
        wrong=FIELD + "\n" + SEAL + 'when    = "number is present"\n' + TWO,
    ),
    Code(
        78,
        ERROR,
        "A comparison that means nothing",
        "Dates compare with dates, numbers with numbers; texts are only equal or not.",
        wrong=FIELD + "\n" + SEAL + "when    = \"number < 'AB'\"\n" + TWO,
    ),
    Code(
        79,
        ERROR,
        "`is not visible`",
        "The non-answer is one word: `photo is not-visible`. (`is not` followed by an answer means "
        "another answer was chosen.)",
        wrong=SEAL + 'when    = "photo is not visible"\n' + TWO,
    ),
    Code(
        80,
        ERROR,
        "A pattern outside the small language",
        "Patterns have literals, classes, groups, alternation, `?` and `{m,n}`, at most 200 "
        "characters, and no repeat inside a repeat, so that no reading can make them run long.",
        wrong=FIELD + "pattern = '[A-Z]+'\n",
    ),
)
