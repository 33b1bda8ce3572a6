"""The HTML writer: one file that asks the network for nothing and runs nothing.

Text is made visible, then escaped; attributes are always quoted. The content security policy
admits the file's own style by its hash and pictures that lie in the file, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from docexam.domain.text import visible
from docexam.reports import document as d
from docexam.reports import model as m
from docexam.reports.illustrations import MEDIA, Illustrations, NoIllustrations, Picture
from docexam.reports.layout import lay_out

_TAGS = {d.STRONG: "strong", d.CODE: "code"}


def write_html(report: m.Report, illustrations: Illustrations | None = None) -> bytes:
    """Return the report as one self-contained HTML file in UTF-8."""
    return html_of(lay_out(report), illustrations or NoIllustrations()).encode("utf-8")


def html_of(document: d.Document, illustrations: Illustrations) -> str:
    """Return a laid-out report as HTML."""
    style = files("docexam.reports").joinpath("report.css").read_text(encoding="utf-8")
    page = _Page(illustrations)
    body = "\n".join(page.blocks(document))
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{_text(document.language)}">',
            f"<!-- {_comment(document.notice)} -->",
            f"<head>\n{_head(document, style)}\n</head>\n<body>",
            *_banner(document),
            page.definitions(),
            _frame(document, body),
            "</body>\n</html>\n",
        ]
    )


def _head(document: d.Document, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(document.title)}: {_text(document.running)}</title>\n"
        f"<style>{style}</style>"
    )


def _comment(text: str) -> str:
    # Two hyphens or an angle bracket could end the comment.
    return "".join(c if c.isalnum() or c in " :,.·" else " " for c in visible(text))


def _banner(document: d.Document) -> list[str]:
    told = [f'<p class="notice">{_text(document.notice)}</p>']
    if document.marking:
        told.append(f'<p class="marking">{_text(document.marking)}</p>')
    return told


def _frame(document: d.Document, content: str) -> str:
    """Put the content into a table whose head and foot are printed on every page."""
    marks = " · ".join(t for t in (document.notice, document.marking) if t)
    spans = f"<span>{_text(document.running)}</span><span>{_text(marks)}</span>"
    strip = f'aria-hidden="true">{spans}</div></td></tr>'
    return (
        '<table class="page" role="presentation">\n'
        f'<thead><tr><td><div class="strip" {strip}</thead>\n'
        f'<tfoot><tr><td><div class="strip foot" {strip}</tfoot>\n'
        f'<tbody><tr><td><main>\n<p class="running">{_text(document.running)}</p>\n{content}\n'
        f'<p class="end">{_text(document.end)}</p>\n</main></td></tr></tbody>\n</table>'
    )


def _contents(document: d.Document) -> str:
    parts = [b for b in document.blocks if isinstance(b, d.Heading) and b.level == 2]
    items = "\n".join(
        f'<li><a href="#part-{n}">{_line(b.line)}</a></li>' for n, b in enumerate(parts, 1)
    )
    return f'<nav aria-label="{_text(document.contents)}"><ol>\n{items}\n</ol></nav>'


def _text(text: str) -> str:
    return escape(visible(text), quote=True)


def _line(line: d.Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: d.Span) -> str:
    if span.style == d.BLANK:
        return '<span class="blank"></span>'
    if span.style == d.GIVEN:
        return f'<bdi class="given">{escape(visible(span.text, lines=True), quote=True)}</bdi>'
    if span.style == d.WITHHELD:
        return f'<span class="withheld">{_text(span.text)}</span>'
    tag = _TAGS.get(span.style)
    return f"<{tag}>{_text(span.text)}</{tag}>" if tag else _text(span.text)


class _Page:
    """Writes blocks and remembers which whole captures they point at."""

    def __init__(self, illustrations: Illustrations) -> None:
        self._illustrations = illustrations
        self._part = 0
        self._captures: dict[int, Picture | None] = {}

    def blocks(self, document: d.Document) -> Iterator[str]:
        """Yield each block as HTML, the contents before the first part."""
        for block in document.blocks:
            if isinstance(block, d.Heading) and block.level == 2 and not self._part:
                yield _contents(document)
            yield self._block(block)

    def _block(self, block: d.Block) -> str:
        if isinstance(block, d.Heading):
            return self._heading(block)
        if isinstance(block, d.Paragraph):
            role = f' class="{block.role}"' if block.role in ("lead", "small") else ""
            return f"<p{role}>{_line(block.line)}</p>"
        if isinstance(block, d.Bullets):
            tag = "ol" if block.numbered else "ul"
            items = "".join(f"<li>{_line(item)}</li>\n" for item in block.items)
            return f"<{tag}>\n{items}</{tag}>"
        if isinstance(block, d.Facts):
            return _facts(block)
        return _table(block) if isinstance(block, d.Table) else self._figure(block)

    def _heading(self, block: d.Heading) -> str:
        anchor = ""
        if block.level == 2:
            self._part += 1
            anchor = f' id="part-{self._part}"'
        return f"<h{block.level}{anchor}>{_line(block.line)}</h{block.level}>"

    def _figure(self, figure: d.Figure) -> str:
        pictures = self._pictures(figure)
        if not pictures:
            return ""
        role = ' class="whole"' if figure.region is None else ""
        told = _line(figure.caption)
        caption = f"<figcaption>{told}</figcaption>" if told else ""
        return f"<figure{role}>{''.join(pictures)}{caption}</figure>"

    def _pictures(self, figure: d.Figure) -> list[str]:
        crop_label, seen_label, place_label = figure.labels
        if figure.region is None:
            whole = self._illustrations.capture(figure.capture)
            return [_image(whole, _plain(figure.caption), shown=False)] if whole else []
        crop = self._illustrations.crop(figure.region)
        told = [_image(crop, crop_label)] if crop else []
        if figure.view is not None:
            seen = self._illustrations.seen(figure.region, figure.view)
            told += [_image(seen, seen_label)] if seen else []
        return told + self._place(figure.region, place_label)

    def _place(self, region: m.RegionEntry, label: str) -> list[str]:
        if region.capture not in self._captures:
            self._captures[region.capture] = self._illustrations.capture(region.capture)
        whole = self._captures[region.capture]
        if whole is None or not isinstance(region.shape, m.Shape):
            return []
        corners = " ".join(
            f"{x * whole.width:.1f},{y * whole.height:.1f}" for x, y in region.shape.points
        )
        return [
            f'<div><svg viewBox="0 0 {whole.width} {whole.height}" width="{whole.width}" '
            f'height="{whole.height}" role="img" aria-label="{_text(label)}">'
            f'<use href="#image-{region.capture}"/>'
            f'<polygon class="outline" points="{corners}"/>'
            f'<polygon class="outline inner" points="{corners}"/></svg><p>{_text(label)}</p></div>'
        ]

    def definitions(self) -> str:
        """Return the whole captures that outlines are drawn on, each once."""
        images = "".join(
            f'<image id="image-{n}" width="{p.width}" height="{p.height}" href="{_data(p)}"/>'
            for n, p in self._captures.items()
            if p is not None
        )
        if not images:
            return ""
        return f'<svg width="0" height="0" aria-hidden="true"><defs>{images}</defs></svg>'


def _plain(line: d.Line) -> str:
    return "".join(span.text for span in line)


def _facts(facts: d.Facts) -> str:
    rows = "".join(
        f"<div><dt>{_text(label)}</dt><dd>{_line(value)}</dd></div>\n"
        for label, value in facts.rows
    )
    return f"<dl>\n{rows}</dl>"


def _table(table: d.Table) -> str:
    head = "".join(f'<th scope="col">{_text(h)}</th>' for h in table.head)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_line(cell)}</td>' for cell in row)}</tr>\n" for row in table.rows
    )
    return (
        '<div class="scroll" tabindex="0"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>"
    )


def _image(picture: Picture, label: str, *, shown: bool = True) -> str:
    note = f"<p>{_text(label)}</p>" if shown else ""
    return (
        f'<details><summary><img src="{_data(picture)}" width="{picture.width}" '
        f'height="{picture.height}" alt="{_text(label)}">{note}</summary></details>'
    )


def _data(picture: Picture) -> str:
    media = picture.media if picture.media in MEDIA else "application/octet-stream"
    return f"data:{media};base64,{base64.b64encode(picture.data).decode('ascii')}"
