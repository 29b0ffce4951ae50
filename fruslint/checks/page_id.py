"""Compares the ids of page breaks with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.elements.ids import References
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

_ZEROS = late(r"(?<![0-9])0+(?=[0-9])")
# Letters that a scanner takes for digits, or more than a number: it is wrong then, and not the id.
_MISREAD = late(r"(?=[0-9]*[lOoI])(?=[lOoI]*[0-9])[0-9lOoI]+|.*[.,;:]|[Pp]+\..*")
_NOT_DIGITS = late(r"[^0-9]+")
# Where more than this share of all ids begins otherwise, that is the way of the volume.
_MAJORITY = 0.5


class _Break(Record):
    """A page break with an id and a number: its element; ``place`` counts the page breaks of the volume."""

    found: str
    number: int
    label: str
    place: int


class PageIdCheck:
    """An id is the ``prefix`` and the number; brackets around a number, zeros before it and its case do not matter.

    Where most ids of a volume do not begin with the prefix, those that do not are its way and are passed over. Values:
    ``found``, ``expected``, ``label``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["prefix"],
        "additionalProperties": False,
        "properties": {"prefix": {"type": "string", "minLength": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "label"})

    def __init__(self, parameters: Parameters) -> None:
        self._prefix: str = parameters["prefix"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each id that differs."""
        markup = volume.markup
        if markup is None:
            return
        breaks = list(self._suspects(volume, markup))
        edits = _Edits(volume, markup)
        others = sum(not one.found.startswith(self._prefix) for one in breaks)
        otherwise = others > _MAJORITY * len(volume.page_breaks)
        for one in breaks:
            expected = self._prefix + one.label
            if (otherwise and not one.found.startswith(self._prefix)) or _plain(one.found) == _plain(expected):
                continue
            values = {"found": one.found, "expected": expected, "label": one.label}
            _, span = markup.located(one.number, "xml:id") or ("", markup.start_tag(one.number))
            yield Hit(span, values, edits=edits.make(one, span, expected))

    def _suspects(self, volume: Volume, markup: Markup) -> Iterator[_Break]:
        """The page breaks whose tags do not show at a glance that the id is right."""
        for index, (number, page) in enumerate(zip(markup.named("pb"), volume.page_breaks, strict=True)):
            if f'"{self._prefix}{page.label.text}"' in markup.parts[markup.opens[number]]:
                continue
            found, label = markup.value(number, "xml:id"), page.label.text.strip(" []")
            if found is not None and label and not _MISREAD.fullmatch(label):
                yield _Break(found, number, label, index)


def _plain(text: str) -> str:
    return _ZEROS.sub("", text).casefold()


class _Edits:
    """Puts ids right where it is certain that the number is, and takes the references to them along."""

    def __init__(self, volume: Volume, markup: Markup) -> None:
        self._pages = volume.page_breaks
        self._markup = markup
        self._references = References(markup)

    def make(self, one: _Break, span: Span, expected: str) -> Edits:
        """The new id at ``span``, and the references that move with it; none where a reference may mean another page."""
        if not self._references.is_free(expected) or not self._is_in_order(one.place):
            return ()
        if len(self._markup.ids.get(one.found, ())) > 1:
            return ((span, expected),)
        places = self._references.of(one.found)
        if not all(self._names(place, one) for place in places):
            return ()
        moved = (Span(place + 1, place + 1 + len(one.found)) for place in places)
        return ((span, expected), *((reference, expected) for reference in moved))

    def _is_in_order(self, index: int) -> bool:
        """Whether the number stands between those of the pages before and behind, and next to one of them."""
        number = self._pages[index].label.number
        if number is None:
            return False
        before = self._pages[index - 1].label.number if index else None
        behind = self._pages[index + 1].label.number if index + 1 < len(self._pages) else None
        ascends = (before is None or before < number) and (behind is None or number < behind)
        return ascends and (before == number - 1 or behind == number + 1)

    def _names(self, place: int, one: _Break) -> bool:
        """Whether a reference is one to the page by its words."""
        words = self._references.words(place, len(one.found))
        return words is not None and _NOT_DIGITS.sub("", words) == one.label
