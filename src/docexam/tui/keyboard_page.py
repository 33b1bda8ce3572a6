"""The documentation page of all keys, generated from the commands themselves.

`python -m docexam.tui.keyboard_page > docs/keys.md` writes it anew.
"""

from __future__ import annotations

import sys

from docexam.tui.commands import ALL, CONTEXTS
from docexam.tui.keyboard import FORBIDDEN, LAYOUTS, Keyboard, binding_rows, same_place

_HEAD = """# Keys

This page is generated from the commands. `docexam keys` prints the same table, with your own keys
where you have changed some; on the screen `?` shows the keys that act where you are, and `^p` finds
any command by its words and says why one cannot be used now. `^` stands for Ctrl, `⇧` for Shift.
"""
_LAYOUTS = """## The same key on every keyboard

Every single-key command also answers to the key in the same place under a Russian, Ukrainian or
Korean layout, with Caps Lock on or off. A Korean input method hands over whole syllables; they are
taken apart into the keys that were pressed.
"""
_KEYMAP = """## Your own keys

A TOML file, given by `--keymap FILE` or kept as `keymap.toml` in the settings folder that
`docexam locate` shows:

```toml
[keys]
"note" = "ctrl+n"                 # one key
"answer.unclear" = ["u", "f5"]    # or several
"theme.next" = []                 # or none
```

The names are the ids in the tables above. A keymap that names an unknown command, gives a key that
another command has in the same place (on any layout), or a printable key to a command that acts
while you type, is refused with all its faults at once. Refused in any case: """


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *_tables(), _LAYOUTS, *_layout_table(), _keymap()])


def _tables() -> list[str]:
    rows = binding_rows(Keyboard())
    contexts = list(dict.fromkeys(r.context for r in rows))
    lines: list[str] = []
    for context in contexts:
        lines += [
            f"## {context[0].upper()}{context[1:]}",
            "",
            "| key | does | id |",
            "|---|---|---|",
        ]
        for row in rows:
            if row.context == context:
                keys = " ".join(f"`{_cell(k)}`" for k in row.keys)
                lines.append(f"| {keys} | **{_cell(row.title)}.** {_cell(row.help)} | `{row.id}` |")
        lines.append("")
    return lines


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _layout_table() -> list[str]:
    names = list(LAYOUTS)
    lines = [f"| {' | '.join(names)} | does |", "|" + "---|" * (len(names) + 1)]
    for command in ALL:
        for key in command.keys:
            places = same_place(key)
            if {"review", "always"} & set(command.contexts) and len(set(places.values())) > 1:
                cells = " | ".join(f"`{_cell(places[n])}`" for n in names)
                lines.append(f"| {cells} | {_cell(command.title)} |")
    return [*lines, ""]


def _keymap() -> str:
    refused = ", ".join(f"`{key}` ({why})" for key, why in FORBIDDEN.items())
    assert all(c in CONTEXTS for command in ALL for c in command.contexts)
    return f"{_KEYMAP}{refused}.\n"


if __name__ == "__main__":
    sys.stdout.write(page())
