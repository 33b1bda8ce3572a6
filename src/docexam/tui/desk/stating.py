"""The form of a conclusion: what can be chosen, what the tool suggests, what is still missing.

The form asks the same function that records the conclusion what it would make of it, so that
what is shown before stating is what is stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docexam.domain.acts import UNSET
from docexam.domain.checklist import Checklist
from docexam.domain.checks import check_blocks
from docexam.domain.concluding import NONE, Statement, conclude, limits_of, sentence
from docexam.domain.examination import Examination
from docexam.domain.standing import Standing
from docexam.domain.support import QuestionSupport
from docexam.errors import InputError
from docexam.tui.desk.support_matrix import title_of
from docexam.tui.desk.support_words import support_now
from docexam.tui.lines import BLANK, Line, Span, paragraph

ROWS = ("question", "proposition", "over", "wording", "because", "override", "limits", "state")
TITLES = {
    "question": "Question",
    "proposition": "The findings support",
    "over": "over",
    "wording": "in these words",
    "because": "because",
    "override": "why it departs",
    "limits": "Limits",
    "state": "State it",
}
TYPED = ("because", "override", "limits")
_PLACEHOLDER = "-"
_INDENT = " " * 11


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be stated. `problem`: why it cannot be, apart from the reasons to be typed."""

    told: str = ""
    departs: tuple[str, ...] = ()
    problem: str = ""


class ConclusionDraft(NamedTuple):
    """What was chosen and written on one question, and not stated yet."""

    proposition: str
    over: str
    wording: str
    because: str
    override: str
    limits: tuple[str, ...]


@dataclass
class ConclusionForm:
    """A conclusion being put together. `over` and `wording` are empty while the tool chooses.

    `drafts`: what was written before, by question; the form takes it up and keeps it up to date.
    """

    state: Examination
    standing: Standing
    question: str = ""
    proposition: str = ""
    over: str = ""
    wording: str = ""
    because: str = ""
    override: str = ""
    limits: list[str] = field(default_factory=list)
    drafts: dict[str, ConclusionDraft] = field(default_factory=dict)
    at: str = "question"
    _kept: dict[tuple[str, ...], Mapping[str, Any] | InputError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with the question that was asked for, else with the one most was said on."""
        known = self.question in self.questions
        if self.questions:
            self.ask(self.question if known else most_spoken(self._support))

    @property
    def checklist(self) -> Checklist:
        """The checklist of the examination."""
        return self.state.checklist

    @property
    def _support(self) -> Mapping[str, QuestionSupport]:
        return support_now(self.state, self.standing).questions

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions in use."""
        return tuple(self._support)

    @property
    def weighed(self) -> QuestionSupport:
        """The support on the question."""
        return self._support[self.question]

    # -- choosing --------------------------------------------------------------------------

    def ask(self, question: str) -> None:
        """Turn to a question and begin with its draft, else with what is suggested."""
        self.question = question
        self.propose(self.weighed.suggested or NONE)
        draft = self.drafts.get(question)
        self.because, self.override, self.limits = "", "", []
        if draft:
            self._take_up(draft)

    def _take_up(self, draft: ConclusionDraft) -> None:
        """Take what was chosen where it can still be chosen, and every word that was written."""
        for row in ("proposition", "over", "wording"):
            if getattr(draft, row) in dict(self.options(row)):
                setattr(self, row, getattr(draft, row))
        self.because, self.override, self.limits = draft.because, draft.override, [*draft.limits]

    def _keep(self) -> None:
        """Keep what is written; where nothing is, there is no draft."""
        kept = ConclusionDraft(
            self.proposition,
            self.over,
            self.wording,
            self.because,
            self.override,
            tuple(self.limits),
        )
        if kept.because or kept.override or kept.limits:
            self.drafts[self.question] = kept
        else:
            self.drafts.pop(self.question, None)

    def propose(self, proposition: str) -> None:
        """Choose a proposition; rival and wording follow from the findings again."""
        self.proposition, self.over, self.wording = proposition, "", ""

    def options(self, row: str) -> list[tuple[str, str]]:
        """Return what can be chosen in a row, as (id, words)."""
        if row == "question":
            return [(q, q) for q in self.questions]
        if row == "proposition":
            named = [(p, title_of(self.checklist, p)) for p in self.weighed.propositions]
            return [*named, (NONE, "none: the findings do not tell the explanations apart")]
        if row == "over":
            others = [p for p in self.weighed.propositions if p != self.proposition]
            return [(p, title_of(self.checklist, p)) for p in others]
        if row == "wording":
            return [(b.id, b.words) for b in self.checklist.scale_used().bands[1:]]
        return []

    def chosen(self, row: str) -> str:
        """Return the id that stands in a row, worked out where the examiner chose none."""
        if row in ("over", "wording"):
            draft = self._draft()
            worked_out = "" if isinstance(draft, InputError) else str(draft[row])
            return worked_out or str(getattr(self, row))
        return str(getattr(self, row, ""))

    def choose(self, row: str, value: str) -> None:
        """Put one of a row's options into it."""
        if row == "question":
            self.ask(value)
        elif row == "proposition":
            self.propose(value)
        elif row == "over":
            self.over, self.wording = value, ""
        elif row == "wording":
            self.wording = value
        self._keep()

    def turn(self, step: int) -> None:
        """Choose the next option of the row at the cursor."""
        ids = [i for i, _ in self.options(self.at)]
        if ids:
            here = self.chosen(self.at)
            at = ids.index(here) + step if here in ids else 0
            self.choose(self.at, ids[at % len(ids)])

    def pick(self, number: int) -> bool:
        """Choose an option of the row at the cursor by its number, from 1."""
        ids = [i for i, _ in self.options(self.at)]
        if not 1 <= number <= len(ids):
            return False
        self.choose(self.at, ids[number - 1])
        return True

    def rows(self) -> list[str]:
        """Return the rows that are asked now."""
        skipped = {"over", "wording"} if self.proposition == NONE else set()
        skipped |= set() if self.preview().departs or self.override else {"override"}
        return [r for r in ROWS if r not in skipped]

    def step(self, lines: int) -> None:
        """Move the cursor between rows."""
        rows = self.rows()
        here = rows.index(self.at) if self.at in rows else 0
        self.at = rows[max(0, min(len(rows) - 1, here + lines))]

    # -- what is typed ---------------------------------------------------------------------

    def text(self, row: str) -> str:
        """Return what is typed in a row so far."""
        return "\n".join(self.limits) if row == "limits" else str(getattr(self, row, ""))

    def type(self, row: str, text: str) -> None:
        """Take what was typed in a row; limits stand one on a line."""
        if row == "limits":
            self.limits = [part.strip() for part in text.split("\n") if part.strip()]
        elif row in TYPED:
            setattr(self, row, text)
        self._keep()

    # -- what it would come to -------------------------------------------------------------

    def statement(self) -> Statement:
        """Return the form as the workbench takes it: what was shown, whatever came in meanwhile."""
        return Statement(
            self.question,
            self.proposition,
            self.because,
            over=self.chosen("over") or UNSET,
            wording=self.chosen("wording") or UNSET,
            override=self.override if self.preview().departs else "",
            limits=tuple(self.limits),
        )

    def _draft(self) -> Mapping[str, Any] | InputError:
        """Return the event's data, or why there is none; worked out once for each choice."""
        key = (self.question, self.proposition, self.over, self.wording)
        if key not in self._kept:
            self._kept[key] = self._tried()
        return self._kept[key]

    def _tried(self) -> Mapping[str, Any] | InputError:
        what = Statement(
            self.question,
            self.proposition,
            _PLACEHOLDER,
            over=self.over or UNSET,
            wording=self.wording or UNSET,
            override=_PLACEHOLDER,
        )
        try:
            return conclude(self.state, self.standing, what, check_blocks(self.state)).data
        except InputError as error:
            return error

    def preview(self) -> Preview:
        """Return the sentence that would be stated, and from what it departs."""
        data = self._draft()
        if isinstance(data, InputError):
            return Preview(problem=data.what + (f" {_todo(data)}" if data.todo else ""))
        told = sentence(self.checklist, data["proposition"], data["over"], data["wording"])
        return Preview(told, tuple(data["departs"]))

    def missing(self) -> str:
        """Return what is still missing before it can be stated; empty when nothing is."""
        if not self.questions:
            return "No question of this checklist has two explanations."
        preview = self.preview()
        if preview.problem:
            return preview.problem
        if not self.because.strip():
            return "A conclusion needs a reason: fill in “because”."
        if preview.departs and not self.override.strip():
            return "It departs from the suggestion: fill in “why it departs”."
        return ""


def most_spoken(support: Mapping[str, QuestionSupport]) -> str:
    """Return the question on which most findings count; the first of equal ones, empty for none."""
    return max(support, key=lambda question: len(support[question].counted), default="")


def _todo(error: InputError) -> str:
    """Return what to do in the words of the form, not of the command line."""
    if error.code == "DX-WORDING":
        return "Choose the words yourself, with a reason why, or choose “none”."
    if error.code == "DX-OVER":
        return "Choose the explanation it is compared with, or choose “none”."
    return error.todo


# -- lines ----------------------------------------------------------------------------------


def form_lines(form: ConclusionForm, width: int) -> list[Line]:
    """Return the form: each row with what stands in it, the options of the one at the cursor."""
    if not form.questions:
        return paragraph("No question of this checklist has two explanations to compare.", width)
    lines: list[Line] = []
    for row in form.rows():
        lines += _row_lines(form, row, width)
    return lines


def _row_lines(form: ConclusionForm, row: str, width: int) -> list[Line]:
    here = row == form.at
    sign = "› " if here else "  "
    lead = f"{sign}{TITLES[row]:<21}"
    lines = paragraph(
        _value(form, row) or "·",
        width,
        _role(form, row, here),
        first=lead,
        rest=" " * len(lead),
        target=f"row:{row}",
    )
    head = lines[0][0]
    lines[0] = (Span(lead, "key" if here else "dim", head.target), *_after(head, len(lead)))
    if row == "limits":
        lines += _limits(form, width)
    return lines + (_options(form, row, width) if here else [])


def _role(form: ConclusionForm, row: str, here: bool) -> str:
    if row == "state" and form.missing():
        return "warn"
    return "chosen" if here else ""


def _after(head: Span, lead: int) -> Line:
    return (Span(head.text[lead:], head.role, head.target),)


def _value(form: ConclusionForm, row: str) -> str:
    if row == "state":
        return form.missing() or "Enter states it, as the sentence below says"
    if row == "limits":
        return f"{len(form.limits)} of your own, one on a line"
    if row in TYPED:
        return form.text(row).replace("\n", " ") or "Enter to write"
    named = dict(form.options(row))
    value = form.chosen(row)
    own = row in ("over", "wording") and not getattr(form, row) and value
    return named.get(value, value) + ("  (as the findings say)" if own else "")


def _options(form: ConclusionForm, row: str, width: int) -> list[Line]:
    lines: list[Line] = []
    for n, (option, words) in enumerate(form.options(row), 1):
        on = option == form.chosen(row)
        first = f"     {n} {'●' if on else ' '} "
        lines += paragraph(
            words,
            width,
            "chosen" if on else "",
            first=first,
            rest=" " * len(first),
            target=f"option:{n}",
        )
    return lines


def _limits(form: ConclusionForm, width: int) -> list[Line]:
    lines: list[Line] = []
    for text in (*limits_of(form.state, form.standing), *form.limits):
        own = text in form.limits
        role = "" if own else "dim"
        lines += paragraph(text, width, role, first="     + " if own else "     · ", rest="       ")
    return lines


def side_lines(form: ConclusionForm, width: int) -> list[Line]:
    """Return suggestion and statement side by side in words, and from what one departs."""
    if not form.questions:
        return []
    weighed, preview = form.weighed, form.preview()
    headline = weighed.headline if weighed.suggested else None
    band = weighed.band.id if headline else ""
    told = sentence(form.checklist, weighed.suggested, headline.rival if headline else "", band)
    lines: list[Line] = []
    if weighed.blocks or preview.told != told:
        suggested = "none is made, because" if weighed.blocks else told
        lines += paragraph(suggested, width, "", first="Suggested: ", rest=_INDENT)
    for block in weighed.blocks[:3]:
        lines += paragraph(block, width, "warn", first="         ! ", rest=_INDENT)
    if len(weighed.blocks) > 3:
        lines.append((Span(f"         ! and {len(weighed.blocks) - 3} more", "warn"),))
    alike = "" if lines else " This is what is suggested."
    role = "ask" if preview.told else "warn"
    stated = f"{preview.told}{alike}" if preview.told else preview.problem
    lines += paragraph(stated, width, role, first="To state:  ", rest=_INDENT)
    for departure in _departures(weighed, preview.departs):
        lines += paragraph(departure, width, "warn", first="  departs: ", rest=_INDENT)
    return [*lines, BLANK]


def _departures(weighed: QuestionSupport, departs: Sequence[str]) -> list[str]:
    told = [d for d in departs if d not in weighed.blocks]
    over = [f"a block is overridden, {len(weighed.blocks)} in all"] if weighed.blocks else []
    return over + told
