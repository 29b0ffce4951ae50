"""Numbers of notes and pages as their attributes give them."""

from __future__ import annotations

from fruslint.markup.elements import Markup
from fruslint.model import Label
from fruslint.record import record_of


def label_of(markup: Markup, number: int, name: str = "n") -> Label:
    """The label in an attribute; an empty one, at the name of the element, where it is missing."""
    located = markup.located(number, name)
    if located is None:
        return Label("", markup.name_span(number))
    return record_of(Label, (located[0].strip(), located[1]))
