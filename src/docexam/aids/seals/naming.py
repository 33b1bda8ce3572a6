"""What the ink and the shape of a seal are called."""

from __future__ import annotations

from docexam.aids.seals.colour import Shade
from docexam.aids.seals.outline import Outline

_COLOURLESS = 0.30
_MORE_GREEN_TAKEN = 1.12  # violet ink takes more of the green than of the red
_OVAL = 0.78


def ink_name(shade: Shade) -> str:
    """Return blue, violet, red or black."""
    if shade.colourfulness < _COLOURLESS:
        return "black"
    if shade.red < min(shade.green, shade.blue):
        return "red"
    return "violet" if shade.green > _MORE_GREEN_TAKEN * shade.red else "blue"


def shape_name(outline: Outline) -> str:
    """Return round or oval; a round seal seen aslant is called round unless much flattened."""
    long, short, _ = outline.axes
    return "oval" if short < _OVAL * long else "round"
