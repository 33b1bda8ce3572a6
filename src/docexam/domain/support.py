"""Support: what findings add up to, by the rules R1 to R9 of the checklist language.

All sums are whole hundredths of log10. Propositions are compared in pairs within one question;
every comparison keeps what went into it, so that a reader can do the sum again by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docexam.domain.checklist import QUESTIONS, Band, Checklist, Indicator, Scale
from docexam.domain.examination import Examination
from docexam.domain.standing import Standing

# R2, R5, R6: from here on a difference counts by itself, and a band begins.
WEAK = 30
# R7: what uncalibrated sums suggest at most begins at 1.00; the next band would begin at 2.00.
MODERATE = 100
ABOVE_MODERATE = 200


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer that speaks on a question. `bears` holds only that question's propositions."""

    item: str
    choice: str
    group: str
    order: int
    bears: Mapping[str, int]
    calibrated: bool

    def spread(self, propositions: Sequence[str]) -> int:
        """Return the largest difference between two propositions; those not named count 0."""
        values = [self.bears.get(p, 0) for p in propositions]
        return max(values) - min(values)

    def difference(self, a: str, b: str) -> int:
        """Return how much more this answer is expected under `a` than under `b`."""
        return self.bears.get(a, 0) - self.bears.get(b, 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`over` set against `rival`: what was summed, what was taken off, and the band it is told as.

    `large`: the sum of differences of 0.30 and more. `small`: the sum of the others, held within
    ±0.30 (R5); `small_raw` before that. `taken_off`: the strongest left-out answer to the contrary
    (R4). `net` is what remains. `capped` says in words why a lower band is told than `net` has.
    """

    over: str
    rival: str
    large: int
    small: int
    small_raw: int
    taken_off: int
    taken_off_vote: Vote | None
    groups: int
    calibrated: int
    net: int
    band: Band
    capped: str


@dataclass(frozen=True, slots=True)
class QuestionSupport:
    """The support on one question.

    `leader` is empty where nothing leads: a tie, too little, or fewer than two assessed
    propositions. `comparisons` sets the leader, or the strongest candidate, against each assessed
    rival, weakest first. `blocks` are reasons, in words, why no suggestion may be made.
    """

    question: str
    propositions: tuple[str, ...]
    assessed: tuple[str, ...]
    leader: str
    candidate: str
    band: Band
    comparisons: tuple[Comparison, ...]
    counted: tuple[Vote, ...]
    left_out: tuple[Vote, ...]
    blocks: tuple[str, ...] = ()

    @property
    def not_assessed(self) -> tuple[str, ...]:
        """Propositions that no counted answer names: neither leading nor beaten (R3)."""
        return tuple(p for p in self.propositions if p not in self.assessed)

    @property
    def headline(self) -> Comparison | None:
        """The comparison with the rival the leader is least separated from, if there is one."""
        return self.comparisons[0] if self.leader and self.comparisons else None

    @property
    def suggested(self) -> str:
        """The proposition the tool may suggest; empty where it cannot tell or is blocked."""
        return "" if self.blocks else self.leader


@dataclass(frozen=True, slots=True)
class Support:
    """The support of every question in use, in the order of the four questions."""

    questions: Mapping[str, QuestionSupport] = field(default_factory=dict)


def support_of(examination: Examination, standing: Standing, blocks: Sequence[str] = ()) -> Support:
    """Work out the support of an examination. `blocks`: further reasons against a suggestion.

    Hidden and waiting items, non-answers and incomplete answers add nothing.
    """
    checklist = examination.checklist
    all_blocks = (*_blocks(examination, standing), *blocks)
    found: dict[str, QuestionSupport] = {}
    for question in QUESTIONS:
        propositions = propositions_on(checklist, question)
        if len(propositions) > 1:
            votes = votes_on(examination, standing, propositions)
            weighed = weigh(question, propositions, votes, checklist.scale_used())
            found[question] = _with_blocks(weighed, all_blocks)
    return Support(found)


def propositions_on(checklist: Checklist, question: str) -> tuple[str, ...]:
    """Return the ids of the propositions of one question, in checklist order."""
    return tuple(p.id for p in checklist.propositions if p.about == question)


def _with_blocks(weighed: QuestionSupport, blocks: Sequence[str]) -> QuestionSupport:
    from dataclasses import replace

    return replace(weighed, blocks=tuple(blocks))


def _blocks(examination: Examination, standing: Standing) -> list[str]:
    critical = [
        s.id for s in standing.items.values() if s.critical and s.visible and not s.answered
    ]
    incomplete = [s.id for s in standing.items.values() if s.visible and s.incomplete]
    blocks = [f"critical item open: {name}" for name in critical if name not in incomplete]
    return blocks + [f"answer incomplete: {name}" for name in incomplete]


def votes_on(
    examination: Examination, standing: Standing, propositions: Sequence[str]
) -> list[Vote]:
    """Return the answers that speak on a question, in walking order."""
    votes: list[Vote] = []
    for order, item in enumerate(examination.checklist.walk()):
        where = standing.items[item.id]
        if where.visible and where.answered:
            chosen = examination.finding(item.id).chosen(item)
            votes += votes_of(item, chosen, order, propositions)
    return votes


def votes_of(
    item: Indicator, chosen: Iterable[str], order: int, propositions: Sequence[str]
) -> list[Vote]:
    """Return what the chosen answers of one item say on a question; empty for nothing."""
    votes = []
    for choice in map(item.choice, chosen):
        if choice is None:
            continue
        bears = {p: v for p, v in choice.bears.items() if p in propositions}
        if bears:
            group = item.group_of(choice) or f"item:{item.id}"
            votes.append(Vote(item.id, choice.id, group, order, bears, bool(choice.calibrated)))
    return votes


def weigh(
    question: str, propositions: Sequence[str], votes: Sequence[Vote], scale: Scale
) -> QuestionSupport:
    """Weigh the votes on one question by R3 to R8."""
    counted, left_out = one_per_group(votes, propositions)
    assessed = tuple(p for p in propositions if any(p in v.bears for v in counted))
    candidate, comparisons = _candidate(assessed, counted, left_out, scale)
    leads = bool(candidate) and all(c.net >= WEAK for c in comparisons)
    return QuestionSupport(
        question=question,
        propositions=tuple(propositions),
        assessed=assessed,
        leader=candidate if leads else "",
        candidate=candidate,
        band=comparisons[0].band if leads else scale.bands[0],
        comparisons=comparisons,
        counted=tuple(counted),
        left_out=tuple(left_out),
    )


def one_per_group(
    votes: Sequence[Vote], propositions: Sequence[str]
) -> tuple[list[Vote], list[Vote]]:
    """Split votes into the one of each group that counts (R4), and those left out."""
    best: dict[str, Vote] = {}
    for vote in votes:
        held = best.get(vote.group)
        if held is None or _stronger(vote, held, propositions):
            best[vote.group] = vote
    counted = [v for v in votes if best[v.group] is v]
    return counted, [v for v in votes if best[v.group] is not v]


def _stronger(vote: Vote, held: Vote, propositions: Sequence[str]) -> bool:
    spread, other = vote.spread(propositions), held.spread(propositions)
    return spread > other or (spread == other and vote.order < held.order)


def _candidate(
    assessed: Sequence[str], counted: Sequence[Vote], left_out: Sequence[Vote], scale: Scale
) -> tuple[str, tuple[Comparison, ...]]:
    """Find the proposition that is ahead of every assessed rival, with its comparisons."""
    if len(assessed) < 2:
        return "", ()
    for over in assessed:
        rivals = [p for p in assessed if p != over]
        if all(_summed(counted, over, rival)[0] > 0 for rival in rivals):
            compared = [compare(over, rival, counted, left_out, scale) for rival in rivals]
            # The weakest band is the headline (R8); among equal bands, the least separated.
            return over, tuple(sorted(compared, key=lambda c: (c.band.start, c.net)))
    return "", ()


def _summed(votes: Iterable[Vote], over: str, rival: str) -> tuple[int, int, int, int]:
    """Return the sum under R5, its large part, the small part as summed, speaking groups."""
    differences = [d for v in votes if (d := v.difference(over, rival))]
    large = sum(d for d in differences if abs(d) >= WEAK)
    small = sum(d for d in differences if abs(d) < WEAK)
    # A group speaks for the one compared when it adds to it; one against it is no support.
    return large + _within(small), large, small, sum(d > 0 for d in differences)


def _within(small: int) -> int:
    return max(-WEAK, min(WEAK, small))


def compare(
    over: str, rival: str, counted: Sequence[Vote], left_out: Sequence[Vote], scale: Scale
) -> Comparison:
    """Set one proposition against another by R4 to R7."""
    total, large, small, groups = _summed(counted, over, rival)
    contrary = min(left_out, key=lambda v: v.difference(over, rival), default=None)
    taken = -contrary.difference(over, rival) if contrary else 0
    off = max(0, taken)
    net = total - off
    alone = _summed([v for v in counted if v.calibrated], over, rival)
    calibrated = _few_groups(alone[0] - off, alone[3])[0]
    told, why = _told_as(net, groups, calibrated)
    return Comparison(
        over=over,
        rival=rival,
        large=large,
        small=_within(small),
        small_raw=small,
        taken_off=off,
        taken_off_vote=contrary if off else None,
        groups=groups,
        calibrated=calibrated,
        net=net,
        band=band_of(told, scale),
        capped=why,
    )


def _told_as(net: int, groups: int, calibrated: int) -> tuple[int, str]:
    """Return the sum a comparison is told as, and in words why that is lower than `net`."""
    held, why = _few_groups(net, groups)
    if why:
        return held, why
    allowed = max(ABOVE_MODERATE - 1, calibrated)
    if net > allowed and band_index(net) > band_index(allowed):
        return allowed, "uncalibrated weights suggest at most moderate (R7)"
    return net, ""


def _few_groups(net: int, groups: int) -> tuple[int, str]:
    """Hold a sum of few speaking groups to the band they may suggest (R6)."""
    if groups < 2 and net >= MODERATE:
        return MODERATE - 1, "one speaking group suggests at most weak (R6)"
    if groups < 3 and net >= ABOVE_MODERATE:
        return ABOVE_MODERATE - 1, "two speaking groups suggest at most moderate (R6)"
    return net, ""


_STARTS = (0, 30, 100, 200, 300, 400, 600)


def band_index(value: int) -> int:
    """Return the ENFSI band a sum falls in, 0 for none."""
    return sum(value >= start for start in _STARTS[1:])


def band_of(value: int, scale: Scale) -> Band:
    """Return the band of a scale that begins at or below a sum; the first for less."""
    below = [b for b in scale.bands if b.start <= value]
    return below[-1] if below else scale.bands[0]


Weigher = Callable[[Sequence[Vote]], QuestionSupport]


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer that, changed or given, changes a question's leader or band."""

    item: str
    answer: str
    instead: str
    leader: str
    band: Band


@dataclass(frozen=True, slots=True)
class Footing:
    """What one question stands on before any single answer is changed; `orders`: walking order."""

    propositions: tuple[str, ...]
    votes: tuple[Vote, ...]
    now: QuestionSupport
    orders: Mapping[str, int]
    scale: Scale


def footing_of(examination: Examination, standing: Standing, question: str) -> Footing:
    """Work out once what `turns_of` compares with; for callers that go item by item."""
    propositions = propositions_on(examination.checklist, question)
    votes = votes_on(examination, standing, propositions)
    scale = examination.checklist.scale_used()
    orders = {item.id: n for n, item in enumerate(examination.checklist.walk())}
    now = weigh(question, propositions, votes, scale)
    return Footing(propositions, tuple(votes), now, orders, scale)


def sensitivity(examination: Examination, standing: Standing, question: str) -> tuple[Turn, ...]:
    """Return the single answers which, changed, would change the leader or the band."""
    footing = footing_of(examination, standing, question)
    return tuple(
        turn
        for item, chosen in _answered(examination, standing)
        for turn in _turns(footing, item, chosen)
    )


def turns_of(
    examination: Examination, standing: Standing, footing: Footing, item_id: str
) -> tuple[Turn, ...]:
    """Return one item's part of `sensitivity` or `openings`."""
    item = examination.checklist.item(item_id)
    if item is None:
        return ()
    where = standing.items[item_id]
    if where.answered:
        asked = where.visible and item.type in ("choice", "yesno")
        chosen = examination.finding(item_id).chosen(item)
    else:
        asked, chosen = where.reachable, ()
    return tuple(_turns(footing, item, chosen)) if asked else ()


def openings(examination: Examination, standing: Standing, question: str) -> tuple[Turn, ...]:
    """Return the answers to open, reachable items that would change the leader or the band."""
    footing = footing_of(examination, standing, question)
    return tuple(
        turn for item in _open_items(examination, standing) for turn in _turns(footing, item, ())
    )


def next_best_look(examination: Examination, standing: Standing, question: str) -> str:
    """Return the open, reachable item that could move a question most; empty for none.

    The measure is the largest change of the smallest net difference between the proposition
    ahead and its rivals; ties go to the walking order.
    """
    footing = footing_of(examination, standing, question)
    propositions, scale = footing.propositions, footing.scale
    now = _separation(footing.now)
    best, best_move = "", 0
    for item in _open_items(examination, standing):
        move = max(
            (
                abs(_separation(weigh(question, propositions, changed, scale)) - now)
                for _, changed in _alternatives(footing, item)
            ),
            default=0,
        )
        if move > best_move:
            best, best_move = item.id, move
    return best


def _separation(weighed: QuestionSupport) -> int:
    return min((c.net for c in weighed.comparisons), default=0)


def _answered(
    examination: Examination, standing: Standing
) -> list[tuple[Indicator, tuple[str, ...]]]:
    pairs = []
    for item in examination.checklist.walk():
        where = standing.items[item.id]
        if where.visible and where.answered and item.type in ("choice", "yesno"):
            pairs.append((item, examination.finding(item.id).chosen(item)))
    return pairs


def _open_items(examination: Examination, standing: Standing) -> list[Indicator]:
    return [
        item
        for item in examination.checklist.walk()
        if standing.items[item.id].reachable and not standing.items[item.id].answered
    ]


def _alternatives(footing: Footing, item: Indicator) -> list[tuple[str, list[Vote]]]:
    order = footing.orders[item.id]
    others = [v for v in footing.votes if v.item != item.id]
    made = []
    for choice in item.choices:
        changed = [*others, *votes_of(item, (choice.id,), order, footing.propositions)]
        made.append((choice.id, sorted(changed, key=lambda v: v.order)))
    return made


def _turns(footing: Footing, item: Indicator, chosen: tuple[str, ...]) -> list[Turn]:
    if not any(p in c.bears for c in item.choices for p in footing.propositions):
        return []
    now = footing.now
    turns = []
    for answer, changed in _alternatives(footing, item):
        if answer in chosen:
            continue
        then = weigh(now.question, footing.propositions, changed, footing.scale)
        if (then.leader, then.band) != (now.leader, now.band):
            turns.append(Turn(item.id, ",".join(chosen), answer, then.leader, then.band))
    return turns


def contradictions(weighed: QuestionSupport) -> tuple[Vote, ...]:
    """Return counted and left-out answers that speak, by 0.30 or more, against the one ahead."""
    rivals = [p for p in weighed.assessed if p != weighed.candidate]
    if not weighed.candidate:
        return ()
    return tuple(
        v
        for v in (*weighed.counted, *weighed.left_out)
        if any(v.difference(weighed.candidate, r) <= -WEAK for r in rivals)
    )
