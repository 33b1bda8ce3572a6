"""One checklist file as read: its bytes guarded, its TOML understood, its faults placed."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from docexam.checklists.faults import Fault
from docexam.checklists.positions import Path, Positions, Span, line_starts, scan
from docexam.domain.text import visible

if TYPE_CHECKING:
    from docexam.checklists.slips import Slip

UNREAD = "not read"  # stands for the header of a block that could not be read
MOST_BYTES = 1_048_576
MOST_DEPTH = 8
MOST_KEY = 100
MOST_VALUES = 60_000
MOST_SLIPS = 20
MOST_FAULTS = 300
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass
class Source:
    """A file: `text` as it stands, `data` as understood (None where it could not be).

    `mended`: the text that was understood, the same but for lines with slips. `faults` grows as
    the file is looked at; the first `read` of them come from reading it.
    """

    name: str
    path: FilePath | None = None
    text: str = ""
    data: dict[str, Any] | None = None
    mended: str = ""
    faults: list[Fault] = field(default_factory=list)
    read: int = 0
    lost: bool = False
    _positions: Positions | None = None
    _lines: list[str] | None = None
    _told: dict[str, int] = field(default_factory=dict)

    @property
    def broken(self) -> bool:
        """Whether the text is no TOML as it stands, slips that were mended included."""
        return self.data is None or self.mended != self.text

    @property
    def partial(self) -> bool:
        """Whether some lines could not be understood, so that what they said is unknown."""
        return self.data is None or self.lost

    def look(self) -> Source:
        """Return the same file with the faults of its reading only, for another look at it."""
        return Source(
            self.name, self.path, self.text, self.data, self.mended, self.faults[: self.read],
            self.read, self.lost, self._positions, self._lines,
        )  # fmt: skip

    @property
    def positions(self) -> Positions:
        """Return where keys and values stand; scanned when first asked for."""
        if self._positions is None:
            if self.data is None:
                self._positions = Positions(self.text, {}, {}, (), line_starts(self.text))
            else:
                self._positions = scan(self.mended)
        return self._positions

    def line_text(self, line: int) -> str:
        """Return a line of the file as it stands, or nothing."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        if 1 <= line <= len(self._lines):
            return self._lines[line - 1].rstrip("\r")
        return ""

    def fault(self, code: str, message: str, help: str = "", **place: Any) -> None:
        """Add a complaint. `place`: a path as `key` or `value` (with `offset` and `length` in a
        text), or `line`, `column` and `width`; `level` changes the code's own.

        Past 300 of a level no more are kept: the file needs another author, not another fault.
        """
        # A file without a fault, the usual one, never loads the tables of codes.
        from docexam.checklists.codes import level_of

        level = place.pop("level", "") or level_of(code)
        if self._told.get(level, 0) >= MOST_FAULTS:
            return
        self._told[level] = self._told.get(level, 0) + 1
        line, column, width = self._place(**place)
        text = self.line_text(line)
        column = min(column, len(text) + 1)  # a mended line may have been longer
        fault = Fault(self.name, line, column, level, code, message, help, text, width)
        self.faults.append(fault)

    def _place(
        self,
        key: Path | None = None,
        value: Path | None = None,
        offset: int | None = None,
        length: int = 0,
        line: int = 0,
        column: int = 0,
        width: int = 1,
    ) -> tuple[int, int, int]:
        if key is None and value is None:
            return line, column, width
        span = self.positions.key(key) if key is not None else self.positions.value(value or ())
        if offset is not None and value is not None:
            start = self.positions.in_string(value, offset)
            span = Span(start, start + max(1, length))
        at_line, at_column = self.positions.line_column(span.start)
        wide = self.mended.find("\n", span.start, span.end)
        end = span.end if wide < 0 else wide
        return at_line, at_column, max(1, end - span.start)


def read_source(path: FilePath, name: str = "") -> Source:
    """Read a file, guarded; what is wrong with it is in `faults`, never raised."""
    source = Source(name or str(path), path)
    content = _bytes_of(path, source)
    if content is not None:
        _understand(content, source)
    source.read = len(source.faults)
    return source


def source_of(text: str, name: str, path: FilePath | None = None) -> Source:
    """Understand a text that is not (or not yet) a file, such as an editor's."""
    source = Source(name, path)
    content = text.encode("utf-8", "surrogatepass")
    if len(content) > MOST_BYTES:
        _too_large(source)
    else:
        _understand(content, source)
    source.read = len(source.faults)
    return source


def _bytes_of(path: FilePath, source: Source) -> bytes | None:
    try:
        # Not blocking, so that a pipe opened for reading does not wait for a writer.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name can be"
        source.fault(
            "DX001", f"the file cannot be read: {reason}", "Check the name and its rights."
        )
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        source.fault("DX001", "this is no regular file", "Name a checklist file (.toml).")
        return None
    with os.fdopen(handle, "rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        _too_large(source)
        return None
    return content


def _too_large(source: Source) -> None:
    source.fault("DX002", "the file is larger than 1 MB", "Split it; `include` joins the parts.")


def _understand(content: bytes, source: Source) -> None:
    text = _decoded(content, source)
    if text is None:
        return
    source.text = source.mended = text
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - (text.rfind("\n", 0, control.start()) + 1) + 1
        shown = visible(control[0])
        source.fault(
            "DX004", f"a control character: {shown}", "Remove it.", line=line, column=column
        )
        return
    _parse(source)
    if source.data is not None and _within_bounds(source):
        source.data.pop(UNREAD, None)
        _note_loose_tables(source)
    else:
        source.data = None


def _decoded(content: bytes, source: Source) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        source.fault("DX003", "the file is UTF-16", "Save it as UTF-8.", line=1, column=1)
        return None
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        source.text = content.decode("utf-8", "replace")  # only to show the line
        source.fault(
            "DX003",
            f"the byte 0x{content[error.start]:02X} is not UTF-8",
            "Save the file as UTF-8.",
            line=line,
            column=column,
        )
        return None


def _number(text: str) -> Decimal:
    """Keep decimals exact; weights are whole hundredths."""
    return Decimal(text.replace("_", ""))


def _parse(source: Source) -> None:
    import tomli

    lines: list[str] = []
    for _ in range(MOST_SLIPS):
        try:
            source.data = tomli.loads(source.mended, parse_float=_number)
            return
        except tomli.TOMLDecodeError as error:
            lines = lines or source.mended.split("\n")
            slip = _slip(lines, error.lineno, error.colno, error.msg)
        except (RecursionError, ValueError, ArithmeticError) as error:
            _beyond_toml(source, error)
            return
        if not _mend(source, lines, slip):
            return


def _slip(lines: list[str], line: int, column: int, said: str) -> Slip:
    from docexam.checklists.slips import find_slip

    return find_slip(lines, line, column, said)


def _mend(source: Source, lines: list[str], slip: Slip) -> bool:
    """Tell the slip; return whether reading on makes sense."""
    source.fault(
        slip.code, slip.message, slip.help, line=slip.line, column=slip.column, width=slip.width
    )
    if slip.mended is None or slip.line > len(lines) or lines[slip.line - 1] == slip.mended:
        return False
    source.lost = source.lost or slip.loses
    lines[slip.line - 1] = slip.mended
    source.mended = "\n".join(lines)
    return True


def _beyond_toml(source: Source, error: Exception) -> None:
    longest = max(enumerate(source.text.split("\n"), 1), key=lambda pair: len(pair[1]))[0]
    if isinstance(error, RecursionError):
        message = "tables, lists or keys are nested far too deep"
    else:
        message = "a number has far too many digits"
    source.fault("DX005", message, "Write it flat and short.", line=longest, column=1)


def _within_bounds(source: Source) -> bool:
    """Refuse what no checklist needs, before anything recursive looks at the data."""
    count = 0
    waiting: list[tuple[Any, Path]] = [(source.data, ())]
    while waiting:
        value, path = waiting.pop()
        count += 1
        wrong = _bound_broken(value, path, count)
        if wrong:
            line = _line_of(source.text, path)
            source.fault("DX005", wrong, "Write it flat and short.", line=line, column=1)
            return False
        if isinstance(value, dict):
            waiting.extend((v, (*path, k)) for k, v in value.items())
        elif isinstance(value, list):
            waiting.extend((v, (*path, n)) for n, v in enumerate(value))
    return True


def _bound_broken(value: Any, path: Path, count: int) -> str:
    key = path[-1] if path else ""
    if isinstance(key, str) and len(key) > MOST_KEY:
        return f"a key of {len(key)} characters; at most {MOST_KEY} are read"
    if len(path) > MOST_DEPTH:
        return f"tables nested deeper than {MOST_DEPTH}"
    if count > MOST_VALUES:
        return f"more than {MOST_VALUES} values"
    return ""


def _line_of(text: str, path: Path) -> int:
    """Guess the line of a path without scanning: a long key itself, else where it begins."""
    keys = [p for p in path if isinstance(p, str)]
    if not keys:
        return 1
    if len(keys[-1]) > MOST_KEY:
        at = max(0, text.find(keys[-1][:MOST_KEY]))
    else:
        found = re.search(rf"^[ \t]*\[*[ \t]*{re.escape(keys[0])}\b", text, re.MULTILINE)
        at = found.start() if found else 0
    return text.count("\n", 0, at) + 1


_MAYBE_LOOSE = re.compile(r"\{[^}\n]*(?:\n|$)|,\s*\}")


def _note_loose_tables(source: Source) -> None:
    if not _MAYBE_LOOSE.search(source.mended):
        return
    for span, what in source.positions.loose:
        line, column = source.positions.line_column(span.start)
        source.fault(
            "DX017",
            f"{what} inside {{ }}",
            "TOML 1.1 allows it, many editors do not yet: keep { } on one line, no last comma.",
            line=line,
            column=column,
        )
