"""The card of the numbers aid."""

from __future__ import annotations

from docexam.aids.protocol import Card

CARD = Card(
    title="Numbers and dates",
    version="1.0",
    purpose=(
        "Tests a number against the format of its kind, names letters of another script and "
        "letters for digits, tells impossible dates, the weekday, the year of a passport's blank "
        "against its issue, the regions of series and office, and the order of dated entries."
    ),
    cannot=(
        "A number of the right format may never have been issued, and nothing here looks one up.",
        "A departure may be a slip in transcribing; look at the capture first.",
        "Most codes of regions, the least ages and the age of blanks are common knowledge of the "
        "field, not verified: each remark says so.",
        "Military booklets have no known rule that ties a series to a year; none is tested.",
    ),
    measured="Not measured: every remark follows from a stated rule, which the remark names.",
    synthetic=True,
    command="python benchmarks/aids_text.py",
)
