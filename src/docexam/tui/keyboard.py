"""Keys: the same physical key under every layout, the user's own keys, and the table of all.

Terminals send characters, not keys. Where an examiner writes Russian, Ukrainian or Korean, the
key that is `u` on a Latin layout sends г or ㅕ. One table says what each physical key sends under
each layout; a key that no command knows is looked up by its place. Nothing here imports the
screen's toolkit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from docexam.domain.text import visible
from docexam.errors import InputError, MachineError
from docexam.tui.commands import ALL, BY_ID, CONTEXTS, STACKS, Command

# The rows of a keyboard, plain and with Shift, key by key in the same order for every layout.
_LATIN = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
)
LAYOUTS: Mapping[str, tuple[str, str]] = {
    "Latin": _LATIN,
    "Russian": (
        "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.",
        'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,',
    ),
    "Ukrainian": (
        "'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю.",
        '₴!"№;%:?*()_+ЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ,',
    ),
    "Korean": (
        "`1234567890-=ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ[]\\ㅁㄴㅇㄹㅎㅗㅓㅏㅣ;'ㅋㅌㅊㅍㅠㅜㅡ,./",
        '~!@#$%^&*()_+ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ{}|ㅁㄴㅇㄹㅎㅗㅓㅏㅣ:"ㅋㅌㅊㅍㅠㅜㅡ<>?',
    ),
}

# Two keys that a Korean input method hands over as one letter.
_COMPOUND_JAMO = {
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

FORBIDDEN = {
    "ctrl+h": "terminals send Backspace for it",
    "ctrl+i": "terminals send Tab for it",
    "ctrl+j": "terminals send Enter for it",
    "ctrl+m": "terminals send Enter for it",
}
_NAMED = frozenset(
    [
        "space",
        "enter",
        "escape",
        "tab",
        "backspace",
        "delete",
        "insert",
        "home",
        "end",
        "pageup",
        "pagedown",
        "up",
        "down",
        "left",
        "right",
    ]
) | {f"f{n}" for n in range(1, 13)}
_MODIFIERS = ("ctrl", "alt", "shift")
LARGEST_KEYMAP = 100_000


@lru_cache(maxsize=1)
def _places() -> Mapping[str, tuple[str, ...]]:
    """Map each character to the Latin characters whose physical key sends it somewhere."""
    places: dict[str, list[str]] = {}
    for rows in LAYOUTS.values():
        for row, latin_row in zip(rows, _LATIN, strict=True):
            for char, latin in zip(row, latin_row, strict=True):
                known = places.setdefault(char, [])
                if latin != char and latin not in known:
                    known.append(latin)
    return {char: tuple(known) for char, known in places.items() if known}


def candidates(char: str) -> tuple[str, ...]:
    """Return what a character may mean as a key, likeliest first: itself, then its place.

    Capitals mean their small letters, so that Caps Lock changes nothing; full-width digits and
    letters mean plain ones.
    """
    plain = unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" else char
    found: dict[str, None] = dict.fromkeys((char, plain, plain.lower()))
    for one in tuple(found):
        for place in _places().get(one, ()):
            found |= dict.fromkeys((place, place.lower()))
    return tuple(found)


def keys_of_char(char: str) -> tuple[str, ...]:
    """Return the keys that were pressed for one character: several for a Korean syllable."""
    if "가" <= char <= "힣":
        number = ord(char) - ord("가")
        initial, rest = divmod(number, 21 * 28)
        vowel, final = divmod(rest, 28)
        jamo = _INITIALS[initial] + _VOWELS[vowel] + (_FINALS[final - 1] if final else "")
        return tuple(key for one in jamo for key in _COMPOUND_JAMO.get(one, one))
    return tuple(_COMPOUND_JAMO.get(char, char))


def key_name(key: str, character: str | None) -> str:
    """Return how keymaps name a key event: the character, `space`, or the toolkit's own name."""
    if character == " " and key == "space":
        return "space"
    if character and len(character) == 1 and character.isprintable() and "+" not in key[:-1]:
        return character
    modifiers, _, last = key.rpartition("+")
    if modifiers and len(last) == 1 and not last.isascii():
        return f"{modifiers}+{candidates(last)[-1]}"
    return key


def is_printable(key: str) -> bool:
    """Whether a key writes something in a text."""
    return len(key) == 1 or key == "space"


# -- which command a key means --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The keys in force: those of the commands, changed by the user's keymap."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _table: dict[str, dict[str, tuple[Command[Any], str]]] = field(
        default_factory=dict, compare=False
    )

    def keys_for(self, command: Command[Any]) -> tuple[str, ...]:
        """Return the keys of a command."""
        return self.keys.get(command.id, command.keys)

    def _of(self, context: str) -> dict[str, tuple[Command[Any], str]]:
        if context not in self._table:
            self._table[context] = {
                key: (command, command.keys[at] if command.positional else key)
                for command in ALL
                if context in command.contexts
                for at, key in enumerate(self.keys_for(command))
            }
        return self._table[context]

    def find(
        self, name: str, contexts: Sequence[str], *, typing: bool = False
    ) -> tuple[Command[Any], str] | None:
        """Return the command that a key means in `contexts`, nearest first, and which key of it.

        While `typing`, printable keys are text and mean no command.
        """
        if typing and is_printable(name):
            return None
        for key in candidates(name) if len(name) == 1 else (name,):
            for context in contexts:
                found = self._of(context).get(key)
                if found:
                    return found
        return None

    def commands(
        self, contexts: Sequence[str]
    ) -> Iterator[tuple[str, Command[Any], tuple[str, ...]]]:
        """Yield (context, command, its keys that act there) for help, nearest context first."""
        taken: set[str] = set()
        for context in contexts:
            for command in ALL:
                keys = [
                    k
                    for k in self.keys_for(command)
                    if k not in taken and self._is(context, k, command)
                ]
                if keys:
                    yield context, command, tuple(keys)
            taken |= set(self._of(context))

    def _is(self, context: str, key: str, command: Command[Any]) -> bool:
        found = self._of(context).get(key)
        return found is not None and found[0] is command


_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def shown(key: str) -> str:
    """Return a key as help shows it: `Esc`, `^z`, `⇧Tab`, `u`."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    signs = {"ctrl": "^", "shift": "⇧", "alt": "⌥"}
    name = _SHOWN.get(last, last.upper() if last[:1] == "f" and last[1:].isdigit() else last)
    return "".join(signs.get(m, f"{m}+") for m in modifiers) + name


def shown_together(keys: Sequence[str]) -> str:
    """Return a command's keys in little room: the first, or four arrows with one sign before."""
    if len(keys) != 4:
        return shown(keys[0]) if keys else ""
    signs = {shown(k)[:-1] for k in keys}
    return "".join([*signs, *(shown(k)[-1] for k in keys)]) if len(signs) == 1 else shown(keys[0])


# -- the user's own keys --------------------------------------------------------------------


def load_keymap(path: Path) -> Keyboard:
    """Read a keymap file; raises InputError with everything that is wrong with it.

    ```toml
    [keys]
    "note" = "ctrl+n"
    "answer.unclear" = ["u", "f5"]
    "theme.next" = []            # no key
    ```
    """
    import tomli

    where = visible(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MachineError(
            "DX-KEYMAP", f"The keymap cannot be read: {error.strerror}.", where=where
        ) from None
    if len(data) > LARGEST_KEYMAP:
        raise InputError("DX-KEYMAP", "The keymap is too large to be one.", where=where)
    try:
        parsed = tomli.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            "DX-KEYMAP", f"The keymap is not TOML: {visible(str(error))}", where=where
        ) from None
    return keyboard_from(parsed, where)


def keyboard_from(parsed: Mapping[str, Any], where: str) -> Keyboard:
    """Return the keyboard of a parsed keymap; raises InputError with every fault at once."""
    table = parsed.get("keys", {})
    faults = [f"unknown table or key “{visible(str(k))}”" for k in parsed if k != "keys"]
    if not isinstance(table, Mapping):
        faults.append("“keys” must be a table")
        table = {}
    own: dict[str, tuple[str, ...]] = {}
    for name, value in _flat(table):
        own.update(_one_command(name, value, faults))
    faults.extend(_clashes(own))
    if faults:
        raise InputError(
            "DX-KEYMAP",
            "The keymap cannot be used: " + "; ".join(faults) + ".",
            where=where,
            todo="“docexam keys” prints every command's id and keys.",
        )
    return Keyboard(own)


def _flat(table: Mapping[str, Any], lead: str = "") -> Iterator[tuple[str, Any]]:
    # An id with a dot that was written without quotes arrives as nested tables.
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{lead}{name}.")
        else:
            yield f"{lead}{name}", value


def _one_command(name: str, value: Any, faults: list[str]) -> dict[str, tuple[str, ...]]:
    command = BY_ID.get(name)
    if command is None:
        import difflib

        close = difflib.get_close_matches(name, BY_ID, n=1, cutoff=0.5)
        hint = f", did you mean “{close[0]}”?" if close else ""
        faults.append(f"there is no command “{visible(name[:60])}”{hint}")
        return {}
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(k, str) for k in given):
        faults.append(f"“{name}” takes a key or a list of keys")
        return {}
    if command.positional and len(given) != len(command.keys):
        faults.append(f"“{name}” needs {len(command.keys)} keys, in the order of its own")
        return {}
    keys = tuple(_normal(k) for k in given)
    wrong = [f"“{name}”: {w}" for k in keys if (w := _wrong(k, command))]
    faults.extend(wrong)
    return {} if wrong else {name: keys}


def _normal(key: str) -> str:
    if len(key) == 1:
        return "space" if key == " " else key.lower()
    *modifiers, last = key.lower().split("+")
    return "+".join([*sorted(set(modifiers), key=_order), last])


def _order(modifier: str) -> int:
    return _MODIFIERS.index(modifier) if modifier in _MODIFIERS else len(_MODIFIERS)


def _wrong(key: str, command: Command[Any]) -> str:
    shown_key = visible(key[:40])
    if key in FORBIDDEN:
        return f"“{key}” cannot be used, {FORBIDDEN[key]}"
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = last in _NAMED or (len(last) == 1 and last.isprintable())
    if not known or any(m not in _MODIFIERS for m in modifiers):
        return f"“{shown_key}” is no key"
    if is_printable(key) and "typing" in command.contexts:
        return f"“{shown_key}” is text where this command acts"
    if len(key) == 1 and not key.isascii():
        return f"“{shown_key}”: name the Latin key of that place; other layouts follow from it"
    return ""


def _clashes(own: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return every key that the keymap takes from another command, whatever the layout.

    The toolkit would let one binding steal another's key without a word.
    """
    found: dict[str, None] = {}
    for stack in STACKS:
        for key, first, second in _shared_keys(stack, own):
            meant = frozenset({first.id, second.id}) in _shared_by_design()
            if own.keys() & {first.id, second.id} and not meant:
                found[f"“{key}” would be both “{first.id}” and “{second.id}”"] = None
        found |= dict.fromkeys(_layout_clashes(stack, own))
    return list(found)


def _shared_keys(
    stack: Sequence[str], own: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Command[Any], Command[Any]]]:
    holders: dict[str, Command[Any]] = {}
    for command in _in_stack(stack):
        for key in own.get(command.id, command.keys):
            other = holders.setdefault(key, command)
            if other is not command:
                yield key, other, command


def _in_stack(stack: Sequence[str]) -> list[Command[Any]]:
    return [c for c in ALL if set(stack) & set(c.contexts)]


@lru_cache(maxsize=1)
def _shared_by_design() -> frozenset[frozenset[str]]:
    # A cause's number hides an answer's while causes are asked, and the like.
    return frozenset(
        frozenset({a.id, b.id}) for stack in STACKS for _, a, b in _shared_keys(stack, {})
    )


def _layout_clashes(stack: Sequence[str], own: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield keys that another layout sends for a key in use: `.` is where `/` lies in Russian."""
    holders = {k: c for c in _in_stack(stack) for k in own.get(c.id, c.keys) if len(k) == 1}
    for key, holder in holders.items():
        for place in _places().get(key, ()):
            other = holders.get(place)
            if other and other is not holder and holder.id in own:
                yield (
                    f"“{key}” for “{holder.id}” is where “{place}” (“{other.id}”) lies on another "
                    "layout"
                )


# -- the table of all keys ------------------------------------------------------------------

KEYLESS = "without a key, in the list of all commands (^p)"


class BindingRow(NamedTuple):
    """One command where it acts: what `docexam keys` and the documentation print."""

    context: str
    keys: tuple[str, ...]
    title: str
    id: str
    help: str


def bindings(keymap: Path | str | None = None) -> list[BindingRow]:
    """Return every command with its keys, context by context; raises InputError for bad keymaps."""
    return binding_rows(load_keymap(Path(keymap)) if keymap else Keyboard())


def binding_rows(keyboard: Keyboard) -> list[BindingRow]:
    """Return every command with the keys of `keyboard`, context by context."""
    rows = [
        BindingRow(words, tuple(map(shown, keys)), command.title, command.id, command.help)
        for context, words in CONTEXTS.items()
        for command in ALL
        if context in command.contexts and (keys := keyboard.keys_for(command))
    ]
    keyless = [c for c in ALL if not keyboard.keys_for(c)]
    return rows + [BindingRow(KEYLESS, (), c.title, c.id, c.help) for c in keyless]


def same_place(key: str) -> dict[str, str]:
    """Return what the physical key of a Latin character sends under each layout."""
    for row, latin_row in enumerate(_LATIN):
        at = latin_row.find(key) if len(key) == 1 else -1
        if at >= 0:
            return {name: rows[row][at] for name, rows in LAYOUTS.items()}
    return {}
