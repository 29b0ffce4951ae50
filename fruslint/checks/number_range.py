"""Reads ranges of numbers such as ``pp. 423–24``, and finds those that go back or have lost their dash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.field import Field
from fruslint.checks.search.shape import wanted_shape
from fruslint.checks.search.sieve import needed
from fruslint.language.occurrences import occurrences
from fruslint.model import Document, Medium, Volume
from fruslint.patterns import late
from fruslint.text import Text

_DASHES = "–-"
_LONG_NUMBER = (wanted_shape("00000"),)
_RANGE = late(r"(?P<first>\d+)\s?[–-]\s?(?P<last>\d+)(?![^\W_])")
_LIST = r"\s(?:\d[\d, –-]*)?\Z"
_GLUED = late(r"\s(?:\d[\d, –-]{0,40}[ ,])?(?P<number>\d{5,8})(?![\d–-])")
_REACH = 60
_LINK_ENDS = "</ref>"
_LONGEST = 9


class NumberRangeCheck:
    """Reads the numbers behind the words ``behind`` in ``in``.

    ``report``: ``reversed`` ranges, whose end is not above their beginning (of 423–24 it is 424), or a ``lost-dash``: a
    number of five digits or more that is two numbers, the second at most ``apart`` above the first. ``linked``: look at
    the ranges between two references of a TEI volume too, by what they point at.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "report", "behind"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "report": {"enum": ["reversed", "lost-dash"]},
            "behind": TEXTS,
            "apart": {"type": "integer", "minimum": 1},
            "linked": {"type": "boolean"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "first", "last", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._words: tuple[str, ...] = tuple(parameters["behind"])
        self._list = late(f"(?:{'|'.join(map(re.escape, self._words))}){_LIST}")
        self._linked: bool = parameters.get("linked", False)
        self._apart: int = parameters.get("apart", 60)
        reports_lost = parameters["report"] == "lost-dash"
        self._look = self._lost_dash if reports_lost else self._reversed
        self.needs = needed(self._field, shapes=_LONG_NUMBER) if reports_lost else None

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each range that is wrong."""
        hits = self._look(document, self._field.text(document))
        if self._linked and document.medium is Medium.TEI:
            return (hit for hit in hits if _LINK_ENDS not in document.source.text[hit.span.start : hit.span.end])
        return hits

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each range between references that is wrong."""
        if not self._linked or volume.markup is None:
            return ()
        from fruslint.checks.elements.linked_ranges import linked_ranges  # a run over memoranda needs no markup

        return linked_ranges(volume.markup)

    def _reversed(self, _: Document, text: Text) -> Iterator[Hit]:
        for found in _ranges(text.content):
            first, last = found["first"], found["last"]
            end = first[: -len(last)] + last if len(last) < len(first) else last
            if int(end) <= int(first) and self._is_listed(text.content, found.start()):
                values = {"found": found[0], "first": first, "last": end, "expected": ""}
                yield Hit(text.span(*found.span()), values)

    def _is_listed(self, content: str, start: int) -> bool:
        """Whether one of the words stands before a number, and nothing but other numbers between the two."""
        return self._list.search(content, max(0, start - _REACH), start) is not None

    def _lost_dash(self, document: Document, text: Text) -> Iterator[Hit]:
        for word in self._words:
            for at in occurrences(text.content, word):
                found = _GLUED.match(text.content, at + len(word))
                if found is not None:
                    yield from self._halves(document, text, *found.span("number"))

    def _halves(self, document: Document, text: Text, start: int, end: int) -> Iterator[Hit]:
        digits = text.content[start:end]
        first, last = digits[: len(digits) // 2], digits[len(digits) // 2 :]
        if last[0] != "0" and 0 < int(last) - int(first) <= self._apart:
            expected = f"{first}–{last}"
            edits = rewritten(document, text, start, end, expected)
            values = {"found": digits, "first": first, "last": last, "expected": expected}
            yield Hit(text.span(start, end), values, edits=edits)


def _ranges(content: str) -> Iterator[re.Match[str]]:
    """All that looks like a range; found by the dash, which is rarer than digits."""
    for at in (at for dash in _DASHES for at in occurrences(content, dash)):
        behind = content[at + 1 : at + 2]
        if not (behind.isdecimal() or behind.isspace()):  # as behind most hyphens
            continue
        found = _RANGE.match(content, _start_of_first(content, at))
        if found and max(len(found["first"]), len(found["last"])) <= _LONGEST:
            yield found


def _start_of_first(content: str, dash: int) -> int:
    """Where the number before a dash begins; at the dash itself where there is none."""
    start = dash - 1 if content[dash - 1 : dash].isspace() else dash
    while start and content[start - 1].isdecimal() and dash - start <= _LONGEST:
        start -= 1
    return start
