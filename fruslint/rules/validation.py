"""Whether a rule file is sound: its form by the JSON Schema, and what a schema cannot say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from fruslint.checks import KINDS, check_class
from fruslint.data import schema_file
from fruslint.data.fitting import fits
from fruslint.data.yamlfile import KeyPath, YamlDocument
from fruslint.errors import ConfigurationError
from fruslint.messages import Template
from fruslint.near import did_you_mean
from fruslint.patterns import compiled_at_once
from fruslint.patterns.explosive import ExplosivePatternError


def validate_rule(document: YamlDocument) -> None:
    """Raises ConfigurationError, with the place, for the first thing that is wrong with a rule."""
    check_form(document, "rule")
    rule = document.value
    if not rule["id"].startswith(rule["family"]) or not rule["id"][len(rule["family"]) :].isdigit():
        message = f"the id `{rule['id']}` is not that of a rule of the family `{rule['family']}`"
        raise document.error(("id",), message, "an id is the family and three digits")
    _validate_check(document, rule["check"])
    _validate_message(document, rule["message"], rule["check"])


def check_form(document: YamlDocument, part: str) -> None:
    """Raises ConfigurationError where a document is not as ``part`` (``rule``, ``examples``) of the schema has it."""
    if not isinstance(document.value, dict):
        raise document.error((), f"expected the keys and values of a document of the form `{part}`")
    refuse(document, (), document.value, _schema(part))


def _validate_check(document: YamlDocument, check: dict[str, Any]) -> None:
    parameters = dict(check)
    kind = parameters.pop("kind")
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or "known are " + ", ".join(sorted(KINDS))
        raise document.error(("check", "kind"), f"`{kind}` is not a kind of check", hint)
    validate_parameters(document, ("check",), kind, parameters)


def validate_parameters(document: YamlDocument, base: KeyPath, kind: str, parameters: dict[str, Any]) -> None:
    """Raises ConfigurationError where a check of this kind does not take the parameters, which stand at ``base``."""
    found = check_class(kind)
    refuse(document, base, parameters, found.SCHEMA)
    try:
        with compiled_at_once():
            found(parameters)
    except Exception as error:
        raise _parameter_error(document, base, parameters, error) from None


def _parameter_error(
    document: YamlDocument, base: KeyPath, parameters: dict[str, Any], error: Exception
) -> ConfigurationError:
    """The error of a check that refused its parameters; at the expression that is to blame where there is one."""
    if isinstance(error, ConfigurationError):
        return document.error((*base, "kind"), error.message, error.hint)
    text = str(error) or type(error).__name__
    pattern, expression = getattr(error, "pattern", None), getattr(error, "expression", None)
    if isinstance(expression, str):
        return document.error(_path_of(parameters, base, lambda given: given == expression), text)
    if isinstance(pattern, str):
        path = _path_of(parameters, base, lambda given: given in pattern)
        if isinstance(error, ExplosivePatternError):
            hint = "a repetition must not hold another that takes the same letters, as in (a+)+"
            return document.error(path, f"this regular expression is dangerous: {text}", hint)
        return document.error(path, f"this is not a regular expression: {text}")
    return document.error(base, f"the check refuses its parameters: {text}", at_key=True)


def _path_of(parameters: dict[str, Any], base: KeyPath, is_it: Callable[[str], bool]) -> KeyPath:
    """Where the text stands that is to blame."""
    return next((path for path, text in _texts(parameters, base) if text and is_it(text)), base)


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """All texts in a value with their paths, the longest first."""
    found: list[tuple[KeyPath, str]] = []
    _collect(value, path, found)
    return iter(sorted(found, key=lambda item: -len(item[1])))


def _collect(value: Any, path: KeyPath, found: list[tuple[KeyPath, str]]) -> None:
    if isinstance(value, str):
        found.append((path, value))
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        _collect(inner, (*path, key), found)


def _validate_message(document: YamlDocument, message: str, check: Mapping[str, Any]) -> None:
    try:
        names = Template(message).names
    except ValueError as error:
        raise document.error(("message",), str(error)) from None
    kind: str = check["kind"]
    values = values_of(kind, check)
    for name in sorted(names - values):
        known = ", ".join(f"{{{value}}}" for value in sorted(values)) or "no values"
        hint = did_you_mean(name, values) or f"it gives {known}"
        raise document.error(("message",), f"a check of the kind `{kind}` gives no value `{name}`", hint)


def values_of(kind: str, parameters: Mapping[str, Any]) -> frozenset[str]:
    """The names that a message may use: those of the kind, and those that its parameters bring."""
    found = check_class(kind)
    named: Callable[[Mapping[str, Any]], frozenset[str]] | None = getattr(found, "values", None)
    return named(parameters) if named is not None else found.VALUES


def refuse(document: YamlDocument, base: KeyPath, value: Any, schema: dict[str, Any]) -> None:
    """Raises ConfigurationError, with the place, where ``value``, which stands at ``base``, is not as the schema has it."""
    if fits(value, schema):
        return
    from fruslint.data.schema import problem  # slow to load, and needed for what is wrong only

    found = problem(value, schema, base)
    if found:
        raise document.error(found.path, found.message, found.hint, found.at_key)


@cache
def _schema(part: str) -> dict[str, Any]:
    whole = json.loads(schema_file("rule").read_text(encoding="utf-8"))
    return {"$defs": whole["$defs"], "$ref": f"#/$defs/{part}"}
