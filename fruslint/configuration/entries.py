"""The entries of a configuration file as they are written, to name the place of one of them, or to take some out.

What is taken out leaves the rest of the file as it is, byte for byte, and is made sure of: the file is read again, and
must say what it said before without them.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from fruslint.configuration.find import TABLE
from fruslint.data.yamlfile import KeyPath, parse
from fruslint.errors import ConfigurationError
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Source, Span

_ALONE_BEHIND = late(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?\Z")


class Node(Record):
    """A value: where it stands, its entries by key or number, and whether commas part them (``[a, b]``)."""

    span: Span
    flow: bool
    entries: Mapping[str | int, Entry]


class Entry(Record):
    """An entry of a table or a list: where its key begins, or its value in a list, and the value."""

    start: int
    node: Node


def _is_project(source: Source) -> bool:
    return source.path.endswith(".toml")


def _said(source: Source) -> tuple[Any, KeyPath]:
    """All that a file says, of other programs too, and the path of what it says to this one."""
    if not _is_project(source):
        return parse(source, Span(0, len(source.text))).value, ()
    import tomllib

    return tomllib.loads(source.text), TABLE


def layout(source: Source) -> Node:
    """How a configuration file is written that can be read; raises ValueError where that is not understood."""
    if _is_project(source):
        from fruslint.configuration.toml_entries import toml_layout

        return toml_layout(source.text)
    from fruslint.configuration.yaml_entries import yaml_layout

    return yaml_layout(source.text)


def span_of(root: Node, path: KeyPath) -> Span:
    """Where the value at ``path`` stands, or else the nearest thing around it."""
    node = root
    for key in path:
        if key not in node.entries:
            break
        node = node.entries[key].node
    return node.span


def without(source: Source, paths: Collection[KeyPath]) -> str | None:
    """The text without the entries at ``paths``; None where it would not say the same as before without them."""
    before, base = _said(source)
    value = copy.deepcopy(before)
    text = source.text
    try:
        for path in sorted(paths, key=_from_the_end):
            span = removal(Source(source.path, text), path)
            text = text[: span.start] + text[span.end :]
            _delete(value, (*base, *path))
        now, _ = _said(Source(source.path, text))
    except (ConfigurationError, ValueError):
        return None
    return text if (now or {}) == value else None


def removal(source: Source, path: KeyPath) -> Span:
    """What has to go so that the entry at ``path`` is gone; raises ValueError where it is not found."""
    container = layout(source)
    for key in path[:-1]:
        container = _entry(container, key).node
    _entry(container, path[-1])
    if container.flow:
        return _between_commas(source, container, path[-1])
    entry = container.entries[path[-1]]
    return _lines(source, Span(entry.start, entry.node.span.end))


def _entry(container: Node, key: str | int) -> Entry:
    if key not in container.entries:
        raise ValueError(f"there is no entry {key}")
    return container.entries[key]


def _from_the_end(path: KeyPath) -> list[tuple[int, str]]:
    """Sorts the later entry of a list first, so that the numbers of those before it stay."""
    return [(-key, "") if isinstance(key, int) else (0, key) for key in path]


def _between_commas(source: Source, container: Node, key: str | int) -> Span:
    """An entry with one of the commas beside it; the whole lines where it has them for itself."""
    entry = container.entries[key]
    whole = Span(entry.start, entry.node.span.end)
    before = source.text[source.line_span(source.position(whole.start).line).start : whole.start]
    behind = source.text[whole.end : source.line_span(source.position(whole.end).line).end]
    if not before.strip() and _ALONE_BEHIND.match(behind):
        return _lines(source, whole)
    last, following = _neighbours(container, key)
    if following is not None:
        return Span(whole.start, following.start)
    return Span(last.node.span.end if last is not None else whole.start, whole.end)


def _neighbours(container: Node, key: str | int) -> tuple[Entry | None, Entry | None]:
    keys: Sequence[str | int] = list(container.entries)
    index = keys.index(key)
    last = container.entries[keys[index - 1]] if index else None
    following = container.entries[keys[index + 1]] if index + 1 < len(keys) else None
    return last, following


def _lines(source: Source, span: Span) -> Span:
    """The lines that a span stands in, with their ends."""
    last = source.position(span.end).line
    starts = source.line_starts
    end = starts[last] if last < len(starts) else len(source.text)
    return Span(source.line_span(source.position(span.start).line).start, end)


def _delete(value: Any, path: KeyPath) -> None:
    for key in path[:-1]:
        value = value[key]
    del value[path[-1]]


def collapsed(value: Any, paths: Collection[KeyPath]) -> tuple[KeyPath, ...]:
    """The entries to take out for those at ``paths``: a list that would be empty goes with its key.

    An override whose patterns all go goes too: without them it would hold for all files.
    """
    found = set(paths)
    for _ in range(2):  # the patterns of an override, then the overrides
        found = set(_emptied(value, found))
    return tuple(sorted(found, key=str))


def _emptied(value: Any, paths: Collection[KeyPath]) -> Iterator[KeyPath]:
    for path in paths:
        inner = _at(value, path[:-1])
        all_go = isinstance(inner, list) and all((*path[:-1], index) in paths for index in range(len(inner)))
        shorter = path[:-1] if all_go else path
        yield shorter[:-1] if len(shorter) == 3 and shorter[2] == "files" else shorter


def _at(value: Any, path: KeyPath) -> Any:
    for key in path:
        value = value[key]
    return value
