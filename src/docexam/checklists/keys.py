"""The keys of the checklist language: one definition.

From these tables come the strict reading of files, the JSON Schema for editors, the completion
and help of docexam's own editor, and the reference in the documentation.

A table of its own instead of pydantic models: `checklist check` has 150 ms, of which importing
pydantic and building its validators takes more than all else together, and the complaints here
must name the nearest key, the block a key belongs to, and the line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z")
MOST_ID = 64
MOST_TEXT = 4000
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a block.

    `kind`: `text`, `id`, `texts`, `ids`, `flag`, `whole`, `weights` (id to number), `number`,
    `labels` (key to text), `table` or `tables` (`of` names the block). `words`: the only texts
    allowed. `bounds`: least and greatest whole number.
    """

    name: str
    kind: str
    says: str
    required: bool = False
    words: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, 1_000_000)
    of: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of block: how it is written, what it is, and its keys."""

    name: str
    written: str
    says: str
    keys: Mapping[str, Key]


def _block(name: str, written: str, says: str, *keys: Key) -> tuple[str, Block]:
    return name, Block(name, written, says, MappingProxyType({k.name: k for k in keys}))


def _id(says: str) -> Key:
    return Key("id", "id", says, required=True)


_STATUS = Key(
    "status",
    "text",
    "How well it is founded: read in a source, from a secondary one, or field practice.",
    words=("verified", "secondary", "unverified"),
)
_SOURCE = Key("source", "text", "Where the knowledge comes from.")
_LOOK = Key("look", "texts", "Where and how to look, one act each.")
_WHEN = Key("when", "text", "A condition; the item is asked unless it is definitely false.")
_SHOWS = Key("shows", "text", "What the answer tells about the document.")
_DOES_NOT_SHOW = Key("does_not_show", "text", "What nobody may conclude from the answer.")
_ANSWERS = Key("answers", "id", "The id of a shared answer set.")
_PAGE = Key("page", "id", "The page it stands on: a choice of the fact about pages.")
_PLACE = Key("place", "id", "The place it stands in, declared by a `[[place]]`.")
TYPES = ("choice", "yesno", "many", "text", "number", "date")
FIELD_TYPES = ("text", "date", "number", "choice")
_CHOICES = Key("choices", "tables", "The answers, in the order they are offered.", of="choice")
_CHOICE = Key("choice", "tables", "One answer; or more about one of the set.", of="choice")

BLOCKS: Mapping[str, Block] = MappingProxyType(
    dict(
        (
            _block(
                "file",
                "the file",
                "A checklist.",
                Key(
                    "schema",
                    "whole",
                    "The version of the language.",
                    required=True,
                    bounds=(SCHEMA, SCHEMA),
                ),
                Key("checklist", "table", "What the checklist is.", required=True, of="checklist"),
                Key("proposition", "tables", "The competing explanations.", of="proposition"),
                Key("fact", "tables", "About the material; asked first.", of="fact"),
                Key("place", "tables", "Where things belong on a page.", of="place"),
                Key("field", "tables", "What is transcribed.", of="field"),
                Key("section", "tables", "Titled runs of indicators.", of="section"),
                Key("group", "tables", "Why findings may share a cause.", of="group"),
                Key("answers", "tables", "Shared answer sets.", of="answers"),
                Key("indicator", "tables", "The observable questions.", of="indicator"),
                Key("check", "tables", "Consistency rules.", of="check"),
                Key("scale", "tables", "Scales of words for support.", of="scale"),
            ),
            _block(
                "checklist",
                "[checklist]",
                "What the checklist is and what it builds on.",
                _id("The checklist's id; its file is named after it."),
                Key("version", "text", "Raised at every published change.", required=True),
                Key("title", "text", "The title in the lists.", required=True),
                Key("language", "text", "The language of its texts, as a code such as `en`."),
                Key("summary", "text", "For what material it is meant, in a sentence or two."),
                Key("applies", "labels", "Issuer, kind and dates of the documents it is for."),
                Key("include", "ids", "Ids of checklists whose content comes before its own."),
                Key("scale", "id", "The scale of words for support; `enfsi-2015` ships."),
            ),
            _block(
                "proposition",
                "[[proposition]]",
                "One competing explanation.",
                _id("Its id; `bears` names it."),
                Key(
                    "about",
                    "text",
                    "Which of the four questions it answers.",
                    required=True,
                    words=("image", "blank", "contents", "bearer"),
                ),
                Key("title", "text", "What it says, as a statement.", required=True),
            ),
            _block(
                "fact",
                "[[fact]]",
                "Something about the material, asked before stage 1. It bears on nothing.",
                _id("Its id."),
                Key("ask", "text", "The question.", required=True),
                Key("type", "text", "The kind of answer; `choice` unless given.", words=TYPES),
                Key("pages", "flag", "Whether its choices are the pages that `page` names."),
                _CHOICES,
                _CHOICE,
                _ANSWERS,
                _WHEN,
                _LOOK,
                _SHOWS,
                _DOES_NOT_SHOW,
                _STATUS,
                _SOURCE,
            ),
            _block(
                "place",
                "[[place]]",
                "Where something belongs on a page; marked once per capture.",
                _id("Its id."),
                Key("title", "text", "What the place is called.", required=True),
                _PAGE,
                Key(
                    "holds",
                    "text",
                    "What belongs there; portrait, signature, number and name are sensitive.",
                    words=("portrait", "signature", "number", "name", "seal", "other"),
                ),
            ),
            _block(
                "field",
                "[[field]]",
                "Something transcribed from the document.",
                _id("Its id."),
                Key("label", "text", "What it is called.", required=True),
                Key("type", "text", "The kind of reading; `text` unless given.", words=FIELD_TYPES),
                Key("script", "text", "The script expected, by ISO 15924: `Cyrl`, `Latn`, …"),
                _PAGE,
                _PLACE,
                Key("section", "id", "The section it is shown in."),
                Key("pattern", "text", "The usual form of the whole reading; else a note."),
                Key("sensitive", "flag", "Whether it is withheld from public reports."),
                Key(
                    "date_order",
                    "text",
                    "How a date is written on the document; day first unless given.",
                    words=("dmy", "mdy", "iso"),
                ),
                _CHOICES,
                _CHOICE,
                Key("help", "text", "Help for whoever transcribes it."),
                Key("aids", "ids", "Machine proposals, shown after the examiner's own reading."),
                _STATUS,
                _SOURCE,
            ),
            _block(
                "section",
                "[[section]]",
                "A titled run of indicators, walked in the order of the sections.",
                _id("Its id."),
                Key("title", "text", "Its title.", required=True),
            ),
            _block(
                "group",
                "[[group]]",
                "Why findings may share a cause; of those in a group the strongest counts.",
                _id("Its id."),
                Key("title", "text", "The common cause, as a statement.", required=True),
            ),
            _block(
                "answers",
                "[[answers]]",
                "A shared answer set.",
                _id("Its id; `answers` of an item names it."),
                Key("ordered", "flag", "Whether the choices are a scale."),
                _CHOICES,
                _CHOICE,
            ),
            _block(
                "indicator",
                "[[indicator]]",
                "One observable question.",
                _id("Its id; conditions and findings name it."),
                Key("section", "id", "The section it is walked in.", required=True),
                Key("ask", "text", "The question.", required=True),
                Key("type", "text", "The kind of answer; `choice` unless given.", words=TYPES),
                _ANSWERS,
                _CHOICE,
                _CHOICES,
                _PAGE,
                _PLACE,
                Key(
                    "kind",
                    "text",
                    "`observe`: from the item alone; `compare`: against a reference specimen.",
                    words=("observe", "compare"),
                ),
                _WHEN,
                Key("critical", "flag", "Whether a suggestion waits for it."),
                Key("stage", "whole", "The stage it belongs to; 1 unless given.", bounds=(1, 9)),
                Key("level", "text", "`screen`: part of the short pass.", words=("screen",)),
                _LOOK,
                _SHOWS,
                _DOES_NOT_SHOW,
                Key("needs", "table", "What a marked region must have.", of="needs"),
                Key("aid", "id", "A machine proposal, shown after the examiner's own answer."),
                Key("from_claim", "flag", "Whether the item comes from the claim under test."),
                Key("replaces", "ids", "Earlier ids of the same item."),
                Key("group", "id", "The group all its answers speak in."),
                _STATUS,
                _SOURCE,
                Key("repeat", "text", "Reserved for a later version of the language."),
            ),
            _block(
                "needs",
                "needs = { … }",
                "What a marked region must have.",
                Key(
                    "min_px",
                    "whole",
                    "Its shorter side, in pixels.",
                    bounds=(0, 20_000),
                ),
            ),
            _block(
                "choice",
                "[[indicator.choice]]",
                "One answer.",
                _id("Its id; conditions and findings name it."),
                Key("label", "text", "The answer as it is offered."),
                Key("evidence", "text", "`region`: not complete without one.", words=("region",)),
                Key("bears", "weights", "How expected it is under each proposition."),
                Key("calibrated", "text", "The study the weights come from."),
                Key("innocent", "texts", "Explanations that have nothing to do with deceit."),
                Key("group", "id", "The group this answer speaks in, instead of the item's."),
            ),
            _block(
                "check",
                "[[check]]",
                "A consistency rule. It describes the fault and speaks when true.",
                _id("Its id."),
                Key("if", "text", "The condition that is the fault.", required=True),
                Key("say", "text", "What is said when it is true.", required=True),
                Key(
                    "level",
                    "text",
                    "How grave it is; `warn` unless given.",
                    words=("error", "warn", "note"),
                ),
                _STATUS,
                _SOURCE,
            ),
            _block(
                "scale",
                "[[scale]]",
                "A scale of words for support.",
                _id("Its id."),
                Key("bands", "tables", "The bands, from the weakest.", required=True, of="band"),
            ),
            _block(
                "band",
                "{ id = …, from = …, words = … }",
                "One band of a scale.",
                _id("Its id."),
                Key("from", "number", "Where it begins (log10), inclusive.", required=True),
                Key("words", "text", "The words for it.", required=True),
            ),
        )
    )
)


def block_at(path: tuple[str | int, ...]) -> Block | None:
    """Return the block that stands at a path of a checklist, or None."""
    block: Block | None = BLOCKS["file"]
    for part in path:
        if isinstance(part, int):
            continue
        key = block.keys.get(part) if block else None
        block = BLOCKS.get(key.of) if key and key.of else None
    return block
