"""Reports words that stand directly in an element that holds other elements only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.element_pattern import is_foreign
from fruslint.checks.markup_tests import shorten
from fruslint.markup import CDATA, Markup
from fruslint.model import Volume
from fruslint.source import Span
from fruslint.tags import decode


class BareTextCheck:
    """``elements``: the names of those that hold no words themselves, with blanks between them.

    Elements in a namespace of their own are not looked at. Values: ``element``, and ``found``, the words.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["elements"],
        "additionalProperties": False,
        "properties": {"elements": {"type": "string", "minLength": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element", "found"})

    def __init__(self, parameters: Parameters) -> None:
        self._names: list[str] = parameters["elements"].split()

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each stretch of words."""
        markup = volume.markup
        if markup is None:
            return
        around = {number for name in self._names for number in markup.named(name)}
        for place, number in _words(markup, around):
            if not is_foreign(markup, number):
                yield _hit(markup, place, number)


def _words(markup: Markup, around: set[int]) -> Iterator[tuple[int, int]]:
    """The places of words that stand directly in one of some elements, in order, and that element."""
    parts, closes = markup.parts, markup.closes
    found = [
        (place, number) for number in around if (place := markup.opens[number] + 1) and not _is_blank(parts, place)
    ]
    for child, parent in enumerate(markup.parents):
        if parent in around and not _is_blank(parts, place := closes[child] + 1):
            found.append((place, parent))
    for other in markup.others:
        place = other if parts[other].startswith(CDATA) else other + 1
        if not _is_blank(parts, place):
            number = markup.around(markup.offsets[place] + 1)
            found.extend([(place, number)] if number in around else [])
    yield from sorted(found)


def _is_blank(parts: list[str], place: int) -> bool:
    text = parts[place]
    return not text or text.isspace()


def _hit(markup: Markup, place: int, number: int) -> Hit:
    text, start = markup.parts[place], markup.offsets[place]
    blanks = len(text) - len(text.lstrip())
    words = text.strip()
    return Hit(
        Span(start + blanks, start + blanks + len(words)),
        {"element": markup.names[number], "found": shorten(decode(words))},
    )
