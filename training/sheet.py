"""A sheet of drawn samples to look at: `python -m training.sheet OUT.png [SPLIT] [SEED]`."""

from __future__ import annotations

import sys

import numpy as np
from PIL import Image, ImageDraw

from docexam.aids.script.normalise import HEIGHT, WIDTH, find_ink, view
from training.draw import CLASSES, sample
from training.fonts import faces


def sheet(split: str, seed: int, rows: int = 14) -> Image.Image:
    """Return crops and the network's views of them, one column a class."""
    rng, given = np.random.default_rng(seed), faces(split)
    image = Image.new("RGB", (len(CLASSES) * 210, rows * 140), "grey")
    draw = ImageDraw.Draw(image)
    for label, name in enumerate(CLASSES):
        for row in range(rows):
            one = sample(rng, given, label)
            left, top = label * 210, row * 140
            crop = Image.fromarray(one.crop)
            crop.thumbnail((200, 62))
            image.paste(crop, (left, top))
            ink = find_ink(one.crop)
            if ink is not None:
                image.paste(Image.fromarray(view(ink)).resize((WIDTH, HEIGHT)), (left, top + 64))
            draw.text((left, top + 128), f"{name} {one.family}", "white")
    return image


if __name__ == "__main__":
    split = sys.argv[2] if len(sys.argv) > 2 else "train"
    sheet(split, int(sys.argv[3]) if len(sys.argv) > 3 else 0).save(sys.argv[1])
