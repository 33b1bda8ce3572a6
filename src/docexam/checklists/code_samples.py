"""What a code is, and the pieces its examples are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `wrong`: TOML added to a small sound checklist that brings the fault about.

    With `whole` the example is a file of its own; an empty example cannot be shown in TOML.
    """

    number: int
    level: str
    title: str
    meaning: str
    wrong: str = ""
    whole: bool = False

    @property
    def id(self) -> str:
        """Return the code as it is printed: `DX012`."""
        return f"DX{self.number:03}"


BASE = """\
schema = 1

[checklist]
id      = "example"
version = "1.0.0"
title   = "Example"

[[proposition]]
id    = "regular"
about = "contents"
title = "Regularly issued"

[[proposition]]
id    = "altered"
about = "contents"
title = "Altered after issue"

[[section]]
id    = "seals"
title = "Seals"

[[indicator]]
id      = "photo"
section = "seals"
ask     = "How much of the photograph is in its place?"
look    = ["Fit the page"]
status  = "unverified"
source  = "Field practice"

  [[indicator.choice]]
  id    = "whole"
  label = "All of it"
  bears = { regular = 0.1, altered = -0.1 }

  [[indicator.choice]]
  id       = "torn"
  label    = "A part of it"
  evidence = "region"

"""
"""What an example is added to."""

SEAL = """\
[[indicator]]
id      = "seal"
section = "seals"
ask     = "How does the seal meet the photograph?"
status  = "unverified"
source  = "Field practice"
"""
TWO = """\

  [[indicator.choice]]
  id    = "over"
  label = "Over its edge"

  [[indicator.choice]]
  id    = "beside"
  label = "Beside it"
"""
FIELD = """\
[[field]]
id    = "number"
label = "Number"
"""

SET = """\
[[answers]]
id      = "presence"
choices = [ { id = "present", label = "Present" } ]

"""
