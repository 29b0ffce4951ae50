"""The table ``[tool.fruslint]`` of a pyproject.toml, with the places of its keys.

The library that reads TOML keeps no places. Every key of a table stands at the beginning of a line, so a second look at
the lines finds it; what stands inside of a list or an inline table is read once more behind it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fruslint.configuration.find import TABLE
from fruslint.data.yamlfile import KeyPath, YamlDocument
from fruslint.errors import ConfigurationError
from fruslint.findings import place
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Source, Span

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*')"""
_HEADER = late(rf"[ \t]*(\[\[?)[ \t]*({_KEY}(?:[ \t]*\.[ \t]*{_KEY})*)[ \t]*\]", re.ASCII)
_PAIR = late(rf"[ \t]*({_KEY}(?:[ \t]*\.[ \t]*{_KEY})*)[ \t]*=[ \t]*", re.ASCII)
_PART = late(_KEY)
_WHERE = late(r"at line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class _Mark:
    index: int


class _Event(Record):
    """What a parser of YAML gives for a key or a value: where it begins and ends."""

    start_mark: _Mark
    end_mark: _Mark


def has_our_table(data: bytes) -> bool:
    """Whether a pyproject.toml has the table, or cannot be read and names it: then someone must be told."""
    try:
        return "fruslint" in _table(tomllib.loads(data.decode("utf-8")).get("tool"))
    except (ValueError, RecursionError):
        return b"tool.fruslint" in data


def parse_project(source: Source) -> YamlDocument:
    """The table as a document; raises ConfigurationError for a file that is no TOML."""
    try:
        whole = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(source, error) from None
    except RecursionError:
        raise ConfigurationError("lists or tables are nested too deeply", path=source.path) from None
    tool = _table(whole.get("tool"))
    if "fruslint" not in tool:
        raise ConfigurationError("has no table `[tool.fruslint]`", path=source.path)
    value = tool["fruslint"]
    found = dict(places(source.text))
    keys = {path[2:]: _event(span) for path, (span, _) in found.items() if path[:2] == TABLE}
    values = {path[2:]: _event(span) for path, (_, span) in found.items() if path[:2] == TABLE}
    values.update(_inner_values(source.text))
    return YamlDocument(source, value, 0, keys, values)


def _inner_values(text: str) -> dict[KeyPath, _Event]:
    """The values inside of lists and inline tables."""
    from fruslint.configuration.toml_entries import inner_spans

    try:
        return {path: _event(span) for path, span in inner_spans(text)}
    except ValueError:
        return {}


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _event(span: Span) -> _Event:
    return _Event(_Mark(span.start), _Mark(span.end))


def places(text: str) -> Iterator[tuple[KeyPath, tuple[Span, Span]]]:
    """The path of each key at the beginning of a line, with the spans of the key and of its value on that line."""
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    offset = 0
    for line in text.splitlines(keepends=True):
        header, pair = _HEADER.match(line), _PAIR.match(line)
        if header:
            table = _numbered(key_names(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            span = Span(offset + header.start(2), offset + header.end(2))
            yield table, (span, span)
        elif pair:
            end = len(line.rstrip())
            key, value = Span(*pair.span(1)), Span(pair.end(), max(pair.end(), end))
            yield (*table, *key_names(pair[1])), (_moved(key, offset), _moved(value, offset))
        offset += len(line)


def _numbered(names: tuple[str, ...], counts: dict[KeyPath, int]) -> KeyPath:
    """The path of a table; what stands in a list of tables belongs to the last of them."""
    path: KeyPath = ()
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, counts[path]) if path in counts else path
    return (*path, names[-1])


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def key_names(dotted: str) -> tuple[str, ...]:
    """The names in a key such as ``a."b".c``."""
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _syntax_error(source: Source, error: tomllib.TOMLDecodeError) -> ConfigurationError:
    said = str(error)
    found = _WHERE.search(said)
    problem = said[: found.start()].rstrip(" (") if found else said
    line, column = (int(found[1]), int(found[2])) if found else (len(source.line_starts), 1)
    offset = min(source.line_starts[min(line, len(source.line_starts)) - 1] + column - 1, len(source.text))
    return ConfigurationError(f"this is not TOML: {problem}", place(source, Span(offset, offset)))
