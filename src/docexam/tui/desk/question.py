"""The words of the question pane: what is asked, how it can be answered, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docexam.domain.checklist import CAUSES, Choice, Field, Indicator
from docexam.domain.finding import Reading, Region, lacks
from docexam.domain.geometry import shorter_side_px
from docexam.domain.text import scripts_of, visible
from docexam.domain.transliteration import transliterate
from docexam.tui.desk.answering import TYPED
from docexam.tui.desk.outline import answer_words, stage_words, why_waiting
from docexam.tui.lines import BLANK, Line, Span, cells, cut, ends, paragraph

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk

NON_ANSWERS = (
    ("u", "unclear", "unclear"),
    ("v", "not-visible", "not visible"),
    ("f", "no-reference", "no reference"),
    ("x", "not-applicable", "n/a"),
)
STATUS_WORDS = {
    "verified": "verified in a source",
    "secondary": "from a secondary source",
    "unverified": "not verified; compare with a reference",
}


def question_title(desk: Desk) -> str:
    """Return the title of the pane: the section that the item stands in."""
    section = desk.walk.section_of(desk.walk.current)
    return next((p.title for p in desk.walk.parts if p.id == section), "")


def question_lines(desk: Desk, width: int, *, focused: bool) -> list[Line]:
    """Return the lines of the question pane at `width` cells."""
    item, field = desk.indicator, desk.field
    if item:
        return list(_Indicator(desk, item, width, focused).lines())
    if field:
        return list(_Field(desk, field, width, focused).lines())
    return paragraph("This checklist asks nothing.", width)


class _Pane:
    def __init__(self, desk: Desk, width: int, focused: bool) -> None:
        self.desk = desk
        self.width = max(width, 10)
        self.focused = focused
        self.examination = desk.review.examination

    def asked(self) -> Iterator[Line]:
        """What the screen itself asks, before anything else."""
        desk = self.desk
        if desk.asking == "seen":
            yield from paragraph("What have you already seen or been told?", self.width, "ask")
            yield self.keys(
                ("n", "nothing", "act:seen.nothing"), ("Enter", "write", "act:seen.write")
            )
            yield self.keys(("Esc", "leave this open", "act:seen.later"))
            yield (Span("─" * self.width, "dim"),)
        elif desk.asking == "offer":
            yield from self._offer()

    def _offer(self) -> Iterator[Line]:
        looked = self.desk.answers.has_looked(self.desk.walk.current)
        waits = self.desk.answers.file_waits and not looked
        text = "You see this in cells, below 1:1. Look at the true pixels first?"
        if looked:
            text = "Having looked at the true pixels: does the answer stand?"
        elif waits:
            text = "The file is written. Have you looked at it?"
        yield from paragraph(text, self.width, "ask")
        if waits:
            yield self.keys(("l", "looked, it stands", "act:offer.looked"))
        yield self.keys(
            ("o", "open them", "act:offer.open"), ("w", "write a file", "act:offer.write")
        )
        yield self.keys(
            ("Enter", "it stands", "act:offer.stand"), ("Esc", "go back", "act:offer.back")
        )
        yield (Span("─" * self.width, "dim"),)

    def keys(self, *parts: tuple[str, str, str]) -> Line:
        spans: list[Span] = []
        for key, words, target in parts:
            spans += [Span(f" {key}", "key", target), Span(f" {words} ", "", target)]
        return tuple(spans)

    def choices(self, chosen: tuple[str, ...], many: bool) -> Iterator[Line]:
        for at, choice in enumerate(self.desk.answers.choices()):
            yield from self._choice(at, choice, choice.id in chosen, many)

    def _choice(self, at: int, choice: Choice, chosen: bool, many: bool) -> Iterator[Line]:
        here = at == self.desk.answers.focused and (self.focused or many)
        sign = ("■" if chosen else "□") if many else ("●" if chosen else " ")
        number = str(at + 1) if at < 9 else " "
        first = f"{'›' if here else ' '}{number} {sign} "
        role = "cursor" if here and self.focused else "chosen" if chosen else ""
        needs = "needs ⌖" if choice.evidence == "region" else ""
        room = self.width - (cells(needs) + 1 if needs else 0)
        lines = paragraph(
            choice.label,
            room,
            role,
            first=first,
            rest=" " * cells(first),
            target=f"choice:{at + 1}",
        )
        if needs:
            lines[0] = ends(lines[0], (Span(needs, "dim"),), self.width)
        yield from lines

    def non_answers(self, given: str, reference_first: bool = False) -> Iterator[Line]:
        order = list(NON_ANSWERS)
        if reference_first:
            order.insert(0, order.pop(2))
        column = max(self.width // 2, 1)
        for left, right in (order[:2], order[2:]):
            spans = [*self._non_answer(left, given)]
            used = sum(cells(s.text) for s in spans)
            spans.append(Span(" " * max(1, column - used)))
            yield (*spans, *self._non_answer(right, given))

    @staticmethod
    def _non_answer(one: tuple[str, str, str], given: str) -> Iterator[Span]:
        key, slug, words = one
        target = f"non:{slug}"
        role = "chosen" if slug == given else ""
        yield Span(f"{'●' if slug == given else ' '}{key}", role or "key", target)
        yield Span(f" {words}", role, target)

    def causes(self, given: str) -> Iterator[Line]:
        """The list of causes, while it is open; else the cause that was given."""
        if self.desk.asking == "causes":
            yield from paragraph("Why? Esc leaves it open.", self.width, "ask")
            for n, cause in enumerate(CAUSES, 1):
                words = cause.replace("-", " ")
                yield (
                    Span(f"  {n}", "key", f"cause:{n}"),
                    Span(f" {words}", "chosen" if cause == given else "", f"cause:{n}"),
                )
        elif given:
            yield (Span(f"   because: {visible(given.replace('-', ' '))}", "dim"),)

    def rests_on(self, regions: tuple[Region, ...], note: str) -> Iterator[Line]:
        for n, region in enumerate(regions):
            yield (Span(f"⌖{n + 1} ", "key"), Span(self._region_words(region), "", f"region:{n}"))
        place = self.desk.marks.place_region()
        if place and place not in regions and not self.focused:
            yield from paragraph(
                "Enter takes the marked place as its region",
                self.width,
                "dim",
                first="⌖  ",
                rest="   ",
            )
        if note:
            yield from paragraph(note, self.width, "", first="✎ ", rest="  ", target="note")

    def _region_words(self, region: Region) -> str:
        capture = self.examination.capture(region.capture)
        if capture is None:
            return "on a capture that is not here"
        side = shorter_side_px(region.points, capture.width, capture.height)
        return f"capture {capture.n}, {side:.0f} px on its shorter side"

    def aids(self) -> Iterator[Line]:
        """What can be asked of an aid here, and what was shown."""
        if self.desk.proposals.offers():
            from docexam.tui.desk.proposals_panel import aid_lines

            yield from aid_lines(self.desk, self.width)

    def checks(self, item_id: str) -> Iterator[Line]:
        """The consistency checks that name the item and speak, or could not be done."""
        if not self.examination.checklist.checks:
            return
        from docexam.tui.desk.support_words import check_sign, checks_on

        for result in checks_on(self.examination, item_id):
            sign, role = check_sign(result)
            yield from paragraph(result.words, self.width, role, first=f"{sign} ", rest="  ")

    def headed(self, head: str, texts: tuple[str, ...]) -> Iterator[Line]:
        if not any(texts):
            return
        yield BLANK
        yield (Span(head, "head"),)
        for text in texts:
            lead = "· " if len(texts) > 1 else ""
            yield from paragraph(text, self.width, "", first=lead, rest=" " * len(lead))

    def source(self, source: str, status: str) -> Iterator[Line]:
        words = [f"Source: {source}" if source else "", STATUS_WORDS.get(status, status)]
        told = "; ".join(w for w in words if w)
        if told:
            yield BLANK
            yield from paragraph(told, self.width, "dim")


class _Indicator(_Pane):
    def __init__(self, desk: Desk, item: Indicator, width: int, focused: bool) -> None:
        super().__init__(desk, width, focused)
        self.item = item
        self.finding = self.examination.finding(item.id)

    def lines(self) -> Iterator[Line]:
        yield from self.asked()
        yield from self._ask()
        yield BLANK
        yield from self._answers()
        yield BLANK
        yield from self.non_answers(self.finding.non_answer, self.desk.references.none_first())
        yield from self.causes(self.finding.cause)
        yield from self._standing()
        yield from self.checks(self.item.id)
        yield from self.rests_on(self.finding.regions, self.finding.note)
        yield from self.aids()
        yield from self._first()
        yield from self._guidance()

    def _ask(self) -> Iterator[Line]:
        lines = paragraph(self.item.ask, self.width, "ask")
        tag = "critical" if self.item.critical else ""
        if tag and cells(lines[-1][0].text) + len(tag) + 2 <= self.width:
            lines[-1] = ends(lines[-1], (Span(tag, "critical"),), self.width)
        elif tag:
            lines.append(ends((), (Span(tag, "critical"),), self.width))
        yield from lines
        if self.item.from_claim:
            yield from paragraph(
                "This question itself comes from the claim under test.", self.width, "warn"
            )

    def _answers(self) -> Iterator[Line]:
        if self.item.type in TYPED:
            value = self.finding.answer if isinstance(self.finding.answer, str) else ""
            shown = "" if self.finding.non_answer else value
            lead = f" {self.item.type}: "
            yield from paragraph(
                shown or "Enter to type", self.width, "" if shown else "dim", first=lead
            )
            return
        many = self.item.type == "many"
        yield from self.choices(self.desk.answers.chosen(self.item), many)
        if many:
            yield from self._many_hint()

    def _many_hint(self) -> Iterator[Line]:
        waits = self.item.id in self.desk.answers.pending
        text = (
            "not recorded yet: Enter or leaving does"
            if waits
            else "Enter moves on; 0 none of these"
        )
        yield from paragraph(text, self.width, "warn" if waits else "dim", first="   ", rest="   ")

    def _standing(self) -> Iterator[Line]:
        standing = self.desk.review.standing
        told = why_waiting(self.examination, standing, self.item)
        where = standing.items[self.item.id]
        if where.visible and not where.stage_open:
            told = stage_words(self.item)
        missing = lacks(self.item, self.finding, self.examination.captures)
        if told:
            yield from paragraph(told, self.width, "dim", first="◌ ", rest="  ")
        if missing:
            yield from paragraph(
                f"Not complete: {missing}", self.width, "warn", first="◐ ", rest="  "
            )
        if self.finding.by_fact:
            by = self.desk.title_of(self.finding.by_fact)
            yield from paragraph(f"answered by “{by}”", self.width, "dim")

    def _first(self) -> Iterator[Line]:
        if self.finding.has_first:
            words = answer_words(self.item, self.finding.first)
            yield from paragraph(f"First answer: {words}", self.width, "head")
        if self.finding.reason:
            yield from paragraph(f"Changed because: {self.finding.reason}", self.width, "dim")

    def _guidance(self) -> Iterator[Line]:
        yield from self.headed("Look", self.item.look)
        yield from self.headed("Shows", (self.item.shows,))
        yield from self.headed("Does not show", (self.item.does_not_show,))
        yield from self._innocent()
        yield from self.source(self.item.source, self.item.status)

    def _innocent(self) -> Iterator[Line]:
        choice = self._choice_in_mind()
        if choice and choice.innocent:
            head = f"Innocent explanations of “{visible(choice.label)}”"
            yield BLANK
            yield from paragraph(head, self.width, "head")
            for text in choice.innocent:
                yield from paragraph(text, self.width, "", first="· ", rest="  ")

    def _choice_in_mind(self) -> Choice | None:
        choices = self.desk.answers.choices()
        chosen = self.desk.answers.chosen(self.item)
        if self.focused and choices:
            return choices[min(self.desk.answers.focused, len(choices) - 1)]
        if chosen:
            return self.item.choice(chosen[0])
        return next((c for c in choices if c.innocent), None)


class _Field(_Pane):
    def __init__(self, desk: Desk, field: Field, width: int, focused: bool) -> None:
        super().__init__(desk, width, focused)
        self.field = field
        self.reading = self.examination.fields.get(field.id) or Reading(field.id)

    def lines(self) -> Iterator[Line]:
        yield from self.asked()
        yield from paragraph(self.field.label or self.field.id, self.width, "ask")
        yield from self._expected()
        yield from self._readings()
        yield from self.non_answers(self.reading.answer)
        yield from self.causes(self.reading.cause)
        if self.reading.by_fact:
            by = self.desk.title_of(self.reading.by_fact)
            yield from paragraph(f"answered by “{by}”", self.width, "dim")
        yield from self.checks(self.field.id)
        yield from self.rests_on(self.reading.regions, self.reading.note)
        if self.reading.aid:
            yield from paragraph(f"adopted from {self.reading.aid}", self.width, "dim")
        yield from self.aids()
        if self.reading.has_first:
            yield from paragraph(f"First reading: {self.reading.first}", self.width, "head")
        if self.reading.reason:
            yield from paragraph(f"Changed because: {self.reading.reason}", self.width, "dim")
        yield from self.headed("How", (self.field.help,))
        yield from self.source(self.field.source, self.field.status)

    def _expected(self) -> Iterator[Line]:
        words = [self.field.type, f"script {self.field.script}" if self.field.script else ""]
        yield (Span(visible(" · ".join(w for w in words if w)), "dim"),)

    def _readings(self) -> Iterator[Line]:
        if self.field.type == "choice":
            yield from self.choices((self.reading.raw,), many=False)
            return
        shown = self.reading.raw
        yield from paragraph(
            shown or "Enter to transcribe it as it stands there",
            self.width,
            "reading" if shown else "dim",
            first=" raw   ",
            rest="       ",
            target="answer",
        )
        if self.reading.corrected:
            yield from paragraph(
                self.reading.corrected, self.width, "reading", first=" t     ", rest="       "
            )
        yield from self._remarks()

    def _remarks(self) -> Iterator[Line]:
        value = self.reading.value
        if not value:
            return
        scripts = ", ".join(scripts_of(value))
        latin = transliterate(value)
        if scripts:
            yield from paragraph(f"script {scripts}", self.width, "dim", first="       ")
        if latin and latin != value:
            yield from paragraph(latin, self.width, "dim", first=" latin ", rest="       ")
        told = self.desk.review.pattern_note(self.field.id, value)
        if told:
            yield from paragraph(told, self.width, "warn", first=" note: ", rest="       ")


def strip_lines(desk: Desk, width: int, height: int, *, capture: bool = False) -> list[Line]:
    """Return the question in a few lines, for screens too narrow to show its pane beside others.

    Under the `capture` the ground whose place is shown stands instead, while there is one.
    """
    if capture and desk.proposals.open and not desk.asking:
        from docexam.tui.desk.proposals_panel import place_lines

        if placed := place_lines(desk, width):
            return placed[:height]
    item, field = desk.indicator, desk.field
    if desk.asking:
        lines = [*_Pane(desk, width, False).asked()][:-1]
        if desk.asking == "causes":
            pairs = [
                (Span(str(n), "key", f"cause:{n}"), Span(f" {_words(c)}  ", "", f"cause:{n}"))
                for n, c in enumerate(CAUSES, 1)
            ]
            lines = [(Span("Why? Esc leaves it open.", "ask"),), *_flowed(pairs, width)]
        return lines[:height]
    ask = item.ask if item else (field.label if field else "")
    told = _proposed_in_short(desk, width)
    lines = paragraph(ask, width, "ask")[: max(1, height - 2 - len(told))]
    return [*lines, *_answers_in_short(desk, width, height - len(lines) - len(told)), *told]


def _proposed_in_short(desk: Desk, width: int) -> list[Line]:
    """In triage what was proposed is in sight at once, also where the question is not."""
    shown = desk.proposals.shown() if desk.proposals.triage else ()
    says = next((s.proposal.says for s in shown if s.proposal), "")
    more = f" (1 of {len(shown)})" if len(shown) > 1 else ""
    text = cut(f"◆ {visible(says)}", width - cells(more)) + more
    return [(Span(text, "", "act:aid.ask"),)] if says else []


def _answers_in_short(desk: Desk, width: int, height: int) -> list[Line]:
    chosen = desk.answers.chosen(desk.indicator) if desk.indicator else ()
    pairs: list[Line] = []
    for n, choice in enumerate(desk.answers.choices()[:9], 1):
        sign = "●" if choice.id in chosen else ""
        needs = " ⌖" if choice.evidence == "region" else ""
        words = f" {sign}{visible(choice.label)}{needs}  "
        pairs.append((Span(str(n), "key", f"choice:{n}"), Span(words, "", f"choice:{n}")))
    if not pairs:
        pairs.append((Span("Enter", "key", "answer"), Span(" to type  ", "", "answer")))
    for key, slug, words in NON_ANSWERS:
        pairs.append((Span(key, "key", f"non:{slug}"), Span(f" {words}  ", "", f"non:{slug}")))
    if (words := aid_word(desk)) and words != LATER:
        pairs.append((Span(";", "key", "act:aid.ask"), Span(f" {words}  ", "", "act:aid.ask")))
    return _flowed(pairs, width)[:height]


LATER = "aid after your answer"


def aid_word(desk: Desk) -> str:
    """Return in two or three words what the key for aids does now; empty for nothing."""
    proposals = desk.proposals
    states = [o.state for o in proposals.offers()]
    if proposals.jobs:
        return ""
    if "ready" in states:
        return "ask aid"
    if "shown" in states:
        return "proposals"
    if (subject := proposals.meant()) != desk.walk.current:
        return f"aid on “{desk.title_of(subject)}”"
    return LATER if "waits" in states else ""


def _words(slug: str) -> str:
    return slug.replace("-", " ")


def _flowed(pairs: Sequence[Line], width: int) -> list[Line]:
    lines: list[Line] = []
    line: Line = ()
    for pair in pairs:
        if line and sum(cells(s.text) for s in (*line, *pair)) > width:
            lines.append(line)
            line = ()
        line = (*line, *pair)
    return [*lines, line]
