"""Beginnings of checklists: sound, small, and full of hints for who goes on writing.

A template is a valid checklist without warnings; its comments say what to do with each block.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from docexam.checklists.edit_write import text_value
from docexam.checklists.faults import did_you_mean
from docexam.checklists.keys import MOST_TEXT
from docexam.domain.text import visible
from docexam.errors import InputError

_HEAD = """\
schema = 1

[checklist]
id       = @id@
version  = "0.1.0"                     # raise it at every change that others shall notice
language = @language@
title    = @title@
"""

_MINIMAL = (
    _HEAD
    + """\
summary  = "For … : say for what material it is meant."

# The competing explanations, at least two for each question. `about`: image, blank, contents or
# bearer. Remove both where the checklist only describes.
[[proposition]]
id    = "regular"
about = "contents"
title = "Regularly issued; its contents are true"

[[proposition]]
id    = "false-contents"
about = "contents"
title = "Genuine blank, filled with false contents"

[[section]]
id    = "first"
title = "First section"

# One observable question. Ask for what can be seen, in neutral words, one thing at a time.
[[indicator]]
id      = "first-item"
section = "first"
ask     = "How much of … is there?"
look    = ["Fit the page", "Zoom to …"]
shows   = "What the answer tells about the document."
does_not_show = "What nobody may conclude from it."
status  = "unverified"                 # verified, secondary or unverified
source  = "Field practice; compare with a reference specimen"

  # `bears`: how expected the answer is under each proposition, between -1 and 1; leave it out
  # where you cannot say.
  [[indicator.choice]]
  id    = "whole"
  label = "All of it"
  bears = { regular = 0.1, false-contents = 0.0 }

  [[indicator.choice]]
  id    = "partial"
  label = "Part of it"

  [[indicator.choice]]
  id       = "absent"
  label    = "Nothing, though its place is shown"
  evidence = "region"                  # not complete without a marked region
  bears    = { regular = -0.2, false-contents = 0.1 }
  innocent = ["torn off", "an earlier form that has none"]
"""
)

_WITH_PHOTO = (
    _HEAD
    + """\
summary  = "For photographs or scans of … ."
# applies = { issuer = "XX", kind = "…", issued = "2000.." }

# The competing explanations. `about` is one of the four questions: image, blank, contents, bearer.
[[proposition]]
id    = "blank-genuine"
about = "blank"
title = "Made by the issuer"

[[proposition]]
id    = "blank-imitated"
about = "blank"
title = "Made by somebody else"

[[proposition]]
id    = "regular"
about = "contents"
title = "Regularly issued; its contents are true"

[[proposition]]
id    = "altered"
about = "contents"
title = "Changed after it was issued"

[[fact]]                               # about the material; asked first, bears on nothing
id      = "pages-shown"
ask     = "Which pages are shown?"
type    = "many"
pages   = true                         # its choice ids are what `page = "…"` names
choices = [ { id = "front", label = "Front" }, { id = "back", label = "Back" } ]

[[place]]                              # marked once per capture, reused by every item
id    = "photo"
page  = "front"
title = "The photograph's place"
holds = "portrait"                     # portrait signature number name seal other

[[field]]                              # transcribed as it stands
id        = "number"
label     = "Document number"
page      = "front"
sensitive = true
# pattern = '[A-Z]{2} ?\\d{6}'          # single quotes keep the backslash

[[field]]
id    = "birth-date"
label = "Date of birth"
type  = "date"
page  = "front"
sensitive = true

[[field]]
id    = "issue-date"
label = "Date of issue"
type  = "date"
page  = "front"

[[section]]
id    = "print"
title = "Print and number"

[[section]]
id    = "photograph"
title = "Photograph"

[[group]]                              # why findings may share a cause; the strongest counts
id    = "photo-exchanged"
title = "The photograph was exchanged"

[[answers]]                            # a set of answers that items share
id      = "presence"
choices = [
  { id = "present", label = "Present" },
  { id = "partial", label = "Partly present" },
  { id = "absent", label = "Absent", evidence = "region" },
]

[[indicator]]
id       = "number-print"
section  = "print"
page     = "front"
ask      = "How are the characters of the number aligned with each other?"
critical = true
level    = "screen"                    # part of the short screening pass
look     = ["Zoom to the number", "Lay a straight edge under it"]
shows    = "Whether the number was printed in one run."
does_not_show = "Who printed it."
status   = "unverified"
source   = "Field practice; compare with a reference specimen"

  [[indicator.choice]]
  id    = "one-line"
  label = "On one line, evenly spaced"
  bears = { blank-genuine = 0.1, blank-imitated = 0.0, regular = 0.1, altered = -0.1 }

  [[indicator.choice]]
  id    = "displaced"
  label = "One or more stand higher, lower or apart"
  bears = { regular = -0.2, altered = 0.2 }
  innocent = ["a numbering device that wears out", "paper that moved"]

[[indicator]]
id       = "photo"
section  = "photograph"
page     = "front"
place    = "photo"
ask      = "How much of a photograph is in its place?"
answers  = "presence"                  # takes the set; a choice below says more about one of them
critical = true
level    = "screen"
look     = ["Fit the front", "Look for glue or a clean rectangle"]
shows    = "Whether the document bears a photograph now."
does_not_show = "Whether it is the one it was issued with."
status   = "unverified"
source   = "Field practice; compare with a reference specimen"

  [[indicator.choice]]
  id       = "absent"
  group    = "photo-exchanged"
  bears    = { regular = -0.2, altered = 0.1 }
  innocent = ["fell off", "an issue without a photograph"]

[[indicator]]
id       = "photo-edge"
section  = "photograph"
page     = "front"
place    = "photo"
ask      = "What does the background print do at the photograph's edge?"
when     = "photo in [present, partial]"
look     = ["Zoom to two corners", "Follow one line of the pattern across the edge"]
shows    = "Whether photograph and background were made in one step."
does_not_show = "When the photograph was put there."
status   = "unverified"
source   = "Field practice; compare with a reference specimen"

  [[indicator.choice]]
  id    = "continuous"
  label = "Goes on across the edge"
  bears = { regular = 0.1, altered = -0.1 }

  [[indicator.choice]]
  id    = "broken"
  label = "Breaks off at the edge"
  group = "photo-exchanged"
  bears = { regular = -0.2, altered = 0.2 }
  innocent = ["a form whose photograph is glued on"]

[[check]]                              # describes the fault: it speaks when true
id    = "issued-before-birth"
if    = "birth-date >= issue-date"
level = "error"
say   = "The date of issue is not after the date of birth."
"""
)

TEMPLATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "minimal": ("one section, one item, two propositions", _MINIMAL),
        "document-with-photo": ("pages, a photograph, number and dates, a check", _WITH_PHOTO),
    }
)
"""The templates: what each holds, in a few words, and its text."""


def filled(template: str, name: str, title: str, language: str) -> str:
    """Return the text of a new checklist; raises InputError for what cannot stand in one."""
    if template not in TEMPLATES:
        raise InputError(
            "DX-TEMPLATE",
            f"There is no template `{visible(template[:60])}`.",
            todo=did_you_mean(template, TEMPLATES),
        )
    plain = " ".join(title.split())
    if not plain or len(plain) > MOST_TEXT or visible(plain) != plain:
        raise InputError(
            "DX-TITLE", "The title must be one line of visible text.", todo="Give --title TITLE."
        )
    if not (language.isascii() and 2 <= len(language) <= 35 and language[:2].isalpha()):
        raise InputError(
            "DX-LANGUAGE",
            f"`{visible(language[:40])}` is no code of a language.",
            todo="Write a code such as `en`, `ru` or `uk`.",
        )
    text = TEMPLATES[template][1]
    for mark, value in (("@id@", name), ("@language@", language), ("@title@", plain)):
        text = text.replace(mark, text_value(value), 1)
    return text
