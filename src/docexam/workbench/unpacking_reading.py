"""What a package says, read from its files with everything that is wrong told by name.

`read_package` collects faults instead of stopping at the first, so that `docexam verify` can
name them all; `docexam import` takes over only a package without any.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from docexam.domain.checklist import Checklist, canonical_json
from docexam.domain.examination import Examination, fold
from docexam.domain.exhibit import checked_name, name_key
from docexam.domain.standing import standing_of
from docexam.domain.text import visible
from docexam.errors import DamagedError, DocexamError
from docexam.workbench import packages as pk
from docexam.workbench import packages_bag as bagit
from docexam.workbench.bench import checked_examiner
from docexam.workbench.journal import index_event
from docexam.workbench.unpacking import Bag

if TYPE_CHECKING:
    from docexam.casebook.adoption import Travelling
    from docexam.casebook.protocol import Transaction

MOST_JSON = 64 << 20
MOST_MANIFEST = 16 << 20
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
_ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True, slots=True)
class PackageFault:
    """One thing that is wrong with a package. `where`: the file in it, or empty."""

    code: str
    what: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class PackedExhibit:
    """An exhibit as a package names it."""

    id: str
    case: str
    exhibit: str
    created: str


@dataclass
class Package:
    """A package that was read. Whatever could not be read is missing and named in `faults`."""

    bag: Bag
    kind: str = ""
    exhibits: dict[str, PackedExhibit] = field(default_factory=dict)
    journals: dict[str, Travelling] = field(default_factory=dict)
    states: dict[str, Examination] = field(default_factory=dict)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    records: dict[str, pk.Material] = field(default_factory=dict)
    originals: set[str] = field(default_factory=set)
    signatures: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    faults: list[PackageFault] = field(default_factory=list)

    def fault(self, code: str, what: str, where: str = "") -> None:
        """Note something that is wrong."""
        self.faults.append(PackageFault(code, what, visible(where)))

    def checklist(self, sha256: str) -> Checklist:
        """Return a frozen checklist of the package; raises ValueError where it is missing."""
        if sha256 not in self.checklists:
            raise ValueError(f"the checklist {sha256[:12]}… that it names is missing or altered")
        return self.checklists[sha256]


def read_package(bag: Bag) -> Package:
    """Read and verify a package; raises only what `Bag.open` raises of files that vanish."""
    package = Package(bag)
    _check_manifests(package)
    _read_contents(package)
    for reader, place in (
        (_read_original, pk.ORIGINAL),
        (_read_checklist, pk.CHECKLIST),
        (_read_journal, pk.JOURNAL),
        (_read_record, pk.RECORD),
    ):
        for name in sorted(bag.sizes):
            if match := place.fullmatch(name):
                reader(package, name, match[1])
    _sort_others(package)
    _check_kind(package)
    _check_wholeness(package)
    return package


# --- the bag -----------------------------------------------------------------------------------


def _check_manifests(package: Package) -> None:
    names = set(package.bag.sizes)
    if bagit.FETCH in names:
        package.fault("fetch", "The package wants files to be fetched from elsewhere", bagit.FETCH)
    if _tag(package, bagit.BAGIT) != bagit.DECLARATION:
        package.fault("bag-unknown", "This is no bag of BagIt 1.0", bagit.BAGIT)
    payload = {name for name in names if name.startswith("data/")}
    listed = _check_manifest(package, bagit.MANIFEST)
    for name in sorted(payload - listed.keys()):
        package.fault("file-foreign", "A file is in the package that its manifest lacks", name)
    for name in sorted(n for n in listed if not n.startswith("data/")):
        package.fault("manifest-altered", "The manifest names a file outside of data/", name)
    tags = _check_manifest(package, bagit.TAG_MANIFEST)
    for name in (bagit.BAGIT, bagit.INFO, bagit.MANIFEST, pk.README):
        if name not in tags:
            package.fault("manifest-altered", f"{bagit.TAG_MANIFEST} lacks this file", name)


def _tag(package: Package, name: str) -> bytes:
    if name not in package.bag.sizes:
        return b""
    return package.bag.read(name, MOST_MANIFEST)


def _check_manifest(package: Package, name: str) -> dict[str, str]:
    if name not in package.bag.sizes:
        package.fault("file-missing", "A file of the package is missing", name)
        return {}
    try:
        listed = bagit.read_manifest(package.bag.read(name, MOST_MANIFEST))
    except (ValueError, DamagedError) as error:
        package.fault("manifest-altered", f"The manifest cannot be read: {error}", name)
        return {}
    for path, sha256 in listed.items():
        if path not in package.bag.sizes:
            package.fault("file-missing", "A file of the package is missing", path)
        elif package.bag.sha256(path) != sha256:
            what = f"The file is not the one that {name} names: one of the two was changed"
            package.fault("file-altered", what, path)
    return listed


# --- JSON --------------------------------------------------------------------------------------


def strict_json(content: bytes) -> Any:
    """Return what JSON says that can say one thing only; raises ValueError, RecursionError.

    Refuses repeated keys and numbers that JSON does not have.
    """
    return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice")
    return data


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _read(package: Package, name: str, reader: Callable[[Any], None]) -> None:
    """Read a JSON file and hand it on; whatever is odd about it becomes one fault."""
    try:
        reader(strict_json(package.bag.read(name, MOST_JSON)))
    except DocexamError as error:
        package.fault("file-unreadable", f"It cannot be read: {error.what}".rstrip("."), name)
    except _ODD as error:
        reason = visible(str(error))[:120]
        package.fault("file-unreadable", f"It cannot be read ({reason})", name)


def _read_contents(package: Package) -> None:
    def reader(data: Any) -> None:
        if data["package"] != pk.FORMAT or data["kind"] not in pk.KINDS:
            raise ValueError("another version of docexam made it")
        package.kind = data["kind"]
        for raw in data["exhibits"]:
            exhibit = PackedExhibit(
                _matching(pk.UUID, raw["id"]),
                _same(raw["case"], checked_name(raw["case"], "a case")),
                _same(raw["exhibit"], checked_name(raw["exhibit"], "an exhibit")),
                _matching(_TIME, raw["created"]),
            )
            if exhibit.id in package.exhibits:
                raise ValueError("an exhibit stands twice")
            package.exhibits[exhibit.id] = exhibit

    if pk.CONTENTS in package.bag.sizes:
        _read(package, pk.CONTENTS, reader)
    else:
        package.fault("file-missing", "It does not say what it holds", pk.CONTENTS)


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"“{text[:80]}” is not what stands here")
    return text


def _same(given: str, checked: str) -> str:
    if given != checked:
        raise ValueError(f"“{given[:80]}” is written in an unusual way")
    return given


# --- what is in it -----------------------------------------------------------------------------


def _read_original(package: Package, name: str, sha256: str) -> None:
    # One that the manifest lists was hashed there; its name must be that hash as well.
    if package.bag.sha256(name) != sha256:
        package.fault("original-altered", "The bytes of an image are not those of its name", name)
    else:
        package.originals.add(sha256)


def _read_checklist(package: Package, name: str, sha256: str) -> None:
    def reader(data: Any) -> None:
        import hashlib

        if hashlib.sha256(canonical_json(data)).hexdigest() != sha256:
            raise ValueError("the checklist was altered: its hash is another")
        checklist = Checklist.from_dict(data)
        if checklist.sha256() != sha256:
            raise ValueError("the checklist is not written as docexam writes it")
        package.checklists[sha256] = checklist

    _read(package, name, reader)


def _read_journal(package: Package, name: str, examination: str) -> None:
    def reader(data: Any) -> None:
        package.journals[examination] = pk.travelling_from(data, examination)

    _read(package, name, reader)
    if examination in package.journals:
        _check_journal(package, name, package.journals[examination])


def _check_journal(package: Package, name: str, travelling: Travelling) -> None:
    from docexam.casebook.adoption import faults_of

    try:
        found = faults_of(travelling)
        for fault in found:
            package.fault(fault.code, f"{fault.what}{said_in(travelling, fault.seq)}", name)
        if found:
            del package.journals[travelling.id]
            return
        _check_bonds(package, travelling)
        state = fold(travelling.id, travelling.events, package.checklist)
        standing_of(state)
        for capture in state.captures:
            pk.check_capture(capture)
        nowhere = cast("Transaction", _NoIndex())
        for event in travelling.events:
            index_event(nowhere, state, event)
        package.states[travelling.id] = state
    except Exception as error:
        # A journal that hangs together can still say what no examination says.
        reason = visible(str(error))[:120]
        package.fault("journal-unreadable", f"It is no examination's journal ({reason})", name)
        del package.journals[travelling.id]


class _NoIndex:
    """Takes what would be indexed: acts that were taken back are read by nothing else."""

    def index(self, key: str, text: str) -> None:
        """Do nothing with a text."""

    def unindex(self, key: str) -> None:
        """Do nothing with a key."""


def said_in(travelling: Travelling, seq: int) -> str:
    """Return what entry `seq` of a journal is about, in brackets; empty for none."""
    event = next((e for e in travelling.events if e.seq == seq), None)
    if event is None:
        return ""
    about = [str(event.data[k]) for k in ("item", "field", "place", "question") if k in event.data]
    return visible(f" ({event.kind}{''.join(f', {a}' for a in about)})")


def _check_bonds(package: Package, travelling: Travelling) -> None:
    first, bound = travelling.events[0], travelling.bound
    for name in ("case", "exhibit", "exhibit_id", "examiner"):
        if first.data[name] != bound[name]:
            raise ValueError(f"its first entry names two of a kind: {name}")
    exhibit = package.exhibits.get(bound["exhibit_id"])
    if exhibit is None:
        raise ValueError(f"its exhibit is not in {pk.CONTENTS}")
    if (bound["case"], bound["exhibit"]) != (exhibit.case, exhibit.exhibit):
        raise ValueError("it belongs to another exhibit")
    if first.data["checklist"]["sha256"] != bound["checklist"]:
        raise ValueError("its first entry names two checklists")
    _same(bound["examiner"], checked_examiner(bound["examiner"]))
    for event in travelling.events:
        _matching(_TIME, event.at)
        event.kind.encode()
        event.examiner.encode()


def _read_record(package: Package, name: str, exhibit_id: str) -> None:
    def reader(data: Any) -> None:
        if exhibit_id not in package.exhibits:
            raise ValueError("it belongs to no exhibit of the package")
        package.records[exhibit_id] = pk.material_from(data, package.checklist)

    _read(package, name, reader)


def _sort_others(package: Package) -> None:
    for name in sorted(package.bag.sizes):
        if pk.SIGNATURE.fullmatch(name):
            package.signatures.append(name)
        elif pk.REPORT.fullmatch(name):
            package.reports.append(name)
        elif name.startswith("data/") and not _has_place(name):
            package.fault("file-foreign", "A package has no such file", name)


def _has_place(name: str) -> bool:
    return name == pk.CONTENTS or any(place.fullmatch(name) for place in pk.PLACES)


def _check_kind(package: Package) -> None:
    """A public package that holds more than it says would give away what it must not."""
    if package.kind == pk.PUBLIC:
        for name in sorted(package.bag.sizes):
            places = (pk.ORIGINAL, pk.JOURNAL, pk.CHECKLIST, pk.RECORD)
            if any(place.fullmatch(name) for place in places):
                package.fault("kind", "A public package holds no such file", name)
        return
    owners = [
        (t.bound["exhibit_id"], name_key(t.bound["examiner"])) for t in package.journals.values()
    ]
    if len(owners) > len(set(owners)):
        package.fault("examiner-twice", "One examiner has two examinations of an exhibit")
    examined = {exhibit for exhibit, _ in owners}
    for exhibit in package.exhibits.values():
        if not package.faults and exhibit.id not in examined | package.records.keys():
            what = f"There is nothing in it of {exhibit.case}/{exhibit.exhibit}"
            package.fault("empty", what, pk.CONTENTS)
    if not package.exhibits and not package.faults:
        package.fault("empty", "The package holds no exhibit", pk.CONTENTS)


# --- what belongs together ---------------------------------------------------------------------


def _check_wholeness(package: Package) -> None:
    """Every image that is named is there and as named; nothing is there that nobody names."""
    wanted: set[str] = set()
    for sha256, claim, name in _claims(package):
        wanted.add(sha256)
        if sha256 in package.originals:
            _check_picture(package, sha256, claim)
        else:
            package.fault("original-missing", f"The image {sha256[:12]}… is missing", name)
    disposed = [t for t in package.journals.values() if t.disposed]
    wanted |= {sha for t in disposed for sha in pk.captures_named(t.events)}
    if not package.faults:
        for sha256 in sorted(package.originals - wanted):
            package.fault("file-foreign", "No examination names this image", _original(sha256))
        named = {c for t in package.journals.values() for c in pk.checklists_named(t.events)}
        named |= {m.checklist.sha256() for m in package.records.values()}
        for sha256 in sorted(package.checklists.keys() - named):
            what = "No examination names this checklist"
            package.fault("file-foreign", what, f"data/checklists/{sha256}.json")


def _original(sha256: str) -> str:
    return f"data/originals/{sha256}"


def _claims(package: Package) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Yield each capture as a journal or a record claims it, with the file that does."""
    for key, state in package.states.items():
        if state.state != "disposed":
            for capture in state.captures:
                yield capture.sha256, pk.capture_data(capture), f"data/journals/{key}.json"
    for key, material in package.records.items():
        for capture in material.captures:
            yield capture.sha256, pk.capture_data(capture), f"data/exhibits/{key}.json"


def _check_picture(package: Package, sha256: str, claim: Mapping[str, Any]) -> None:
    """Open an image under the guards of intake: it must be what the journal says it is."""
    from docexam.imaging.decode import decoding, open_guarded, orientation_of, upright_size
    from docexam.imaging.intake import read_file

    name = _original(sha256)
    try:
        content = read_file(package.bag.path(name))
        with decoding():
            image = open_guarded(content)
            width, height = upright_size(image.size, orientation_of(image))
            found = (width, height, str(image.format), len(content))
    except DocexamError as error:
        package.fault("original-unusable", error.what.rstrip("."), name)
        return
    claimed = (claim["width"], claim["height"], claim["format"], claim["size"] or len(content))
    if found != claimed:
        package.fault("original-foreign", "The image is not as its examination describes it", name)
