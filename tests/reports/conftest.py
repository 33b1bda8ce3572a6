"""An examination made by hand: events in a fixed order, times and hashes that never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from docexam.domain import events as ev
from docexam.domain.checklist import (
    Check,
    Checklist,
    Choice,
    Field,
    Group,
    Indicator,
    Place,
    Proposition,
    Section,
)
from docexam.domain.events import Event, event_hash, personal_ref
from docexam.domain.examination import Examination, fold
from docexam.domain.proposals import ShownGround, ShownProposal, proposals_to
from docexam.domain.standing import standing_of
from docexam.reports import model as m
from docexam.reports.build import Options, build

EXAMINATION = "3f2b8c1e-0000-4000-8000-000000000001"
EXHIBIT = "9a6d5e70-0000-4000-8000-000000000002"
FRONT = "a1" * 32
INSIDE = "b2" * 32
EXAMINER = "Olena Kovalenko"
PRESENCE = (
    Choice("present", "Present"),
    Choice("absent", "Absent", evidence="region", innocent=("cropped away", "interim issue")),
)

METADATA = {
    "exif": {"image": {"Make": "SPECIMEN", "Model": "M-1", "Orientation": 1}},
    "dates": {"taken": "2026:11:19 10:11:12"},
    "gps": {"latitude": 50.1, "longitude": 30.2},
}
QUALITY = {
    "megapixels": {"value": 12.0, "unit": "megapixels", "note": ""},
    "sharpness": {
        "value": 2.04,
        "unit": "pixels",
        "note": "sharp: the sharpest edges are 2.04 px wide",
        "typical": 2.7,
    },
    "glare": {
        "value": 0.137,
        "unit": "share of the picture",
        "note": "a large part is blown out: glare, or white exposed to the limit",
    },
    "upscaling": {"value": None, "unit": "times enlarged", "note": ""},
}

Draft = tuple[str, dict[str, Any]]


def specimen_checklist() -> Checklist:
    """A small checklist with every kind of item a report tells of."""
    return Checklist(
        id="specimen-booklet",
        version="1.2.0",
        title="Specimen booklet",
        summary="For the invented booklets of the test suite.",
        propositions=(
            Proposition("regular", "contents", "Regularly issued; its contents are true"),
            Proposition("false-contents", "contents", "Genuine blank with false contents"),
            Proposition("own", "bearer", "Issued to the person it was found with"),
            Proposition("other", "bearer", "Issued to another person"),
        ),
        facts=(
            Indicator(
                "pages-shown",
                "Which pages are shown?",
                type="many",
                choices=(
                    Choice("cover", "Cover"),
                    Choice("identity", "Identity spread"),
                    Choice("service", "Service pages"),
                ),
                fact=True,
                pages=True,
            ),
        ),
        places=(
            Place("photo", "The photograph's place", "identity", "portrait"),
            Place("seal", "The place for the seal", "identity", "seal"),
        ),
        fields=(
            Field("surname", "Surname", script="Cyrl", page="identity", sensitive=True),
            Field(
                "number",
                "Series and number",
                script="Cyrl",
                page="identity",
                pattern=r"[А-ЯЁ]{2} ?\d{6,7}",
                sensitive=True,
                status="verified",
                source="Document codes, code 07",
            ),
            Field("birth-date", "Date of birth", "date", page="identity", sensitive=True),
            Field("issue-date", "Date of issue", "date", page="identity"),
            Field("oath-date", "Date of the oath", "date", page="service"),
            Field("issuer", "Issuing office", script="Cyrl", page="identity"),
        ),
        sections=(Section("seals", "Seals and stamps"), Section("entries", "Entries")),
        groups=(Group("unfinished", "The booklet was never finished"),),
        indicators=(
            Indicator(
                "photo",
                "Is a photograph present in its place?",
                section="seals",
                choices=PRESENCE,
                critical=True,
                page="identity",
                place="photo",
                level="screen",
                min_px=100,
                shows="Whether the photograph was ever fixed.",
                does_not_show="Who removed it.",
                from_claim=True,
                status="unverified",
                source="Field practice; compare with a reference specimen",
            ),
            Indicator(
                "seal-crosses",
                "Does a seal cross the photograph's edge?",
                section="seals",
                type="yesno",
                choices=(Choice("yes", "Yes"), Choice("no", "No")),
                when="photo is present",
                critical=True,
                page="identity",
                place="photo",
            ),
            Indicator(
                "seal-text",
                "Can the text of the seal be read?",
                section="seals",
                choices=(Choice("whole", "Yes, wholly"), Choice("parts", "In parts")),
                critical=True,
                page="identity",
                place="seal",
                kind="compare",
                status="verified",
                source="Order 150",
            ),
            Indicator(
                "order-filled",
                "Are the order fields filled in?",
                section="entries",
                choices=PRESENCE,
                page="service",
            ),
            Indicator(
                "hands",
                "What differs between the entries?",
                section="entries",
                type="many",
                choices=(Choice("ink", "Ink"), Choice("hand", "Hand"), Choice("date", "Date")),
                page="identity",
                status="secondary",
                source="Handbook",
            ),
            Indicator(
                "corrected",
                "Was an entry corrected?",
                section="entries",
                choices=PRESENCE,
                when="hands is answered",
                page="identity",
            ),
            Indicator(
                "entry-count", "How many entries are there?", section="entries", type="number"
            ),
            Indicator(
                "later", "Do the entries agree with the register?", section="entries", stage=2
            ),
        ),
        checks=(
            Check(
                "issued-before-birth",
                "birth-date >= issue-date",
                "The date of issue is not after the date of birth.",
                "error",
                "Common sense",
                "verified",
            ),
            Check("oath-early", "oath-date < issue-date", "The oath came before the issue."),
            Check("no-photo", "photo is absent", "The photograph is missing.", "note"),
            Check("seal-open", "seal-text is parts", "The seal reads only in parts."),
        ),
    )


def journal(drafts: Sequence[Draft], examiner: str = EXAMINER) -> list[Event]:
    """Return a valid chain of events, a minute apart, with their personal texts."""
    events: list[Event] = []
    prev = ev.FIRST_PREV
    for seq, (kind, raw) in enumerate(drafts, 1):
        texts: dict[str, str] = {}
        data = _stored(raw, texts)
        at = f"2026-11-22T{9 + seq // 60:02}:{seq % 60:02}:00Z"
        own = event_hash(EXAMINATION, seq, at, examiner, kind, data, prev)
        events.append(Event(seq, at, examiner, kind, data, prev, own, texts))
        prev = own
    return events


def _stored(value: Any, texts: dict[str, str]) -> Any:
    if isinstance(value, ev.Personal):
        ref = personal_ref(b"salt" * 4, value.text)
        texts[ref] = value.text
        return {"ref": ref}
    if isinstance(value, dict):
        return {k: _stored(v, texts) for k, v in value.items()}
    if isinstance(value, list):
        return [_stored(v, texts) for v in value]
    return value


def opened(checklist: Checklist, **changes: Any) -> Draft:
    """The first event: two captures and a stated source."""
    data: dict[str, Any] = {
        "case": "2024-117",
        "exhibit": "A",
        "exhibit_id": EXHIBIT,
        "examiner": EXAMINER,
        "checklist": {
            "id": checklist.id,
            "version": checklist.version,
            "sha256": checklist.sha256(),
        },
        "captures": [
            capture(FRONT, "cover.jpg", {}),
            capture(INSIDE, "Иванов spread.jpg", METADATA),
        ],
        "provenance": {
            "source": ev.Personal("Channel “Specimen news”"),
            "url": ev.Personal("https://example.org/post/17"),
            "obtained": ev.Personal("2026-11-20"),
            "reliability": "C",
            "credibility": "3",
        },
    }
    return ev.OPENED, data | changes


def capture(sha256: str, name: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """What an event keeps of one image."""
    import json

    return {
        "sha256": sha256,
        "name": ev.Personal(name),
        "width": 4000,
        "height": 3000,
        "format": "JPEG",
        "size": 2_345_678,
        "metadata": ev.Personal(json.dumps(metadata)),
        "quality": QUALITY,
    }


def answer(item: str, value: Any, **more: Any) -> Draft:
    """One recorded finding."""
    return ev.FINDING_RECORDED, {"item": item, "answer": value, **more}


def reading(field: str, **more: Any) -> Draft:
    """One transcribed field."""
    return ev.FIELD_TRANSCRIBED, {"field": field, **more}


def box(capture_hash: str, *values: float) -> dict[str, Any]:
    """A region as an event keeps it."""
    return {"capture": capture_hash, "box": list(values)}


VIEW = {
    "x": 0.5,
    "y": 0.4,
    "scale": 0.31,
    "rotation": 90,
    "grey": False,
    "invert": False,
    "contrast": 2,
    "sharpen": 0,
    "channel": "ink",
    "renderer": "quadrant",
    "columns": 60,
    "rows": 30,
    "below_one_to_one": True,
}


def specimen_drafts(checklist: Checklist) -> list[Draft]:
    """The story: a look, a reveal, one change after it, a close."""
    polygon = [[0.1, 0.1], [0.4, 0.12], [0.39, 0.3], [0.11, 0.29]]
    return [
        opened(checklist),
        (ev.REVEALED, {"what": "seen-before", "text": ev.Personal("A post said: no photograph.")}),
        answer(
            "pages-shown", ["cover", "identity"], also=["order-filled", "oath-date"], withdrawn=[]
        ),
        (ev.PLACE_MARKED, {"place": "photo", "region": box(INSIDE, 0.1, 0.2, 0.25, 0.3)}),
        answer("photo", "present", note=ev.Personal("first look")),
        (ev.UNDONE, {"target": 5}),
        answer(
            "photo",
            "absent",
            note=ev.Personal("A clean rectangle.\n\nGlue at the lower edge."),
            regions=[box(INSIDE, 0.1, 0.2, 0.25, 0.3)],
            view=VIEW,
            crop_seen=True,
        ),
        answer("seal-text", "whole", note=ev.Personal("Reads as expected")),
        reading("surname", raw=ev.Personal("Щербаков"), regions=[box(INSIDE, 0.5, 0.2, 0.2, 0.04)]),
        reading(
            "number",
            raw=ev.Personal("AБ 123456"),
            corrected=ev.Personal("АБ 123456"),
            note=ev.Personal("Latin A typed by mistake"),
        ),
        reading("birth-date", raw=ev.Personal("12.05.1985")),
        reading("issue-date", raw=ev.Personal("10.05.1985")),
        (ev.REVEALED, {"what": "reference", "about": "specimen 4"}),
        answer(
            "seal-text",
            "parts",
            reason=ev.Personal("The reference shows one more line"),
            regions=[{"capture": INSIDE, "polygon": polygon}],
        ),
        (ev.FLAGGED, {"item": "seal-text", "flag": True}),
        answer("order-filled", "not-visible", cause="not-photographed"),
        (ev.CLOSED, {"events": 16}),
    ]


def examination_of(drafts: Sequence[Draft], checklist: Checklist | None = None) -> Examination:
    """Fold drafts into an examination."""
    chosen = checklist or specimen_checklist()
    return fold(EXAMINATION, journal(drafts), lambda _sha: chosen)


def report_of(
    drafts: Sequence[Draft], checklist: Checklist | None = None, options: Options | None = None
) -> m.Report:
    """Build the report of an examination made from drafts."""
    examination = examination_of(drafts, checklist)
    return build(examination, standing_of(examination), tool_version="0.0.0-test", options=options)


ATTACKS = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "comment": "<!-- --><b>bold</b> &lt;b&gt; &#60;",
    "attribute": "' onmouseover=alert(1) x=\" autofocus",
    "link": "[click](javascript:alert(1)) ![i](http://evil.example/x.png)",
    "reference": "[x]: http://evil.example\n[x]",
    "autolink": "<http://evil.example> http://evil.example/a?b=c&d www.evil.example",
    "mail": "me@evil.example @user mailto:me@evil.example xmpp:me@evil.example",
    "domain": "evil.example and evil.рф",
    "scheme": "javascript:alert(1) data:text/html;base64,PHNjcmlwdD4= vbscript:x",
    "textual": "[@click=app.quit]x[/] [bold]y[/bold]",
    "escape": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m \x9d0;t\x9c",
    "bidi": "abc\u202egnp.exe\u2066x\u2069",
    "zero-width": "pay\u200bpal \ufeff \u00ad \u3164",
    "nul": "a\x00b\x08c\x7f",
    "emoji": "\U0001f600 \U0001f468\u200d\U0001f469 :smile: \u2764\ufe0f",
    "typst": '#eval("1") #import "@preview/x:1" $ x^2 $ *b* _i_ `r` <l> @ref = H // c',
    "headings": "# one\n## two\nthree\n===\nfour\n---",
    "blocks": "- a\n+ b\n* c\n1. d\n2) e\n> f\n    g\n\n\n***\n```\nh\n```\n~~~\ni",
    "table": "a | b\n--- | ---\n| c | d |\n:-: | :-:",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ ^f^ ==g== `h` ``i`` \\j\\ $k$ {l} {{ m }} {% n %}",
    "entities": "&amp; &copy; &#x41; &nbsp;",
    "template": "{0} {name} {text!r} %s %(x)s ${y}",
    "surrogate": "name\udcff.jpg \ud800",
    "marks": "a" + "\u0301" * 40,
    "private": "\ue000 \U000f0000 \U0001fffe",
    "rtl": "\u05d0\u05d1 (1) \u0627\u0644",
    "carriage": "one\rtwo\r\nthree\u2028four\u2029five\x85six\x0bseven",
    "quotes": "“x” \"y\" 'z' «w»",
    "pipes": "`a|b` \\| \\\\| |",
    "long": "Ж" * 2_000,
}


def hostile_report(text: str) -> m.Report:
    """A report with `text` in every place where somebody can put a text."""
    clean = specimen_checklist()
    choices = (Choice("present", text), Choice("absent", text, "region", innocent=(text,)))
    fields_ = tuple(replace(f, label=text, source=text) for f in clean.fields)
    checklist = replace(
        clean,
        version=text,
        title=text,
        summary=text,
        propositions=tuple(replace(p, title=text) for p in clean.propositions),
        facts=tuple(replace(f, ask=text) for f in clean.facts),
        places=tuple(replace(p, title=text) for p in clean.places),
        fields=fields_,
        sections=tuple(replace(s, title=text) for s in clean.sections),
        indicators=tuple(_hostile_item(i, text, choices) for i in clean.indicators),
        checks=tuple(replace(c, say=text, source=text) for c in clean.checks),
    )
    options = Options(marking=text, question=text)
    return report_of(_hostile_drafts(checklist, text), checklist, options)


def _hostile_item(item: Indicator, text: str, choices: tuple[Choice, ...]) -> Indicator:
    told = {"ask": text, "shows": text, "does_not_show": text, "source": text}
    known = {c.id for c in item.choices}
    return replace(item, **told, choices=choices if "absent" in known else item.choices)


def _hostile_drafts(checklist: Checklist, text: str) -> list[Draft]:
    said = ev.Personal(text)
    first = capture(FRONT, text, {"software": text, "dates": {"taken": text}, "x": {text: text}})
    second = capture(INSIDE, text, {})
    provenance = dict.fromkeys(("source", "url", "obtained", "collected_by"), said)
    view = VIEW | {"renderer": text, "channel": text, text: text}
    return [
        opened(
            checklist,
            case=text,
            exhibit=text,
            examiner=text,
            captures=[first | {"format": text, "quality": {"q": {"note": text}}}, second],
            provenance=provenance,
        ),
        (ev.REVEALED, {"what": "seen-before", "text": said}),
        answer("photo", "present", note=said),
        answer("entry-count", said, note=said),
        reading("surname", raw=said, corrected=said, note=said),
        reading("number", raw=ev.Personal("АБ 123456")),
        (ev.REVEALED, {"what": "colleague", "about": text}),
        answer(
            "photo",
            "absent",
            note=said,
            reason=said,
            view=view,
            entered_by=text,
            regions=[box(INSIDE, 0.1, 0.1, 0.3, 0.3)],
        ),
        reading("surname", raw=ev.Personal(f"{text}."), reason=said),
        (ev.CLOSED, {"events": 9}),
        (ev.REOPENED, {"reason": said}),
        (
            ev.CONCLUDED,
            {
                "question": "contents",
                "proposition": "regular",
                "over": "false-contents",
                "wording": text,
                "because": said,
                "override": said,
                "limits": [said],
                "suggested": {"words": text},
            },
        ),
        *_hostile_aids(text),
    ]


def _hostile_aids(text: str) -> list[Draft]:
    said = ev.Personal(text)
    figure = {"name": text, "value": 0.5, "n": 2, "material": text}
    about = {"aid": text, "version": text}
    found = proposals_to([ShownProposal(text, grounds=(ShownGround(text),)), ShownProposal(text)])
    shown = {
        **about,
        "act": "shown",
        "key": text,
        "count": 2,
        "proposals": ev.Personal(found),
        "card": {"title": text, "measured": text, "synthetic": True, "figures": [figure]},
    }
    return [
        (ev.AID_ACT, {**shown, "item": "photo"}),
        (ev.AID_ACT, {**shown, "field": "surname", "also": ["number", text]}),
        (
            ev.AID_ACT,
            {**about, "act": "rejected", "item": "photo", "shown": 13, "proposal": 1,
             "reason": said},
        ),
        (ev.AID_ACT, {**about, "act": text, "item": text}),
    ]  # fmt: skip


class Made(SimpleNamespace):
    """Helpers by name; printed short when a test fails."""

    def __repr__(self) -> str:
        return "made"


@pytest.fixture
def made() -> SimpleNamespace:
    """What tests build examinations and reports with."""
    names = (
        "ATTACKS FRONT INSIDE VIEW Options answer box capture examination_of hostile_report journal "
        "opened reading report_of specimen_checklist specimen_drafts"
    )
    return Made(**{name: globals()[name] for name in names.split()})


@pytest.fixture
def specimen() -> m.Report:
    """The report of the fixed story."""
    return report_of(specimen_drafts(specimen_checklist()))
