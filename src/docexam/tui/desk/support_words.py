"""What the support comes to, in words: the bottom line, the comparisons, what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from docexam.domain.checklist import Check
from docexam.domain.checks import UNDETERMINED, CheckResult, check_blocks, run_checks
from docexam.domain.concluding import limits_of, sentence
from docexam.domain.condition import parse
from docexam.domain.condition_nodes import names
from docexam.domain.examination import Conclusion, Examination
from docexam.domain.standing import Standing, World
from docexam.domain.support import (
    Comparison,
    QuestionSupport,
    Support,
    Turn,
    Vote,
    contradictions,
    support_of,
)
from docexam.domain.text import visible
from docexam.tui.desk.outline import answer_words, humanised
from docexam.tui.desk.support_matrix import group_title, hundredths
from docexam.tui.lines import BLANK, Line, Span, paragraph


class _Latest:
    """Keeps what was worked out of the newest state; states are compared by identity."""

    def __init__(self) -> None:
        self.state: Examination | None = None
        self.support: Support | None = None
        self.checks: tuple[CheckResult, ...] | None = None

    def of(self, state: Examination) -> _Latest:
        if self.state is not state:
            self.state, self.support, self.checks = state, None, None
        return self


_LATEST = _Latest()


def support_now(state: Examination, standing: Standing) -> Support:
    """Return the support with every block; worked out once for each state."""
    kept = _LATEST.of(state)
    if kept.support is None:
        kept.support = support_of(state, standing, check_blocks(state))
    return kept.support


# -- the bottom line ------------------------------------------------------------------------


def support_line(state: Examination, standing: Standing) -> str:
    """Return the support of every question in use in one line; empty before the reveal."""
    if not state.revealed("support"):
        return ""
    questions = support_now(state, standing).questions.values()
    spoken = [q for q in questions if q.assessed]
    if not spoken:
        return "support: no answer speaks on any question yet"
    blocked = next((q.blocks for q in spoken if q.blocks), ())
    if blocked:
        return f"no suggestion: {_few(blocked)}"
    told = [f"{q.question}: {_short(q)}" for q in spoken]
    silent = ", ".join(q.question for q in questions if not q.assessed)
    return " · ".join([*told, f"nothing said on: {silent}"] if silent else told)


def _few(blocks: Sequence[str]) -> str:
    more = len(blocks) - 1
    return blocks[0] + (f" and {more} more" if more else "")


def _short(weighed: QuestionSupport) -> str:
    headline = weighed.headline
    missing = ", ".join(humanised(p).lower() for p in weighed.not_assessed)
    tail = f"; not assessed: {missing}" if missing else ""
    if headline is None:
        return f"cannot tell{tail}"
    over, rival = humanised(headline.over).lower(), humanised(headline.rival).lower()
    return f"{over} over {rival}, {headline.band.id.replace('-', ' ')}{tail}"


# -- the text under the matrix --------------------------------------------------------------


class Deeper(NamedTuple):
    """What takes long to work out. `done` of `total` items so far; None: not begun."""

    sensitivity: tuple[Turn, ...] = ()
    openings: tuple[Turn, ...] = ()
    next_look: str = ""
    done: int = 0
    total: int = 0

    @property
    def ready(self) -> bool:
        """Whether every item was gone through."""
        return self.done >= self.total


def support_lines(
    state: Examination, standing: Standing, weighed: QuestionSupport, deeper: Deeper, width: int
) -> list[Line]:
    """Return everything the support of one question rests on, in words."""
    words = _Words(state, width)
    lines = [*words.headline(weighed), *words.stated(state.conclusions.get(weighed.question))]
    lines += [*words.next_look(deeper), *words.comparisons(weighed)]
    lines += words.missing(weighed)
    lines += words.contrary(weighed)
    lines += words.deeper(deeper)
    lines += words.checks()
    lines += words.section("Limits that the findings set", limits_of(state, standing))
    return lines[1:] if lines and lines[0] == BLANK else lines


class _Words:
    def __init__(self, state: Examination, width: int) -> None:
        self.state = state
        self.checklist = state.checklist
        self.width = max(width, 20)

    def named(self, proposition: str) -> str:
        found = self.checklist.proposition(proposition)
        return f"“{found.title if found else proposition}”"

    def answer(self, item_id: str, answer: str) -> str:
        item = self.checklist.item(item_id)
        if not answer:
            return "open"
        return answer_words(item, answer) if item else answer

    def section(self, head: str, texts: Sequence[str], role: str = "") -> Iterator[Line]:
        if texts:
            yield BLANK
            yield (Span(head, "head"),)
            for text in texts:
                yield from paragraph(text, self.width, role, first=" · ", rest="   ")

    def headline(self, weighed: QuestionSupport) -> Iterator[Line]:
        yield BLANK
        if weighed.blocks:
            yield (Span("No suggestion is made, because", "warn"),)
            for block in weighed.blocks:
                yield from paragraph(block, self.width, "warn", first=" ! ", rest="   ")
        headline = weighed.headline
        rival = headline.rival if headline else ""
        told = sentence(self.checklist, weighed.leader, rival, weighed.band.id)
        lead = "What the findings would say: " if weighed.blocks else "Suggested: "
        yield from paragraph(lead + told, self.width, "ask")
        if not headline:
            yield from paragraph(self._cannot_tell(weighed), self.width)

    def _cannot_tell(self, weighed: QuestionSupport) -> str:
        if len(weighed.assessed) < 2:
            return "Cannot tell: fewer than two explanations were spoken of (R3)."
        if not weighed.candidate:
            return "Cannot tell: no explanation is ahead of every other one that was assessed (R8)."
        return (
            f"Cannot tell: {self.named(weighed.candidate)} is ahead, but by less than 0.30 of "
            "its nearest rival (R8)."
        )

    def stated(self, stated: Conclusion | None) -> Iterator[Line]:
        if stated is None:
            return
        told = sentence(self.checklist, stated.proposition, stated.over, stated.wording)
        yield from paragraph(f"You stated: {told}", self.width, "chosen")
        yield from paragraph(f"because {stated.because}", self.width, "", first="   ", rest="   ")
        if stated.override:
            text = f"departing, because {stated.override}"
            yield from paragraph(text, self.width, "warn", first="   ", rest="   ")

    # -- comparisons ---------------------------------------------------------------------

    def comparisons(self, weighed: QuestionSupport) -> Iterator[Line]:
        if not weighed.comparisons:
            return
        yield BLANK
        yield (Span("Pair by pair, the weakest first: it is the headline (R8)", "head"),)
        for one in weighed.comparisons:
            yield from self._comparison(weighed, one)

    def _comparison(self, weighed: QuestionSupport, one: Comparison) -> Iterator[Line]:
        known = any(v.calibrated for v in weighed.counted)
        calibrated = [f"of it calibrated {hundredths(one.calibrated)} (R7)"] if known else []
        told = f"{self.named(one.over)} over {self.named(one.rival)}: {hundredths(one.net)}"
        yield from paragraph(f"{told}, {one.band.words}", self.width, "", first=" · ", rest="   ")
        parts = "; ".join([*_parts(one, self.answer), *calibrated])
        yield from paragraph(parts, self.width, "dim", first="     ", rest="     ")
        if one.capped:
            text = f"told as {one.band.words}: {one.capped}"
            yield from paragraph(text, self.width, "warn", first="     ", rest="     ")

    def missing(self, weighed: QuestionSupport) -> Iterator[Line]:
        texts = [f"{self.named(p)}: neither leads nor is beaten" for p in weighed.not_assessed]
        yield from self.section("Not assessed: no finding that counts names it (R3)", texts, "warn")
        left = [
            f"{humanised(v.item)}: {self.answer(v.item, v.choice)}{self._group(v)}"
            for v in weighed.left_out
        ]
        yield from self.section("Left out: another finding of the group counts (R4)", left)

    def _group(self, vote: Vote) -> str:
        title = group_title(self.checklist, vote.group)
        return f", of the group “{title}”" if title else ""

    def contrary(self, weighed: QuestionSupport) -> Iterator[Line]:
        texts = [
            f"{humanised(v.item)}: {self.answer(v.item, v.choice)} ({self._against(weighed, v)})"
            for v in contradictions(weighed)
        ]
        head = "Against the one ahead, by 0.30 or more"
        yield from self.section(head, texts, "warn")

    def _against(self, weighed: QuestionSupport, vote: Vote) -> str:
        rivals = [p for p in weighed.assessed if p != weighed.candidate]
        worst = min(rivals, key=lambda r: vote.difference(weighed.candidate, r))
        value = hundredths(vote.difference(weighed.candidate, worst))
        return f"{value} against {self.named(worst)}"

    # -- what would change it ------------------------------------------------------------

    def next_look(self, deeper: Deeper) -> Iterator[Line]:
        if deeper.ready and deeper.next_look:
            text = f"Next best look: {humanised(deeper.next_look)} (key o goes there)"
            yield from paragraph(text, self.width, "good", target=f"go:{deeper.next_look}")

    def deeper(self, deeper: Deeper) -> Iterator[Line]:
        if not deeper.ready:
            yield BLANK
            yield (Span(f"Working out what would change this: {deeper.done} of {deeper.total} …"),)
            return
        yield from self.turns("What would change this: open items", deeper.openings)
        yield from self.turns(
            "Which single answers, changed, would change this", deeper.sensitivity
        )
        if not deeper.openings and not deeper.sensitivity:
            told = ["No single answer changes the leader or the band."]
            yield from self.section("What would change this", told)

    def turns(self, head: str, turns: Sequence[Turn]) -> Iterator[Line]:
        if not turns:
            return
        yield BLANK
        yield (Span(head, "head"),)
        for turn in turns:
            leader = f"{self.named(turn.leader)}, {turn.band.words}" if turn.leader else ""
            said = self.answer(turn.item, turn.instead)
            was = f" instead of {self.answer(turn.item, turn.answer)}" if turn.answer else ""
            text = f"{humanised(turn.item)}: {said}{was} → {leader or 'cannot tell'}"
            target = f"go:{turn.item}"
            yield from paragraph(text, self.width, "", first=" · ", rest="   ", target=target)

    # -- checks --------------------------------------------------------------------------

    def checks(self) -> Iterator[Line]:
        told = [r for r in _checks(self.state) if r.words]
        if told:
            yield BLANK
            yield (Span("Checks that speak or could not be done", "head"),)
        for result in told:
            sign, role = check_sign(result)
            yield from paragraph(result.words, self.width, role, first=f" {sign} ", rest="   ")


def _parts(one: Comparison, answer: Callable[[str, str], str]) -> Iterator[str]:
    yield f"{one.groups} speaking {'group' if one.groups == 1 else 'groups'}"
    yield f"differences of 0.30 and more {hundredths(one.large)}"
    held = f", held within ±0.30 of {hundredths(one.small_raw)} (R5)"
    yield f"smaller ones {hundredths(one.small)}{held if one.small != one.small_raw else ''}"
    if one.taken_off_vote:
        vote = one.taken_off_vote
        said = f"{humanised(vote.item)}: {answer(vote.item, vote.choice)}"
        yield f"{one.taken_off / 100:.2f} taken off for “{said}”, left out in its group (R4)"


# -- checks where they arise ----------------------------------------------------------------


def _checks(state: Examination) -> tuple[CheckResult, ...]:
    kept = _LATEST.of(state)
    if kept.checks is None:
        kept.checks = run_checks(state)
    return kept.checks


def check_sign(result: CheckResult) -> tuple[str, str]:
    """Return the sign and the role that a check's words are shown in."""
    if result.outcome == UNDETERMINED:
        return "?", "dim"
    return {"error": ("✗", "error"), "warn": ("!", "warn")}.get(result.check.level, ("i", ""))


def checks_on(state: Examination, item_id: str) -> list[CheckResult]:
    """Return the checks that speak or could not be done, and name an item or field."""
    told = [r for r in _checks(state) if r.words] if state.checklist.checks else []
    return [r for r in told if _names(state, r.check, item_id)]


def _names(state: Examination, check: Check, item_id: str) -> bool:
    named = names(parse(check.condition))
    return item_id in named.items or any(
        item_id in World(state).members(*scope) for scope in named.scopes
    )


def checks_for_item(state: Examination, item_id: str) -> list[str]:
    """Return in words the checks of an item or field that speak or could not be done."""
    return [visible(r.words) for r in checks_on(state, item_id)]
