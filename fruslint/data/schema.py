"""Checks data against a JSON Schema and says in plain words what is wrong first.

jsonschema takes longer to import than a small run takes in all: this module is imported only where it is needed, and
the built-in rules, which the tests have validated, never need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator

from fruslint.data.yamlfile import KeyPath
from fruslint.near import did_you_mean
from fruslint.record import Record

_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a table of keys and values",
    "null": "empty",
}
_SHOWN = 40
_Error = Any  # a ValidationError: its attributes are typed for errors that are not yet filled in


class Problem(Record):
    """What is wrong with the value at ``path``, or with the key there where ``at_key``."""

    path: KeyPath
    message: str
    hint: str = ""
    at_key: bool = False


def problem(value: Any, schema: dict[str, Any], base: KeyPath = ()) -> Problem | None:
    """What to tell the user about first, None where ``value``, which stands at ``base``, is as ``schema`` has it."""
    errors = map(_deepest, Draft202012Validator(schema).iter_errors(value))
    problems = [found for error in errors for found in _explain(error, (*base, *error.absolute_path))]
    # an unknown key comes before a missing one: it is most often the same key, misspelt
    return min(problems, key=lambda p: (not p.at_key, [str(part) for part in p.path]), default=None)


def _deepest(error: _Error) -> _Error:
    """Of the errors of all alternatives the one that went furthest before it failed."""
    while error.context and not all(e.validator == "type" and not e.relative_path for e in error.context):
        error = max(error.context, key=lambda e: (len(e.relative_path), e.validator != "type"))
    return error


def _explain(error: _Error, path: KeyPath) -> Iterator[Problem]:
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, path)
    elif error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        yield Problem(path, f"the key `{missing[0]}` is missing{_in(path)}")
    elif error.validator in ("enum", "const"):
        yield _not_among(error, path)
    else:
        yield Problem(path, f"{_name(path)} {_message(error)}", _as_list(error))


def _unknown_keys(error: _Error, path: KeyPath) -> Iterator[Problem]:
    known = error.schema.get("properties", {})
    for key in error.instance:
        if key not in known:
            hint = did_you_mean(key, known) or f"known are {_list(known)}"
            yield Problem((*path, key), f"`{key}` is not a known key{_in(path)}", hint, at_key=True)


def _not_among(error: _Error, path: KeyPath) -> Problem:
    allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
    words = [str(item) for item in allowed]
    hint = did_you_mean(str(error.instance), words) or f"allowed are {_list(words)}"
    return Problem(path, f"{_show(error.instance)} is not a value of {_name(path)}", hint)


def _as_list(error: _Error) -> str:
    """How to write a single text where only a list may stand."""
    is_text = error.validator == "type" and error.validator_value == "array" and isinstance(error.instance, str)
    return f"put it into brackets, which make a list: `[{error.instance[:_SHOWN]}]`" if is_text else ""


def _wanted_form(error: _Error) -> str:
    examples = " or ".join(f"`{one}`" for one in error.schema.get("examples", ()))
    return f"; write it as in {examples}" if examples else f" does not match `{error.validator_value}`"


def _message(error: _Error) -> str:
    value, limit = _show(error.instance), error.validator_value
    match error.validator:
        case "type" | "anyOf" | "oneOf":
            said = f"must be {_types(error.context or [error])}, not {value}"
        case "pattern":
            said = f"does not have the right form: {value}{_wanted_form(error)}"
        case "minLength" | "minItems" | "minProperties":
            said = f"must have at least {limit} entries" if limit > 1 else "must not be empty"
        case "minimum" | "exclusiveMinimum":
            said = f"is too small: {value}, and the least is {limit}"
        case "maximum" | "exclusiveMaximum":
            said = f"is too great: {value}, and the most is {limit}"
        case "uniqueItems":
            said = "holds the same entry twice"
        case _:
            said = f"is not valid: {error.message[:200]}"
    return said


def _types(errors: Iterable[_Error]) -> str:
    """``a text or a list``."""
    names: list[str] = []
    for error in errors:
        wanted = error.validator_value
        names.extend(_TYPES[item] for item in ([wanted] if isinstance(wanted, str) else wanted))
    return " or ".join(dict.fromkeys(names))


def _name(path: KeyPath) -> str:
    """``entry 2 of `exits```."""
    keys = [part for part in path if isinstance(part, str)]
    if not keys:
        return "the document"
    return f"entry {path[-1] + 1} of `{keys[-1]}`" if isinstance(path[-1], int) else f"`{keys[-1]}`"


def _in(path: KeyPath) -> str:
    return f" in {_name(path)}" if path else ""


def _show(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, (dict, list)):
        return _TYPES["object" if isinstance(value, dict) else "array"]
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text[:_SHOWN]}…`" if len(text) > _SHOWN else f"`{text}`"


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
