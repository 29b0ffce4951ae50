"""Reports words that stand directly in an element that holds other elements only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.elements.words import shorten
from fruslint.markup.element_pattern import is_foreign
from fruslint.markup.elements import CDATA, Markup
from fruslint.markup.tags import decode
from fruslint.model import Volume
from fruslint.source import Span


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
    parts, opens, closes = markup.parts, markup.opens, markup.closes
    inner = [child for child, parent in enumerate(markup.parents) if parent in around]
    # Nearly all that stands there are a few kinds of blanks.
    texts = {parts[closes[child] + 1] for child in inner} | {parts[opens[number] + 1] for number in around}
    words = {text for text in texts if text and not text.isspace()}
    found = [(opens[number] + 1, number) for number in around if parts[opens[number] + 1] in words]
    found += [(closes[child] + 1, markup.parents[child]) for child in inner if parts[closes[child] + 1] in words]
    yield from sorted((*found, *_beside_others(markup, around)))


def _beside_others(markup: Markup, around: set[int]) -> Iterator[tuple[int, int]]:
    """The same for words behind a comment and the like, and in CDATA sections."""
    for other in markup.others:
        place = other if markup.parts[other].startswith(CDATA) else other + 1
        if markup.parts[place] and not markup.parts[place].isspace():
            number = markup.around(markup.offsets[place] + 1)
            if number in around:
                yield place, number or 0


def _hit(markup: Markup, place: int, number: int) -> Hit:
    text, start = markup.parts[place], markup.offsets[place]
    blanks = len(text) - len(text.lstrip())
    words = text.strip()
    return Hit(
        Span(start + blanks, start + blanks + len(words)),
        {"element": markup.names[number], "found": shorten(decode(words))},
    )
