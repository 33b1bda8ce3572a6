"""The families kept for the test stay out of training."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TRAINING = Path(__file__).parents[2] / "training"
KEPT = (
    "east-sea-dokdo",
    "gamja-flower",
    "unpilgi",
    "marck-script",
    "pangolin",
    "great-vibes",
    "homemade-apple",
    "reenie-beanie",
    "kristi",
    "long-cang",
    "liu-jian-mao-cao",
    "gulzar",
    "vibes",
)


@pytest.fixture(scope="module")
def fonts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("training_fonts", TRAINING / "fonts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_family_kept_for_the_test_is_known_as_such(fonts: ModuleType) -> None:
    assert sorted(fonts.manifest()["held_out"]) == sorted(KEPT)


@pytest.mark.parametrize("name", [*KEPT, "Marck Script", "UnPilgiBold.ttf", "great_vibes"])
def test_a_family_kept_for_the_test_is_refused(fonts: ModuleType, name: str) -> None:
    with pytest.raises(fonts.HeldOutError):
        fonts.guard(name)
    with pytest.raises(fonts.HeldOutError):
        fonts.fetch(name)


def test_no_list_of_training_names_one_of_them(fonts: ModuleType) -> None:
    listed = set(fonts.families())
    listed |= {f for files in fonts.manifest()["debian"].values() for f in files}
    assert listed
    for name in listed:
        fonts.guard(name)


def test_validation_families_are_among_those_listed(fonts: ModuleType) -> None:
    assert set(fonts.manifest()["validation"]) <= set(fonts.families())


def test_the_final_evaluation_may_use_them(fonts: ModuleType) -> None:
    fonts.guard("marck-script", final=True)
    assert set(fonts.families(final=True)) == set(KEPT)
