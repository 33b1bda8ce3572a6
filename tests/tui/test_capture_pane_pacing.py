"""When a view is painted: newest state only, never faster than the line takes it."""

from __future__ import annotations

from collections.abc import Callable

from docexam.tui.widgets.capture_pacing import REST, SLOW_STEP, Pacer


class Clock:
    """A timer that fires when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[tuple[float, Callable[[], None], list[bool]]] = []

    def later(self, seconds: float, then: Callable[[], None]) -> Clock.Handle:
        alive = [True]
        self.timers.append((self.now + seconds, then, alive))
        return Clock.Handle(alive)

    def pass_by(self, seconds: float) -> None:
        end = self.now + seconds
        while due := sorted((t for t in self.timers if t[0] <= end), key=lambda t: t[0]):
            timer = due[0]
            self.timers.remove(timer)
            self.now = timer[0]
            if timer[2][0]:
                timer[1]()
        self.now = end

    class Handle:
        def __init__(self, alive: list[bool]) -> None:
            self.alive = alive

        def stop(self) -> None:
            self.alive[0] = False


class Line:
    """What was painted, and how much the terminal has not taken yet."""

    def __init__(self, *, slow: bool) -> None:
        self.clock = Clock()
        self.painted: list[tuple[float, bool]] = []
        self.unwritten = 0
        self.pacer = Pacer(self.paint, self.clock.later, lambda: self.unwritten, slow=slow)

    def paint(self, settled: bool) -> None:
        self.painted.append((self.clock.now, settled))

    def hold_key(self, times: int, every: float = 0.033) -> None:
        for _ in range(times):
            self.pacer.request()
            self.clock.pass_by(every)


def test_a_fast_line_paints_at_once() -> None:
    line = Line(slow=False)
    line.pacer.request()
    assert line.painted == [(0.0, True)]


def test_a_terminal_that_lags_gets_the_newest_state_once_it_has_caught_up() -> None:
    line = Line(slow=False)
    line.unwritten = 5
    line.hold_key(20)
    assert line.painted == []
    line.unwritten = 0
    line.clock.pass_by(1.0)
    assert len(line.painted) == 1


def test_a_slow_line_paints_seldom_while_a_key_is_held_and_once_more_at_rest() -> None:
    line = Line(slow=True)
    line.hold_key(60)
    moving = [at for at, settled in line.painted if not settled]
    assert len(moving) <= 60 * 0.033 / SLOW_STEP + 1
    line.clock.pass_by(2.0)
    assert [settled for _, settled in line.painted].count(True) == 1
    assert line.painted[-1][1]


def test_a_slow_line_answers_a_single_key_at_once() -> None:
    line = Line(slow=True)
    line.pacer.request()
    assert line.painted == [(0.0, False)]
    line.clock.pass_by(REST + 0.01)
    assert line.painted[-1] == (REST, True)


def test_the_last_state_is_painted_even_if_it_came_while_waiting() -> None:
    line = Line(slow=True)
    line.pacer.request()
    line.clock.pass_by(0.05)
    line.pacer.request()
    line.clock.pass_by(2.0)
    assert line.painted[-1] == (0.05 + REST, True)


def test_a_key_on_a_slow_line_waits_no_longer_than_one_step() -> None:
    line = Line(slow=True)
    line.pacer.request()
    line.clock.pass_by(0.05)
    line.pacer.request()
    line.clock.pass_by(SLOW_STEP)
    assert [at for at, _ in line.painted] == [0.0, SLOW_STEP]


def test_nothing_is_painted_after_stop() -> None:
    line = Line(slow=True)
    line.pacer.request()
    line.pacer.stop()
    line.clock.pass_by(5.0)
    assert len(line.painted) == 1
