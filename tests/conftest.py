"""What every test shares: no test may touch the casebook, settings or folders of a person."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "docexam", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("docexam")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    for name in [
        n for n in os.environ if n.startswith("DOCEXAM_") and n != "DOCEXAM_REAL_SPECIMENS"
    ]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def real_specimens() -> Path:
    """The folder of real specimen photographs, which the project may not ship."""
    named = os.environ.get("DOCEXAM_REAL_SPECIMENS")
    beside = Path(__file__).resolve().parents[2] / "shared" / "real"
    folder = Path(named) if named else beside
    if not folder.is_dir():
        pytest.skip("real specimens are not here: set DOCEXAM_REAL_SPECIMENS to their folder")
    return folder
