"""Translations beside the checklist: `ru-military-booklet.uk.toml`.

A translation holds texts only. What it leaves out is inherited; a table may carry the
`source_hash` of the texts it was made from, and while those differ the original is shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from docexam.checklists.bundle import Bundle, Entry, gather
from docexam.checklists.faults import Fault, did_you_mean, in_order
from docexam.checklists.keys import ID
from docexam.checklists.library import Library, translation_name
from docexam.checklists.positions import Path as Place
from docexam.checklists.resolve import build, resolve_items
from docexam.checklists.source import Source, source_of
from docexam.domain.checklist import Checklist, canonical_json
from docexam.domain.text import visible

TEXTS: Mapping[str, tuple[str, ...]] = {
    "checklist": ("title", "summary"),
    "proposition": ("title",),
    "fact": ("ask", "look", "shows", "does_not_show", "source"),
    "place": ("title",),
    "field": ("label", "help", "source"),
    "section": ("title",),
    "group": ("title",),
    "answers": (),
    "indicator": ("ask", "look", "shows", "does_not_show", "source"),
    "check": ("say", "source"),
    "choice": ("label", "innocent", "calibrated"),
}
"""The keys that are translated, by kind of block."""

OPTIONAL = frozenset({"source", "calibrated"})
"""Keys whose translation nobody misses."""

_WITH_CHOICES = ("fact", "field", "answers", "indicator")
_LISTS = ("look", "innocent")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a translation: `kind` and ids, its texts, and where it stands."""

    kind: str
    id: str
    choice: str
    texts: Mapping[str, Any]
    source_hash: str
    path: Place

    @property
    def name(self) -> str:
        """Return it as it is written: `indicator.photo.choice.absent`."""
        return ".".join(str(p) for p in self.path)


@dataclass
class Translation:
    """A translation file as read. `reviewed`: somebody fluent has read it."""

    source: Source
    of: str = ""
    version: str = ""
    language: str = ""
    reviewed: bool = False
    tables: list[Table] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Translated:
    """A checklist in another language, as far as translations reach.

    `reviewed` is False where any translation used is not; `lacking` and `stale` name tables and
    keys shown in the original.
    """

    checklist: Checklist
    language: str
    reviewed: bool
    lacking: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def text_hash(kind: str, texts: Mapping[str, Any]) -> str:
    """Return the `source_hash` of a block's texts: 16 hexadecimal digits."""
    said = {k: texts[k] for k in TEXTS[kind] if texts.get(k)}
    return hashlib.sha256(canonical_json(said)).hexdigest()[:16]


# Reading -------------------------------------------------------------------------------------


def read_translation(path: Path, library: Library, text: str | None = None) -> Translation:
    """Read a translation; what is wrong with it is in its source's faults.

    `text`: what shall stand in the file, where that is not what stands there.
    """
    source = library.source(path).look() if text is None else source_of(text, str(path), path)
    translation = Translation(source)
    data = source.data
    if data is None:
        return translation
    _read_head(translation, data.get("translation"), path)
    for kind, part in data.items():
        if kind in ("translation", "schema"):
            continue
        if kind not in TEXTS or kind == "choice":
            _unknown(source, kind, (kind,), [k for k in TEXTS if k != "choice"])
        elif not isinstance(part, dict):
            source.fault("DX021", f"`{kind}` is no table", f"Write `[{kind}.ID]`.", key=(kind,))
        elif kind == "checklist":
            _add(translation, kind, ("",), part, (kind,))
        else:
            _read_kind(translation, kind, part)
    return translation


def _read_head(translation: Translation, head: Any, path: Path) -> None:
    source = translation.source
    if not isinstance(head, dict):
        source.fault(
            "DX123", "`[translation]` is missing",
            'Write `[translation]` with `of`, `version` and `language`.', line=1, column=1,
        )  # fmt: skip
        head = {}
    for name in head:
        if name not in ("of", "version", "language", "reviewed", "source_hash"):
            known = ("of", "version", "language", "reviewed")
            _unknown(source, name, ("translation", name), list(known))
    named = translation_name(path)
    translation.of = _text_in(source, head, "of") or (named[0] if named else "")
    translation.version = _text_in(source, head, "version")
    translation.language = _text_in(source, head, "language") or (named[1] if named else "")
    translation.reviewed = head.get("reviewed") is True
    if named and named != (translation.of, translation.language):
        source.fault(
            "DX123",
            f"the file is called `{visible(path.name)}`, but holds `{visible(translation.of)}` "
            f"in `{visible(translation.language)}`",
            f"Call it `{visible(translation.of)}.{visible(translation.language)}.toml`.",
            key=("translation",),
        )


def _text_in(source: Source, head: Mapping[str, Any], name: str) -> str:
    value = head.get(name)
    if isinstance(value, str) and value.strip():
        return value
    if head:
        place: Place = ("translation", name) if name in head else ("translation",)
        source.fault("DX123", f"`[translation]` lacks `{name}`", "Write it as a text.", key=place)
    return ""


def _unknown(source: Source, name: str, path: Place, known: list[str]) -> None:
    shown = visible(name[:60])
    source.fault("DX122", f"`{shown}` is not translated", did_you_mean(name, known), key=path)


def _read_kind(translation: Translation, kind: str, part: Mapping[str, Any]) -> None:
    for name, table in part.items():
        path: Place = (kind, name)
        if not isinstance(table, dict):
            _unknown(translation.source, f"{kind}.{name}", path, [])
            continue
        own = {k: v for k, v in table.items() if k != "choice"}
        _add(translation, kind, (name,), own, path)
        choices = table.get("choice", {})
        if choices and kind not in _WITH_CHOICES:
            _unknown(translation.source, f"{kind}.{name}.choice", (*path, "choice"), [])
            continue
        for choice, texts in choices.items() if isinstance(choices, dict) else ():
            inner = texts if isinstance(texts, dict) else {}
            _add(translation, "choice", (name, choice), inner, (*path, "choice", choice))


def _add(
    translation: Translation, kind: str, ids: tuple[str, ...], data: Mapping[str, Any], path: Place
) -> None:
    texts = {}
    for key, value in data.items():
        if key == "source_hash":
            continue
        if key not in TEXTS[kind]:
            _unknown(translation.source, key, (*path, key), list(TEXTS[kind]))
        elif _fits(key, value):
            texts[key] = value
        else:
            wanted = "a list of texts" if key in _LISTS else "a text"
            message = f"`{key}` is not {wanted}"
            translation.source.fault("DX021", message, value=(*path, key))
    owner = str(path[0])
    made_from = data.get("source_hash")
    hash_ = made_from if isinstance(made_from, str) else ""
    choice = ids[1] if kind == "choice" else ""
    translation.tables.append(Table(owner, ids[0], choice, texts, hash_, path))


def _fits(key: str, value: Any) -> bool:
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    return isinstance(value, str) and bool(value.strip())


# Against the checklist -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Original:
    """The texts of one block of the checklist's own file."""

    kind: str
    texts: Mapping[str, Any]


def originals(bundle: Bundle, source: Source) -> dict[str, Original]:
    """Return what is to be translated in one file, by the name of its table."""
    found = {"checklist": Original("checklist", _head(bundle, source))}
    choices = {i.id: i for i in resolve_items(bundle).by_id.values()}
    for kind in TEXTS:
        for entry in bundle.of(kind):
            if entry.source is not source or not entry.id:
                continue
            found[f"{kind}.{entry.id}"] = Original(kind, entry.data)
            for choice in entry.choices():
                name = f"{kind}.{entry.id}.choice.{choice.id}"
                found[name] = Original("choice", choice.data)
            item = choices.get(entry.id)
            # Choices that a set or the type gives may be translated per item, but need not be.
            for answer in item.answers if item and kind in _WITH_CHOICES else ():
                name = f"{kind}.{entry.id}.choice.{answer.choice.id}"
                found.setdefault(name, Original("inherited", {"label": answer.choice.label}))
    return found


def _head(bundle: Bundle, source: Source) -> Mapping[str, Any]:
    if source is bundle.root:
        return bundle.head
    head = (source.data or {}).get("checklist", {})
    return head if isinstance(head, dict) else {}


def check_translation(path: Path, library: Library) -> tuple[Fault, ...]:
    """Return the faults of a translation: unknown tables, what is lacking, what is stale."""
    translation = read_translation(path, library)
    source = translation.source
    if source.data is None:
        return in_order(source.faults)
    original = original_source(translation, library)
    if original is None or original.data is None:
        source.fault(
            "DX123",
            f"no checklist `{visible(translation.of)}` is found beside it or in the library",
            key=("translation", "of"),
        )
        return in_order(source.faults)
    bundle = gather(original, library)
    known = originals(bundle, bundle.root)
    for table in translation.tables:
        if table.name not in known:
            message = f"the checklist has no `{visible(table.name)}`"
            source.fault("DX122", message, did_you_mean(table.name, known), key=table.path)
    _tell_stale(translation, known, str(bundle.head.get("version", "")))
    _tell_lacking(translation, known)
    return in_order(source.faults)


def original_source(translation: Translation, library: Library) -> Source | None:
    """Return the checklist that a translation is of, as read; None where it is not found."""
    path = translation.source.path
    found = library.find(translation.of, path.parent if path else None)
    return library.source(found.path).look() if found and not found.outside else None


def is_stale(table: Table, known: Mapping[str, Original]) -> bool:
    """Return whether a table was made from texts that have changed since."""
    original = known.get(table.name)
    if not table.source_hash or original is None or original.kind == "inherited":
        return False
    return text_hash(original.kind, original.texts) != table.source_hash


def _tell_stale(translation: Translation, known: Mapping[str, Original], version: str) -> None:
    source = translation.source
    for table in translation.tables:
        if is_stale(table, known):
            source.fault(
                "DX121",
                f"`{table.name}` was translated from another text",
                f'Renew it; the text now has `source_hash = "{_hash_now(table, known)}"`.',
                key=table.path,
            )
    undated = any(not t.source_hash for t in translation.tables)
    if translation.version and version and translation.version != version and undated:
        source.fault(
            "DX121",
            f"made from version {visible(translation.version)}; the checklist is {version}",
            "Read both, renew, and raise `version`.",
            value=("translation", "version"),
        )


def _hash_now(table: Table, known: Mapping[str, Original]) -> str:
    original = known[table.name]
    return text_hash(original.kind, original.texts)


def lacking(translation: Translation, known: Mapping[str, Original]) -> list[str]:
    """Return the texts without a translation, as `indicator.photo.ask`."""
    given = {(t.name, key) for t in translation.tables for key in t.texts}
    return [
        f"{name}.{key}"
        for name, original in known.items()
        for key in TEXTS.get(original.kind, ())
        if original.texts.get(key) and key not in OPTIONAL and (name, key) not in given
    ]


def _tell_lacking(translation: Translation, known: Mapping[str, Original]) -> None:
    missing = lacking(translation, known)
    if missing:
        shown = ", ".join(f"`{m}`" for m in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        translation.source.fault(
            "DX120",
            f"{len(missing)} texts are not translated: {shown}{more}",
            "The original is shown in their place.",
            key=("translation",),
        )


# Use -----------------------------------------------------------------------------------------


def load_translated(reference: str | Path, library: Library, language: str) -> Translated | None:
    """Return a checklist in another language; None where no translation of it is found.

    Translations of included checklists are used too. Faults of the translation never stand in
    the way: what is unknown in it is left out, what is stale or lacking stays in the original.
    """
    from docexam.checklists.read import source_named

    root = source_named(reference, library)
    if root.data is None:
        return None
    bundle = gather(root, library)
    reviewed = True
    found_any = False
    left: list[str] = []
    old: list[str] = []
    for source in bundle.sources:
        translation = _translation_for(source, library, language)
        if translation is None:
            continue
        found_any = True
        known = originals(bundle, source)
        reviewed = reviewed and translation.reviewed
        left += lacking(translation, known)
        old += [t.name for t in translation.tables if is_stale(t, known)]
        _apply(translation, known, bundle, source)
    if not found_any:
        return None
    bundle.head = {**bundle.head, "language": language}
    checklist = build(bundle, resolve_items(bundle))
    return Translated(checklist, language, reviewed, tuple(left), tuple(old))


def _translation_for(source: Source, library: Library, language: str) -> Translation | None:
    head = (source.data or {}).get("checklist")
    name = head.get("id") if isinstance(head, dict) else None
    if not isinstance(name, str) or not ID.match(name) or source.path is None:
        return None
    path = library.translation_of(name, language, source.path)
    return read_translation(path, library) if path else None


def _apply(
    translation: Translation, known: Mapping[str, Original], bundle: Bundle, source: Source
) -> None:
    for table in translation.tables:
        if table.name not in known or is_stale(table, known) or not table.texts:
            continue
        if table.kind == "checklist":
            if source is bundle.root:
                bundle.head = {**bundle.head, **table.texts}
            continue
        blocks = bundle.blocks[table.kind]
        for number, entry in enumerate(blocks):
            if entry.source is source and entry.id == table.id:
                blocks[number] = _with_texts(entry, table)


def _with_texts(entry: Entry, table: Table) -> Entry:
    if not table.choice:
        return replace(entry, data={**entry.data, **table.texts})
    data = dict(entry.data)
    for name in ("choices", "choice"):
        own = data.get(name, ())
        if any(c.get("id") == table.choice for c in own):
            data[name] = [{**c, **table.texts} if c.get("id") == table.choice else c for c in own]
            return replace(entry, data=data)
    data["choice"] = [*data.get("choice", ()), {"id": table.choice, **table.texts}]
    return replace(entry, data=data)


def translate(checklist: Checklist, library: Library, language: str) -> Translated | None:
    """Return a frozen checklist in another language, where its texts are still those translated.

    The checklist of an examination may be older than the one in the library: a text is shown
    translated only where the original is word for word the same. None where there is no
    translation.
    """
    translated = load_translated(checklist.id, library, language)
    if translated is None:
        return None
    from docexam.checklists.read import load

    original = load(checklist.id, library, craft=False).draft
    if original is None:
        return None
    overlaid = _overlay(checklist, original, translated.checklist)
    return replace(translated, checklist=replace(overlaid, language=language))


T = TypeVar("T")


def _overlay(held: T, original: Any, translated: Any) -> T:
    """Take the translated text wherever `held` says what `original` says."""
    if is_dataclass(held) and not isinstance(held, type):
        changed = {
            f.name: _overlay(
                getattr(held, f.name), getattr(original, f.name), getattr(translated, f.name)
            )
            for f in fields(held)
            if f.name in _OVERLAID
        }
        return replace(held, **changed)
    if isinstance(held, tuple) and held and is_dataclass(held[0]):
        ours = {o.id: o for o in original}
        theirs = {t.id: t for t in translated}
        both = (
            _overlay(one, ours[one.id], theirs[one.id])
            if one.id in ours and one.id in theirs
            else one
            for one in held
        )
        return tuple(both)  # type: ignore[return-value]  # the same kind of tuple as `held`
    return translated if held == original else held


_OVERLAID = frozenset(
    {key for keys in TEXTS.values() for key in keys}
    | {"propositions", "facts", "places", "fields", "sections", "groups", "indicators", "checks"}
    | {"choices"}
)
