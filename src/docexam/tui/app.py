"""Starts the screen: a review, or the list of cases. The toolkit is loaded here, and only here."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from docexam.errors import EXIT_DONE, EXIT_MACHINE, MachineError
from docexam.tui.keyboard import Keyboard, load_keymap
from docexam.tui.options import Options

if TYPE_CHECKING:
    from docexam.tui.application import DocexamApp
    from docexam.workbench.bench import Workbench


def run_review(
    workbench: Workbench, handle: str, options: Options, *, of: str | None = None
) -> int:
    """Open the review of `CASE/EXHIBIT`; return the exit code.

    `of` names the examiner whose examination is meant. Raises DocexamError before it opens.
    """
    must_have_terminal()
    keyboard = _keyboard(options)
    gc.disable()
    review = workbench.review(handle, of)
    from docexam.tui.application import ReviewApp

    return _run(ReviewApp(review, options, keyboard, workbench))


def run_cases(workbench: Workbench, options: Options) -> int:
    """Open the list of cases; return the exit code."""
    must_have_terminal()
    keyboard = _keyboard(options)
    gc.disable()
    from docexam.tui.screens.cases import CasesApp

    return _run(CasesApp(workbench, options, keyboard))


def _keyboard(options: Options) -> Keyboard:
    return load_keymap(options.keymap) if options.keymap else Keyboard()


def must_have_terminal() -> None:
    """Raise MachineError where keys could not arrive or nothing could be seen."""
    problems = {
        "standard input is not a terminal, so no key would arrive": sys.__stdin__,
        "standard error is not a terminal, so nothing could be shown": sys.__stderr__,
    }
    for words, stream in problems.items():
        if stream is None or not stream.isatty():
            raise MachineError(
                "DX-TERMINAL",
                f"The screen needs a terminal: {words}.",
                todo="Use “docexam show”, “record” and the other commands without a screen.",
            )


def _run(app: DocexamApp) -> int:
    # Collecting while the toolkit loads costs a sixth of the start; the application takes it up
    # again after the first paint.
    # Exported by some shell or runner, these would stand over the terminal's real size for good.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    try:
        code = app.run()
    finally:
        gc.enable()
    if app._exception:
        raise app._exception
    if app.farewell:
        sys.stdout.write(f"{app.farewell}\n")
    return EXIT_MACHINE if code is None and app.return_code else (code or EXIT_DONE)
