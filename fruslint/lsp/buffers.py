"""The texts that are open in an editor, kept in step with what is typed.

A line ends where it does in the rest of fruslint and in the protocol, at LF, CRLF and CR, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from fruslint.source import Position, Source, Span

_ASTRAL = "\uffff"


class Buffer:
    """One open text: its version, and the source to find places in."""

    def __init__(self, path: str, text: str, version: int) -> None:
        self.version = version
        self.source = Source(path, text)

    def change(self, changes: Iterable[types.TextDocumentContentChangeEvent], version: int, units: str) -> None:
        """Follow changes of an editor that counts characters in ``units``."""
        text = self.source.text
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start = offset_of(self.source, change.range.start, units)
                end = max(start, offset_of(self.source, change.range.end, units))
                text = text[:start] + change.text + text[end:]
            else:
                text = change.text
            self.source = Source(self.source.path, text)
        self.version = version


def offset_of(source: Source, position: types.Position, units: str) -> int:
    """The offset of a position that an editor gives; one that is not there becomes the nearest one that is."""
    if position.line >= len(source.line_starts):
        return len(source.text)
    line = source.line_span(position.line + 1)
    text = source.text[line.start : line.end]
    return line.start + (
        min(position.character, len(text)) if _is_plain(text, units) else _index(text, position, units)
    )


def _index(text: str, position: types.Position, units: str) -> int:
    passed = 0
    for index, character in enumerate(text):
        if passed >= position.character:
            return index
        passed += _width(character, units)
    return len(text)


def range_of(source: Source, span: Span, units: str) -> types.Range:
    """A span as an editor counts."""
    return types.Range(_position(source, span.start, units), _position(source, span.end, units))


def _position(source: Source, offset: int, units: str) -> types.Position:
    line, column = source.position(min(offset, len(source.text)))
    return position_of(source.text[source.line_starts[line - 1] : offset], Position(line, column), units)


def position_of(before: str, position: Position, units: str) -> types.Position:
    """A position as an editor counts, where ``before`` is what stands before it in its line."""
    character = position.column - 1 if _is_plain(before, units) else sum(_width(char, units) for char in before)
    return types.Position(position.line - 1, character)


def _is_plain(text: str, units: str) -> bool:
    """Whether each character of a text is one unit."""
    return units == types.PositionEncodingKind.Utf32 or text.isascii()


def _width(character: str, units: str) -> int:
    if units == types.PositionEncodingKind.Utf8:
        return len(character.encode("utf-8", "surrogatepass"))
    return 2 if character > _ASTRAL and units == types.PositionEncodingKind.Utf16 else 1
