"""How the table ``[tool.fruslint]`` of a pyproject.toml is written: where its entries begin and end.

The library that reads TOML keeps no places. `fruslint.configuration.toml` finds the keys at the beginning of lines, and
the values behind them are read here once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fruslint.configuration.entries import Entry, Node
from fruslint.configuration.find import TABLE
from fruslint.configuration.toml import key_names, places
from fruslint.data.yamlfile import KeyPath
from fruslint.patterns import late
from fruslint.source import Span

_BETWEEN = late(r"(?:[ \t\r\n,]|#[^\n]*)*")
_STRING = late(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|[^,\]}\s#\[{\"'][^,\]}\n#]*",
    re.DOTALL,
)
_KEY = late(r"""((?:[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*'|[ \t]*\.[ \t]*)+)[ \t]*=[ \t]*""")


class _Table:
    """A table under construction; the header of a table in a list of them is where that entry begins."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.inner: dict[str | int, _Table] = {}
        self.node: Node | None = None

    def at(self, path: KeyPath, start: int) -> _Table:
        """The table or value at a path below this one, made if there is none yet."""
        table = self
        for key in path:
            table = table.inner.setdefault(key, _Table(start))
        return table

    def finished(self) -> Node:
        """The node for it; one of several lines ends where its last entry does."""
        if self.node is not None:
            return self.node
        entries = {key: Entry(table.start, table.finished()) for key, table in self.inner.items()}
        end = max((entry.node.span.end for entry in entries.values()), default=self.end)
        return Node(Span(self.start, max(end, self.end)), False, entries)


def toml_layout(text: str) -> Node:
    """The entries of the table; raises ValueError for a value that is not understood."""
    root = _Table(0)
    for path, (key, value) in places(text):
        if path[: len(TABLE)] == TABLE:
            table = root.at(path[len(TABLE) :], key.start)
            table.end = max(table.end, key.end)
            if value != key:
                table.node = _value(text, value.start)
    return root.finished()


def inner_spans(text: str) -> Iterator[tuple[KeyPath, Span]]:
    """The path and place of each value inside of lists and inline tables; raises ValueError as `toml_layout` does."""
    waiting: list[tuple[KeyPath, Node]] = [((), toml_layout(text))]
    while waiting:
        path, node = waiting.pop()
        for key, entry in node.entries.items():
            if node.flow:
                yield (*path, key), entry.node.span
            waiting.append(((*path, key), entry.node))


def _value(text: str, start: int) -> Node:
    if text[start : start + 1] == "[":
        return _collection(text, start, "]", _item)
    if text[start : start + 1] == "{":
        return _collection(text, start, "}", _pair)
    found = _STRING.match(text, start)
    if found is None:
        raise ValueError(f"no value at {start}")
    return Node(Span(start, start + len(found[0].rstrip())), False, {})


def _collection(text: str, start: int, closing: str, read: Callable[[str, int, int], tuple[str | int, Entry]]) -> Node:
    entries: dict[str | int, Entry] = {}
    at = _behind(text, start + 1)
    while text[at : at + 1] != closing:
        key, entry = read(text, at, len(entries))
        entries[key] = entry
        at = _behind(text, entry.node.span.end)
    return Node(Span(start, at + 1), True, entries)


def _behind(text: str, start: int) -> int:
    found = _BETWEEN.match(text, start)
    return found.end() if found else start


def _item(text: str, at: int, number: int) -> tuple[str | int, Entry]:
    return number, Entry(at, _value(text, at))


def _pair(text: str, at: int, number: int) -> tuple[str | int, Entry]:
    found = _KEY.match(text, at)
    names = key_names(found[1]) if found else ()
    if found is None or len(names) != 1:
        raise ValueError(f"no key at {at}")
    return names[0], Entry(at, _value(text, found.end()))
