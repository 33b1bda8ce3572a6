"""The PDF writer: typst sets the report, data goes in as JSON, never as typst source.

PDF/A-3a and PDF/UA-1, tagged, with the JSON report attached; the same report gives the same
bytes. Nothing is fetched. A character that no font covers is printed as its code point and
listed at the end of the report.
"""

from __future__ import annotations

import json
import unicodedata
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docexam.domain.text import visible
from docexam.errors import MachineError
from docexam.reports import document as d
from docexam.reports import model as m
from docexam.reports.fonts import faces, font_folders, is_covered
from docexam.reports.illustrations import Illustrations, NoIllustrations, Picture
from docexam.reports.json_report import write_json
from docexam.reports.layout import lay_out
from docexam.reports.words import words_for

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_MOST_LISTED = 200
_BRACKETS = {"⟨": "<", "⟩": ">"}
_WIDEST, _NARROW = 40, 14

Covered = Callable[[str], bool]


def write_pdf(report: m.Report, illustrations: Illustrations | None = None) -> bytes:
    """Return the report as PDF; raises MachineError where typst or its fonts are missing."""
    document = lay_out(report)
    shown = illustrations or NoIllustrations()
    tries: tuple[Covered, ...] = (is_covered, _in_main_font, str.isascii)
    for attempt, covered in enumerate(tries, 1):
        try:
            return _set(report, document, shown, covered)
        except _UncoveredError:
            # A mark may lack a font that has its letter too; then fewer characters are trusted.
            if attempt == len(tries):
                raise
    raise AssertionError("unreachable")


def _in_main_font(char: str) -> bool:
    return is_covered(char, main_only=True) and not unicodedata.combining(char)


class _UncoveredError(MachineError):
    """Typst met a character it has no glyph for."""


def _set(
    report: m.Report, document: d.Document, illustrations: Illustrations, covered: Covered
) -> bytes:
    template = files("docexam.reports").joinpath("report.typ").read_bytes()
    try:
        with TemporaryDirectory(prefix="docexam-report-") as folder:
            maker = _Maker(Path(folder), illustrations, covered)
            data = maker.data(report, document)
            (maker.folder / "report.typ").write_bytes(template)
            (maker.folder / "report.json").write_bytes(write_json(report))
            return _compile(maker.folder, data, report.identity.date)
    except OSError as error:
        raise MachineError(
            "DX-PDF",
            f"The PDF could not be set: {error.strerror or error}.",
            todo="Look for room and rights in the folder for temporary files.",
        ) from error


def _compile(folder: Path, data: dict[str, Any], at: str) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise MachineError(
            "DX-PDF",
            "PDF reports need typst, which is not installed.",
            todo="Install the package typst, or write another format.",
        ) from error
    compiler = typst.Compiler(
        str(folder / "report.typ"),
        root=str(folder),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=True)},
        # Nothing is imported; an empty folder for packages keeps it that way without a network.
        package_path=str(folder),
        package_cache_path=str(folder),
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = compiler.compile(
                format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=_moment(at)
            )
    except typst.TypstError as error:
        raise _trouble(str(error)) from error
    if not isinstance(made, bytes):
        raise _trouble("no single file came back")
    return made


def _trouble(told: str) -> MachineError:
    kind = _UncoveredError if "could not be displayed" in told or "glyph" in told else MachineError
    return kind("DX-PDF", f"The PDF could not be set: {visible(told)[:300]}", todo="Write HTML.")


def _moment(at: str) -> datetime:
    try:
        found = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        found = datetime.fromtimestamp(0, UTC)
    return found.astimezone(UTC).replace(microsecond=0)


@dataclass(slots=True)
class _Maker:
    """Turns a document into the template's data, and puts pictures beside it."""

    folder: Path
    illustrations: Illustrations
    covered: Covered
    uncovered: dict[str, None] = field(default_factory=dict)
    files: dict[int, dict[str, Any]] = field(default_factory=dict)
    written: int = 0
    parts: int = 0

    def data(self, report: m.Report, document: d.Document) -> dict[str, Any]:
        """Return everything the template prints."""
        words = words_for(document.language)
        blocks = [part for block in document.blocks for part in self._blocks(block)]
        frame = {
            "title": self._text(document.title),
            "running": self._text(document.running),
            "notice": self._text(document.notice),
            "marking": self._text(document.marking),
            "end": self._text(document.end),
            "author": self._text(report.examiner.name),
        }
        blocks += self._listed(words("pdf.uncovered"))
        return {
            **frame,
            "language": document.language,
            "date": _date(report.identity.date),
            "fonts": [face.family for face in faces()],
            "attached": words("pdf.attached"),
            "blocks": blocks,
        }

    def _listed(self, told: str) -> list[dict[str, Any]]:
        """Return the list of characters printed by their code point; empty for none."""
        if not self.uncovered:
            return []
        chars = list(self.uncovered)[:_MOST_LISTED]
        named = [f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in chars]
        return [
            {"kind": "paragraph", "role": "small", "line": [{"t": told, "s": ""}]},
            {
                "kind": "bullets",
                "numbered": False,
                "items": [{"line": [{"t": name, "s": ""}]} for name in named],
            },
        ]

    def _text(self, text: str, *, lines: bool = False) -> str:
        return "".join(self._char(char) for char in visible(text, lines=lines))

    def _char(self, char: str) -> str:
        if char in "\n " or self.covered(char):
            return char
        if char in _BRACKETS:
            return _BRACKETS[char]
        self.uncovered[char] = None
        before, after = "⟨⟩" if self.covered("⟨") else "<>"
        return f"{before}U+{ord(char):04X}{after}"

    def _line(self, line: d.Line) -> list[dict[str, str]]:
        return [
            {"t": self._text(span.text, lines=span.style == d.GIVEN), "s": span.style}
            for span in line
        ]

    def _blocks(self, block: d.Block) -> Sequence[dict[str, Any]]:
        if isinstance(block, d.Figure):
            return self._figure(block)
        made = self._block(block)
        if isinstance(block, d.Heading) and block.level == 2:
            self.parts += 1
            if self.parts == 2:
                # Page one is the summary's, so the contents come after it.
                return [{"kind": "contents"}, made]
        return [made]

    def _block(self, block: d.Block) -> dict[str, Any]:
        if isinstance(block, d.Heading):
            return {"kind": "heading", "level": block.level, "line": self._line(block.line)}
        if isinstance(block, d.Paragraph):
            return {"kind": "paragraph", "role": block.role, "line": self._line(block.line)}
        if isinstance(block, d.Bullets):
            items = [{"line": self._line(item)} for item in block.items]
            return {"kind": "bullets", "numbered": block.numbered, "items": items}
        if isinstance(block, d.Facts):
            rows = [{"label": self._text(k), "line": self._line(v)} for k, v in block.rows]
            return {"kind": "facts", "rows": rows}
        assert isinstance(block, d.Table)
        return {
            "kind": "table",
            "widths": _widths(block),
            "head": [self._text(h) for h in block.head],
            "rows": [[{"line": self._line(cell)} for cell in row] for row in block.rows],
        }

    def _figure(self, figure: d.Figure) -> list[dict[str, Any]]:
        crop_label, seen_label, place_label = (self._text(label) for label in figure.labels)
        if figure.region is None:
            whole = self._whole(figure.capture)
            label = self._text("".join(span.text for span in figure.caption))
            shown = [{**whole, "label": label, "points": []}] if whole else []
            return [{"kind": "figure", "whole": True, "shown": shown}] if shown else []
        found = [(self.illustrations.crop(figure.region), crop_label)]
        if figure.view is not None:
            found.append((self.illustrations.seen(figure.region, figure.view), seen_label))
        shown = [
            {**self._picture(picture), "label": label, "points": []}
            for picture, label in found
            if picture is not None
        ]
        whole = self._whole(figure.capture)
        if whole and isinstance(figure.region.shape, m.Shape):
            points = [list(p) for p in figure.region.shape.points]
            shown.append({**whole, "label": place_label, "points": points})
        return [{"kind": "figure", "whole": False, "shown": shown}] if shown else []

    def _whole(self, n: int) -> dict[str, Any]:
        if n not in self.files:
            picture = self.illustrations.capture(n)
            self.files[n] = self._picture(picture) if picture else {}
        return self.files[n]

    def _picture(self, picture: Picture) -> dict[str, Any]:
        extension = _EXTENSIONS[picture.media]
        self.written += 1
        name = f"picture-{self.written}.{extension}"
        (self.folder / name).write_bytes(picture.data)
        return {"file": name, "width": picture.width, "height": picture.height}


def _date(at: str) -> dict[str, int]:
    found = _moment(at)
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(found, name) for name in names}


def _widths(table: d.Table) -> list[int]:
    """Return how wide each column is relative to the others; 0 for as wide as what it holds."""
    rows = [tuple("".join(s.text for s in cell) for cell in row) for row in table.rows]
    columns = zip(table.head, *rows, strict=True)
    return [_width(column) for column in columns]


def _width(texts: Sequence[str]) -> int:
    longest = max(map(len, texts))
    return 0 if longest <= _NARROW else min(longest, _WIDEST)
