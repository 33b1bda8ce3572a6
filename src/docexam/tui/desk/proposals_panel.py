"""The words of proposals: the panel, the lines in the question, progress, and an aid's card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docexam.domain.text import visible
from docexam.tui.desk.history import when
from docexam.tui.desk.outline import humanised
from docexam.tui.lines import BLANK, Line, Span, cells, counted, cut, paragraph

if TYPE_CHECKING:
    from docexam.aids.protocol import Card
    from docexam.tui.desk.desk import Desk
    from docexam.tui.desk.proposing import Job, Spot
    from docexam.workbench.proposing import Offer, Shown

_BAR = 5
_MOST_TEXT = 400
_DECIDED = {"adopted": ("✓ adopted", "good"), "rejected": ("✗ rejected", "warn")}


def aid_name(desk: Desk, aid: str) -> str:
    """Return what an aid is called on the current item."""
    offered = next((o.title for o in desk.proposals.offers() if o.aid == aid), "")
    return visible(offered or humanised(aid))


def bar(job: Job) -> str:
    """Return how far an aid is, as a short bar; a bar tells no number that could be a score."""
    full = int(job.share * _BAR + 0.5)
    return "▰" * full + "▱" * (_BAR - full)


def at_work(desk: Desk, width: int) -> str:
    """Return what the bottom line says of the aids at work; empty when none is."""
    jobs = desk.proposals.jobs
    if not jobs:
        return ""
    job = jobs[0]
    more = f", {len(jobs) - 1} waiting" if len(jobs) > 1 else ""
    word = "stopping" if job.stopped else visible(job.what)
    told = cut(f"{job.title} {bar(job)} {word}".rstrip(), max(width - cells(more) - 12, 12))
    return f"◌ {told}{more}, ^x stops"


# -- the panel ------------------------------------------------------------------------------


class Panel(NamedTuple):
    """The lines of the panel, and the number of the one where the cursor stands, or -1."""

    lines: list[Line]
    cursor: int


def panel(desk: Desk, width: int) -> Panel:
    """Return the proposals on the current item at `width` cells."""
    proposals = desk.proposals
    lines: list[Line] = []
    cursor, last = -1, 0
    spots, at = proposals.spots(), proposals.here
    for n, spot in enumerate(spots):
        if spot.shown.showing.seq != last:
            last = spot.shown.showing.seq
            lines += [*([BLANK] if lines else []), *_head(desk, spot.shown, width)]
        here = spot is at
        cursor = len(lines) if here else cursor
        lines += _spot_lines(desk, spot, width, here=here, target=f"spot:{n}")
        if _ends_proposal(spots, n):
            lines += _decision(spot.shown, width)
    left = len(proposals.shown()) - len({s.shown.number for s in proposals.spots()})
    if left > 0:
        told = f"and {counted(left, 'proposal')} more, which “docexam proposals” lists"
        lines += paragraph(told, width, "dim", first="  ", rest="  ")
    lines += _others(desk, width)
    if not lines:
        lines = paragraph("Nothing was proposed here yet.", width, "dim")
    return Panel(lines, cursor)


def _ends_proposal(spots: tuple[Spot, ...], n: int) -> bool:
    return n + 1 == len(spots) or spots[n + 1].shown.number != spots[n].shown.number


def _head(desk: Desk, shown: Shown, width: int) -> list[Line]:
    showing = shown.showing
    early = " · before your answer" if showing.before_answer else ""
    name = f"◆ {aid_name(desk, showing.aid)}"
    told = f" {visible(showing.version)} · {when(showing.at)[11:16]}{early}"
    if cells(name) + cells(told) > width:
        return [(Span(cut(name, width), "head"),), (Span(f" {told}", "dim"),)]
    return [(Span(name, "head"), Span(told, "dim"))]


def _spot_lines(desk: Desk, spot: Spot, width: int, *, here: bool, target: str) -> Iterator[Line]:
    sign = "›" if here else " "
    letter = desk.proposals.letter(spot) or "·"
    if spot.of is None or spot.both:
        first = f"{sign} {letter} " if spot.both else f"{sign} "
        yield from _proposal_lines(desk, spot, width, first, target)
    if spot.of is None:
        return
    first = "    " if spot.both else f"{sign} {letter} "
    says = spot.of.says + _on_capture(desk, spot)
    yield from paragraph(says, width, "", first=first, rest="    ", target=target)
    if here and not spot.placed and spot.of.of and spot.of.span:
        yield from _pointed(spot.of.of, spot.of.span, width - 4)


def _proposal_lines(desk: Desk, spot: Spot, width: int, first: str, target: str) -> Iterator[Line]:
    proposal, rest = spot.shown.proposal, " " * cells(first)
    says = proposal.says if proposal else "What was proposed was disposed of."
    yield from paragraph(says, width, "ask", first=first, rest=rest, target=target)
    if proposal is None:
        return
    if proposal.score is not None:
        meaning = _meaning(desk, spot.shown, proposal.meaning)
        score = f"score {proposal.score:.2f}: {meaning}"
        yield from paragraph(score, width, "dim", first=rest, rest=rest, target=target)
    if proposal.reading:
        lead = f"{rest}reads "
        yield from paragraph(
            proposal.reading, width, "reading", first=lead, rest=" " * len(lead), target=target
        )


def _meaning(desk: Desk, shown: Shown, meaning: str) -> str:
    """What a score says; once for those above and below each other that mean the same."""
    # Numbers count from 1 without a gap.
    before = desk.proposals.shown()[shown.number - 2] if shown.number > 1 else None
    same = before and before.showing.seq == shown.showing.seq and before.proposal
    if same and same.score is not None and same.meaning == meaning:
        return "meaning as above"
    return meaning or "its meaning is not told"


def _on_capture(desk: Desk, spot: Spot) -> str:
    captures = desk.review.examination.captures
    if not spot.placed or spot.of is None or len(captures) < 2:
        return ""
    proposal = spot.shown.proposal
    if proposal and proposal.says.startswith(f"Capture {spot.of.capture}: "):
        return ""  # it was said at the head
    return f" · capture {spot.of.capture}"


def _pointed(of: str, span: tuple[int, int], width: int) -> Iterator[Line]:
    """A text with its span underlined, and marked again below for screens without underlines."""
    before, inside, after = _parted(of, span)
    room = max(width - cells(inside), 0)
    before = _tail(before, room // 2)
    inside = cut(inside, width)
    after = cut(after, max(width - cells(before) - cells(inside), 0))
    yield (Span("    "), Span(before), Span(inside, "reading"), Span(after))
    yield (Span("    " + " " * cells(before)), Span("▔" * cells(inside), "key"))


def _parted(of: str, span: tuple[int, int]) -> tuple[str, str, str]:
    start, end = max(span[0], 0), max(span[1], 0)
    texts = of[:start][-_MOST_TEXT:], of[start:end][:_MOST_TEXT], of[end:][:_MOST_TEXT]
    before, inside, after = (visible(t) for t in texts)
    return before, inside or " ", after


def _tail(text: str, width: int) -> str:
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[1:]
    return f"…{text}" if width > 0 else ""


def _decision(shown: Shown, width: int) -> Iterator[Line]:
    decided = shown.decision
    if decided is None:
        return
    word, role = _DECIDED.get(decided.act, (decided.act, "dim"))
    why = f": {decided.reason}" if decided.reason else ""
    told = f"{word} {when(decided.at)[11:16]}{why}"
    yield from paragraph(told, width, role, first="  ", rest="    ")


def _others(desk: Desk, width: int) -> Iterator[Line]:
    """Aids that had nothing to propose, that could not, or that are at work."""
    proposals, subject = desk.proposals, desk.walk.current
    for showing in proposals.nothing():
        told = f"{aid_name(desk, showing.aid)}: nothing to propose"
        yield from paragraph(told, width, "", first="◆ ", rest="  ")
    for (item, aid), why in proposals.troubles.items():
        if item == subject:
            told = f"{aid_name(desk, aid)}: {why}"
            yield from paragraph(told, width, "warn", first="! ", rest="  ")
    for job in proposals.jobs:
        if job.subject == subject:
            yield from _job_lines(job, width)


def _job_lines(job: Job, width: int) -> Iterator[Line]:
    told = f"{job.title} {bar(job)}"
    yield (Span("◌ "), Span(cut(told, width - 2)))
    what = "stopping" if job.stopped else job.what or "waiting for its turn"
    yield from paragraph(what, width, "dim", first="  ", rest="  ")


# -- in the question ------------------------------------------------------------------------


def aid_lines(desk: Desk, width: int) -> Iterator[Line]:
    """Return what the question says of the item's aids; nothing of a proposal before its time."""
    proposals = desk.proposals
    for offer in proposals.offers():
        yield from _offer_lines(desk, offer, width)
    if desk.deciding.bound:
        told = "The next answer is recorded as following the proposal; Esc in the proposals undoes."
        yield from paragraph(told, width, "warn", first="◆ ", rest="  ")


def _offer_lines(desk: Desk, offer: Offer, width: int) -> Iterator[Line]:
    key, name = (offer.subject, offer.aid), visible(offer.title or humanised(offer.aid))
    job = desk.proposals.job(key)
    if job:
        yield (Span("◌ ", "key"), Span(cut(f"{name} {bar(job)}", width - 2), "dim"))
    elif desk.proposals.waiting(key):
        yield _pressed(f"shows {name}, done", width)
    elif offer.state == "ready":
        yield _pressed(f"asks {name}", width)
    elif offer.state == "shown":
        yield from _shown_lines(desk, offer, name, width)
    else:
        soon = offer.state == "waits" and not _has_word(desk)
        told = f"{name}: can be asked after your answer" if soon else f"{name}: {offer.why}"
        lines = paragraph(told, width, "dim", first="◇ ", rest="  ")
        yield from lines[:3]


def _has_word(desk: Desk) -> bool:
    """Whether something stands as the answer or the reading, given by whomever."""
    examination, current = desk.review.examination, desk.walk.current
    return examination.finding(current).answer is not None or current in examination.fields


def _pressed(words: str, width: int) -> Line:
    target = "act:aid.ask"
    return (Span("◇ ; ", "key", target), Span(cut(words, width - 4), "", target))


def _shown_lines(desk: Desk, offer: Offer, name: str, width: int) -> Iterator[Line]:
    target = "act:aid.ask"
    mine = [s for s in desk.proposals.shown() if s.showing.aid == offer.aid]
    if desk.proposals.open or not mine:
        told = f"{name}: {counted(len(mine), 'proposal')}" if mine else f"{name}: nothing"
        yield from paragraph(told, width, "dim", first="◆ ", rest="  ", target=target)
        return
    for shown in mine[:2]:
        says = shown.proposal.says if shown.proposal else "disposed of"
        decided = f" ({shown.decision.act})" if shown.decision else ""
        text = f"{name}: {says}{decided}"
        yield from paragraph(text, width, "", first="◆ ", rest="  ", target=target)[:3]
    if len(mine) > 2:
        yield (Span(f"  and {len(mine) - 2} more; ; shows them", "dim", target),)


def place_lines(desk: Desk, width: int) -> list[Line]:
    """Return the ground whose place is shown, for the strip under a capture that fills a screen."""
    here = desk.proposals.here if desk.proposals.open else None
    if here is None or here.of is None:
        return []
    letter = desk.proposals.letter(here) or "·"
    placed = [s for s in desk.proposals.spots() if s.placed]
    tally = f"  {placed.index(here) + 1} of {len(placed)}" if here in placed else ""
    return [
        *paragraph(here.of.says, width, "", first=f"◆ {letter} ", rest="    ")[:2],
        (
            Span("' ", "key", "act:aid.next-place"),
            Span("next place  ", "", "act:aid.next-place"),
            Span("; ", "key", "act:aid.ask"),
            Span("proposals", "", "act:aid.ask"),
            Span(tally, "dim"),
        ),
    ]


# -- the card -------------------------------------------------------------------------------


def card_lines(card: Card, width: int) -> list[Line]:
    """Return an aid's card: its purpose, what it cannot do, its figures and what they rest on."""
    lines = [*paragraph(f"{card.title}, version {card.version}", width, "ask")]
    lines += paragraph(card.purpose, width)
    lines += [BLANK, (Span("What it cannot do", "head"),)]
    for text in card.cannot:
        lines += paragraph(text, width, "", first="· ", rest="  ")
    lines += [BLANK, (Span("How it was measured", "head"),)]
    made_up = "Drawn material, made up for the purpose: expect worse on real documents."
    lines += paragraph(made_up, width, "warn") if card.synthetic and card.figures else []
    lines += paragraph(card.measured, width)
    for figure in card.figures:
        told = f"{figure.name}: {figure.value:g} (n = {figure.n}, {figure.material})"
        lines += paragraph(told, width, "", first="· ", rest="  ")
    if card.command:
        lines += paragraph(f"Measured by: {card.command}", width, "dim")
    if card.extra:
        lines += [BLANK, *paragraph(card.extra, width, "dim")]
    return lines
