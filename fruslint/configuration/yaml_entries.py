"""How a YAML file is written that can be read as a configuration: where its entries begin and end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from fruslint.configuration.entries import Entry, Node
from fruslint.source import Span

_Parser: Any = getattr(yaml, "CLoader", yaml.Loader)


def yaml_layout(text: str) -> Node:
    """The entries of the one document in ``text``; raises ValueError for what is no YAML."""
    try:
        return _Layout(text).document()
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


class _Layout:
    def __init__(self, text: str) -> None:
        self._next: Callable[[], Any] = _Parser(text).get_event

    def document(self) -> Node:
        self._next()  # the start of the stream
        if _is(self._next(), StreamEndEvent):
            return Node(Span(0, 0), False, {})
        return self._node(self._next())

    def _node(self, event: Any) -> Node:
        if _is(event, ScalarEvent):
            return Node(Span(event.start_mark.index, event.end_mark.index), False, {})
        return self._collection(event)

    def _collection(self, event: Any) -> Node:
        """A table or a list; one without brackets ends where its last entry does."""
        is_table = _is(event, MappingStartEvent)
        entries: dict[str | int, Entry] = {}
        while not _is(one := self._next(), MappingEndEvent, SequenceEndEvent):
            node = self._node(self._next() if is_table else one)
            entries[one.value if is_table else len(entries)] = Entry(one.start_mark.index, node)
        start = event.start_mark.index
        if event.flow_style:
            return Node(Span(start, one.end_mark.index), True, entries)
        return Node(
            Span(start, max((entry.node.span.end for entry in entries.values()), default=start)), False, entries
        )


def _is(event: Any, *kinds: type) -> bool:  # the types of PyYAML leave out that events have marks
    return isinstance(event, kinds)
