"""Short phrases that several parts of a report share: answers, regions, views, causes."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.reports import model as m
from docexam.reports.document import GIVEN, WITHHELD, Line, Span, line, strong
from docexam.reports.words import Words


@dataclass(frozen=True, slots=True)
class Phrases:
    """Turns entries of one report into lines of one language."""

    report: m.Report
    words: Words

    def said(self, value: m.Said, style: str = GIVEN, empty: str = "") -> Line:
        """Return what somebody wrote, or that it is withheld, or `empty` words for nothing."""
        if isinstance(value, m.Withheld):
            return (self.withheld(value),)
        if not value:
            return line(empty)
        if style != GIVEN:
            return line(Span(value, style))
        before, _, after = self.words("quote", text="\n").partition("\n")
        return line(before, Span(value, GIVEN), after)

    def name(self, value: m.Said) -> str:
        """Return a name as plain text, or that it is withheld."""
        return value if isinstance(value, str) else self.withheld(value).text

    def withheld(self, value: m.Withheld) -> Span:
        """Return the mark that stands where a rule took something out."""
        rule = self.words.code("rule", value.rule)
        return Span(self.words("withheld", rule=rule), WITHHELD)

    def answer(self, answer: m.AnswerEntry | m.Withheld) -> Line:
        """Return an answer in words."""
        words = self.words
        if isinstance(answer, m.Withheld):
            return (self.withheld(answer),)
        if answer.kind == "open":
            return line(words("finding.open"))
        if answer.kind == "non-answer":
            what = words.code("non-answer", answer.non_answer)
            return line(words("finding.non-answer", what=what))
        if answer.kind == "value":
            return self.said(answer.value)
        if not answer.choices:
            return line(words("finding.nothing-chosen"))
        return line(strong(words("join").join(c.label for c in answer.choices)))

    def region(self, region: m.RegionEntry) -> Line:
        """Return where a region lies, in fractions and in pixels of the original."""
        words, shape = self.words, region.shape
        if isinstance(shape, m.Withheld):
            why = self.withheld(shape).text
            return line(Span(words("region.withheld", n=region.capture, why=why), WITHHELD))
        pixels = words("region.pixels", width=shape.width_px, height=shape.height_px)
        return line(f"{self._outline(region.capture, shape)} ({pixels})")

    def _outline(self, n: int, shape: m.Shape) -> str:
        if shape.polygon:
            corners = "; ".join(f"{x:.3f}, {y:.3f}" for x, y in shape.polygon)
            return self.words("region.polygon", n=n, corners=corners)
        x, y, w, h = (f"{v:.3f}" for v in shape.box)
        return self.words("region.box", n=n, x=x, y=y, w=w, h=h)

    def view(self, view: m.ViewEntry, *, crop_seen: bool) -> Line:
        """Return how something was seen: renderer, scale, turn, enhancement, true pixels."""
        words = self.words
        parts = [words.code("renderer", view.renderer)] if view.renderer else []
        if view.scale:
            parts.append(words("view.scale", scale=f"{view.scale:.3g}"))
        if view.below_one_to_one:
            parts.append(words("view.below"))
        if view.rotation:
            parts.append(words("view.turned", degrees=view.rotation))
        parts += [self._enhancement(e) for e in view.enhancements] or [words("view.plain")]
        parts.append(words("view.crop.yes" if crop_seen else "view.crop.no"))
        return line(words("join").join(parts))

    def _enhancement(self, named: m.Named) -> str:
        value = named.value if isinstance(named.value, str) else ""
        shown = self.words.code("channel", value) if named.name == "channel" else value
        key = f"enhancement.{named.name}"
        if key not in self.words.table:
            return f"{named.name} {value}"
        return self.words(key, value=shown)

    def non_answer(self, non_answer: str, cause: str, by_fact: str) -> str:
        """Return a non-answer with its cause and the fact it follows from."""
        words = self.words
        parts = [words.code("non-answer", non_answer)]
        if cause:
            parts.append(words("finding.cause", cause=words.code("cause", cause)))
        if by_fact:
            parts.append(words("finding.by-fact", item=self.question(by_fact)))
        return words("join").join(parts)

    def question(self, item: str) -> str:
        """Return the question of an item by its id, the id where the report lacks it."""
        return next((f.question for f in self.report.findings() if f.item == item), item)

    def basis(self, status: str, source: str) -> Line:
        """Return where an item comes from and how sure that is; nothing where neither is told."""
        if not status:
            return line(source)
        told = self.words.code("status", status)
        return line(f"{told} ({source})" if source else told)
