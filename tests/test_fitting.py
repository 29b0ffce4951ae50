"""The quick look at data says yes only where the JSON Schema does, and yes to all that is ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from fruslint.checks import check_class
from fruslint.configuration.load import schema
from fruslint.data import schema_file
from fruslint.data.fitting import fits
from fruslint.rules import builtin_rules

_KEYS = [*schema()["properties"], "rulez", "NOTE001", "severity", "expected", "files", "documents", "years"]
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2000),
    st.floats(0, 3),
    st.sampled_from(["off", "error", "utf-8", "1861-1899", "64M", "", "strict", "never"]),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=3)
)


@given(VALUES | st.dictionaries(st.sampled_from(_KEYS), VALUES, max_size=4))
def test_a_yes_is_a_yes(value: Any) -> None:
    assert fits(value, schema()) is Draft202012Validator(schema()).is_valid(value)


@st.composite
def almost_sound(draw: st.DrawFn) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """The parameters of a built-in rule with one of them taken away or another value, and the schema for them."""
    rule = draw(st.sampled_from(builtin_rules()))
    wanted = check_class(rule.kind).SCHEMA
    key = draw(st.sampled_from([*wanted.get("properties", ()), "nothing"]))
    rest = {name: value for name, value in rule.parameters.items() if name != key}
    given_to_others = [other.parameters[key] for other in builtin_rules() if key in other.parameters]
    value = draw(st.sampled_from([None, *given_to_others]) | VALUES)
    return wanted, rest if value is None else {**rest, key: value}


@given(almost_sound())
def test_a_yes_to_parameters_is_a_yes(one: tuple[Mapping[str, Any], dict[str, Any]]) -> None:
    wanted, parameters = one
    if fits(parameters, wanted):
        Draft202012Validator(wanted).validate(parameters)


def test_what_is_not_known_is_never_a_yes() -> None:
    assert not fits(1, {"multipleOf": 1})
    assert not fits({"a": 1}, {"patternProperties": {"b": {}}})


def test_built_in_rules_need_no_second_look() -> None:
    whole = json.loads(schema_file("rule").read_text(encoding="utf-8"))
    assert {"$defs", "if"} <= set(whole)
    for rule in builtin_rules():
        wanted = check_class(rule.kind).SCHEMA
        assert "if" in wanted or fits(dict(rule.parameters), wanted), rule.id
