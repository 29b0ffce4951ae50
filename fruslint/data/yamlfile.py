"""Reads YAML as data with positions: JSON's types only, and an exact error for everything that is not.

A file may hold several documents; each is parsed on its own, so that what nobody needs costs nothing. The tree is built
from parser events: duplicate keys, anchors and deep nesting are refused where they stand, before they can do harm (the
composer of libyaml overflows the C stack on a few thousand open brackets).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from fruslint.discovery import describe
from fruslint.errors import ConfigurationError
from fruslint.findings import place
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Position, Source, Span, UndecodableError, decode

MAX_BYTES = 1_000_000
MAX_DEPTH = 32

KeyPath = tuple[str | int, ...]
_Event = Any  # the types of PyYAML leave out tags and marks
_Parser: Any = getattr(yaml, "CLoader", yaml.Loader)  # PyYAML may come without libyaml

_DOCUMENT = late(r"---(?<![^\r\n]---)(?![^ \t\r\n])")  # begins with a literal: re finds that fast
_NOTHING = late(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n]|%[^\r\n]*[\r\n])*\Z")
_UNPRINTABLE = late("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = late(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = late(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?(?:[eE][-+]?[0-9]{1,2})?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class YamlDocument(Record):
    """One document: its value, and what is needed to find the place of each key and value when one is wrong."""

    source: Source
    value: Any
    start: int
    keys: Mapping[KeyPath, _Event]
    values: Mapping[KeyPath, _Event]

    def error(self, path: KeyPath, message: str, hint: str = "", at_key: bool = False) -> ConfigurationError:
        """The error to raise for what stands at ``path``, or at the nearest thing around it that has a place."""
        return _error(self.source, self._span(path, self.keys if at_key else self.values), message, hint)

    def position(self, path: KeyPath) -> Position:
        """The line and column of the value at ``path``."""
        return self.source.position(self._span(path, self.values).start)

    def _span(self, path: KeyPath, events: Mapping[KeyPath, _Event]) -> Span:
        while path and path not in events:
            path = path[:-1]
        event = events.get(path) or self.values.get(path)
        return _span(event, self.start) if event else Span(self.start, self.start)


def read_source(path: Path, name: str | None = None) -> Source:
    """The text of a small file, under ``name``; raises ConfigurationError where it cannot be read or decoded."""
    name = str(path) if name is None else name
    try:
        if not path.is_file():
            raise ConfigurationError(_why_no_file(path), path=name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"cannot be read: {describe(error)}", path=name) from None
    if len(data) > MAX_BYTES:
        raise ConfigurationError(f"is longer than {MAX_BYTES:,} bytes", path=name)
    return source_of(name, data)


def source_of(name: str, data: bytes) -> Source:
    """The text of ``data``; raises ConfigurationError where it is not UTF-8."""
    try:
        return Source(name, *decode(data))
    except UndecodableError as error:
        before = Source(name, error.prefix)
        end = len(error.prefix)
        message = f"{error}; save the file as UTF-8"
        raise ConfigurationError(message, place(before, Span(end, end))) from None


def split(source: Source) -> Iterator[Span]:
    """The spans of the YAML documents of a file, each but the first with its ``---`` line; there is always one."""
    start = 0
    for found in _DOCUMENT.finditer(source.text):
        if start or not _NOTHING.match(source.text, 0, found.start()):
            yield Span(start, found.start())
            start = found.start()
    yield Span(start, len(source.text))


def parse(source: Source, span: Span) -> YamlDocument:
    """The document in ``span``; raises ConfigurationError for all that is not plain data."""
    text = source.text[span.start : span.end]
    bad = _UNPRINTABLE.search(text)
    if bad:
        message = f"the character U+{ord(bad[0]):04X} is not allowed here"
        hint = "write it as an escape in double quotes"
        raise _error(source, Span(span.start + bad.start(), span.start + bad.end()), message, hint)
    builder = _Builder(source, span, text)
    try:
        value = builder.document()
    except yaml.YAMLError as error:
        raise _syntax_error(source, span, error) from None
    return YamlDocument(source, value, span.start, builder.keys, builder.values)


class _Builder:
    """Makes values of parser events, and keeps the event of each key and value."""

    def __init__(self, source: Source, span: Span, text: str) -> None:
        self._source = source
        self._base = span.start
        self._next = _Parser(text).get_event
        self.keys: dict[KeyPath, _Event] = {}
        self.values: dict[KeyPath, _Event] = {}

    def document(self) -> Any:
        """The value of the one document; None for an empty one."""
        self._next()  # the start of the stream
        if not isinstance(self._next(), DocumentStartEvent):
            return None
        value = self._value(self._next(), ())
        self._next()  # the end of the document
        event = self._next()
        if not isinstance(event, StreamEndEvent):
            raise self._error(event, "a second document begins here", "separate documents by a line `---`")
        return value

    def _value(self, event: _Event, path: KeyPath) -> Any:
        if event.anchor or event.tag or len(path) > MAX_DEPTH:
            raise self._error(event, *_refusal(event))
        self.values[path] = event
        if event.__class__ is ScalarEvent:
            return _scalar(event)
        return self._mapping(path) if event.__class__ is MappingStartEvent else self._sequence(path)

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while (event := self._next()).__class__ is not MappingEndEvent:
            if event.__class__ is not ScalarEvent or event.anchor or event.tag or not event.value:
                raise self._error(event, *_refusal(event, "a key must be a word or a text"))
            key: str = event.value
            inner = (*path, key)
            if key in result:
                line = self._source.position(self._base + self.keys[inner].start_mark.index).line
                raise self._error(event, f"the key `{key}` stands here a second time; the first is in line {line}")
            self.keys[inner] = event
            result[key] = self._value(self._next(), inner)
        return result

    def _sequence(self, path: KeyPath) -> list[Any]:
        result: list[Any] = []
        while (event := self._next()).__class__ is not SequenceEndEvent:
            result.append(self._value(event, (*path, len(result))))
        return result

    def _error(self, event: _Event, message: str, hint: str = "") -> ConfigurationError:
        return _error(self._source, _span(event, self._base), message, hint)


def _refusal(event: _Event, otherwise: str = f"nested more than {MAX_DEPTH} levels deep") -> tuple[str, str]:
    """Why this is no plain data, and what to do."""
    if event.anchor:
        return "anchors and aliases (`&name`, `*name`) are not allowed", "put quotes around a text that begins so"
    if event.tag:
        return f"tags are not allowed (`{event.tag}`)", "put quotes around a text that begins so"
    return otherwise, ""


def _span(event: _Event, base: int) -> Span:
    return Span(base + event.start_mark.index, base + event.end_mark.index)


def _scalar(event: ScalarEvent) -> Any:
    """Quoted text is text; a plain word is what it is in JSON, else text too (``no``, ``1:30``, ``010``, a date)."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _syntax_error(source: Source, span: Span, error: yaml.YAMLError) -> ConfigurationError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = min(span.start + (mark.index if mark else 0), len(source.text))
    problem = str(getattr(error, "problem", None) or error).splitlines()[0]
    if source.text[offset : offset + 1] == "\t":
        return _error(source, Span(offset, offset + 1), "a tab cannot indent a line", "use blanks")
    return _error(source, Span(offset, offset), f"this is not YAML: {problem}", _advice(problem))


def _advice(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that holds a colon and a blank"
    if "cannot start any token" in problem:
        return "put quotes around a text that begins with this character"
    return ""


def _error(source: Source, span: Span, message: str, hint: str = "") -> ConfigurationError:
    length = len(source.text)
    bounded = Span(min(span.start, length), min(span.end, length))
    return ConfigurationError(message, place(source, bounded), hint=hint)


def _why_no_file(path: Path) -> str:
    if path.is_dir():
        return "is a folder, not a file"
    return "is not a regular file" if path.exists() else "does not exist"
