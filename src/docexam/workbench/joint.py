"""What several examiners say together: agreed and settled answers, and their support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from docexam.domain.checks import check_blocks
from docexam.domain.comparing import Comparison
from docexam.domain.concluding import sentence
from docexam.domain.examination import Examination
from docexam.domain.finding import Finding
from docexam.domain.standing import standing_of
from docexam.domain.support import support_of


def joint_data(
    states: Sequence[Examination], comparison: Comparison, settled: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the joint conclusion: on what it rests, what is unsettled, and each question.

    An item counts with the answer on which all who answered agree, else with the one settled by
    adjudication; one on which they differ and nobody settled it counts as open, and blocks.
    """
    unsettled = [i.item for i in comparison.items if i.same is False and i.item not in settled]
    joint = replace(states[0], findings=_findings(comparison, settled))
    blocks = [f"examiners differ: {name}" for name in unsettled]
    support = support_of(joint, standing_of(joint), [*blocks, *check_blocks(joint)])
    return {
        "settled": sorted(settled),
        "unsettled": unsettled,
        "questions": [
            {
                "question": q.question,
                "suggested": q.suggested,
                "leader": q.leader,
                "band": q.band.id,
                "sentence": _sentence(joint, q),
                "blocks": list(q.blocks),
            }
            for q in support.questions.values()
        ],
    }


def _findings(comparison: Comparison, settled: Mapping[str, Any]) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for item in comparison.items:
        given = [f for f in item.findings if f and f.answered]
        if item.item in settled:
            answer = settled[item.item]
            told = tuple(answer) if isinstance(answer, list) else answer
            found[item.item] = replace(given[0] if given else Finding(item.item), answer=told)
            found[item.item] = replace(found[item.item], complete=told is not None)
        elif given and item.same is not False:
            found[item.item] = given[0]
    return found


def _sentence(joint: Examination, question: Any) -> str:
    if question.blocks:
        return "No suggestion is made: " + "; ".join(question.blocks) + "."
    headline = question.headline
    if headline is None:
        return sentence(joint.checklist, "", "", "")
    return sentence(joint.checklist, question.leader, headline.rival, question.band.id)
