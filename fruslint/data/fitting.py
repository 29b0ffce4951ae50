"""A quick look whether data is as a JSON Schema has it.

It says yes only where it is sure. What it does not know, or what does not fit, is for `fruslint.data.schema`, which takes
longer to load than a run over a memorandum does, and says in words what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Schema = Mapping[str, Any]

# a format is a hint that no validator of ours checks
_IGNORED = frozenset(
    {"format", "$schema", "$id", "$defs", "title", "description", "default", "examples", "markdownDescription"}
)
_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def fits(value: Any, schema: Schema, root: Schema | None = None) -> bool:
    """Whether ``value`` certainly is as ``schema`` has it; references count from ``root``."""
    root = schema if root is None else root
    return all(
        word in _IGNORED or (word in _WORDS and _WORDS[word](value, limit, schema, root))
        for word, limit in schema.items()
    )


def _type(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    names = [limit] if isinstance(limit, str) else limit
    return any(_TYPES[name](value) for name in names)


def _enum(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    # in JSON true is not 1
    return any(value == one and isinstance(value, bool) is isinstance(one, bool) for one in limit)


def _properties(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    return all(fits(value[key], inner, root) for key, inner in limit.items() if key in value)


def _additional(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    others = value.keys() - schema.get("properties", {}).keys()
    if isinstance(limit, bool):
        return limit or not others
    return all(fits(value[key], limit, root) for key in others)


def _required(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return not isinstance(value, dict) or all(key in value for key in limit)


def _dependent(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return not isinstance(value, dict) or all(
        _required(value, limit[key], schema, root) for key in limit if key in value
    )


def _names(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return not isinstance(value, dict) or all(fits(key, limit, root) for key in value)


def _items(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return not isinstance(value, list) or all(fits(item, limit, root) for item in value)


def _pattern(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return not isinstance(value, str) or re.search(limit, value) is not None


def _size(of: type[Any], enough: Callable[[int, int], bool]) -> Callable[[Any, Any, Schema, Schema], bool]:
    def size(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
        return not isinstance(value, of) or enough(len(value), limit)

    return size


def _number(enough: Callable[[Any, Any], bool]) -> Callable[[Any, Any, Schema, Schema], bool]:
    return lambda value, limit, schema, root: not _TYPES["number"](value) or enough(value, limit)


def _reference(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    target: Any = root
    for name in limit.removeprefix("#/").split("/"):
        target = target[name]
    return fits(value, target, root)


def _alternatives(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return any(fits(value, one, root) for one in limit)


def _exactly_one(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    # One that fits for certain, and no other that could: what is not known may fit too.
    return sum(fits(value, one, root) for one in limit) == 1 and all(_is_known(one) for one in limit)


def _is_known(schema: Schema) -> bool:
    return schema.keys() <= _WORDS.keys() | _IGNORED and all(map(_is_known, _inner(schema)))


def _inner(schema: Schema) -> list[Schema]:
    """The schemas within a schema."""
    inner = [one for word in ("anyOf", "oneOf") for one in schema.get(word, ())]
    inner += schema.get("properties", {}).values()
    return inner + [schema[word] for word in ("items", "additionalProperties") if isinstance(schema.get(word), dict)]


def _not(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return _is_known(limit) and not fits(value, limit, root)


def _const(value: Any, limit: Any, schema: Schema, root: Schema) -> bool:
    return _enum(value, [limit], schema, root)


def _at_least(size: int, limit: int) -> bool:
    return size >= limit


def _above(size: Any, limit: Any) -> bool:
    return bool(size > limit)


def _at_most(size: int, limit: int) -> bool:
    return size <= limit


_WORDS: dict[str, Callable[[Any, Any, Schema, Schema], bool]] = {
    "type": _type,
    "enum": _enum,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "dependentRequired": _dependent,
    "propertyNames": _names,
    "items": _items,
    "pattern": _pattern,
    "minLength": _size(str, _at_least),
    "maxLength": _size(str, _at_most),
    "minItems": _size(list, _at_least),
    "maxItems": _size(list, _at_most),
    "minProperties": _size(dict, _at_least),
    "minimum": _number(_at_least),
    "maximum": _number(_at_most),
    "exclusiveMinimum": _number(_above),
    "$ref": _reference,
    "anyOf": _alternatives,
    "oneOf": _exactly_one,
    "const": _const,
    "not": _not,
}
