from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.domain.checklist import Check, Choice, Field, Indicator
from docexam.domain.events import Personal
from docexam.errors import InputError
from docexam.reports import model as m
from docexam.reports.json_report import write_json
from docexam.reports.markdown import write_markdown
from docexam.reports.pixels import explained
from docexam.reports.redaction import Policy, redact

HEAD = re.compile(r"[0-9a-f]{64}|\b\d+-[0-9a-f]{16}\b")


def both(report):
    return write_markdown(report) + write_json(report).decode("ascii")


def public(report, *release):
    return redact(report, Policy(release=frozenset(release))).report


def secrets(specimen):
    """Every text and number of the full report that a public one may not hold."""
    found = {
        "Щербаков",
        "Shcherbakov",
        "123456",
        "12.05.1985",
        "10.05.1985",
        "first look",
        "A clean rectangle",
        "Reads as expected",
        "Latin A typed by mistake",
        "The reference shows one more line",
        "no photograph.",
        "cover.jpg",
        "spread.jpg",
        "Specimen news",
        "example.org",
        "2026-11-20",
        "2026:11:19",
        "50.1",
        "M-1",
        "specimen 4",
        "2345678",
        "2,345,678",
        "2.04",
        "0.137",
        "a1" * 32,
        "b2" * 32,
        "0.250",
        "1000",
    }
    return found | {json.dumps(text)[1:-1] for text in found}


def test_the_full_report_holds_what_the_public_one_may_not(specimen):
    full = both(specimen)
    missing = {s for s in secrets(specimen) if s.isascii() and s not in full}
    assert missing <= {"first look", "0.250"}  # one was taken back, one is 0.25 in JSON


def test_a_public_report_holds_none_of_it(specimen):
    told = both(public(specimen))
    assert {s for s in secrets(specimen) if s in told} == set()


def test_a_public_report_keeps_the_findings(specimen):
    told = write_markdown(public(specimen))
    assert told.splitlines()[0] == "PUBLIC COPY: redacted"
    assert "- Answer: **Absent**" in told
    assert "Admiralty" in told
    assert "Olena Kovalenko (as entered, not authenticated)" in told
    assert "| sensitive reading | readings | 4 |" in told


def story(made, *, name="Ив", number="АБ 123456", note="x", width=0.05, file="a.jpg"):
    checklist = made.specimen_checklist()
    drafts = [
        made.opened(checklist, captures=[made.capture(made.INSIDE, file, {"a": note})]),
        made.answer("hands", ["ink"], note=Personal(note)),
        made.answer("entry-count", Personal(str(len(note)))),
        made.reading(
            "surname",
            raw=Personal(name),
            regions=[made.box(made.INSIDE, 0.2, 0.31, width, 0.03)],
        ),
        made.reading("number", raw=Personal(number), note=Personal(note)),
        ("PlaceMarked", {"place": "photo", "region": made.box(made.INSIDE, 0.6, 0.3, width, 0.3)}),
    ]
    return made.report_of(drafts, checklist)


TEXT = st.text(min_size=1, max_size=40)


@given(name=TEXT, number=TEXT, note=TEXT, file=TEXT, width=st.floats(0.05, 0.12))
@settings(max_examples=25)
def test_what_is_withheld_leaves_no_trace_in_a_public_report(made, name, number, note, file, width):
    one = public(story(made))
    other = public(story(made, name=name, number=number, note=note, file=file, width=width))
    assert HEAD.sub("#", both(one)) == HEAD.sub("#", both(other))


@given(width=st.floats(0.05, 0.35))
@settings(max_examples=25)
def test_the_boxes_to_fill_do_not_tell_how_long_a_name_is(made, width):
    released = Policy(release=frozenset({"pixels:1"}))
    plans = [redact(story(made, width=w), released).pixels.of(1) for w in (0.05, width)]
    covers = [[c.box for c in plan.covers if c.key == "field-pixels:surname"] for plan in plans]
    assert covers[0] == covers[1] == [(0.0, 7 / 24, 1.0, 2 / 24)]


def test_a_box_to_fill_holds_what_it_hides(made):
    plan = redact(story(made), Policy()).pixels.of(1)
    assert len(plan.covers) == len(plan.exact) == 2
    for cover, (x, y, w, h) in zip(plan.covers, plan.exact, strict=True):
        left, top, width, height = cover.box
        assert left <= x
        assert top <= y
        assert left + width >= x + w
        assert top + height >= y + h


def test_a_sensitive_field_that_nobody_located_withholds_the_pixels_of_its_page(made):
    plan = redact(story(made), Policy()).pixels.of(1)
    assert plan.missing == ("field-pixels:number", "field-pixels:birth-date")
    assert plan.withheld
    assert isinstance(public(story(made)).captures[0].pixels, m.Withheld)


def located(made, *more):
    checklist = made.specimen_checklist()
    names = ("surname", "number", "birth-date")
    return made.report_of(
        [
            made.opened(checklist),
            made.answer("pages-shown", ["cover", "identity"], also=[]),
            *(
                made.reading(
                    n,
                    raw=Personal("Ив"),
                    regions=[made.box(made.INSIDE, 0.1, 0.1 + i / 10, 0.2, 0.03)],
                )
                for i, n in enumerate(names)
            ),
            (
                "PlaceMarked",
                {"place": "photo", "region": made.box(made.INSIDE, 0.6, 0.3, 0.2, 0.3)},
            ),
            *more,
        ],
        checklist,
    )


def test_a_page_with_everything_located_is_shown_with_boxes_filled(made):
    redacted = redact(located(made), Policy())
    assert not redacted.pixels.of(2).withheld
    assert len(redacted.pixels.of(2).covers) == 4
    assert redacted.report.captures[1].pixels == ""


def test_an_image_of_which_nobody_said_what_it_shows_is_withheld(made):
    assert redact(located(made), Policy()).pixels.of(1).withheld
    said = made.answer("order-filled", "present", regions=[made.box(made.FRONT, 0, 0, 0.5, 0.5)])
    assert not redact(located(made, said), Policy()).pixels.of(1).withheld


def test_what_is_not_visible_need_not_be_located(made):
    checklist = made.specimen_checklist()
    drafts = [
        made.opened(checklist, captures=[made.capture(made.INSIDE, "a", {})]),
        *(
            made.reading(n, answer="not-visible", cause="cropped")
            for n in ("surname", "number", "birth-date")
        ),
        ("PlaceMarked", {"place": "photo", "region": made.box(made.INSIDE, 0.6, 0.3, 0.2, 0.3)}),
    ]
    assert not redact(made.report_of(drafts, checklist), Policy()).pixels.of(1).withheld


def test_a_field_without_a_page_is_looked_for_on_every_image_until_located(made):
    clean = made.specimen_checklist()
    checklist = replace(clean, fields=(*clean.fields, Field("tag", "Tag", sensitive=True)))
    drafts = [made.opened(checklist), made.answer("pages-shown", ["cover"], also=[])]
    assert redact(made.report_of(drafts, checklist), Policy()).pixels.of(1).missing == (
        "field-pixels:tag",
    )


def test_regions_that_meet_something_hidden_lose_their_coordinates_others_keep_them(made):
    over = made.answer("hands", ["ink"], regions=[made.box(made.INSIDE, 0.12, 0.11, 0.4, 0.3)])
    apart = made.answer("seal-text", "parts", regions=[made.box(made.INSIDE, 0.1, 0.8, 0.05, 0.05)])
    told = {f.item: f for f in public(located(made, over, apart)).findings()}
    assert isinstance(told["hands"].regions[0].shape, m.Withheld)
    assert isinstance(told["seal-text"].regions[0].shape, m.Shape)


def test_a_place_can_be_marked_as_sensitive_by_a_person(made):
    mark = ("PlaceMarked", {"place": "seal", "region": made.box(made.INSIDE, 0.1, 0.7, 0.1, 0.1)})
    report = located(made, mark)
    assert len(redact(report, Policy()).pixels.of(2).covers) == 4
    withheld = redact(report, Policy(withhold=frozenset({"seal"})))
    assert [c.key for c in withheld.pixels.of(2).covers][-1] == "place:seal"
    with pytest.raises(InputError, match="no place"):
        redact(report, Policy(withhold=frozenset({"seel"})))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("note:photo", "A clean rectangle"),
        ("reason:seal-text", "The reference shows one more line"),
        ("field:surname", "Щербаков"),
        ("file-name:1", "cover.jpg"),
        ("address", "https://example.org/post/17"),
        ("source", "Specimen news"),
        ("obtained", "2026-11-20"),
        ("original:1", "a1" * 32),
        ("metadata:2", "2026:11:19"),
        ("seen", "A post said"),
        ("entry:13", "specimen 4"),
        ("regions:photo", "0.100, from the top 0.200"),
    ],
)
def test_each_key_releases_its_own_thing_and_nothing_else(specimen, key, text):
    told = write_markdown(public(specimen, key))
    assert text in told
    assert "What was redacted" in told
    assert f"Released by a person: `{key}`" in told or "@" in key
    others = secrets(specimen) - {s for s in secrets(specimen) if s in told}
    assert len(others) >= len(secrets(specimen)) - 6


def test_a_key_that_names_nothing_is_refused_with_the_nearest(specimen):
    with pytest.raises(InputError) as error:
        public(specimen, "note:foto")
    assert "note:photo" in error.value.todo


def test_checks_that_read_a_withheld_value_say_nothing(specimen):
    told = {c.id: c for c in public(specimen).checks}
    assert told["issued-before-birth"].outcome == "withheld"
    assert told["oath-early"].because == ()
    assert told["no-photo"].outcome == "speaks"
    released = public(specimen, "field:birth-date", "field:issue-date")
    assert {c.id: c.outcome for c in released.checks}["issued-before-birth"] == "speaks"
    by_key = public(specimen, "check:issued-before-birth")
    assert {c.id: c.outcome for c in by_key.checks}["issued-before-birth"] == "speaks"


def guessing(made, number):
    clean = made.specimen_checklist()
    checklist = replace(
        clean,
        indicators=(
            *clean.indicators,
            Indicator(
                "guess",
                "Is it that number?",
                section="entries",
                choices=(Choice("a", "A"),),
                when='number = "АБ 123456"',
                critical=True,
            ),
            Indicator(
                "after",
                "And then?",
                section="entries",
                when="guess is a",
                choices=(Choice("b", "B"),),
            ),
        ),
        checks=(*clean.checks, Check("says", "guess is a", "It is.")),
    )
    drafts = [
        made.opened(checklist),
        made.reading("number", raw=Personal(number)),
        *([made.answer("guess", "a")] if number == "АБ 123456" else []),
    ]
    return made.report_of(drafts, checklist)


def test_whether_an_item_is_asked_does_not_confirm_a_guess(made):
    right, wrong = (public(guessing(made, n)) for n in ("АБ 123456", "ВГ 123456"))
    for report in (right, wrong):
        assert [i.item for i in report.withheld_items] == ["after", "guess"]
        named = {f.item for f in report.findings()} | {n.item for n in report.not_asked}
        assert not named & {"guess", "after"}
    assert right.progress.total == wrong.progress.total
    assert right.progress.critical_open == wrong.progress.critical_open
    assert right.checks == wrong.checks


def test_a_partner_copy_needs_a_recipient_and_names_it(specimen):
    with pytest.raises(InputError, match="recipient"):
        redact(specimen, Policy(level=m.PARTNER))
    report = redact(specimen, Policy(level=m.PARTNER, for_whom="Unit 7"), twin="c3" * 32).report
    told = both(report)
    assert told.splitlines()[0].startswith("PARTNER COPY")
    assert "for Unit 7" in told.splitlines()[0]
    assert "c3" * 32 in told
    for kept in ("A clean rectangle", "a1" * 32, "cover.jpg", "10.05.1985"):
        assert kept in told
    for withheld in ("Щербаков", "Shcherbakov", "123456", "12.05.1985"):
        assert withheld not in told


def test_an_unredacted_copy_names_its_recipient_and_its_public_twin(specimen):
    report = redact(specimen, Policy(level=m.NONE, for_whom="Unit 7"), twin="c3" * 32).report
    told = both(report)
    assert told.splitlines()[0] == "UNREDACTED: names people · for Unit 7"
    assert "c3" * 32 in told
    assert "Щербаков" in told


def test_a_public_copy_never_names_the_hash_of_another_copy(specimen):
    assert redact(specimen, Policy(), twin="c3" * 32).report.redaction.twin == ""


def test_an_unknown_level_is_refused(specimen):
    with pytest.raises(InputError, match="no level"):
        redact(specimen, Policy(level="secret", for_whom="x"))


def test_whoever_writes_a_report_is_told_why_an_image_is_withheld(made):
    report = story(made)
    (told,) = explained(report, redact(report, Policy()).pixels)
    assert told.startswith("Image 1 is withheld whole")
    assert "Series and number; Date of birth" in told
    assert "pixels:1" in told
