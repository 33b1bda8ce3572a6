"""The entry point: finds the command, loads only what that command needs, maps errors to codes."""

from __future__ import annotations

import sys

# A literal: reading the installed metadata would triple the time of `--version`.
VERSION = "0.1.0"


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code (`docexam.errors` says what each means)."""
    words = sys.argv[1:] if argv is None else argv
    if words == ["--version"]:
        sys.stdout.write(f"docexam {VERSION}\n")
        return 0
    from docexam.cli.dispatch import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
