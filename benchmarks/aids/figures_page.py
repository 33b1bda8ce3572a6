"""The page of figures: `python -m benchmarks.aids.figures_page` writes docs/aids-figures.md.

It says what the cards of the picture aids say, so that the page and the cards cannot differ; a test
holds them together.
"""

from __future__ import annotations

from pathlib import Path

from docexam.aids.figures import FOLDER, Purpose, measured_card
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
        if aid_id not in TEXT_AIDS or aid_id == "mrz":
            parts += [_section(aid_id, card) for card in _cards(aid_id)]
    return "\n".join(parts)


def _cards(aid_id: str) -> list[Card]:
    """Return the card of an aid, and those of its forms that go without an extra.

    Which form runs here makes no difference to the page.
    """
    card = load_aid(aid_id).card
    whole = card.version.partition("-")[0]
    forms = sorted(path.stem.removeprefix(aid_id) for path in FOLDER.glob(f"{aid_id}-*.json"))
    if not forms:
        return [card]
    purpose = Purpose(card.title, card.purpose, card.cannot, card.extra)
    return [measured_card(aid_id, f"{whole}{form}", purpose) for form in ("", *forms)]


def _section(aid_id: str, card: Card) -> str:
    lines = [f"## `{aid_id}` {card.version}", "", card.measured, ""]
    if card.figures:
        lines += ["| what | figure | n | on |", "|---|---|---|---|"]
        lines += [f"| {f.name} | {f.value:g} | {f.n} | {f.material} |" for f in card.figures]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
