"""`docexam same`: what stands twice in images, in an exhibit, or in two exhibits of the casebook.

Only captures are looked at, never anybody's findings, and nothing is recorded, so no gate is
passed. Exhibits that were disposed of and captures whose original is damaged are left out and
named.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.aids.protocol import Cancelled, CaptureImage, Run
from docexam.domain.exhibit import split_handle
from docexam.errors import DocexamError, InputError

if TYPE_CHECKING:
    from docexam.aids.protocol import Pixels
    from docexam.aids.same.prints import Confirmed, ZonePrint
    from docexam.casebook.records import ExhibitRow
    from docexam.workbench.bench import Workbench

_MOST_OPEN = 3


@dataclass(slots=True)
class Watch:
    """How far a search is, for a bar; `stopped` asks it to end."""

    share: float = 0.0
    what: str = ""
    stopped: bool = False

    def progress(self, share: float, what: str = "") -> None:
        """Keep the share done, 0 to 1, and what is being done."""
        self.share, self.what = share, what or self.what

    def cancelled(self) -> bool:
        """Return whether the search should stop."""
        return self.stopped


@dataclass(frozen=True, slots=True)
class _Place:
    """One capture that is looked at: whose it is, its number there, and its file."""

    owner: str
    n: int
    name: str
    path: Path
    stored: bool


class _Held:
    """A capture of which only the reduced pixels stay in memory; more is read anew."""

    def __init__(self, place: _Place, number: int) -> None:
        from docexam.workbench.aid_images import KEPT

        self._place, self._kept = place, KEPT
        image = _opened(place, number)
        self.n, self.sha256 = number, image.sha256
        self.width, self.height = image.width, image.height
        self._pixels = image.rgb(KEPT)

    def rgb(self, longest: int = 0) -> Pixels:
        """Return the upright pixels, reduced to `longest` on the longer side where it is given."""
        if not 0 < longest <= self._kept:
            return _opened(self._place, self.n).rgb(longest)
        from docexam.workbench.aid_images import smaller

        return smaller(self._pixels, longest)

    def original(self) -> bytes:
        """Return the untouched bytes."""
        return _opened(self._place, self.n).original()


def _opened(place: _Place, number: int) -> CaptureImage:
    from docexam.workbench.aid_images import StoredImage
    from docexam.workbench.aiding import FileImage

    return (StoredImage if place.stored else FileImage)(number, place.path)


@dataclass(slots=True)
class _Search:
    """Captures under numbers of their own; a few are open at a time."""

    places: dict[int, _Place] = field(default_factory=dict)
    left_out: list[dict[str, str]] = field(default_factory=list)
    _open: OrderedDict[int, CaptureImage] = field(default_factory=OrderedDict)

    def add(self, place: _Place) -> int:
        """Take a capture in and return its number in this search."""
        number = len(self.places) + 1
        self.places[number] = place
        return number

    def image(self, number: int) -> CaptureImage:
        """Return a capture as aids see it. Raises DocexamError."""
        held = self._open.pop(number, None) or _Held(self.places[number], number)
        self._open[number] = held
        while len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)
        return held


def same_in_files(paths: Sequence[str], run: Run | None = None) -> dict[str, Any]:
    """Return what stands twice in and between image files, as `docexam same --json` prints it.

    Raises DocexamError for a file that is no image, and Cancelled.
    """
    search = _Search()
    for path in paths:
        search.image(search.add(_Place(path, 1, Path(path).name, Path(path), False)))
    return _searched(search, list(search.places), [], run or Watch())


def same_in_exhibit(
    bench: Workbench, handle: str, *, everywhere: bool = False, run: Run | None = None
) -> dict[str, Any]:
    """Return what stands twice in an exhibit's captures and, with `everywhere`, also elsewhere.

    Elsewhere is every other exhibit of the casebook; those are not compared with each other.
    Raises InputError for an unknown exhibit, NotYoursError for one disposed of, and Cancelled.
    """
    exhibit = bench.exhibit_row(handle)
    search = _Search()
    own = _taken(bench, exhibit, search)
    if not own and search.left_out:
        raise _nothing(search.left_out[0]["why"], handle)
    others: list[int] = []
    for row in bench.store.list_exhibits() if everywhere else ():
        if row.id != exhibit.id:
            others += _taken(bench, row, search)
    return _searched(search, own, others, run or Watch())


def is_handle(text: str) -> bool:
    """Return whether a word names an exhibit and no file that is here."""
    if Path(text).exists():
        return False
    try:
        split_handle(text)
    except InputError:
        return False
    return True


def _nothing(why: str, handle: str) -> DocexamError:
    from docexam.errors import NotYoursError

    return NotYoursError("DX-SAME-NOTHING", f"There is nothing to look at: {why}.", where=handle)


def _taken(bench: Workbench, exhibit: ExhibitRow, search: _Search) -> list[int]:
    """Take an exhibit's captures into the search; what cannot be looked at is left out."""
    from docexam.workbench.gate import own_row
    from docexam.workbench.originals import verified_original
    from docexam.workbench.packages import material_in, material_of

    handle = f"{exhibit.case}/{exhibit.exhibit}"
    own = own_row(exhibit, bench.examiner)
    try:
        # One's own examination knows captures that were added to it later.
        found = material_in(bench.fold_row(own)) if own else material_of(bench.store, exhibit)
    except DocexamError as error:
        search.left_out.append({"of": handle, "why": error.what.rstrip(".")})
        return []
    if found is None:
        search.left_out.append({"of": handle, "why": "it was disposed of"})
        return []
    numbers = []
    for capture in found.captures:
        try:
            path = verified_original(bench.store, capture.sha256)
        except DocexamError as error:
            why = f"capture {capture.n}: {error.what.rstrip('.')}"
            search.left_out.append({"of": handle, "why": why})
            continue
        numbers.append(search.add(_Place(handle, capture.n, capture.name, path, True)))
    return numbers


# --- searching ---------------------------------------------------------------------------------


def _searched(search: _Search, own: list[int], others: list[int], run: Run) -> dict[str, Any]:
    from docexam.aids.same.aid import VERSION, lacking
    from docexam.aids.same.pairing import confirm_all
    from docexam.aids.same.zones import part_of

    every = [*own, *others]
    prints: dict[int, tuple[ZonePrint, ...]] = {}
    for index, number in enumerate(every):
        part = part_of(run, 0.7 * index / len(every), 0.7 / len(every))
        prints[number] = _prints(search, number, part)
    first = tuple(p for n in own for p in prints[n])
    second = tuple(p for n in others for p in prints[n])
    found = confirm_all(first, first, search.image, part_of(run, 0.7, 0.15))
    found += confirm_all(first, second, search.image, part_of(run, 0.85, 0.15))
    found.sort(key=lambda pair: -pair.score)
    return {
        "aid": "same",
        "version": VERSION,
        "looked_at": _looked_at(search, prints),
        "left_out": search.left_out,
        "same": [_pair(search, pair) for pair in found],
        "limits": lacking(),
    }


def _prints(search: _Search, number: int, run: Run) -> tuple[ZonePrint, ...]:
    from docexam.aids.same.pairing import all_prints

    if run.cancelled():
        raise Cancelled
    place = search.places[number]
    troubles: list[str] = []
    try:
        made = all_prints(search.image(number), run, troubles)
    except DocexamError as error:
        if not place.stored:
            raise
        why = f"capture {place.n}: {error.what.rstrip('.')}"
        search.left_out.append({"of": place.owner, "why": why})
        return ()
    for trouble in troubles:
        why = f"capture {place.n}: {trouble.partition(': ')[2].rstrip('.')}"
        search.left_out.append({"of": place.owner, "why": why})
    return made


def _looked_at(search: _Search, prints: dict[int, tuple[ZonePrint, ...]]) -> list[dict[str, Any]]:
    return [
        {
            "of": search.places[number].owner,
            "capture": search.places[number].n,
            "zones": [p.what for p in made],
        }
        for number, made in prints.items()
    ]


def _pair(search: _Search, pair: Confirmed) -> dict[str, Any]:
    from docexam.aids.same.aid import INNOCENT, pair_json

    form = pair_json(pair)
    for side in ("a", "b"):
        place = search.places[int(form[side]["capture"])]
        form[side] = {"of": place.owner, **form[side], "capture": place.n, "name": place.name}
    one, other = form["a"], form["b"]
    where = (
        f"in capture {one['capture']} of {one['of']}"
        if (one["of"], one["capture"]) == (other["of"], other["capture"])
        else f"in capture {one['capture']} of {one['of']} and capture {other['capture']} of "
        f"{other['of']}"
    )
    says = f"These two {pair.what}s match: {where}."
    return {"says": says, "innocent": INNOCENT[pair.what], **form}
