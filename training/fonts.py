"""The fonts the model is drawn from: fetching them, and which letters each of them has.

`python -m training.fonts` fetches every family of fonts.toml into the cache folder
(`DOCEXAM_FONTS`, else ~/.cache/docexam-fonts) with `npm pack`, takes the woff2 files it needs out
of the packages, and refuses what is neither OFL nor Apache. Debian fonts are taken from the .deb
without installing it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("DOCEXAM_FONTS", Path.home() / ".cache" / "docexam-fonts"))
LICENCES = ("OFL-1.1", "Apache-2.0")
# The file of a package that holds a script's letters; a Cyrillic file lacks digits and full stop.
SUBSETS = {
    "Hang": ("korean",),
    "Cyrl": ("cyrillic",),
    "Latn": ("latin",),
    "Hani": ("chinese-simplified", "chinese-traditional", "japanese"),
    "Arab": ("arabic",),
}
WEIGHTS = ("400", "300", "500", "600", "700")
# Kept for the test, of Debian's fonts-unfonts-core; the final evaluation alone opens it.
_PILGI = Path("/usr/share/fonts/truetype/unfonts-core/UnPilgi.ttf")


class HeldOutError(ValueError):
    """Raised where a family kept for the acceptance test is asked for outside it."""


@lru_cache(1)
def manifest() -> dict:
    """Return fonts.toml."""
    return tomllib.loads((HERE / "fonts.toml").read_text("utf-8"))


def guard(family: str, *, final: bool = False) -> None:
    """Raise HeldOutError for a family kept for the test, unless this is the final evaluation."""
    plain = family.lower().replace("_", "-").replace(" ", "-")
    if not final and any(name in plain for name in manifest()["held_out"]):
        raise HeldOutError(f"{family} is kept for the test; nothing may be trained or tuned on it.")


@dataclass(frozen=True)
class Face:
    """One file with letters of one script, and the family's Latin file for digits and stops."""

    family: str
    script: str
    path: str
    latin: str = ""
    weight: float = 1.0
    chimera: bool = False


def families(*, final: bool = False, captions: bool = False) -> tuple[str, ...]:
    """Return the families of a run: the listed ones, or with `final` only the held-out ones."""
    if final:
        return tuple(manifest()["held_out"])
    listed = [name for names in manifest()["families"].values() for name in names]
    listed += manifest()["captions"] if captions else []
    for name in listed:
        guard(name)
    return tuple(dict.fromkeys(listed))


def faces(split: str) -> dict[str, list[Face]]:
    """Return the faces by script of a split.

    `train`, `validation`, `late`, `hands` (those of Debian that joined last), `aside` (a few of
    them set aside), `all` or `final` (held out).
    """
    if split in ("hands", "aside"):
        return _hands(aside=split == "aside")
    final = split == "final"
    chosen: dict[str, list[Face]] = {script: [] for script in SUBSETS}
    apart = {name: kind for kind in ("validation", "late") for name in manifest()[kind]}
    for name in families(final=final):
        if split not in ("all", "final") and apart.get(name, "train") != split:
            continue
        for script in SUBSETS:
            chosen[script] += [f for f in _faces_of(name, script, final=final) if f.weight]
    printed = manifest()["captions"]
    chosen["Print"] = [
        face
        for name in printed
        for s in ("Cyrl", "Latn")
        for face in _faces_of(name, s, final=False)
    ]
    if not final:
        chosen["Cyrl"] += [_chimera(face) for face in chosen["Latn"] if _only_latin(face)]
    chosen["Hang"] += [Face("unpilgi", "Hang", str(_PILGI))] if final and _PILGI.exists() else []
    for names in () if final else manifest()["debian"].values():
        for file in names if split in ("train", "all") else ():
            chosen[_debian_script(file)].append(Face(file, _debian_script(file), str(CACHE / file)))
    return chosen


def _hands(*, aside: bool) -> dict[str, list[Face]]:
    chosen: dict[str, list[Face]] = {script: [] for script in ("Cyrl", "Latn", "Hani", "Arab")}
    for files in manifest()["hands"].values():
        for file, scripts in files.items():
            if (file in manifest()["aside"]) != aside:
                continue
            often = manifest()["seldom"].get(file, 1.0)
            for script in scripts:
                chosen[script].append(Face(file, script, str(CACHE / file), weight=often))
            if scripts == ["Latn"]:
                chosen["Cyrl"].append(_chimera(chosen["Latn"][-1]))
    return chosen


def _debian_script(file: str) -> str:
    return "Hang" if file.startswith("Nanum") else "Hani"


def _faces_of(name: str, script: str, *, final: bool) -> list[Face]:
    guard(name, final=final)
    folder = CACHE / name
    found = []
    styles = ("normal",) if name in manifest()["captions"] else ("normal", "italic")
    for style in styles:
        latin = _file(folder, "latin", style)
        files = [_file(folder, subset, style) for subset in SUBSETS[script]]
        weight = _weight(name, script, style)
        found += [Face(name, script, path, latin, weight) for path in files if path]
    return found


def _weight(name: str, script: str, style: str) -> float:
    """Return how often a face is drawn: print seldom, but Cyrillic italics are near to writing."""
    if name not in manifest()["print"]:
        return 1.0
    if script in ("Cyrl", "Latn"):
        return {"Cyrl": 0.4, "Latn": 0.12}[script] if style == "italic" else 0.0
    return 0.25


def _only_latin(face: Face) -> bool:
    return not any(Path(face.path).parent.glob("*-cyrillic-*"))


def _chimera(face: Face) -> Face:
    return replace(face, script="Cyrl", weight=0.09 * face.weight, chimera=True)


def _file(folder: Path, subset: str, style: str = "normal") -> str:
    for weight in WEIGHTS:
        path = folder / f"{folder.name}-{subset}-{weight}-{style}.woff2"
        if path.exists():
            return str(path)
    return ""


def fetch(name: str, *, final: bool = False) -> str:
    """Fetch one package into the cache and return what came of it, as a line."""
    guard(name, final=final)
    folder = CACHE / name
    if (folder / "package.json").exists():
        return f"{name}: there"
    folder.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(
        ["npm", "pack", f"@fontsource/{name}@5", "--silent", "--pack-destination", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    packed = next(iter(folder.glob("*.tgz")), None)
    if run.returncode or packed is None:
        return f"{name}: not fetched ({run.stderr.strip()[-200:]})"
    return f"{name}: {_unpack(packed, folder)}"


def _unpack(packed: Path, folder: Path) -> str:
    wanted = {s for subsets in SUBSETS.values() for s in subsets}
    with tarfile.open(packed) as tar:
        meta = json.load(tar.extractfile("package/package.json"))
        if meta.get("license") not in LICENCES:
            packed.unlink()
            return f"refused, licence {meta.get('license')}"
        for subset in sorted(wanted):
            _take(tar, folder, subset)
    packed.unlink()
    kept = {"name": meta["name"], "version": meta["version"], "license": meta["license"]}
    (folder / "package.json").write_text(json.dumps(kept))
    return f"{meta['version']} {meta['license']} {len(list(folder.glob('*.woff2')))} files"


def _take(tar: tarfile.TarFile, folder: Path, subset: str) -> None:
    names = set(tar.getnames())
    for style in ("normal", "italic") if subset in ("latin", "cyrillic") else ("normal",):
        for weight in WEIGHTS:
            name = f"{folder.name}-{subset}-{weight}-{style}.woff2"
            if f"package/files/{name}" in names:
                (folder / name).write_bytes(tar.extractfile(f"package/files/{name}").read())
                break


def fetch_debian() -> None:
    """Take the listed files out of the Debian packages, without installing them."""
    wanted = manifest()["debian"] | {k: list(v) for k, v in manifest()["hands"].items()}
    for package, files in wanted.items():
        if all((CACHE / file).exists() for file in files):
            continue
        work = CACHE / "deb"
        work.mkdir(exist_ok=True)
        subprocess.run(["apt-get", "download", package], cwd=work, check=True)
        deb = next(work.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(deb), str(work / package)], check=True)
        for file in files:
            source = next((work / package).rglob(file))
            (CACHE / file).write_bytes(source.read_bytes())


if __name__ == "__main__":
    CACHE.mkdir(parents=True, exist_ok=True)
    last = "--final" in sys.argv
    for one in families(final=last, captions=not last):
        if one != "unpilgi":
            print(fetch(one, final=last), flush=True)
    if not last:
        fetch_debian()
