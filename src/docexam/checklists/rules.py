"""What must hold between blocks: names once, references to something, weights in bounds."""

from __future__ import annotations

from collections.abc import Iterable

from docexam.checklists.bundle import Bundle, Entry
from docexam.checklists.faults import did_you_mean
from docexam.checklists.resolve import Items
from docexam.domain.aids import KNOWN_AIDS, is_notes_only
from docexam.domain.checklist import ENFSI_2015
from docexam.domain.text import visible

_SHARED = ("indicator", "fact", "field")
_ONE_BY_ONE = ("place", "section", "group", "answers", "check", "scale")
MOST_WEIGHT, UNUSUAL_WEIGHT = 200, 100


def check_rules(bundle: Bundle, items: Items) -> None:
    """Tell every breach; faults go to the blocks where they stand."""
    _names_once(bundle)
    _propositions_once(bundle)
    _questions_have_rivals(bundle)
    _known_scale(bundle)
    _bands_rise(bundle)
    pages = _pages(bundle, items)
    for entry in _entries(bundle, "place", "indicator", "field"):
        _known_page(entry, pages)
    for entry in _entries(bundle, "indicator", "field"):
        _known(entry, "section", bundle, "DX032")
        _known_place(entry, bundle)
    for entry in bundle.of("field"):
        _sound_pattern(entry)
    for entry in bundle.of("indicator"):
        _not_repeated(entry)
    _weights(bundle, items)
    _notes_never_bear(items)


def _entries(bundle: Bundle, *kinds: str) -> Iterable[Entry]:
    for kind in kinds:
        yield from bundle.of(kind)


def _names_once(bundle: Bundle) -> None:
    _once([e for kind in _SHARED for e in bundle.of(kind)], bundle)
    for kind in _ONE_BY_ONE:
        _once(bundle.of(kind), bundle)


def _once(entries: Iterable[Entry], bundle: Bundle) -> None:
    # What is included comes first, whatever its kind; the later block is the one to rename.
    order = {id(source): n for n, source in enumerate(bundle.sources)}
    seen: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: order[id(e.source)]):
        first = seen.setdefault(entry.id, entry) if entry.id else entry
        if first is entry:
            continue
        if first.source is entry.source:
            what = f"the {first.kind} on line {first.line()}" if first.source.text else first.kind
            entry.fault("DX030", f"`{entry.id}` is taken by {what}", "Rename one.", value="id")
        else:
            where = f"{visible(first.source.name)}:{first.line()}"
            entry.fault(
                "DX031",
                f"`{entry.id}` of {visible(entry.source.name)} is already in {where}",
                "Rename one, or leave the own one out.",
                value="id",
            )


def _propositions_once(bundle: Bundle) -> None:
    seen: dict[str, Entry] = {}
    for entry in bundle.of("proposition"):
        first = seen.setdefault(entry.id, entry) if entry.id else entry
        if first is entry:
            continue
        if first.source is entry.source:
            entry.fault("DX030", f"`{entry.id}` stands twice", "Rename one.", value="id")
        elif first.data.get("about") != entry.data.get("about"):
            entry.fault(
                "DX064",
                f"`{entry.id}` is about `{entry.data.get('about')}` here and about "
                f"`{first.data.get('about')}` in {visible(first.source.name)}",
                "Rename one.",
                value="about",
            )


def _questions_have_rivals(bundle: Bundle) -> None:
    by_question: dict[str, list[Entry]] = {}
    for entry in bundle.ids("proposition").values():
        by_question.setdefault(str(entry.data.get("about", "")), []).append(entry)
    for question, entries in by_question.items():
        if question and len(entries) == 1 and not bundle.partial:
            entries[0].fault(
                "DX063",
                f"the question `{question}` has one proposition only",
                "Declare at least one rival with the same `about`.",
                value="about",
            )


def _known_scale(bundle: Bundle) -> None:
    name = str(bundle.head.get("scale", ""))
    known = {ENFSI_2015.id, *bundle.ids("scale")}
    if name and name not in known:
        bundle.root.fault(
            "DX038",
            f"no scale `{visible(name)}` is declared",
            did_you_mean(name, known),
            value=("checklist", "scale"),
        )


def _bands_rise(bundle: Bundle) -> None:
    for entry in bundle.of("scale"):
        before = -1
        seen: set[str] = set()
        for number, band in enumerate(entry.data.get("bands", ())):
            start = band.get("from", before + 1)
            if start <= before:
                entry.fault(
                    "DX065",
                    "a band does not begin above the one before",
                    "Order the bands from the weakest, beginning at 0 or above.",
                    value=("bands", number, "from"),
                )
            before = max(before, start)
            if band.get("id") in seen:
                entry.fault(
                    "DX030", f"the band `{band['id']}` stands twice", value=("bands", number, "id")
                )
            seen.add(band.get("id", ""))


def _pages(bundle: Bundle, items: Items) -> frozenset[str] | None:
    """Return the ids of the pages; None where a fault leaves them unknown."""
    facts = [i for i in items.of("fact") if i.entry.data.get("pages")]
    for item in facts[1:]:
        item.entry.fault("DX055", "another fact has `pages = true`", "Keep one.", key="pages")
    for item in facts:
        if item.type not in ("choice", "many"):
            item.entry.fault(
                "DX055",
                f"the fact about pages is of type `{item.type}`",
                'Write `type = "many"` and list the pages in `choices`.',
                key="pages",
            )
    if bundle.partial:
        return None
    return frozenset(i for item in facts for i in item.choice_ids())


def _known_page(entry: Entry, pages: frozenset[str] | None) -> None:
    page = str(entry.data.get("page", ""))
    if not page or pages is None or page in pages:
        return
    help_ = did_you_mean(page, pages)
    if not pages:
        help_ = "Declare a `[[fact]]` with `pages = true`; its choices are the pages."
    entry.fault("DX033", f"no page `{visible(page)}` is declared", help_, value="page")


def _known(entry: Entry, kind: str, bundle: Bundle, code: str) -> None:
    name, known = str(entry.data.get(kind, "")), bundle.ids(kind)
    if name and name not in known and not bundle.partial:
        help_ = did_you_mean(name, known) or f"Declare it by a `[[{kind}]]`."
        entry.fault(code, f"no {kind} `{visible(name)}` is declared", help_, value=kind)


def _known_place(entry: Entry, bundle: Bundle) -> None:
    _known(entry, "place", bundle, "DX034")
    place = bundle.ids("place").get(str(entry.data.get("place", "")))
    page = entry.data.get("page")
    if place and page and place.data.get("page") and place.data["page"] != page:
        entry.fault(
            "DX056",
            f"the place `{place.id}` is on the page `{place.data['page']}`, not on `{page}`",
            "Leave `page` out: the item is on the page of its place.",
            value="page",
        )


def _sound_pattern(entry: Entry) -> None:
    pattern = str(entry.data.get("pattern", ""))
    if not pattern:
        return
    from docexam.domain.pattern import PatternError, check_pattern

    try:
        check_pattern(pattern)
    except PatternError as error:
        entry.fault("DX080", error.message, error.help, value="pattern", offset=error.offset)


def _not_repeated(entry: Entry) -> None:
    if "repeat" in entry.data:
        entry.fault("DX028", "`repeat` is reserved", "Write one item for each.", key="repeat")


def _weights(bundle: Bundle, items: Items) -> None:
    known = bundle.ids("proposition")
    for entry in bundle.of("indicator"):
        for choice in entry.choices():
            for name, weight in choice.data.get("bears", {}).items():
                place = ("bears", name)
                if name not in known and not bundle.partial:
                    choice.fault(
                        "DX037",
                        f"no proposition `{visible(name)}` is declared",
                        did_you_mean(name, known),
                        key=place,
                    )
                _bounded(choice, name, weight)


def _bounded(choice: Entry, name: str, weight: int) -> None:
    place = ("bears", name)
    if abs(weight) > MOST_WEIGHT:
        choice.fault(
            "DX061", f"{weight / 100:+.2f} is beyond ±2", "Use a smaller weight.", value=place
        )
    elif abs(weight) > UNUSUAL_WEIGHT and not choice.data.get("calibrated"):
        choice.fault(
            "DX062",
            f"{weight / 100:+.2f} is beyond ±1",
            "Name the study in `calibrated`, or use a smaller weight.",
            value=place,
        )


def _notes_never_bear(items: Items) -> None:
    """An aid whose proposals may stand beside notes only never stands beside an answer that bears.

    Names parse by spelling, and a spelling must not weigh for or against anybody.
    """
    for item in items.of("indicator"):
        aid = str(item.entry.data.get("aid", ""))
        if is_notes_only(aid) and any(a.choice.bears for a in item.answers):
            others = ", ".join(name for name in KNOWN_AIDS if not is_notes_only(name))
            item.entry.fault(
                "DX057",
                f"`{aid}` proposes notes only, and answers of `{visible(item.id)}` bear",
                f"Leave `aid` out, or `bears`. Aids that may stand here: {others}.",
                value="aid",
            )
