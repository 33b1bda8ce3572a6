"""The real program in a real terminal: keys of every layout, ends of every kind, full disks."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from docexam.tui.keyboard import LAYOUTS, same_place

ODD = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[a-zA-Z]|\x1b\[\??[0-9;]*\$p|\x1b\[[0-9;]*t|\x1b\[\?u|\x1b[P_^X].*?\x1b\\",
    re.S,
)
DOWN, ESC, ENTER = "\x1b[B", "\x1b", "\r"
RUSSIAN_SEMICOLON = same_place(";")["Russian"]
PATIENCE = 20.0


class Terminal:
    """One program in a pty; `raw` is all it sent, `text()` what stands on the screen."""

    def __init__(self, command: list[str], size: tuple[int, int], env: dict[str, str]) -> None:
        plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TMUX")}
        colours = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self.raw = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.process = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(size[1], size[0]),
            env=plain | colours | env,
            timeout=PATIENCE,
        )
        self.process.delaybeforesend = None

    def pump(self, seconds: float) -> bool:
        """Read for a while; False once the program has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                data = self.process.read_nonblocking(65536, 0.05)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return False
            self.raw += data
            self._stream.feed(ODD.sub(b"", data))
        return True

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def until(self, holds: str | Callable[[], bool], patience: float = PATIENCE) -> None:
        """Read until words stand on the screen, or something else holds."""
        words = holds if isinstance(holds, str) else ""
        true = holds if callable(holds) else lambda: words in self.text()
        end = time.monotonic() + patience
        while not true():
            going = time.monotonic() < end and self.pump(0.1)
            assert going or true(), f"“{words}” did not come:\n{self.text()}\n{self.raw[-800:]!r}"

    def send(self, keys: str | bytes, words: str = "") -> None:
        self.process.send(keys)
        if words:
            self.until(words)

    def ended(self) -> int:
        """Wait for the end; return the exit code, negative for a signal."""
        while self.pump(0.1):
            pass
        self.process.wait()
        return (
            self.process.exitstatus
            if self.process.exitstatus is not None
            else -int(self.process.signalstatus or 0)
        )


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def run(*command: str, size: tuple[int, int] = (120, 40), **env: str) -> Terminal:
        opened.append(Terminal([sys.executable, "-m", "docexam", *command], size, env))
        return opened[-1]

    yield run
    for one in opened:
        with suppress(ProcessLookupError, pexpect.ExceptionPexpect, OSError):
            os.kill(one.process.pid, signal.SIGKILL)
            one.process.close(force=True)


@pytest.fixture
def review(docexam: Any, terminal: Callable[..., Terminal]) -> Callable[..., Terminal]:
    """Open the review of a new exhibit, past the first question."""
    handle = docexam.new()

    def open_(*more: str, seen: bool = True, **env: Any) -> Terminal:
        opened = terminal(
            "--casebook", str(docexam.casebook), "--examiner", "Ann Example", "review", handle,
            *more, **env,
        )  # fmt: skip
        # Nobody has answered that question yet, so every visit asks it.
        opened.until("already seen")
        if seen:
            opened.send(ESC)
            opened.until(lambda: "already seen" not in opened.text())
        return opened

    return open_


def test_the_first_visit_paints_the_first_question_and_asks_what_was_seen(review, docexam):
    screen = review(seen=False)
    screen.until("What have you already seen or been")
    screen.until("Which pages are shown?")
    screen.send("n")
    screen.until(lambda: "already seen" not in screen.text())
    screen.send("q")
    assert screen.ended() == 0
    assert docexam.show()["seen_before"] == "nothing"


def test_answers_are_durable_when_the_screen_says_saved_and_kill_9_loses_none(review, docexam):
    screen = review()
    screen.send(DOWN, "Is a photograph present")
    screen.send("1", "1 of 6 answered")
    os.kill(screen.process.pid, signal.SIGKILL)
    screen.ended()
    assert docexam.show()["findings"]["photo"]["answer"] == "present"


def test_the_next_visit_begins_where_one_left(review):
    screen = review()
    screen.send(DOWN * 3, "Which inks are seen?")
    screen.send("q")
    assert screen.ended() == 0
    review().until("Which inks are seen?")


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_every_layout_works_by_the_places_of_its_keys(review, docexam, layout):
    def key(latin: str) -> str:
        return same_place(latin)[layout]

    screen = review()
    screen.send(DOWN, "Is a photograph present")
    screen.send(key("u"), "Why? Esc leaves it open.")
    screen.send(key("2"))
    screen.until("1 of 6 answered")
    screen.send(key("v"), "not visible")
    screen.send(ESC)
    screen.send(key("/"), "Find")
    screen.send("inks" + ENTER)
    screen.until("Which inks are seen?")
    screen.send(key("f"), "Why? Esc leaves it open.")
    screen.send(key("f"))
    screen.send(key("?"), "Help in the list")
    screen.send(ESC)
    screen.until(lambda: "Help in the list" not in screen.text())
    screen.send(key("n"), "Note:")
    screen.send("сліди ㅕ u")
    screen.send(ESC)
    screen.until(lambda: "Note:" not in screen.text())
    screen.send(key("q"))
    assert screen.ended() == 0
    findings = docexam.show()["findings"]
    assert (findings["photo"]["answer"], findings["photo"]["cause"]) == ("unclear", "glare")
    assert findings["inks"]["answer"] == "no-reference"
    assert "сліди ㅕ u" in [f["note"] for f in findings.values()] + [
        f["note"] for f in docexam.show()["fields"].values()
    ]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_an_ending_signal_restores_the_terminal_and_keeps_what_was_typed(review, docexam, ending):
    screen = review()
    screen.send(DOWN, "Is a photograph present")
    screen.send("n", "Note:")
    screen.send("half a sent", "half a sent")
    screen.raw = b""
    os.kill(screen.process.pid, ending)
    assert screen.ended() == 128 + ending
    for code in (b"\x1b[?1049l", b"\x1b[?1003l", b"\x1b[?1000l", b"\x1b[?25h"):
        assert code in screen.raw, code
    assert b"Traceback" not in screen.raw
    assert docexam.show()["findings"]["photo"]["note"] == "half a sent"


def test_a_terminal_that_goes_away_ends_the_program_and_keeps_what_was_typed(review, docexam):
    screen = review()
    screen.send(DOWN, "Is a photograph present")
    screen.send("n", "Note:")
    screen.send("last words", "last words")
    pid = screen.process.pid
    os.close(screen.process.fileno())
    end = time.monotonic() + 15
    while time.monotonic() < end and os.waitpid(pid, os.WNOHANG) == (0, 0):
        time.sleep(0.1)
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    screen.process.terminated = True
    screen.process.closed = True
    assert docexam.show()["findings"]["photo"]["note"] == "last words"


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux to fill a disk safely")
def test_a_full_disk_says_not_saved_and_the_next_answer_after_it_counts(review, docexam):
    screen = review()
    screen.send(DOWN, "Is a photograph present")
    pid = screen.process.pid
    hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    screen.send("1", "NOT saved")
    assert docexam.show()["findings"] == {}
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
    screen.send("1", "1 of 6 answered")
    screen.until(lambda: "NOT saved" not in screen.text())
    assert docexam.show()["findings"]["photo"]["answer"] == "present"


def test_what_another_program_records_comes_up_on_the_screen(review, docexam):
    screen = review()
    assert docexam("record", "C/E", "photo", "present").code == 0
    screen.until("1 of 6 answered", 10)
    assert "Another program wrote" in screen.text()


def test_hostile_words_can_neither_move_the_cursor_nor_set_the_title(review, docexam):
    note = "\x1b]0;owned\x07\x1b[2J[@click=app.quit]x[/]\u202egnp\x9b31m"
    assert docexam("record", "C/E", "photo", "present", "--note", note).code == 0
    screen = review()
    screen.send(DOWN, "Is a photograph present")
    screen.until("⟨U+001B⟩")
    screen.send("n", "Note:")
    screen.send(ESC)
    screen.until(lambda: "Note:" not in screen.text())
    screen.send("q")
    assert screen.ended() == 0
    assert b"owned" in screen.raw
    for code in (b"\x1b]0;", b"\x1b[2J[@", "\u202e".encode(), "\x9b".encode()):
        assert code not in screen.raw
    assert docexam.show()["findings"]["photo"]["note"] == note


def test_tabs_and_strip_at_80_by_24(review):
    screen = review(size=(80, 24))
    screen.send(DOWN, "Is a photograph present")
    assert "1 Present" in screen.text()
    screen.send("\t", "▸ Capture")
    screen.send("1", "Does a seal cross")
    screen.send("\t", "▸ Question")
    screen.send("?", "Help in the question")


def test_a_smaller_window_says_what_is_needed(terminal, docexam):
    handle = docexam.new()
    screen = terminal(
        "--casebook", str(docexam.casebook), "--examiner", "Ann Example", "review", handle,
        size=(60, 15),
    )  # fmt: skip
    screen.until("docexam needs 80×24")


def test_no_color_sends_no_colour(review):
    screen = review(NO_COLOR="1")
    screen.send(DOWN, "Is a photograph present")
    screen.send("q")
    screen.ended()
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25]", screen.raw)
    assert not re.search(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7])m", screen.raw)


def test_the_list_of_cases_finds_opens_and_comes_back(docexam, terminal):
    docexam.new("Ярослав/A")
    docexam.new("Other/B", docexam.image("b.jpg", n=1))
    screen = terminal("--casebook", str(docexam.casebook), "--examiner", "Ann Example")
    screen.until("2 exhibits")
    screen.send("яросл", "1 exhibits")
    assert "Other / B" not in screen.text()
    screen.send(ENTER, "already seen")
    screen.send(ESC)
    screen.send("q", "1 exhibits")
    screen.send(ESC, "2 exhibits")
    screen.send("q")
    assert screen.ended() == 0


def test_a_keymap_that_steals_a_key_is_refused_before_anything_is_painted(docexam, tmp_path):
    docexam.new()
    keymap = tmp_path / "keys.toml"
    keymap.write_text('[keys]\nnote = "u"\n', "utf-8")
    screen = Terminal(
        [sys.executable, "-m", "docexam", "--casebook", str(docexam.casebook), "--examiner",
         "Ann Example", "review", "C/E", "--keymap", str(keymap)],
        (120, 40), {},
    )  # fmt: skip
    assert screen.ended() == 2
    assert "“u” would be both".encode() in screen.raw
    assert b"\x1b[?1049h" not in screen.raw


@pytest.mark.parametrize("missing", ["stdin", "stderr"])
def test_without_a_terminal_the_screen_says_so_and_stops(docexam, missing):
    docexam.new()
    command = [sys.executable, "-m", "docexam", "--casebook", str(docexam.casebook)]
    command += ["--examiner", "Ann Example", "review", "C/E"]
    own, theirs = os.openpty()
    streams: dict[str, Any] = {"stdin": theirs, "stdout": subprocess.PIPE, "stderr": theirs}
    streams[missing] = subprocess.DEVNULL if missing == "stdin" else subprocess.PIPE
    done = subprocess.run(command, **streams, timeout=60)
    os.close(theirs)
    os.close(own)
    assert done.returncode == 1


def test_the_demo_opens_a_review_and_answers(terminal, tmp_path: Path):
    screen = terminal("demo", size=(120, 40))
    screen.until("already seen", 90)
    screen.send("n")
    screen.until(lambda: "already seen" not in screen.text())
    screen.send("1", "1 of ")
    screen.send("q")
    assert screen.ended() == 0


def test_an_aid_is_asked_after_the_answer_and_looks_at_the_capture_apart(docexam, terminal):
    text = docexam.checklist.read_text("utf-8")
    docexam.checklist.write_text(text.replace('place = "photo"\nask', 'aid = "page"\nask'), "utf-8")
    handle = docexam.new()
    screen = terminal(
        "--casebook", str(docexam.casebook), "--examiner", "Ann Example", "review", handle
    )
    screen.until("already seen")
    screen.send(ESC)
    screen.until(lambda: "already seen" not in screen.text())
    screen.send(DOWN, "aid after your answer")
    screen.send(RUSSIAN_SEMICOLON, "first, in your own eyes")
    assert docexam("log", handle, "--json").out.count("AidActed") == 0
    screen.send("1", "1 of 6 answered")
    screen.send(RUSSIAN_SEMICOLON)
    screen.until("◆ Outline of the page", 60)
    screen.send("d", "Why is it rejected?")
    screen.send("the table's edge" + ENTER, "✗ rejected")
    screen.send("q")
    assert screen.ended() == 0
    acts = [e for e in docexam("log", handle, "--json").json if "AidActed" in str(e)]
    assert len(acts) == 2
