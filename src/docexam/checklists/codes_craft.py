"""The codes of the craft and of translations."""

from __future__ import annotations

from docexam.checklists.code_samples import SEAL, TWO, Code
from docexam.checklists.faults import ERROR, NOTE, WARN

CRAFT: tuple[Code, ...] = (
    Code(
        101,
        WARN,
        "A leading question",
        "The question suggests its answer. Ask what is there: “How does the seal meet the "
        "photograph?”, not “Is the seal not obviously false?”.",
        wrong=SEAL.replace("How does the seal meet", "Is it not obvious that the seal misses")
        + TWO,
    ),
    Code(
        102,
        WARN,
        "Two questions in one",
        "One of them may be true and the other not; then no answer fits. Ask twice.",
        wrong=SEAL.replace(
            "How does the seal meet the photograph?",
            "Is the seal round and does it cross the photograph?",
        )
        + TWO,
    ),
    Code(
        103,
        WARN,
        "An answer that bears on every proposition alike",
        "It then says nothing for any of them. Leave `bears` out, and say why in `does_not_show`.",
        wrong=SEAL + TWO + "  bears = { regular = 0.2, altered = 0.2 }\n",
    ),
    Code(
        104,
        WARN,
        "A question named in part",
        "The answer names some of the propositions of a question. The others count 0 there; write "
        "`0.0` for those that were considered.",
        wrong=SEAL + TWO + "  bears = { regular = 0.2 }\n",
    ),
    Code(
        105,
        WARN,
        "A critical item without `look`",
        "What everything waits for should say where and how to look.",
        wrong=SEAL + "critical = true\n" + TWO,
    ),
    Code(
        106,
        WARN,
        "“Absent” without a marked region",
        'An answer that something is not there needs `evidence = "region"`: the place where it was '
        "looked for. Otherwise “absent” and “not visible” cannot be told apart later.",
        wrong=SEAL + TWO.replace('"beside"', '"absent"').replace("Beside it", "Absent"),
    ),
    Code(
        107,
        WARN,
        "A comparison without a source",
        "An item of kind `compare` says in `source` what it is to be compared with.",
        wrong=SEAL.replace('source  = "Field practice"\n', "") + 'kind    = "compare"\n' + TWO,
    ),
    Code(
        108,
        WARN,
        "An item that is never asked",
        "Its condition is false whatever the examiner answers.",
        wrong=SEAL + 'when    = "photo is whole and photo is torn"\n' + TWO,
    ),
    Code(
        109,
        WARN,
        "`is not` on an item with more than two choices",
        "`photo is not torn` is true for every other answer, those added later too. Name the "
        "answers that are meant: `photo in [whole, partial]`.",
        wrong=SEAL
        + TWO
        + '\n  [[indicator.choice]]\n  id    = "under"\n  label = "Under it"\n\n'
        + SEAL.replace('"seal"', '"edge"')
        + 'when    = "seal is not over"\n'
        + TWO,
    ),
    Code(
        110,
        WARN,
        "No source or status",
        "Every indicator says where its knowledge comes from (`source`) and how well it is founded "
        "(`status`).",
        wrong=SEAL.replace('source  = "Field practice"\n', "") + TWO,
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
        wrong=SEAL + TWO.split("\n\n", maxsplit=1)[0] + "\n",
    ),
)

UNKNOWN_AID: tuple[Code, ...] = (
    Code(
        113,
        NOTE,
        "An aid that docexam does not bring",
        "`aid` of an item and `aids` of a field name programs that propose. A name that is none of "
        "docexam's own may be that of an installed package; one that is close to one of them is "
        "told as a warning.",
        wrong=SEAL + 'aid     = "watermark"\n' + TWO,
    ),
)

TRANSLATIONS: tuple[Code, ...] = (
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
