"""The page of figures: `python -m benchmarks.aids.figures_page` writes docs/aids-figures.md.

It says what the cards of the picture aids say, so that the page and the cards cannot differ; a test
holds them together.
"""

from __future__ import annotations

from pathlib import Path

from docexam.aids.protocol import Card
from docexam.aids.registry import BUILT_IN, load_aid
from docexam.aids.text import TEXT_AIDS

PAGE = Path(__file__).parents[2] / "docs" / "aids-figures.md"
_HEAD = """# Figures of the aids that look at pictures

Everything here was measured on drawn documents and drawn handwriting, in layouts, fonts, seals,
paper and light that nothing was trained on; where a look at these figures led to a change of
an aid, its card says so. Drawn material is easier and more even than what is captured in the
field: take every figure as the best that can be hoped for. `python -m
benchmarks.aids --split test --write` measures anew, `python -m benchmarks.aids.figures_page` writes
this page. An aid whose version has changed since shows no figures until it is measured again.
"""


def page() -> str:
    """Return the page in Markdown."""
    parts = [_HEAD]
    for aid_id in BUILT_IN:
        card = load_aid(aid_id).card
        if aid_id not in TEXT_AIDS or aid_id == "mrz":
            parts.append(_section(aid_id, card))
    return "\n".join(parts)


def _section(aid_id: str, card: Card) -> str:
    measured = card.version.split("-")[
        0
    ]  # a form that lacks an extra is no version of its own here
    lines = [f"## `{aid_id}` {measured}", "", card.measured, ""]
    if card.figures:
        lines += ["| what | figure | n | on |", "|---|---|---|---|"]
        lines += [f"| {f.name} | {f.value:g} | {f.n} | {f.material} |" for f in card.figures]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
