"""Which captures the capture pane shows; the desk's `Picture`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region
from docexam.domain.specimen import Specimen
from docexam.domain.text import visible
from docexam.tui.desk.ports import Mark
from docexam.tui.widgets.capture_marks import Kind, Overlay
from docexam.tui.widgets.capture_pane import CapturePane

if TYPE_CHECKING:
    from docexam.workbench.review import Review


class PaneLink:
    """Feeds the pane with captures of one examination and remembers which is shown.

    `before_drawing` is called when a region begins, so that the screen can bring the pane up.
    """

    def __init__(
        self, pane: CapturePane, review: Review, before_drawing: Callable[[], None]
    ) -> None:
        self.pane = pane
        self._review = review
        self._before_drawing = before_drawing
        self._at = 0
        self._beside = 0
        self._marks: tuple[Mark, ...] = ()
        self._specimens: tuple[Specimen, ...] = ()

    # -- which capture ---------------------------------------------------------------------

    @property
    def _captures(self) -> Sequence[Capture]:
        return self._review.examination.captures

    def begin(self, kept: Mapping[str, Any]) -> None:
        """Show the capture of the last visit at its view, else the first."""
        number = kept.get("capture")
        known = isinstance(number, int) and 1 <= number <= len(self._captures)
        self._at = number - 1 if known and isinstance(number, int) else 0
        view = kept.get("view") if known else None
        self._show(view if isinstance(view, Mapping) else None)

    def _show(self, view: Mapping[str, object] | None = None) -> None:
        if not self._captures:
            self.pane.clear()
            return
        self._at %= len(self._captures)
        capture = self._captures[self._at]
        self.pane.show_capture(
            capture,
            self._source(capture),
            title=self._page(capture),
            total=len(self._captures),
            view=view,
        )
        self._overlay()

    def _source(self, capture: Capture) -> Callable[[], Path]:
        # Called in the loading thread: verifying a large original takes time.
        return lambda: self._review.original(capture)

    def _page(self, capture: Capture) -> str:
        """Return the page that a place marked on the capture belongs to; empty when unknown."""
        examination = self._review.examination
        for place_id, sha256 in examination.places:
            place = examination.checklist.place_of(place_id)
            if sha256 == capture.sha256 and place and place.page:
                pages = {c.id: c.label for c in examination.checklist.pages()}
                return visible(pages.get(place.page, place.page))
        return ""

    def shown_capture(self) -> Capture | None:
        """Return the capture that is shown."""
        return self.pane.capture

    def turn_to(self, step: int) -> str:
        """Show the next or previous capture; while comparing, change the one beside."""
        if self.pane.comparing and self._specimens:
            return self.show_specimen(self._specimens, self._beside + step)
        count = len(self._captures)
        if count < 2:
            return "There is only one capture."
        if self.pane.comparing:
            self._beside = (self._beside + step) % count
            self._specimens = ()
            self._compare_beside()
        else:
            self._at = (self._at + step) % count
            self._show()
        return ""

    def compare(self) -> str:
        """Show the next capture beside this one, or only one again."""
        if self.pane.comparing:
            self.pane.stop_comparing()
            return "One capture again."
        self._beside, self._specimens = (self._at + 1) % max(len(self._captures), 1), ()
        self._compare_beside()
        return "Side by side at the same scale; [ and ] change the right one."

    def _compare_beside(self) -> None:
        capture = self._captures[self._beside]
        self.pane.compare_with(capture, self._source(capture), title=self._page(capture))
        self._overlay()

    def show_specimen(self, specimens: tuple[Specimen, ...], at: int) -> str:
        """Show a reference specimen beside the capture, at one scale; return what to tell."""
        self._specimens, self._beside = specimens, at % len(specimens)
        specimen = specimens[self._beside]
        shown = Capture(0, specimen.sha256, "", specimen.width, specimen.height, specimen.format)
        title = f"reference {specimen.issuer} {specimen.kind} {specimen.issued}".strip()
        self.pane.compare_with(
            shown, lambda: self._review.specimen_image(specimen), title=visible(title)
        )
        self._overlay()
        more = "; [ and ] show another" if len(specimens) > 1 else ""
        return f"Answers given now cite this specimen{more}. Space: the capture alone again."

    def refresh_captures(self) -> None:
        """Take in captures that were added meanwhile."""
        if self.pane.capture is None and self._captures:
            self._show()

    # -- marks -----------------------------------------------------------------------------

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these regions."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self._overlay()

    def _overlay(self) -> None:
        self.pane.set_overlays([_overlay(mark) for mark in self._marks])

    def show_region(self, region: Region) -> None:
        """Turn to a region's capture and show the region in the middle."""
        shown = self.pane.capture
        if shown is None or shown.sha256 != region.capture:
            found = [i for i, c in enumerate(self._captures) if c.sha256 == region.capture]
            if not found:
                return
            self._at = found[0]
            self._show()
        self.pane.jump_to(region)

    @property
    def drawing(self) -> bool:
        """Whether a region is being drawn."""
        return self.pane.drawing_region

    def start_region(self, min_px: int, remembered: Region | None) -> None:
        """Let the examiner draw a region."""
        self._before_drawing()
        self.pane.start_region(min_px=min_px, remembered=remembered)

    # -- what is kept ----------------------------------------------------------------------

    def view_kept(self) -> Mapping[str, Any] | None:
        """Return what a finding keeps of the view; None where no pixels are shown."""
        return self.pane.view_kept() or None

    def below_one_to_one(self) -> bool:
        """Whether pixels of the original share screen pixels."""
        return bool((self.pane.view_kept() or {}).get("below_one_to_one"))

    def memory(self) -> Mapping[str, Any]:
        """Return what to remember of the view between visits."""
        if self.pane.capture is None:
            return {}
        kept = self.pane.view_kept()
        return {"capture": self.pane.capture.n} | ({"view": dict(kept)} if kept else {})


# How a mark looks and what stands before its label, by the kind of mark.
_KINDS: Mapping[str, tuple[Kind, str]] = {
    "place": ("place", ""),
    "aid": ("aid", "◇"),
    "aid-current": ("aid-current", "◆"),
}


def _overlay(mark: Mark) -> Overlay:
    kind, sign = _KINDS.get(mark.kind, ("current", "⌖"))
    return Overlay(mark.region, label=visible(f"{sign}{mark.label}"), kind=kind)
