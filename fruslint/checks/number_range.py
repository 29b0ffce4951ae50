"""Reads ranges of numbers such as ``pp. 423–24``, and finds those that go back or have lost their dash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from fruslint.checks import field
from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.field import Field, is_whole
from fruslint.model import Document, Text

_LIST = r"\s(?P<list>\d(?:[\d, ]|[–-](?=\s?\d))*)"
_RANGE = re.compile(r"(?P<first>\d+)\s?[–-]\s?(?P<last>\d+)")
_GLUED = re.compile(r"(?<![\d–-])\d{5,8}(?![\d–-])")
_LONGEST = 9


class NumberRangeCheck:
    """Reads the numbers behind the words ``behind`` in ``in``.

    ``report``: ``reversed`` ranges, whose end is not above their beginning (of 423–24 it is 424), or a ``lost-dash``: a
    number of five digits or more that is two numbers, the second at most ``apart`` above the first.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "report", "behind"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "report": {"enum": ["reversed", "lost-dash"]},
            "behind": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            "apart": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "first", "last", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._lists = {word: re.compile(re.escape(word) + _LIST) for word in parameters["behind"]}
        self._apart: int = parameters.get("apart", 60)
        glued = parameters["report"] == "lost-dash"
        self._numbers = _GLUED if glued else _RANGE
        self._look: Callable[[Text, int, re.Match[str]], Iterator[Hit]] = self._lost_dash if glued else _reversed

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each range that is wrong."""
        text = self._field.text(document)
        for word, pattern in self._lists.items():
            for found in pattern.finditer(text.content) if word in text.content else ():
                for number in self._numbers.finditer(found["list"]):
                    yield from self._look(text, found.start("list"), number)

    def _lost_dash(self, text: Text, base: int, number: re.Match[str]) -> Iterator[Hit]:
        digits = number[0]
        half = len(digits) // 2
        first, last = digits[:half], digits[half:]
        if last[0] != "0" and 0 < int(last) - int(first) <= self._apart:
            start, end = base + number.start(), base + number.end()
            expected = f"{first}–{last}"
            edits: Edits = ((text.span(start, end), expected),) if is_whole(text, start, end) else ()
            values = {"found": digits, "first": first, "last": last, "expected": expected}
            yield Hit(text.span(start, end), values, edits=edits)


def _reversed(text: Text, base: int, number: re.Match[str]) -> Iterator[Hit]:
    first, last = number["first"], number["last"]
    if max(len(first), len(last)) > _LONGEST:
        return
    end = first[: -len(last)] + last if len(last) < len(first) else last
    if int(end) <= int(first):
        span = text.span(base + number.start(), base + number.end())
        yield Hit(span, {"found": number[0], "first": first, "last": end, "expected": ""})
