"""A screen whose keys come from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.screen import Screen

from docexam.tui.commands import Command
from docexam.tui.keyboard import Keyboard, key_name, keys_of_char

if TYPE_CHECKING:
    from docexam.tui.application import DocexamApp


class KeyedScreen(Screen[Any]):
    """Finds the command of each key, by its place on any layout, before a widget sees the key."""

    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.ready = False
        self._early: list[events.Key] = []

    @property
    def keyboard(self) -> Keyboard:
        """The keys in force."""
        return cast("DocexamApp", self.app).keyboard

    @property
    def typing(self) -> bool:
        """Whether a text has the focus, which then gets all printable keys."""
        return getattr(self.focused, "takes_text", False)

    def contexts(self) -> tuple[str, ...]:
        """Return where keys act now, the nearest first."""
        raise AssertionError

    def use(self, command: Command[Any], key: str) -> None:
        """Run a command, or say why it cannot be run."""
        raise AssertionError

    def pressed(self, event: events.Key) -> bool:
        """Run the command of a key; False where a widget should have the key."""
        if not self.ready:
            # Typed ahead, before anything could be seen: kept in order, and used then.
            self._early.append(event)
            return True
        if event.character and event.key.startswith("alt+"):
            # Without a protocol for keys, Esc with a key close behind it arrives as Alt and the
            # key; nothing here uses Alt.
            self.pressed(events.Key("escape", "\x1b"))
            return self.pressed(events.Key(event.character, event.character))
        name = key_name(event.key, event.character)
        typing = self.typing
        used = False
        for key in keys_of_char(name) if len(name) == 1 and not typing else (name,):
            found = self.keyboard.find(key, self.contexts(), typing=typing)
            if found:
                self.use(*found)
                used = True
        return used or (not typing and self.unknown(name))

    def begin_keys(self) -> None:
        """Take keys from now on, those typed ahead first."""
        self.ready = True
        for event in self._early:
            if not self.pressed(event):
                self.hand_on(event)
        self._early.clear()

    def hand_on(self, event: events.Key) -> None:
        """Give a key that was kept to what has the focus now."""
        if self.focused:
            self.focused._forward_event(event)

    def unknown(self, name: str) -> bool:
        """Meet a key that no command has; True where nothing else should have it."""
        return False
