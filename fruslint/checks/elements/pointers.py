"""Elements that refer to something with one of their attributes: to an id, another volume, an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fruslint.markup.elements import Markup
from fruslint.record import Record
from fruslint.source import Span

FROM: dict[str, Any] = {
    "description": "The elements (`*` for any) that refer to something, and the attribute in which they do.",
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": "string", "minLength": 1},
}

Wanted = Callable[[str | None], bool]
"""Tells by the value of its attribute whether an element is to be looked at; None where it does not have it."""


class Pointer(Record):
    """An element that refers to something, and what its attribute says; None where it does not have it."""

    number: int
    element: str
    attribute: str
    value: str | None


def pointers(markup: Markup, element: str, attribute: str, wanted: Wanted) -> Iterator[Pointer]:
    """The elements whose attribute is ``wanted``, in order. Most values occur many times, and each is asked about once."""
    values = markup.by_value(element, attribute)
    chosen = [(number, value) for value, numbers in values.items() if wanted(value) for number in numbers]
    return (Pointer(number, markup.names[number], attribute, value) for number, value in sorted(chosen))


def place_of_value(markup: Markup, pointer: Pointer) -> Span:
    """The value of the attribute, without blanks around it."""
    located = markup.located(pointer.number, pointer.attribute)
    if located is None:
        return markup.name_span(pointer.number)
    value, span = located
    if len(value) != span.end - span.start:
        return span
    return Span(span.start + len(value) - len(value.lstrip()), span.end - len(value) + len(value.rstrip()))
