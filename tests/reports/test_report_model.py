from __future__ import annotations

from dataclasses import replace

from docexam.domain import events as ev
from docexam.domain.checklist import Choice, Indicator
from docexam.domain.events import Personal
from docexam.reports import model as m
from docexam.reports.markdown import write_markdown


def finding(report, item):
    return next(f for f in report.findings() if f.item == item)


def field(report, name):
    return next(f for f in report.fields if f.id == name)


def check(report, name):
    return next(c for c in report.checks if c.id == name)


def test_a_finding_carries_all_it_rests_on(specimen):
    photo = finding(specimen, "photo")
    assert photo.answer == m.AnswerEntry("choice", (m.ChoiceEntry("absent", "Absent"),))
    assert photo.complete
    assert photo.critical
    assert photo.from_claim
    assert photo.innocent == ("cropped away", "interim issue")
    assert photo.crop_seen
    assert photo.view is not None
    assert photo.view.renderer == "quadrant"
    assert photo.view.below_one_to_one
    assert [(e.name, e.value) for e in photo.view.enhancements] == [
        ("channel", "ink"),
        ("contrast", "2"),
    ]
    region = photo.regions[0]
    assert region.capture == 2
    assert region.shape == m.Shape((0.1, 0.2, 0.25, 0.3), (), 1000, 900)
    assert (photo.page, photo.place) == ("identity", "photo")


def test_a_change_after_a_reveal_keeps_the_first_answer_and_the_reason(specimen):
    seal = finding(specimen, "seal-text")
    assert seal.first == m.AnswerEntry("choice", (m.ChoiceEntry("whole", "Yes, wholly"),))
    assert seal.reason == "The reference shows one more line"
    assert [c.id for c in specimen.changed] == ["seal-text"]


def test_non_answers_are_limits_grouped_by_cause_and_fact(specimen):
    told = [(x.non_answer, x.cause, x.by_fact, [i.item for i in x.items]) for x in specimen.limits]
    assert told == [
        ("not-visible", "not-photographed", "", ["order-filled"]),
        ("not-visible", "not-photographed", "pages-shown", ["oath-date"]),
    ]


def test_hidden_items_are_not_asked_and_their_answer_is_kept_apart(made):
    checklist = made.specimen_checklist()
    report = made.report_of(
        [
            made.opened(checklist),
            made.answer("photo", "present"),
            made.answer("seal-crosses", "yes"),
            made.answer("photo", "absent", regions=[made.box(made.INSIDE, 0.1, 0.1, 0.2, 0.2)]),
        ],
        checklist,
    )
    (entry,) = report.not_asked
    assert (entry.item, entry.condition) == ("seal-crosses", "photo is present")
    assert entry.kept is not None
    assert entry.kept.choices == (m.ChoiceEntry("yes", "Yes"),)
    assert "seal-crosses" not in [f.item for f in report.findings()]
    assert "kept and does not count: **Yes**" in write_markdown(report)


def test_an_answer_that_waits_or_is_open_is_listed_and_not_told_as_a_finding(specimen):
    assert [(w.item, w.on) for w in specimen.waiting] == [
        ("corrected", ("What differs between the entries?",))
    ]
    assert [(i.item, i.stage_open) for i in specimen.open_items] == [
        ("hands", True),
        ("entry-count", True),
        ("later", False),
    ]


def test_an_incomplete_answer_says_what_it_lacks(made):
    checklist = made.specimen_checklist()
    for regions, lack in (
        ([], m.LackEntry("Absent", 0, 100, no_region=True)),
        (
            [made.box(made.INSIDE, 0.1, 0.1, 0.01, 0.01)],
            m.LackEntry("Absent", 30, 100, no_region=False),
        ),
    ):
        report = made.report_of(
            [made.opened(checklist), made.answer("photo", "absent", regions=regions)], checklist
        )
        assert finding(report, "photo").lacks == lack
        assert [i.item for i in report.incomplete] == ["photo"]
        assert report.progress.incomplete == 1
        assert "does not count" in write_markdown(report)


def test_checks_speak_or_say_what_keeps_them_from_it(specimen):
    outcomes = {c.id: c.outcome for c in specimen.checks}
    assert outcomes == {
        "issued-before-birth": "speaks",
        "oath-early": "undetermined",
        "no-photo": "speaks",
        "seal-open": "speaks",
    }
    (cause,) = check(specimen, "oath-early").because
    assert (cause.label, cause.state) == ("Date of the oath", "not-visible")


def test_a_check_whose_reading_is_open_says_nothing_yet(made):
    report = made.report_of([made.opened(made.specimen_checklist())])
    assert check(report, "issued-before-birth").outcome == "waits"
    assert "Not checked yet, because" in write_markdown(report)


def test_fields_keep_the_raw_reading_beside_the_corrected_one(specimen):
    number = field(specimen, "number")
    assert (number.raw, number.corrected) == ("AБ 123456", "АБ 123456")
    assert number.scripts == ("Latn", "Cyrl")
    assert number.departs == ()
    assert field(specimen, "surname").transliteration == "Shcherbakov"


def test_a_reading_that_departs_from_its_field_is_noted(made):
    checklist = made.specimen_checklist()
    report = made.report_of(
        [
            made.opened(checklist),
            made.reading("number", raw=Personal("AB 12")),
            made.reading("birth-date", raw=Personal("soon")),
        ],
        checklist,
    )
    assert field(report, "number").departs == ("script", "pattern")
    assert field(report, "birth-date").departs == ("date",)


def test_the_order_of_looking_tells_runs_of_work_between_reveals(specimen):
    steps = [(s.kind, s.seq, s.last_seq) for s in specimen.order]
    assert steps == [
        ("opened", 1, 1),
        ("seen-before", 2, 2),
        ("work", 3, 12),
        ("reveal", 13, 13),
        ("work", 14, 16),
        ("closed", 17, 17),
    ]
    work = specimen.order[2]
    assert (work.answers, work.readings, work.taken_back) == (4, 4, 1)


def test_writing_a_report_does_not_move_the_head_that_names_it(made):
    checklist = made.specimen_checklist()
    drafts = made.specimen_drafts(checklist)
    before = made.report_of(drafts, checklist)
    after = made.report_of([*drafts, (ev.REPORTED, {"for": "WHO"})], checklist)
    assert after == before
    assert before.identity.number == f"17-{before.head.hash[:16]}"
    assert before.identity.date == before.head.at


def test_screening_is_said_where_only_the_screening_pass_was_answered(made):
    checklist = made.specimen_checklist()
    drafts = [
        made.opened(checklist),
        made.answer("pages-shown", ["identity"], also=["order-filled"]),
        made.answer("photo", "present"),
    ]
    report = made.report_of(drafts, checklist)
    assert report.progress.screening
    assert "Screening: 3 of 8 items." in write_markdown(report)
    further = made.report_of([*drafts, made.answer("hands", ["ink"])], checklist)
    assert not further.progress.screening


def test_a_whole_checklist_of_screening_items_is_no_mere_screening(made):
    clean = made.specimen_checklist()
    only = replace(
        clean,
        facts=(),
        fields=(),
        checks=(),
        indicators=(
            Indicator("a", "A?", section="seals", level="screen", choices=(Choice("x", "X"),)),
        ),
    )
    report = made.report_of([made.opened(only), made.answer("a", "x")], only)
    assert not report.progress.screening


def test_what_was_not_stated_is_said_to_be_not_stated(made):
    report = made.report_of([made.opened(made.specimen_checklist(), provenance={})])
    text = write_markdown(report)
    for label in ("Source", "Address", "Obtained", "Reliability of the source"):
        assert f"- {label}: not stated" in text


def test_every_report_says_the_scope_and_that_the_name_is_only_as_entered(specimen):
    text = write_markdown(specimen)
    assert "Assessment from images; applies to the images examined, not the object." in text
    assert "Olena Kovalenko (as entered, not authenticated)" in text
    assert "No accreditation is claimed" in text
    assert "This report computes no support" in text


def test_a_disposed_examination_says_so_and_keeps_its_choices(made):
    checklist = made.specimen_checklist()
    drafts = [*made.specimen_drafts(checklist), (ev.DISPOSED, {"reason": "asked for"})]
    report = made.report_of(drafts, checklist)
    assert report.state.state == "disposed"
    assert "were removed for good" in write_markdown(report)
    assert finding(report, "photo").answer.choices[0].id == "absent"
