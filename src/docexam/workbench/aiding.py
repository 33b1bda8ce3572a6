"""Aids at the workbench: what they may see of images, and running one on its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.aids.protocol import Aid, Material, Reads, Region
from docexam.aids.registry import all_aids, load_aid
from docexam.aids.running import card_json, outcome_json, run_aid
from docexam.aids.text import TEXT_AIDS, text_json
from docexam.domain.geometry import quad
from docexam.domain.text import visible
from docexam.errors import EXIT_INPUT, EXIT_MACHINE, DocexamError, InputError
from docexam.workbench.aid_images import Upright

if TYPE_CHECKING:
    from docexam.aids.protocol import Pixels

_SUFFIXES = frozenset(
    [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".avif", ".bmp", ".gif", ".pdf"]
)
# The beginnings of JPEG, PNG and TIFF files; WebP has its name in two places.
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\0", b"MM\0*")


class FileImage:
    """An image file as aids see it: guarded, upright, decoded when first asked for."""

    def __init__(self, n: int, path: Path) -> None:
        from docexam.imaging.intake import read_original

        self._intake, self._content = read_original(path)
        self._upright = Upright(self.original)
        self.n = n
        self.sha256 = self._intake.sha256
        self.width = self._intake.width
        self.height = self._intake.height

    def rgb(self, longest: int = 0) -> Pixels:
        """Return the upright pixels, reduced to `longest` on the longer side where it is given."""
        return self._upright.rgb(longest)

    def original(self) -> bytes:
        """Return the untouched bytes."""
        return self._content


def cards() -> tuple[list[dict[str, Any]], list[str]]:
    """Return the cards of all aids, and what is the matter with those that do not load."""
    aids, troubles = all_aids()
    return [card_json(aid) for aid in aids], [f"{t.name}: {t.what}" for t in troubles]


def run_on_its_own(
    name: str,
    inputs: Sequence[str],
    *,
    box: tuple[float, float, float, float] | None = None,
    issued: str = "",
    born: str = "",
    kind: str = "",
) -> dict[str, Any] | list[dict[str, Any]]:
    """Run an aid on texts or image files; one object, a list for several inputs.

    Nothing is recorded. Raises InputError for an unknown aid, and DocexamError for the only input
    when it cannot be read; of several, that one says so in `reason` and `error`.
    """
    if name in TEXT_AIDS and not (name == "mrz" and any(map(names_file, inputs))):
        return text_json(name, inputs, issued=issued, born=born, kind=kind)
    aid = load_aid(name)
    if not inputs:
        raise InputError("DX-AID-INPUT", "There is no input to look at.", todo="Name a file.")

    def look(one: str) -> dict[str, Any]:
        if name not in TEXT_AIDS or names_file(one):
            return _on_image(aid, Path(one), box)
        return outcome_json(aid, run_aid(aid, Material(texts=(one,), issued=issued)))

    made = _each(aid, inputs, look)
    return made[0] if len(made) == 1 else made


def exit_code(made: dict[str, Any] | list[dict[str, Any]]) -> int:
    """Return what a run ends with: 2 if an input could not be read, 1 if the aid broke, else 0."""
    forms = made if isinstance(made, list) else [made]
    if any("error" in form for form in forms):
        return EXIT_INPUT
    return EXIT_MACHINE if any(form.get("broken") for form in forms) else 0


def _each(
    aid: Aid, inputs: Sequence[str], look: Callable[[str], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Look at each input; of several, one that cannot be read costs the others nothing."""
    if len(inputs) == 1:
        return [look(inputs[0])]
    made = []
    for one in inputs:
        try:
            made.append(look(one))
        except DocexamError as error:
            form = {"aid": aid.id, "version": aid.version, "proposals": []}
            made.append(form | {"reason": visible(str(error)), "error": error.code})
    return made


def names_file(text: str) -> bool:
    """Return whether `text` is an image here, or is plainly meant as a file that is not."""
    return is_image(text) or ("<" not in text and Path(text).suffix.lower() in _SUFFIXES)


def is_image(text: str) -> bool:
    """Return whether `text` names a file here that begins as an image of ours does."""
    path = Path(text)
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(12)
    except (OSError, ValueError):
        return False
    return head.startswith(_MAGIC) or (head[:4] == b"RIFF" and head[8:] == b"WEBP")


def told(
    name: str,
    inputs: Sequence[str],
    box: tuple[float, float, float, float] | None,
    issued: str,
    kind: str,
) -> list[dict[str, Any]]:
    """Return what an aid proposes on each input, for people; `of` names the input."""
    aid = load_aid(name)
    if not inputs:
        raise InputError("DX-AID-INPUT", "There is no input to look at.", todo="Name one.")
    if name not in TEXT_AIDS or (name == "mrz" and all(map(names_file, inputs))):
        forms = _each(aid, inputs, lambda one: _on_image(aid, Path(one), box))
        return [{"of": one} | form for one, form in zip(inputs, forms, strict=True)]
    # The lines of one zone belong together; names and places are looked at one by one.
    pieces = ["\n".join(inputs)] if name == "mrz" else list(inputs)
    return [
        {
            "of": text,
            **outcome_json(aid, run_aid(aid, Material(texts=(text,), issued=issued, kind=kind))),
        }
        for text in pieces
    ]


def _on_image(
    aid: Aid, path: Path, box: tuple[float, float, float, float] | None
) -> dict[str, Any]:
    if not aid.reads & {Reads.CAPTURES, Reads.REGION}:
        return outcome_json(aid, run_aid(aid, Material(texts=(str(path),))))
    region = None
    if box:
        x, y, w, h = box
        region = Region(1, quad(((x, y), (x + w, y), (x + w, y + h), (x, y + h))))
    from docexam.workbench.aid_files import any_file

    image = any_file(1, path) if aid.id == "file" else FileImage(1, path)
    material = Material(captures=(image,), region=region)
    return outcome_json(aid, run_aid(aid, material))
