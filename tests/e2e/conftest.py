"""The real program, run as a process of its own."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

SMALL = """
schema = 1
[checklist]
id = "small"
version = "1.0.0"
language = "en"
title = "A small checklist"

[[proposition]]
id = "regular"
about = "contents"
title = "Regularly issued"

[[proposition]]
id = "interim"
about = "contents"
title = "Interim issue"

[[fact]]
id = "pages-shown"
ask = "Which pages are shown?"
type = "many"
pages = true
choices = [ { id = "cover", label = "Cover" }, { id = "identity", label = "Identity" } ]

[[place]]
id = "photo"
page = "identity"
title = "The photograph's place"
holds = "portrait"

[[field]]
id = "surname"
label = "Surname"
type = "text"
script = "Cyrl"
page = "identity"

[[field]]
id = "number"
label = "Number"
type = "text"
pattern = '[А-ЯЁ]{2} ?\\d{6,7}'

[[section]]
id = "seals"
title = "Seals"

[[indicator]]
id = "photo"
section = "seals"
page = "identity"
place = "photo"
ask = "Is a photograph present in its place?"
critical = true
needs = { min_px = 60 }
look = ["Fit the page"]

  [[indicator.choice]]
  id = "present"
  label = "Present"

  [[indicator.choice]]
  id = "absent"
  label = "Absent"
  evidence = "region"
  bears = { regular = -0.5, interim = 0.2 }

[[indicator]]
id = "seal-crosses"
section = "seals"
ask = "Does a seal cross its edge?"
type = "yesno"
when = "photo is present"

[[indicator]]
id = "inks"
section = "seals"
ask = "Which inks are seen?"
type = "many"

  [[indicator.choice]]
  id = "blue"
  label = "Blue"

  [[indicator.choice]]
  id = "violet"
  label = "Violet"

[[indicator]]
id = "pages-counted"
section = "seals"
ask = "How many pages are there?"
type = "number"

[[indicator]]
id = "like-reference"
section = "seals"
ask = "Does the layout match the reference?"
type = "yesno"
kind = "compare"
stage = 2
source = "The user's own reference specimens"
"""


class Ran:
    """What one run of the program came to."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")

    @property
    def json(self) -> Any:
        assert self.out.isascii()
        return json.loads(self.out)


class Docexam:
    """`docexam` with a casebook and an examiner of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.casebook = folder / "casebook"
        self.examiner: str | None = "Ann Example"
        self.checklist = folder / "small.toml"
        self.checklist.write_text(SMALL, "utf-8")

    def __call__(self, *words: str | bytes | Path, **more: Any) -> Ran:
        command: list[Any] = [sys.executable, "-m", "docexam", "--casebook", self.casebook]
        if self.examiner:
            command += ["--examiner", self.examiner]
        done = subprocess.run(
            [*command, *words],
            stdin=more.pop("stdin", subprocess.DEVNULL),
            capture_output=True,
            timeout=more.pop("timeout", 60),
            **more,
        )
        return Ran(done)

    def quick(self, *words: str | Path) -> Ran:
        """Run in this process: several times faster, for tests that take many steps."""
        from docexam.cli.main import main

        argv = ["--casebook", self.casebook, *words]
        if self.examiner:
            argv = ["--examiner", self.examiner, *argv]
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(word) for word in argv])
            # Let go of the casebook, as a process that ends does.
            gc.collect()
            out.flush()
            err.flush()
        told = (out.buffer.getvalue(), err.buffer.getvalue())
        return Ran(subprocess.CompletedProcess(argv, code, *told))

    def image(self, name: str = "page.jpg", size: tuple[int, int] = (900, 700), n: int = 0) -> Path:
        path = self.folder / name
        picture = Image.new("RGB", size, (236, 232, 220))
        draw = ImageDraw.Draw(picture)
        for row in range(8):
            draw.text((60, 60 + 60 * row), f"SPECIMEN {n} line {row}", fill=(20, 20, 40))
        picture.save(path)
        return path

    def new(self, handle: str = "C/E", *images: Path) -> str:
        made = self("new", handle, "--checklist", self.checklist, *(images or (self.image(),)))
        assert made.code == 0, made.err
        return handle

    def show(self, handle: str = "C/E") -> Any:
        ran = self("show", handle, "--json")
        assert ran.code == 0, ran.err
        return ran.json


@pytest.fixture
def docexam(tmp_path: Path) -> Docexam:
    return Docexam(tmp_path)


@pytest.fixture(scope="session")
def docexam_at() -> type[Docexam]:
    """Make one in a folder that outlives a test."""
    return Docexam
