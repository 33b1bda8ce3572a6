"""How sure Tesseract must be to be followed: `python -m training.choice [--pages N] [--seeds S …]`.

Draws development pages (`type_dev`), reads every typed or printed field with both readers, and prints
for each pair of the two numbers in `docexam.aids.typed.choosing` how many fields come out whole.
"""

from __future__ import annotations

from docexam.aids.typed import choosing
from training import type_dev

_SLOPES = (0.08, 0.1, 0.13, 0.16, 0.2, 0.3)
_FROMS = (50.0, 55.0, 60.0, 65.0, 70.0, 75.0, 80.0)


def whole(read: list[type_dev.DevRead]) -> float:
    """Return the share of fields whose text comes out as it is."""
    chosen = (choosing.choose(one.shapes, one.tesseract).text for one in read)
    return sum(
        text == " ".join(one.field.text.split()) for text, one in zip(chosen, read, strict=True)
    ) / len(read)


if __name__ == "__main__":
    read = [one for one in type_dev.asked() if one.field.made != "written"]
    print(f"{len(read)} fields; as it is: {whole(read):.4f}")
    for slope in _SLOPES:
        told = []
        for start in _FROMS:
            choosing._LIKELIER, choosing._FROM = slope, start
            told.append(f"from {start:.0f}: {whole(read):.4f}")
        print(f"{slope:.2f} a point", "  ".join(told))
