"""Edits that move breaks of pages or lines out of the element that begins or ends with them."""

from __future__ import annotations

from fruslint.checks.base import Edits
from fruslint.checks.elements.layout import line_before
from fruslint.markup.elements import Markup
from fruslint.source import Span

# So many breaks in a row move together.
_MOST = 40


def moved_before(markup: Markup, number: int, outer: int) -> Edits:
    """A break, and those right behind it, move in front of the element ``outer``, in lines as it has."""
    last = number
    while last < number + _MOST and _stand_together(markup, last, last + 1):
        last += 1
    own, start = Span(markup.span(number).start, markup.span(last).end), markup.span(outer).start
    before, behind = markup.parts[markup.opens[number] - 1], markup.parts[markup.closes[last] + 1]
    gone = Span(own.start - len(before), own.end) if behind[:1].isspace() else own
    return (Span(start, start), markup.text[own.start : own.end] + line_before(markup, start)), (gone, "")


def moved_behind(markup: Markup, number: int, outer: int) -> Edits:
    """A break, and those right before it, move behind the element ``outer``, in lines as it has."""
    first = number
    while first > number - _MOST and _stand_together(markup, first - 1, first):
        first -= 1
    own, span = Span(markup.span(first).start, markup.span(number).end), markup.span(outer)
    before, behind = markup.parts[markup.opens[first] - 1], markup.parts[markup.closes[number] + 1]
    gone = Span(own.start, own.end + len(behind)) if before[-1:].isspace() else own
    return (Span(span.end, span.end), line_before(markup, span.start) + markup.text[own.start : own.end]), (gone, "")


def _stand_together(markup: Markup, one: int, other: int) -> bool:
    """Whether two elements of one name follow each other with nothing but white space between them."""
    if not 0 <= one < other < len(markup) or markup.names[one] != markup.names[other]:
        return False
    between = markup.closes[one] + 1
    return markup.opens[other] == between + 1 and not markup.parts[between].strip()
