"""Regions and places: what a finding rests on, marked on the captures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docexam.domain.acts import Recording
from docexam.domain.exhibit import Capture
from docexam.domain.finding import Reading, Region
from docexam.errors import DocexamError
from docexam.tui.desk.outline import spec_of
from docexam.tui.desk.ports import Mark, Shown

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


class Marking:
    """Marks regions of the current item and places of the checklist, and turns to them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._purpose = ""
        self._then: Callable[[Region], None] | None = None
        self._next_shown = 0

    # -- what is marked --------------------------------------------------------------------

    def regions(self) -> tuple[Region, ...]:
        """Return the regions of the current item or field."""
        examination, current = self._desk.review.examination, self._desk.walk.current
        if self._desk.indicator:
            return examination.finding(current).regions
        return (examination.fields.get(current) or Reading(current)).regions

    def place(self) -> str:
        """Return the id of the place that the current item belongs to; empty for none."""
        spec = spec_of(self._desk.review.examination.checklist, self._desk.walk.current)
        return spec.place if spec else ""

    def place_region(self) -> Region | None:
        """Return where the item's place is marked: on the capture shown, else on the first."""
        examination, place = self._desk.review.examination, self.place()
        if not place:
            return None
        shown = self._desk.picture.shown_capture()
        if shown and (place, shown.sha256) in examination.places:
            return examination.places[place, shown.sha256]
        marked = (examination.places.get((place, c.sha256)) for c in examination.captures)
        return next((r for r in marked if r), None)

    def show(self) -> None:
        """Show the current item's regions and its place on the captures."""
        examination, place = self._desk.review.examination, self.place()
        marks = [Mark(r, str(n)) for n, r in enumerate(self.regions(), 1)]
        held = examination.checklist.place_of(place)
        if held:
            marks += [
                Mark(region, held.title, "place")
                for (name, _), region in examination.places.items()
                if name == place and region not in self.regions()
            ]
        self._next_shown = 0
        self._desk.picture.set_marks([*marks, *self._desk.proposals.marks()])

    def jump(self) -> None:
        """Turn to the next region of the item, else to its place."""
        regions = self.regions()
        place = self.place_region()
        if regions or place:
            self._desk.stage.capture_to_front()
        if regions:
            self._desk.picture.show_region(regions[self._next_shown % len(regions)])
            self._next_shown += 1
        elif place:
            self._desk.picture.show_region(place)
        else:
            self._desk.tell("Nothing is marked for this item; r marks a region.")

    # -- drawing ---------------------------------------------------------------------------

    def draw_region(self) -> None:
        """Let the examiner draw a region for the current item."""
        self._purpose = "region"
        item = self._desk.indicator
        self._desk.picture.start_region(item.min_px if item else 0, self.place_region())

    def draw_from(self, region: Region, then: Callable[[Region], None]) -> None:
        """Let the examiner draw a region that begins as `region`; `then` gets what was drawn."""
        self._purpose, self._then = "then", then
        item = self._desk.indicator
        self._desk.picture.start_region(item.min_px if item else 0, region)

    def draw_place(self) -> None:
        """Let the examiner mark the current item's place on the capture shown."""
        place = self._desk.review.examination.checklist.place_of(self.place())
        if place:
            self._purpose = "place"
            self._desk.picture.start_region(0, self.place_region())

    def drawn(self, region: Region) -> None:
        """Record what was drawn."""
        if self._desk.review.examination.capture(region.capture) is None:
            self._desk.tell(
                "A region lies on the exhibit, not on what it is compared with.", "warn"
            )
            return
        if self._purpose == "then" and self._then:
            self._then(region)
            return
        if self._purpose == "place":
            place = self.place()
            if self._desk.attempt(lambda: self._desk.review.mark_place(place, region)):
                self.show()
                title = self._desk.review.examination.checklist.place_of(place)
                self._desk.tell(
                    f"saved: {title.title if title else place} is marked; "
                    "Enter takes it as the item's region"
                )
            return
        self._set_regions((*self.regions(), region))

    def use_place(self) -> bool:
        """Take the marked place as the item's region; False where there is none to take."""
        place = self.place_region()
        if place is None or place in self.regions():
            return False
        return self._set_regions((*self.regions(), place))

    def remove_last(self) -> None:
        """Take the last region off the item."""
        self._set_regions(self.regions()[:-1])

    def _set_regions(self, regions: tuple[Region, ...]) -> bool:
        examination, current = self._desk.review.examination, self._desk.walk.current
        changes = self._desk.indicator is not None and bool(self.regions())
        if changes and examination.needs_reason_for(current):
            self._desk.writing.reason(lambda why: self._rest_on(regions, why) and False)
            return True
        return self._rest_on(regions, "")

    def _rest_on(self, regions: tuple[Region, ...], reason: str) -> bool:
        review, current, item = self._desk.review, self._desk.walk.current, self._desk.indicator
        if item:
            what = Recording(current, regions=regions, reason=reason)
            done = self._desk.attempt(lambda: review.record(what))
        else:
            done = self._desk.attempt(lambda: review.transcribe(current, regions=regions))
        self.show()
        if not done or not item:
            return done is not None
        finding = review.examination.finding(current)
        complete = finding.complete and finding.answer is not None
        if complete and regions and self._desk.answers.offer_after_region(item):
            return True
        if complete:
            self._desk.tell("saved: complete")
        return True

    # -- true pixels -----------------------------------------------------------------------

    def open_crop(self) -> None:
        """Show the item's region, place or capture in true pixels in the system's viewer."""
        self._look(write=False)

    def write_crop(self) -> None:
        """Write the item's region, place or capture in true pixels to a file."""
        self._look(write=True)

    def _look(self, *, write: bool) -> None:
        region = self._region_to_look_at()
        if region is None:
            self._desk.tell("There is no capture to look at.", "warn")
            return
        name = self._crop_name(region)
        stage = self._desk.stage
        try:
            data = self._desk.review.crop(region)
            shown = (
                Shown(stage.write_png(data, name), False) if write else stage.show_png(data, name)
            )
        except DocexamError as error:
            self._desk.tell(str(error), "error")
            return
        answers = self._desk.answers
        kept = answers.looked if shown.opened else answers.written
        kept.add((self._desk.walk.current, region))
        self._desk.tell(shown.told)

    def _region_to_look_at(self) -> Region | None:
        regions = self.regions()
        if regions:
            return regions[-1]
        shown = self._desk.picture.shown_capture()
        whole = Region(shown.sha256, box=(0.0, 0.0, 1.0, 1.0)) if shown else None
        return self.place_region() or whole

    def _crop_name(self, region: Region) -> str:
        capture: Capture | None = self._desk.review.examination.capture(region.capture)
        number = capture.n if capture else 0
        handle = self._desk.review.handle.replace("/", "-").replace(" ", "_")
        return f"{handle}-{number}-{self._desk.walk.current}.png"
