"""Edits of elements: an attribute that is put, an element or its tags that are taken away."""

from __future__ import annotations

from fruslint.checks.base import Edits
from fruslint.checks.elements.layout import line_before
from fruslint.markup.elements import Markup
from fruslint.source import Span


def put_attribute(markup: Markup, number: int, name: str, value: str) -> tuple[Span, str]:
    """The edit that gives an element an attribute with a value, which must not need to be escaped."""
    found = markup.attribute(number, name)
    if found is not None:
        return found.span, value
    tag = markup.parts[markup.opens[number]]
    end = markup.start_tag(number).start + len(tag.rstrip("/> \t\r\n"))
    return Span(end, end), f' {name}="{value}"'


def removed(markup: Markup, number: int) -> Edits:
    """Takes an element away, with its line if it stands in one of its own."""
    span = markup.span(number)
    line = line_before(markup, span.start)
    alone = markup.text[span.end : span.end + 1] in ("", "\r", "\n")
    return ((Span(span.start - (len(line) if alone else 0), span.end), ""),)


def unwrapped(markup: Markup, number: int) -> Edits:
    """Takes the tags of an element away, if there is nothing in them but its name."""
    tag, end = markup.start_tag(number), markup.end_tag(number)
    plain = markup.parts[markup.opens[number]] == f"<{markup.names[number]}>"
    return ((tag, ""), (end, "")) if plain and end is not None else ()
