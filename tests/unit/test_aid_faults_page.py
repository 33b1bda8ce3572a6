"""docs/aids-faults.md: every code of the aids and of `same` stands there, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"\bDX-(?:AID|SAME)(?:-[A-Z]+)*\b")


def test_every_code_that_aids_raise_is_explained_and_none_else() -> None:
    sources = (ROOT / "src" / "docexam").rglob("*.py")
    raised = {code for path in sources for code in _CODE.findall(path.read_text("utf-8"))}
    page = (ROOT / "docs" / "aids-faults.md").read_text("utf-8")
    rows = {
        code for line in page.splitlines() if line.startswith("|") for code in _CODE.findall(line)
    }
    assert "DX-AID-ZONES" in raised
    assert rows == raised
