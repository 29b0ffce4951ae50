"""Places as SARIF has them: a file below the root of the repository, and a region with the words in it and around it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fruslint.findings import Edit, Place
from fruslint.record import Record
from fruslint.source import Position, Source, Span

ROOT = "%SRCROOT%"

# A paragraph is one line of up to 2,000 characters, and only what lies whole in a change is shown beside it.
_LONGEST = 400
_AROUND = 160


class Locator(Record):
    """Knows the path of a file in the repository, and reads its text."""

    path: Callable[[str], str]
    sources: Callable[[str], Source]

    def artifact(self, reported: str) -> dict[str, str]:
        """The ``artifactLocation`` of a file, by the path it is reported by."""
        # bytes, as the name of a file need not be UTF-8; a colon would look like the end of a scheme
        return {"uri": quote(os.fsencode(self.path(reported)), safe="/"), "uriBaseId": ROOT}

    def physical(self, place: Place) -> dict[str, Any]:
        """The ``physicalLocation`` of a place, with its words and those around it."""
        source = self.sources(place.path)
        return {"artifactLocation": self.artifact(place.path), **_regions(place, source)}

    def deleted(self, edit: Edit, reported: str) -> dict[str, Any]:
        """The region of an edit."""
        source = self.sources(reported)
        start = edit.start or source.position(edit.span.start)
        end = edit.end or source.position(edit.span.end)
        return _region(start, end)


def _regions(place: Place, source: Source) -> dict[str, Any]:
    if source.position(place.span.start) != place.start or place.span.end > len(source.text):
        # The file was changed, or is gone, since it was checked.
        return {"region": _shown(place.start, place.start, ""), "contextRegion": _line(place.start)}
    span = _short(place.span, source)
    around = _around(span, source)
    region = _shown(place.start, source.position(span.end), source.text[span.start : span.end])
    if around == span:  # there is nothing else in the file
        return {"region": region, "contextRegion": _line(place.start, source.text)}
    context = _shown(source.position(around.start), source.position(around.end), source.text[around.start : around.end])
    return {"region": region, "contextRegion": context}


def _short(span: Span, source: Source) -> Span:
    """The part of a span that lies in its first line; not the end of that line, where it holds more."""
    line = source.line_span(source.position(span.start).line)
    return Span(span.start, max(span.start, min(span.end, line.end, span.start + _LONGEST)))


def _around(span: Span, source: Source) -> Span:
    """What stands in the line of a span, and in those before and behind it, as far as it is near."""
    line = source.position(span.start).line
    first = source.line_span(max(1, line - 1)).start
    last = source.line_span(min(len(source.line_starts), line + 1)).end
    return Span(max(first, span.start - _AROUND), min(last, span.end + _AROUND))


def _line(start: Position, text: str = "") -> dict[str, Any]:
    """A whole line with its end: all that can be said to be around the only words of a file, or around none."""
    return _shown(Position(start.line, 1), Position(start.line + 1, 1), f"{text}\n")


def _shown(start: Position, end: Position, words: str) -> dict[str, Any]:
    return {**_region(start, end), "snippet": {"text": words}}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
