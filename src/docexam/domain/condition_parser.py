"""From the text of a condition to its nodes, with words for the slips of the hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from docexam.domain.condition_nodes import (
    KEYWORDS,
    SPECIAL_ANSWERS,
    And,
    Asks,
    Comparison,
    Condition,
    ConditionError,
    Count,
    Item,
    Literal,
    Not,
    Or,
    Quantity,
    Test,
    leaves,
)
from docexam.domain.dates import parse_date
from docexam.domain.text import visible

MOST_CHARACTERS = 1000
MOST_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # word number string op ( ) [ ] , end
    text: str
    at: int


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>-?[0-9]+\.[0-9]+|-[0-9]+)
    | (?P<word>[a-z0-9]+(?:[-_][a-z0-9]+)*)
    | (?P<string>"[^"\n]*"|'[^'\n]*')
    | (?P<op><=|>=|!=|=|<|>)
    | (?P<mark>[()\[\],])
    )""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\Z")
_WRONG_OPERATORS = {
    "==": "=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "&&": "and",
    "||": "or",
    "&": "and",
    "|": "or",
    "!": "not",
}
_BAD_WORD = re.compile(r"[^\s()\[\],=<>!\"']+")


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            _refuse_character(text, at)
        kind = match.lastgroup or ""
        token = _Token(kind, match[kind], match.start(kind))
        _refuse_slip(text, token, match.end())
        found.append(_Token(token.text, token.text, token.at) if kind == "mark" else token)
        at = match.end()
    found.append(_Token("end", "", end))
    return found


def _refuse_slip(text: str, token: _Token, end: int) -> None:
    doubled = text[token.at : end + 1].strip()
    if token.kind == "op" and doubled in _WRONG_OPERATORS:
        right = _WRONG_OPERATORS[doubled]
        raise ConditionError(f"`{doubled}` is not known here", token.at, f"Write `{right}`.")
    if token.kind in ("word", "number") and _BAD_WORD.match(text, end):
        _refuse_character(text, token.at)


def _refuse_character(text: str, at: int) -> NoReturn:
    while text[at].isspace():
        at += 1
    for wrong in sorted(_WRONG_OPERATORS, key=len, reverse=True):
        if text.startswith(wrong, at):
            right = _WRONG_OPERATORS[wrong]
            raise ConditionError(f"`{wrong}` is not known here", at, f"Write `{right}`.")
    if text[at] in "\"'":
        raise ConditionError("a quoted text is not closed", at, "Close it with the same quote.")
    if text[at] in "“”„‟«»‘’‚":
        raise ConditionError("typographic quotes", at, "Write straight quotes.")
    match = _BAD_WORD.match(text, at)
    word = match[0] if match else text[at]
    _refuse_word(word, at)


def _refuse_word(word: str, at: int) -> NoReturn:
    shown = visible(word[:40])
    if word.lower() in KEYWORDS or re.fullmatch(r"[A-Za-z0-9_-]+", word):
        fixed = re.sub(r"[-_]+", "-", word.lower()).strip("-")
        raise ConditionError(
            f"`{shown}` is no word of a condition",
            at,
            f"Ids and keywords are lower case, words joined by single `-` or `_`: `{fixed}`?",
        )
    if re.fullmatch(r"[0-9?]{1,2}[.][0-9?]{1,2}[.][0-9?]{2,4}", word):
        raise ConditionError(f"`{shown}` is no date here", at, "Write YYYY-MM-DD: `1985-05-12`.")
    odd = next((i for i, c in enumerate(word) if not re.match(r"[a-z0-9_.-]", c)), None)
    if odd is None:
        help_ = "Ids have no dots; decimals have a digit on both sides of the point."
        raise ConditionError(f"`{shown}` is no word of a condition", at, help_)
    raise ConditionError(
        f"`{shown}` holds `{visible(word[odd])}` (U+{ord(word[odd]):04X}), "
        "which no condition has outside quotes",
        at + odd,
        "Ids are Latin letters a to z, digits, `-` and `_`.",
    )


@lru_cache(maxsize=4096)
def parse(text: str) -> Condition:
    """Read a condition; raises ConditionError with the place and what to write instead."""
    if len(text) > MOST_CHARACTERS:
        raise ConditionError(
            f"the condition has {len(text)} characters; at most {MOST_CHARACTERS} are read",
            MOST_CHARACTERS,
            "Split the question in two, or ask the common part in an item of its own.",
        )
    if not text.strip():
        raise ConditionError("the condition is empty", 0, "Leave the key out for `always`.")
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over the tokens; the depth bound keeps the recursion small."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._condition()
        if self._peek().kind != "end":
            self._refuse_rest(condition)
        return condition

    def _peek(self, ahead: int = 0) -> _Token:
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def _take(self) -> _Token:
        token = self._peek()
        self._next += 1
        return token

    def _condition(self) -> Condition:
        parts = [self._unary()]
        joiner = ""
        while self._peek().text in ("and", "or") and self._peek().kind == "word":
            token = self._take()
            if joiner and token.text != joiner:
                raise ConditionError(
                    "`and` and `or` are mixed",
                    token.at,
                    "Put parentheses round the part that belongs together: `a and (b or c)`.",
                )
            joiner = token.text
            parts.append(self._unary(joiner, parts[-1]))
        return _joined(joiner, parts)

    def _unary(self, joiner: str = "", before: Condition | None = None) -> Condition:
        if self._peek().text == "not" and self._peek().kind == "word" and not self._test_at(1):
            at = self._take().at
            if self._peek().text == "not" and not self._test_at(1):
                raise ConditionError("`not` twice", at, "Leave both out.")
            return Not(self._primary(joiner, before))
        return self._primary(joiner, before)

    def _primary(self, joiner: str, before: Condition | None) -> Condition:
        token = self._peek()
        if token.kind == "(":
            return self._parenthesis()
        if token.kind != "word":
            self._refuse_start(token)
        if token.text in ("any", "all", "count") and self._scope_at(1):
            return self._quantity()
        return self._atom(joiner, before)

    def _parenthesis(self) -> Condition:
        opening = self._take()
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ConditionError(
                f"parentheses are nested deeper than {MOST_DEPTH}", opening.at, "Simplify it."
            )
        inner = self._condition()
        self._depth -= 1
        if self._peek().kind != ")":
            if self._peek().kind == "end":
                raise ConditionError("a parenthesis is not closed", opening.at, "Add `)`.")
            self._refuse_rest(inner)
        self._take()
        return inner

    def _test_at(self, ahead: int) -> bool:
        token, after = self._peek(ahead), self._peek(ahead + 1)
        if token.kind == "op":
            return True
        if token.kind != "word":
            return False
        return (token.text == "is" and after.kind == "word") or (
            token.text == "in" and after.kind == "["
        )

    def _scope_at(self, ahead: int) -> bool:
        token, after = self._peek(ahead), self._peek(ahead + 1)
        return token.text == "in" and token.kind == "word" and after.kind != "["

    def _atom(self, joiner: str, before: Condition | None) -> Condition:
        item = self._take()
        token = self._peek()
        if token.kind == "op":
            self._take()
            return Comparison(item.text, token.text, self._operand(), item.at)
        if token.kind != "word" or token.text not in ("is", "in"):
            self._refuse_bare(item, token, joiner, before)
        return Asks(item.text, self._test(item.text), item.at)

    def _test(self, item: str) -> Test:
        word = self._take()
        if word.text == "in":
            return self._list(item, word)
        form = "is"
        if self._peek().text == "not" and self._peek().kind == "word":
            self._take()
            form = "is not"
        answer = self._answer(item, form)
        return Test(form, (answer.text,), (answer.at,))

    def _list(self, item: str, word: _Token) -> Test:
        if self._peek().kind != "[":
            raise ConditionError(
                "`in` wants a list", self._peek().at, f"Write `{item} in [first, second]`."
            )
        self._take()
        answers = [self._answer(item, "in")]
        while self._peek().kind == ",":
            self._take()
            answers.append(self._answer(item, "in"))
        if self._peek().kind != "]":
            raise ConditionError("the list is not closed", word.at, "Add `]`.")
        self._take()
        return Test("in", tuple(a.text for a in answers), tuple(a.at for a in answers))

    def _answer(self, item: str, form: str) -> _Token:
        token = self._take()
        if token.kind == "word":
            return token
        if token.kind == "string":
            raise ConditionError(
                "an answer is named by its id, without quotes",
                token.at,
                f"Write `{item} is {token.text[1:-1]}`.",
            )
        if token.kind == "[":
            raise ConditionError(
                f"`{form}` takes one answer", token.at, f"For several write `{item} in [a, b]`."
            )
        raise ConditionError("an answer is missing", token.at, f"Write `{item} is CHOICE`.")

    def _operand(self) -> Literal | Item:
        token = self._take()
        if token.kind == "string":
            return Literal("text", token.text[1:-1], token.at)
        if token.kind not in ("word", "number"):
            raise ConditionError(
                "nothing to compare with",
                token.at,
                "Name a field, a number, an ISO date or a text in quotes.",
            )
        if self._peek().kind == "," and self._peek(1).kind == "word" and token.text.isdigit():
            raise ConditionError("a decimal comma", self._peek().at, "Write a point: `0.5`.")
        if _NUMBER.match(token.text):
            return Literal("number", token.text, token.at)
        return self._date_or_item(token)

    def _date_or_item(self, token: _Token) -> Literal | Item:
        if not _DATE.match(token.text):
            return Item(token.text, token.at)
        if parse_date(token.text, "iso") is None:
            raise ConditionError(f"no day is `{token.text}`", token.at, "Write YYYY-MM-DD.")
        return Literal("date", token.text, token.at)

    def _quantity(self) -> Condition:
        word = self._take()
        self._take()
        scope = self._take()
        if scope.text not in ("section", "group"):
            raise ConditionError(
                f"`{word.text} in` wants `section` or `group`",
                scope.at,
                f"Write `{word.text} in section ID is CHOICE`.",
            )
        name = self._take()
        if name.kind != "word":
            raise ConditionError(f"which {scope.text}?", name.at, f"Name the {scope.text}'s id.")
        token = self._peek()
        if token.kind != "word" or token.text not in ("is", "in"):
            raise ConditionError(
                f"what is asked of the items in {scope.text} {name.text}?",
                token.at,
                f"Write `{word.text} in {scope.text} {name.text} is CHOICE`.",
            )
        test = self._test(f"{word.text} in {scope.text} {name.text}")
        if word.text != "count":
            return Quantity(word.text, scope.text, name.text, test, word.at)
        return self._count(word, scope, name, test)

    def _count(self, word: _Token, scope: _Token, name: _Token, test: Test) -> Count:
        op, number = self._take(), self._take()
        if op.kind != "op" or not number.text.isascii() or not number.text.isdigit():
            raise ConditionError(
                "a count is compared with a whole number",
                op.at if op.kind != "op" else number.at,
                f"Write `count in {scope.text} {name.text} {test.text()} >= 2`.",
            )
        return Count(scope.text, name.text, test, op.text, int(number.text), word.at)

    def _refuse_start(self, token: _Token) -> NoReturn:
        if token.kind == "end":
            raise ConditionError("the condition ends too early", token.at, "Add what is missing.")
        raise ConditionError(
            f"`{visible(token.text)}` cannot stand here", token.at, "Begin with an item's id."
        )

    def _refuse_bare(
        self, item: _Token, token: _Token, joiner: str, before: Condition | None
    ) -> NoReturn:
        if joiner and isinstance(before, Asks) and before.test.form == "is":
            raise ConditionError(
                f"after `{joiner}` the item must be named again",
                item.at,
                f"Write `{before.item} in [{before.test.answers[0]}, {item.text}]`."
                if joiner == "or"
                else f"Write `{joiner} {before.item} is {item.text}`.",
            )
        if token.text == "not" and self._peek(1).text == "in":
            raise ConditionError(
                "`not in` is not known", token.at, f"Write `not {item.text} in [...]`."
            )
        if token.text in SPECIAL_ANSWERS or token.kind == "word":
            raise ConditionError(
                f"after `{item.text}` an `is` is missing",
                token.at,
                f"Write `{item.text} is {token.text}`.",
            )
        raise ConditionError(
            f"what is asked of `{item.text}`?", token.at, f"Write `{item.text} is CHOICE`."
        )

    def _refuse_rest(self, before: Condition) -> NoReturn:
        token = self._peek()
        if token.kind == ")":
            raise ConditionError("a parenthesis too many", token.at, "Remove `)`.")
        if token.kind == ",":
            raise ConditionError("a comma between conditions", token.at, "Write `and` or `or`.")
        last = list(leaves(before))[-1]
        if isinstance(last, Asks) and last.test.answers[-1:] == ("not",):
            raise ConditionError("`not` twice", token.at, "Write it once.")
        raise ConditionError(
            f"`{visible(token.text)}` is not expected here",
            token.at,
            "Join conditions by `and` or `or`; ids hold no spaces.",
        )


def _joined(joiner: str, parts: list[Condition]) -> Condition:
    if not joiner:
        return parts[0]
    kind = And if joiner == "and" else Or
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat))
