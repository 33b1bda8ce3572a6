"""Proposals at the workbench: fake aids from entry points on a real casebook."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from docexam.aids import registry
from docexam.aids.protocol import Cancelled, Card, Figure, Gives, Ground, Proposal, Reads
from docexam.domain.acts import Recording
from docexam.domain.exhibit import Provenance
from docexam.domain.finding import Region
from docexam.errors import InputError, NotYoursError
from docexam.workbench.bench import Workbench
from docexam.workbench.proposing import Proposer
from docexam.workbench.review import Review

BOX = ((0.1, 0.1), (0.4, 0.1), (0.4, 0.4), (0.1, 0.4))
CHECKLIST = """
schema = 1
[checklist]
id = "aided"
version = "1.0.0"
title = "With aids"

[[proposition]]
id = "regular"
about = "contents"
title = "Regular"

[[proposition]]
id = "interim"
about = "contents"
title = "Interim"

[[place]]
id = "name-place"
title = "Name"
holds = "name"

[[field]]
id = "surname"
label = "Surname"
aids = ["reader"]
place = "name-place"

[[field]]
id = "birth-date"
label = "Born"
type = "date"

[[field]]
id = "given-name"
label = "Given name"
aids = ["reader"]

[[section]]
id = "seals"
title = "Seals"

[[indicator]]
id = "seal"
section = "seals"
ask = "Is a seal there?"
type = "yesno"
aid = "watch"

  [[indicator.choice]]
  id = "yes"
  bears = { regular = 0.1, interim = 0.0 }

[[indicator]]
id = "other"
section = "seals"
ask = "Is another seal there?"
type = "yesno"
aid = "gone"
"""


@dataclass
class Fake:
    """An aid whose doing a test gives."""

    id: str
    version: str = "1.0"
    reads: frozenset[Reads] = frozenset({Reads.CAPTURES})
    gives: tuple[Gives, ...] = (Gives("found"),)
    notes_only: bool = False
    do: Callable[..., tuple[Proposal, ...]] | None = None
    lacks: str = ""
    together: bool = False
    seen: list[Any] = field(default_factory=list)

    @property
    def card(self) -> Card:
        figures = (Figure("found of 10", 9.0, 10, "drawn"), Figure("odd", float("nan"), 1, "drawn"))
        return Card(f"The {self.id}", self.version, "p", ("c",), "On drawings.", True, figures)

    def missing(self) -> str:
        return self.lacks

    def propose(self, material: Any, run: Any) -> tuple[Proposal, ...]:
        self.seen.append(material)
        return self.do(material, run) if self.do else (self.proposal("a seal"),)

    def proposal(self, says: str, **more: Any) -> Proposal:
        ground = Ground("here", capture=1, shape=BOX)
        return Proposal(self.id, self.version, "found", says, (ground,), **more)


@dataclass
class Point:
    """An entry point as importlib.metadata gives it."""

    aid: Any

    @property
    def name(self) -> str:
        return str(self.aid.id)

    def load(self) -> Any:
        return self.aid


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Fake:
    aids = [Fake("watch"), Fake("reader", reads=frozenset({Reads.REGION}))]
    monkeypatch.setattr(registry, "_entry_points", lambda: tuple(Point(aid) for aid in aids))
    aids[0].reader = aids[1]  # type: ignore[attr-defined] - handed to the tests along with it
    return aids[0]


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    (tmp_path / "aided.toml").write_text(CHECKLIST, "utf-8")
    for n in (1, 2):
        picture = Image.new("RGB", (640, 480), (230, 225, 210))
        ImageDraw.Draw(picture).text((40, 40), f"SPECIMEN {n}", fill=(20, 20, 60))
        picture.save(tmp_path / f"{n}.jpg")
    return Workbench(tmp_path / "casebook", "Ann", checklists=tmp_path / "own")


@pytest.fixture
def review(bench: Workbench, tmp_path: Path) -> Review:
    images = [str(tmp_path / f"{n}.jpg") for n in (1, 2)]
    return bench.new("C/E", str(tmp_path / "aided.toml"), images, Provenance()).review


def seal_answered(review: Review) -> None:
    review.record(Recording("seal", "yes"))


def test_only_an_aid_that_reads_it_is_told_when_a_capture_was_taken_in(
    review: Review, watch: Fake
) -> None:
    seal_answered(review)
    Proposer(review).prepare("seal", "watch")
    assert [material.taken_in for material in watch.seen] == ["", ""]
    watch.seen.clear()
    watch.reads = frozenset({Reads.CAPTURES, Reads.TAKEN_IN})
    Proposer(review).prepare("seal", "watch")
    told = [material.taken_in for material in watch.seen]
    assert told == [capture.at for capture in review.examination.captures]
    assert all(len(at) >= len("2026-01-01") for at in told)


def test_a_foreign_aid_is_offered_once_the_item_is_answered(review: Review, watch: Fake) -> None:
    proposer = Proposer(review)
    (offer,) = proposer.offers("seal")
    assert (offer.state, offer.title) == ("waits", "The watch")
    seal_answered(review)
    assert proposer.offers("seal")[0].state == "ready"
    prepared = proposer.prepare("seal", "watch")
    assert [e.kind for e in review.examination.events][-1] == "FindingRecorded"
    event = proposer.show(prepared).event
    assert event is not None
    assert event.data["card"] == {
        "title": "The watch", "measured": "On drawings.", "synthetic": True,
        "figures": [{"name": "found of 10", "value": 9.0, "n": 10, "material": "drawn"},
                    {"name": "odd", "value": None, "n": 1, "material": "drawn"}],
        "more": 0,
    }  # fmt: skip
    assert proposer.offers("seal")[0].state == "shown"
    assert [s.proposal.says for s in proposer.shown("seal") if s.proposal] == ["a seal"]


def test_preparing_before_the_answer_shows_nothing(review: Review, watch: Fake) -> None:
    proposer = Proposer(review)
    prepared = proposer.prepare("seal", "watch")
    with pytest.raises(InputError) as caught:
        proposer.show(prepared)
    assert caught.value.code == "DX-AID-FIRST"
    assert len(review.examination.events) == 1
    with pytest.raises(InputError):
        proposer.must_be_open("seal", ["watch"])


def test_an_aid_runs_once_for_each_capture_and_is_kept_by_content_and_version(
    review: Review, watch: Fake
) -> None:
    seal_answered(review)
    proposer = Proposer(review)
    first = proposer.prepare("seal", "watch")
    assert [[c.n for c in m.captures] for m in watch.seen] == [[1], [2]]
    assert proposer.prepare("seal", "watch") == first
    assert Proposer(review).prepare("seal", "watch").proposals == first.proposals
    assert len(watch.seen) == 2
    watch.version = "1.1"
    assert Proposer(review).prepare("seal", "watch").key != first.key
    assert len(watch.seen) == 4


def test_an_aid_that_compares_gets_every_capture_at_once(review: Review, watch: Fake) -> None:
    watch.together = True
    Proposer(review).prepare("seal", "watch")
    assert [[c.n for c in m.captures] for m in watch.seen] == [[1, 2]]


def test_the_very_same_is_shown_once(review: Review, watch: Fake) -> None:
    seal_answered(review)
    proposer = Proposer(review)
    assert proposer.show(proposer.prepare("seal", "watch")).event
    assert proposer.show(proposer.prepare("seal", "watch")).event is None
    watch.do = lambda _m, _r: (watch.proposal("two seals"),)
    watch.version = "2"
    again = Proposer(review)
    assert again.show(again.prepare("seal", "watch")).event
    assert [s.number for s in again.shown("seal")] == [1, 2]


def test_nothing_found_is_shown_too(review: Review, watch: Fake) -> None:
    watch.do = lambda _m, _r: ()
    seal_answered(review)
    proposer = Proposer(review)
    assert proposer.show(proposer.prepare("seal", "watch")).event
    assert review.examination.showings[0].count == 0
    assert review.examination.needs_reason_for("seal")


@pytest.mark.parametrize("fault", ["breaks", "lies", "refuses", "lacks"])
def test_an_aids_trouble_is_a_sentence_and_disturbs_nothing(
    review: Review, watch: Fake, fault: str
) -> None:
    def breaks(_material: Any, _run: Any) -> tuple[Proposal, ...]:
        raise ZeroDivisionError("by nought")

    def refuses(_material: Any, _run: Any) -> tuple[Proposal, ...]:
        raise InputError("DX-AID-SMALL", "The capture is too small.")

    watch.do = {"breaks": breaks, "lies": lambda _m, _r: ("no proposal",), "refuses": refuses}.get(
        fault
    )
    watch.lacks = "The extra is missing." if fault == "lacks" else ""
    seal_answered(review)
    proposer = Proposer(review)
    prepared = proposer.prepare("seal", "watch")
    assert prepared.reason.endswith(".") or "DX-" in prepared.reason
    assert prepared.proposals == ()
    assert prepared.broken == (fault in ("breaks", "lies"))
    before = review.examination
    assert proposer.show(prepared).event is None
    assert review.examination is before
    expected = "cannot" if fault == "lacks" else "ready"
    assert proposer.offers("seal")[0].state == expected


def test_an_aid_that_is_not_there_says_so(review: Review, watch: Fake) -> None:
    review.record(Recording("other", "yes"))
    proposer = Proposer(review)
    (offer,) = proposer.offers("other")
    assert offer.state == "cannot"
    assert "gone" in offer.why
    assert proposer.prepare("other", "gone").broken


def test_an_aid_that_raises_whatever_it_likes_while_loading_is_only_told(
    review: Review, watch: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacks(_self: Fake) -> str:
        raise RuntimeError("boom")

    monkeypatch.setattr(Fake, "missing", lacks)
    (offer,) = Proposer(review).offers("seal")
    assert offer.state == "cannot"
    assert "boom" in offer.why


def test_a_cancelled_aid_leaves_nothing_behind(review: Review, watch: Fake) -> None:
    class Impatient:
        share = 0.0

        def progress(self, share: float, what: str = "") -> None:
            self.share = share

        def cancelled(self) -> bool:
            return self.share > 0.5

    def slow(_material: Any, run: Any) -> tuple[Proposal, ...]:
        run.progress(0.8)
        if run.cancelled():
            raise Cancelled
        return (watch.proposal("late"),)

    watch.do = slow
    proposer = Proposer(review)
    run = Impatient()
    prepared = proposer.prepare("seal", "watch", run)
    assert prepared.cancelled
    assert prepared.proposals == ()
    assert 0.5 < run.share <= 1.0
    watch.do = None
    assert proposer.prepare("seal", "watch").proposals


def test_progress_runs_from_nought_to_one_over_all_captures(review: Review, watch: Fake) -> None:
    shares: list[float] = []

    class Watcher:
        def progress(self, share: float, what: str = "") -> None:
            shares.append(share)

        def cancelled(self) -> bool:
            return False

    def tells(_material: Any, run: Any) -> tuple[Proposal, ...]:
        for share in (0.0, 0.5, 1.0, 7.0):
            run.progress(share)
        return ()

    watch.do = tells
    Proposer(review).prepare("seal", "watch", Watcher())
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_a_capture_is_decoded_once_whatever_many_aids_ask(
    review: Review, watch: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docexam.imaging import decode

    opened: list[int] = []
    real = decode.open_upright
    monkeypatch.setattr(decode, "open_upright", lambda src: (opened.append(1), real(src))[1])

    def looks(material: Any, _run: Any) -> tuple[Proposal, ...]:
        for longest in (0, 300, 600, 300, 0):
            pixels = material.captures[0].rgb(longest)
            assert pixels.dtype == np.uint8
            assert max(pixels.shape[:2]) <= (longest or 640)
            assert not pixels.flags.writeable
        assert material.captures[0].original()[:2] == b"\xff\xd8"
        return ()

    watch.do = looks
    proposer = Proposer(review)
    proposer.prepare("seal", "watch")
    watch.version = "2"
    proposer.prepare("seal", "watch")
    assert len(opened) == 2


def test_whole_pictures_make_room_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from docexam.domain.exhibit import Capture
    from docexam.workbench import aid_images

    monkeypatch.setattr(aid_images, "_BUDGET", 2 * 300)
    content = _png((10, 10))
    album = aid_images.Album(lambda _capture: content)
    kept = [Capture(n, str(n), "", 10, 10, "PNG", 1, "", {}, {}) for n in (1, 2, 3)]
    uprights = []
    for capture in kept:
        image = album.image(capture)
        image.rgb()
        uprights.append(image._upright)
    assert [u.whole_bytes for u in uprights] == [0, 300, 300]
    album.forget()
    assert album.image(kept[0])._upright is not uprights[0]


def _png(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    return out.getvalue()


def test_a_reading_needs_the_fields_own_region(review: Review, watch: Fake) -> None:
    reader: Fake = watch.reader  # type: ignore[attr-defined]
    reader.do = lambda _m, _r: (reader.proposal("reads", fills="surname", reading="Ким"),)
    review.transcribe("surname", raw="Кин")
    proposer = Proposer(review)
    assert proposer.offers("surname")[0].state == "cannot"
    assert "Mark where" in proposer.offers("surname")[0].why
    capture = review.examination.captures[1].sha256
    review.mark_place("name-place", Region(capture, box=(0.1, 0.1, 0.5, 0.2)))
    prepared = proposer.prepare("surname", "reader")
    assert reader.seen[0].region.capture == 2
    proposer.show(prepared)
    assert proposer.adoptable(proposer.shown("surname")[0]) == "reading"
    proposer.adopt_reading("surname", 1, "seen anew")
    reading = review.examination.fields["surname"]
    assert (reading.raw, reading.first, reading.aid) == ("Ким", "Кин", "reader 1.0")


def test_what_another_field_still_to_be_read_says_is_not_told(review: Review, watch: Fake) -> None:
    reader: Fake = watch.reader  # type: ignore[attr-defined]
    reader.do = lambda _m, _r: (
        reader.proposal("own", fills="surname", reading="Ким"),
        reader.proposal("other's", fills="given-name", reading="Виктор"),
        reader.proposal("a date", fills="birth-date", reading="1985"),
    )
    capture = review.examination.captures[0].sha256
    review.transcribe("surname", raw="Ким", regions=[Region(capture, box=(0.1, 0.1, 0.5, 0.2))])
    proposer = Proposer(review)
    assert [p.says for p in proposer.prepare("surname", "reader").proposals] == ["own"]
    review.transcribe("birth-date", raw="1985")
    prepared = proposer.prepare("surname", "reader")
    assert [p.says for p in prepared.proposals] == ["own", "a date"]
    proposer.show(prepared)
    assert review.examination.needs_reason_for("birth-date")
    assert not review.examination.needs_reason_for("given-name")


@pytest.mark.parametrize("odd", [np.int64(3), float("nan"), np.eye(2), {1, 2}])
def test_data_that_json_has_not_is_refused_whole_and_disturbs_nothing(
    review: Review, watch: Fake, odd: object
) -> None:
    watch.do = lambda _m, _r: (watch.proposal("odd", data={"n": odd}),)
    seal_answered(review)
    proposer = Proposer(review)
    prepared = proposer.prepare("seal", "watch")
    assert prepared.broken
    assert "DX-AID-BROKEN" in prepared.reason
    assert proposer.show(prepared).event is None
    assert proposer.shown("seal") == ()


def test_notes_of_a_foreign_aid_never_stand_beside_an_answer_that_bears(
    review: Review, watch: Fake
) -> None:
    watch.notes_only = True
    seal_answered(review)
    proposer = Proposer(review)
    assert proposer.offers("seal")[0].state == "cannot"
    with pytest.raises(InputError):
        proposer.show(proposer.prepare("seal", "watch"))


def test_adopting_writes_both_acts_or_none(review: Review, watch: Fake) -> None:
    seal_answered(review)
    proposer = Proposer(review)
    proposer.show(proposer.prepare("seal", "watch"))
    count = len(review.examination.events)
    with pytest.raises(InputError, match="reason"):
        proposer.adopt_answer("seal", 1, Recording("seal", "no"))
    assert len(review.store.events(review.examination.id)) == count
    proposer.adopt_region("seal", 1)
    kinds = [e.kind for e in review.store.events(review.examination.id)]
    assert kinds[-2:] == ["FindingRecorded", "AidActed"]
    assert review.examination.finding("seal").regions[0].box == (0.1, 0.1, 0.3, 0.3)
    review.undo()
    assert review.examination.finding("seal").regions == ()
    assert proposer.shown("seal")[0].decision is None


def test_a_closed_examination_shows_nothing_new(review: Review, watch: Fake) -> None:
    seal_answered(review)
    proposer = Proposer(review)
    prepared = proposer.prepare("seal", "watch")
    review.close()
    assert proposer.offers("seal")[0].state == "cannot"
    with pytest.raises(NotYoursError):
        proposer.show(prepared)


def test_what_is_kept_beside_the_casebook_is_no_evidence(
    bench: Workbench, review: Review, watch: Fake
) -> None:
    seal_answered(review)
    Proposer(review).prepare("seal", "watch")
    files = sorted((bench.root / "cache" / review.examination.id / "proposals").iterdir())
    assert len(files) == 2
    assert all(f.stat().st_mode & 0o077 == 0 for f in files)
    for file, damage in zip(files, (b"{", b'{"key": "other", "proposals": []}'), strict=True):
        file.write_bytes(damage)
    assert Proposer(review).prepare("seal", "watch").proposals
    assert len(watch.seen) == 4
    assert bench.store.verify(review.examination.id).faults == ()


def test_a_disposal_forgets_what_was_proposed(
    bench: Workbench, review: Review, watch: Fake
) -> None:
    watch.do = lambda _m, _r: (watch.proposal("the secret Щербаков", data={"x": "Щербаков"}),)
    seal_answered(review)
    proposer = Proposer(review)
    late = proposer.prepare("seal", "watch")
    proposer.show(late)
    proposer.reject("seal", 1, "not Щербаков at all")
    bench.dispose("C/E", "end of the case")
    marks = [form("Щербаков") for form in (str.encode, lambda t: json.dumps(t)[1:-1].encode())]
    for path in bench.root.rglob("*"):
        if path.is_file():
            assert not any(mark in path.read_bytes() for mark in marks), path
    after = Proposer(bench.review("C/E"))
    assert [s.proposal for s in after.shown("seal")] == [None]
    assert after.shown("seal")[0].decision is not None
    # A screen that is still open comes too late with what it is just working out.
    watch.version = "2"
    proposer.prepare("seal", "watch")
    assert not (bench.root / "cache" / review.examination.id).exists()


def test_an_altered_original_is_not_looked_at(
    bench: Workbench, review: Review, watch: Fake
) -> None:
    watch.do = lambda m, _r: (watch.proposal(str(m.captures[0].rgb(10).shape)),)
    path = bench.store.originals.path(review.examination.captures[0].sha256)
    path.chmod(0o600)
    path.write_bytes(b"\xff\xd8\xff\xe0 not what was taken in")
    seal_answered(review)
    prepared = Proposer(review).prepare("seal", "watch")
    assert [p.says for p in prepared.proposals] == ["Capture 2: (8, 10, 3)"]


def test_in_lazy_mode_offers_load_no_aid(review: Review, watch: Fake, monkeypatch: Any) -> None:
    def never() -> None:
        raise AssertionError("loaded")

    proposer = Proposer(review, apart=True, runner=lambda aid, _j, _r: registry_outcome(aid))
    with monkeypatch.context() as patched:
        patched.setattr(registry, "_entry_points", never)
        assert proposer.offers("seal")[0].state == "waits"
    proposer.warm()
    assert proposer.offers("seal")[0].title == "The watch"
    assert proposer.card("watch").title == "The watch"


def registry_outcome(aid: Any) -> Any:
    from docexam.aids.running import Outcome

    return Outcome(aid.id, aid.version, (aid.proposal("from elsewhere"),))


def test_another_way_of_running_can_be_given(review: Review, watch: Fake) -> None:
    proposer = Proposer(review, runner=lambda aid, _job, _run: registry_outcome(aid))
    found = proposer.prepare("seal", "watch").proposals
    assert [p.says for p in found] == ["from elsewhere"]
    assert watch.seen == []


def test_of_several_captures_a_sentence_names_its_own(review: Review, watch: Fake) -> None:
    seal_answered(review)
    watch.do = lambda material, _: (
        Proposal(
            "watch", "1.0", "found", "A ring.", (Ground("here", material.captures[0].n, BOX),)
        ),
    )
    found = Proposer(review).prepare("seal", "watch").said.proposals
    assert [p.says for p in found] == ["Capture 1: A ring.", "Capture 2: A ring."]
    assert [p.grounds[0].capture for p in found] == [1, 2]


def test_a_sentence_about_the_only_capture_names_none() -> None:
    from docexam.workbench.aid_words import named_by_capture, shown_proposals

    (ring,) = shown_proposals([Proposal("photo", "1", "photo", "A ring.")])
    (named,) = shown_proposals([Proposal("photo", "1", "photo", "Capture 2 is turned.")])
    assert named_by_capture([(ring, 1), (ring, 2)]) == [ring]
    assert named_by_capture([(ring, 0)]) == [ring]
    assert named_by_capture([(named, 2)]) == [named]
    assert [p.says for p in named_by_capture([(ring, 2)])] == ["Capture 2: A ring."]
