"""Looks at what stands between the end of one element and the beginning of the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Edits, Hit, Parameters
from fruslint.checks.elements.words import shorten
from fruslint.markup.element_pattern import PATTERN, Selector
from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_NAME = {"type": "string", "minLength": 1}
_REGEX = {"type": "string", "format": "regex"}

_DASHES = ("–", "-", "—")
_MARKS = (",", ";", ".", "]")


class BetweenTagsCheck:
    """``gaps``: pairs of elements, one right ``behind`` whose end tag another one begins (``before``), in one of the
    elements ``inside``. What stands between the two is wrong if it matches the ``pattern`` as a whole, ``unless`` the
    words of the first one do; with ``same`` only if both have the same words, and with ``alone`` if neither stands beside
    a dash or goes on. ``put``: the mark that belongs there; the blanks behind it stay. A gap can have a ``severity`` of its
    own.

    Values: ``found``, the words of both and what is between them; ``detail``, what is said of the pair.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["gaps"],
        "additionalProperties": False,
        "properties": {
            "gaps": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["behind", "before", "inside", "pattern", "detail"],
                    "additionalProperties": False,
                    "properties": {
                        "behind": _NAME,
                        "before": _NAME,
                        "inside": {"type": "array", "items": PATTERN, "minItems": 1},
                        "pattern": _REGEX,
                        "unless": _REGEX,
                        "same": {"const": True},
                        "alone": {"const": True},
                        "put": _NAME,
                        "severity": SEVERITY,
                        "detail": {"type": "string"},
                    },
                },
            }
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._gaps = [_Gap(one) for one in parameters["gaps"]]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each gap that is wrong."""
        markup = volume.markup
        if markup is None:
            return
        pairs = {gap.pair: _texts_between(markup, *gap.pair) for gap in self._gaps}
        for gap in self._gaps:
            yield from gap.hits(markup, pairs[gap.pair])


class _Gap:
    """One pair of elements."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.pair: tuple[str, str] = parameters["behind"], parameters["before"]
        self._selector = Selector({"inside": parameters["inside"]})
        self._pattern: re.Pattern[str] = late(parameters["pattern"])
        self._unless = late(parameters["unless"]) if "unless" in parameters else None
        self._same = "same" in parameters
        self._alone = "alone" in parameters
        self._put: str = parameters.get("put", "")
        self._detail: str = parameters["detail"]
        self._severity = SEVERITIES.get(parameters.get("severity", ""))

    def hits(self, markup: Markup, texts: Mapping[str, list[int]]) -> Iterator[Hit]:
        """One hit for each pair with something wrong between its elements; the second ones are given by what that is."""
        for number in chain.from_iterable(same for text, same in texts.items() if self._pattern.fullmatch(text)):
            if self._same and not _may_be_alike(markup, number):
                continue
            first = _ended_before(markup, number)
            words = decode(markup.raw_text(first))
            excused = self._unless is not None and self._unless.search(words)
            differs = self._same and not _are_alike(markup, first, number)
            goes_on = self._alone and not _stand_alone(markup, first, number)
            if not excused and not differs and not goes_on and self._selector.is_meant(markup, number):
                yield self._hit(markup, first, number)

    def _hit(self, markup: Markup, first: int, number: int) -> Hit:
        place = markup.opens[number]
        gap, span = markup.parts[place - 1], Span(markup.offsets[place - 1], markup.offsets[place])
        found = shorten(decode(f"{markup.raw_text(first)}{gap}{markup.raw_text(number)}"))
        blanks = gap[len(gap.rstrip()) :] or " "
        edits: Edits = ((span, f"{self._put}{blanks}"),) if self._put else ()
        marked = span if gap.strip() else markup.words_span(number)
        return Hit(marked, {"found": found, "detail": self._detail}, edits=edits, severity=self._severity)


def _texts_between(markup: Markup, behind: str, before: str) -> Mapping[str, list[int]]:
    """The elements that follow right behind the end tag of another one, by the text between; few are all that different."""
    parts, end = markup.parts, f"</{behind}>"
    found: dict[str, list[int]] = {}
    for place, number in [(markup.opens[number], number) for number in markup.named(before)]:
        if place > 1 and parts[place - 2] == end:
            found.setdefault(parts[place - 1], []).append(number)
    return found


def _may_be_alike(markup: Markup, number: int) -> bool:
    """A quick look at the last text of the one and the first of the other: most numbers are followed by another one."""
    parts, place = markup.parts, markup.opens[number]
    return place < 3 or parts[place - 3].strip() == parts[place + 1].strip() or parts[place + 2][:2] != "</"


def _are_alike(markup: Markup, first: int, number: int) -> bool:
    return markup.raw_text(first).split() == markup.raw_text(number).split()


def _stand_alone(markup: Markup, first: int, number: int) -> bool:
    """Whether neither of two numbers is the end of a range, nor goes on: 12–14, 14–16, or 12, 12n."""
    place = markup.closes[number]
    behind, ends = markup.parts[place + 1], markup.parts[place + 2].startswith("</")
    before = markup.parts[markup.opens[first] - 1]
    return before[-1:] not in _DASHES and (behind[:1] in _MARKS if behind.strip() else ends)


def _ended_before(markup: Markup, number: int) -> int:
    """The element whose end tag is the tag before an element."""
    place, first = markup.opens[number] - 2, number - 1
    while markup.closes[first] != place:
        first = markup.parents[first]
    return first
