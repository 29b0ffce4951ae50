"""Tells whether an XML text is a TEI volume, and how the volume calls itself."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from fruslint.markup.elements import Markup
from fruslint.model import Anomaly
from fruslint.patterns import late
from fruslint.source import Source, Span

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"

_HTML = late(r"\ufeff?\s*(?:<!--[^<>]{0,500}-->\s*)?(<!DOCTYPE\s+html\b|<html\b)", re.IGNORECASE)
_LONGEST = 80


def looks_like_html(text: str) -> Span | None:
    """Where a text says that it is a page for a browser."""
    found = _HTML.match(text)
    return Span(*found.span(1)) if found else None


def not_edition_file(span: Span, detail: str) -> Anomaly:
    """Says that a file is no volume."""
    return Anomaly("not-edition-file", span, {"detail": detail})


def foreign_root(markup: Markup) -> Anomaly | None:
    """What is wrong with the outermost element, if it is not that of a TEI volume."""
    prefix, local = prefix_and_name(markup)
    if local != "TEI":
        detail = f"its outermost element is <{markup.names[0][:_LONGEST]}> and not <TEI>"
        return not_edition_file(markup.name_span(0), detail)
    declared = markup.attributes(0).get(f"xmlns:{prefix}" if prefix else "xmlns")
    if declared is None:
        return not_edition_file(markup.name_span(0), f"it does not declare the namespace of TEI, {TEI_NAMESPACE}")
    if declared.value != TEI_NAMESPACE:
        detail = f"its namespace is ‘{declared.value[:_LONGEST]}’ and not {TEI_NAMESPACE}"
        return not_edition_file(declared.span, detail)
    return None


def prefix_and_name(markup: Markup) -> tuple[str, str]:
    """The prefix of the outermost element, empty if it has none, and its name without it."""
    prefix, _, local = markup.names[0].rpartition(":")
    return prefix, local


def volume_id(source: Source, markup: Markup) -> str:
    """The id in the header, else that of the root, else the name of the file."""
    for number in markup.named("idno"):
        if markup.value(number, "type") == "frus":
            said = markup.inner_text(number).strip()
            if said:
                return said
    return markup.value(0, "xml:id") or PurePosixPath(source.path.replace("\\", "/")).stem
