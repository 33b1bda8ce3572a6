"""The card of the places aid."""

from __future__ import annotations

from docexam.aids.protocol import Card

CARD = Card(
    title="Places of birth",
    version="1.1",
    purpose=(
        "Says whether a place of birth is in the offline table in that spelling, in that region "
        "and at the dates of birth and issue, and which names are official equivalents."
    ),
    cannot=(
        "It knows the subjects of the Russian Federation, their former names, some 310 towns and "
        "Tuva's districts and centres; hardly any village. Not in the table says nothing.",
        "Regions outside ISO 3166-2:RU are not in it, whoever claims them.",
        "Years of change are common knowledge, not verified, and count for both names.",
        "Many villages share a name; a place in another region is a question, no fault.",
    ),
    measured=(
        "Not measured: the table is looked up, and what it lacks it cannot tell from what is wrong."
    ),
    synthetic=False,
    command="python benchmarks/aids_text.py",
)
