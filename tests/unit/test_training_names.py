"""What the training scripts take from the program is there: nothing else runs them here."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from pathlib import Path

import pytest

TRAINING = Path(__file__).resolve().parents[2] / "training"
SCRIPTS = sorted(path.relative_to(TRAINING).as_posix() for path in TRAINING.rglob("*.py"))


def _taken(tree: ast.Module) -> list[tuple[str, str]]:
    """Return modules of the program and the names that a script takes from them."""
    froms = [
        (node.module, one)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("docexam")
        for one in node.names
    ]
    taken = [(str(module), one.name) for module, one in froms]
    as_module = {one.asname or one.name: f"{module}.{one.name}" for module, one in froms}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whole = as_module.get(node.value.id, "")
            if whole and _is_module(whole):
                taken.append((whole, node.attr))
    return taken


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_name_that_a_script_takes_from_the_program_is_there(script: str) -> None:
    for module, name in _taken(ast.parse((TRAINING / script).read_text("utf-8"))):
        there = hasattr(importlib.import_module(module), name) or _is_module(f"{module}.{name}")
        assert there, f"{script} takes {name} from {module}"
