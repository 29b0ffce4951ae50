"""Looks at where breaks of pages and lines stand in the markup, and at the white space around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, ClassVar

from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.elements.moved_breaks import moved_before, moved_behind
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.source import Span

_DETAILS = ("first", "last", "before", "behind")
# Where more tags than these stand in a row, nobody can say what is beside a break.
_FARTHEST = 40
_NOTE = "<note"
_DASHES = ("-", "–", "—")
_TOP = frozenset({"front", "body", "back", "text"})


_Report = tuple[str, Edits]
"""The word for what is wrong, and the edits that put it right."""


class BreakPositionCheck:
    """``elements``: the names of breaks. ``report``, of which the first that applies to a break is said of it:

    - ``edge``: the first or the last thing in its parent (but for front, body and back);
    - ``spacing``: white space on one side only;
    - ``before-heading``: the first thing in a document, in front of its head.

    Values: ``element``, ``parent``, and ``detail``, which is the word given as ``first``, ``last``, ``before`` (white
    space is in front of it) or ``behind``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report", "elements"],
        "additionalProperties": False,
        "properties": {
            "report": {"type": "array", "items": {"enum": ["edge", "spacing", "before-heading"]}, "minItems": 1},
            "elements": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            **{word: {"type": "string"} for word in _DETAILS},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element", "parent", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._elements: list[str] = parameters["elements"]
        self._details: dict[str, str] = {word: parameters.get(word, "") for word in _DETAILS}
        self._reports = [_REPORTS[report] for report in parameters["report"]]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each break that stands wrong."""
        markup = volume.markup
        if markup is None:
            return
        for name in self._elements:
            for number in markup.named(name):
                found = (one for report in self._reports for one in report(markup, number))
                for detail, edits in islice(found, 1):
                    parent = markup.names[markup.parents[number]]
                    values = {"element": name, "parent": parent, "detail": self._details.get(detail, "")}
                    yield Hit(markup.start_tag(number), values, edits=edits)


def _edge(markup: Markup, number: int) -> Iterator[_Report]:
    parent = markup.parents[number]
    if parent < 0 or markup.names[parent] in _TOP:
        return
    if _is_at(markup, number, parent, True):
        yield "first", _moved(markup, number, True)
    elif _is_at(markup, number, parent, False):
        yield "last", _moved(markup, number, False)


def _is_blank(markup: Markup, first: int, last: int) -> bool:
    """Whether nothing but white space stands between two tags, by their places in ``parts``."""
    return last == first + 2 and not markup.parts[first + 1].strip()


def _moved(markup: Markup, number: int, is_first: bool) -> Edits:
    """The break moves in front of the outermost element that begins with it, or behind the one that ends with it.

    It does not leave a note: what is outside is on another page.
    """
    parent, child = markup.parents[number], number
    while parent >= 0 and markup.names[parent] not in _TOP and _is_at(markup, child, parent, is_first):
        if markup.names[parent] == "note":
            return ()
        child, parent = parent, markup.parents[parent]
    return moved_before(markup, number, child) if is_first else moved_behind(markup, number, child)


def _is_at(markup: Markup, child: int, parent: int, is_first: bool) -> bool:
    """Whether a child is the first (or last) thing in its parent."""
    if is_first:
        return child == parent + 1 and _is_blank(markup, markup.opens[parent], markup.opens[child])
    return markup.after[child] == markup.after[parent] and _is_blank(
        markup, markup.closes[child], markup.closes[parent]
    )


def _spacing(markup: Markup, number: int) -> Iterator[_Report]:
    before = _text_beside(markup, markup.opens[number] - 1, -2)
    behind = _text_beside(markup, markup.closes[number] + 1, 2)
    if before and behind and before[-1].isspace() is not behind[0].isspace():
        own = markup.span(number)
        is_before = before[-1].isspace()
        missing = own.end if is_before else own.start
        # A note hangs on what is in front of it, without a blank; at a dash the blank that is there may be the wrong one.
        joined = before.rstrip().endswith(_DASHES) or behind.lstrip().startswith(_DASHES)
        free = not joined and markup.text[own.end : own.end + len(_NOTE)] != _NOTE
        yield "before" if is_before else "behind", ((Span(missing, missing), " "),) if free else ()


def _text_beside(markup: Markup, place: int, step: int) -> str:
    places = range(place, min(len(markup.parts), place + _FARTHEST) if step > 0 else max(-1, place - _FARTHEST), step)
    return next((markup.parts[at] for at in places if markup.parts[at]), "")


def _before_heading(markup: Markup, number: int) -> Iterator[_Report]:
    parent = markup.parents[number]
    if number != parent + 1 or markup.names[parent] != "div" or markup.value(parent, "type") != "document":
        return
    follows = next((child for child in markup.children(parent) if child != number), None)
    if follows is not None and markup.names[follows] == "head":
        yield "", moved_before(markup, number, parent)


_REPORTS: dict[str, Callable[[Markup, int], Iterable[_Report]]] = {
    "edge": _edge,
    "spacing": _spacing,
    "before-heading": _before_heading,
}
