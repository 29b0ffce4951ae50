"""JSON that is UTF-8 whatever stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from fruslint.patterns import late

# Half characters come from file names that are not UTF-8, and cannot be written in UTF-8.
_SURROGATE = late("[\ud800-\udfff]")


def compact(value: Any) -> str:
    """A value on one line."""
    return _SURROGATE.sub(_escape, json.dumps(value, ensure_ascii=False))


def streamed(value: Any) -> Iterator[str]:
    """A value in parts that can be written as they come: what an iterator in it gives becomes a list, one item a line."""
    if isinstance(value, dict):
        yield from _members(value)
    elif isinstance(value, Iterator):
        yield from json_list(value)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield ", " if index else "["
            yield from streamed(item)
        yield "]" if value else "[]"
    else:
        yield compact(value)


def json_list(items: Iterable[Any]) -> Iterator[str]:
    """A list with one item a line, without a line end behind it."""
    separator = "[\n"
    for item in items:
        yield separator + compact(item)
        separator = ",\n"
    yield "[]" if separator == "[\n" else "\n]"


def _members(value: dict[str, Any]) -> Iterator[str]:
    separator = "{\n"
    for key, member in value.items():
        yield f"{separator}{compact(key)}: "
        yield from streamed(member)
        separator = ",\n"
    yield "{}" if separator == "{\n" else "\n}"


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
