"""The words of a report about aids, in English."""

from __future__ import annotations

AIDS = {
    "aids": "Programs that proposed",
    "aids.text": (
        "A program proposed, on the grounds it gave; the examiner decided. No proposal is an "
        "answer, and none carries weight. The figures are those of the program's own version."
    ),
    "aids.row": "Proposed",
    "aids.shown.after": "{aid}, shown {when} (entry {seq}), after the examiner's own answer:",
    "aids.shown.before": "{aid}, shown {when} (entry {seq}), BEFORE any answer:",
    "aids.nothing": "nothing to propose.",
    "aids.more.one": "And {n} more.",
    "aids.more.many": "And {n} more.",
    "aids.adopted": "taken over by the examiner",
    "aids.altered": "taken over by the examiner, corrected",
    "aids.rejected": "rejected by the examiner",
    "aids.reason": "Reason:",
    "aids.showings.one": "Shown {n} time.",
    "aids.showings.many": "Shown {n} times.",
    "aids.synthetic": "The material was made up (synthetic): real documents may fare worse.",
    "aids.figure": "{name}: {value} (n = {n}).",
    "aids.figure.on": "{name}: {value} (n = {n}, {material}).",
    "aids.figures.more.one": "{n} more figure stands on the card (docexam aid list: {aid}).",
    "aids.figures.more.many": "{n} more figures stand on the card (docexam aid list: {aid}).",
    "aids.triage": (
        "Triage: since {when} (entry {seq}) programs showed their proposals before the examiner "
        "answered. Given after that: {answers} answers, {readings} readings. They are not the "
        "examiner's independent observation."
    ),
    "aids.given": "Given",
    "aided.triage": "while the proposals of programs were open (triage)",
    "aided.shown": "after a program's proposal on it was shown",
    "fields.adopted": "reading of a program, taken over: {aid}",
    "order.aid.shown": "Proposals of {aid} were shown on {what}.",
    "order.aid.shown-first": "Proposals of {aid} were shown before any answer on {what}.",
    "order.aid.adopted": "A proposal of {aid} was taken over on {what}.",
    "order.aid.rejected": "A proposal of {aid} was rejected on {what}.",
    "agreement.triage.one": (
        "{n} of the examiners had the proposals of programs open before answering (triage). In "
        "that the examinations are not independent."
    ),
    "agreement.triage.many": (
        "{n} of the examiners had the proposals of programs open before answering (triage). In "
        "that the examinations are not independent."
    ),
    "removed.proposal": "proposals of programs",
}
