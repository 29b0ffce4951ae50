"""A handle on one element of an XML file."""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.markup.elements import Markup
from fruslint.markup.tags import Attribute
from fruslint.source import Span


class Element:
    """A handle on one element of a Markup; ``number`` counts elements in document order from 0."""

    __slots__ = ("markup", "number")

    def __init__(self, markup: Markup, number: int) -> None:
        self.markup = markup
        self.number = number

    def __repr__(self) -> str:
        return f"Element({self.name!r}, {self.number})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self.number == other.number and self.markup is other.markup

    def __hash__(self) -> int:
        return hash(self.number)

    @property
    def name(self) -> str:
        """Its name as it is written, with the prefix if it has one."""
        return self.markup.names[self.number]

    @property
    def parent(self) -> Element | None:
        """The element around it; None for the root."""
        parent = self.markup.parents[self.number]
        return Element(self.markup, parent) if parent >= 0 else None

    @property
    def span(self) -> Span:
        """The whole element, from its start tag to its end tag."""
        return self.markup.span(self.number)

    @property
    def start_tag(self) -> Span:
        """The start tag."""
        return self.markup.start_tag(self.number)

    @property
    def name_span(self) -> Span:
        """The name in the start tag."""
        return self.markup.name_span(self.number)

    @property
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by name, in the order they are written."""
        return self.markup.attributes(self.number)

    @property
    def text(self) -> str:
        """The text in it and in all that is in it."""
        return self.markup.inner_text(self.number)

    def get(self, name: str) -> str | None:
        """The value of an attribute, None if the element does not have it."""
        return self.markup.value(self.number, name)

    def children(self) -> Iterator[Element]:
        """The child elements, in order."""
        return (Element(self.markup, child) for child in self.markup.children(self.number))

    def find(self, name: str) -> Iterator[Element]:
        """The descendants of a name, in order."""
        return (Element(self.markup, number) for number in self.markup.within(self.number, name))
