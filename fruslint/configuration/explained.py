"""What holds for one file, and where each part of it was said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from fruslint.configuration.house import FAIL_ON, MAX_PER_RULE, House
from fruslint.configuration.layers import DEFAULT, Origin, State
from fruslint.configuration.plan import Plan
from fruslint.configuration.settings import Override, Said
from fruslint.discovery import reported_path
from fruslint.files import DEFAULT_LIMIT
from fruslint.globs import Glob, matches
from fruslint.model import PUBLISHED
from fruslint.paths import slashed
from fruslint.record import Record
from fruslint.rules import Rule

DEFAULTS: dict[str, Any] = {
    "encoding": "utf-8",
    "schema-version": "auto",
    "year": None,
    "dialect.bullet": PUBLISHED.bullet,
    "dialect.page": PUBLISHED.page,
    "dialect.marker": PUBLISHED.marker,
    "max-file-size": DEFAULT_LIMIT,
    "gitignore": True,
    "max-per-rule": MAX_PER_RULE,
    "fail-on": FAIL_ON,
}
"""What holds where nothing is said."""


class Setting(Record):
    """One thing that holds, for a rule or a file, and who said so."""

    name: str
    value: Any
    origin: Origin


class RuleSettings(Record):
    """How a rule is taken, as far as that is not as its own file has it."""

    rule: Rule
    on: bool
    settings: tuple[Setting, ...]


class Divided(Record):
    """What an override says for some documents of the file only."""

    documents: str
    override: Override
    rules: tuple[RuleSettings, ...]


class Explained(Record):
    """All that holds for a file. ``left_out`` is why it is not checked, or empty."""

    files: tuple[str, ...]
    left_out: str
    values: tuple[Setting, ...]
    house_rules: tuple[Rule, ...]
    rules: tuple[RuleSettings, ...]
    divided: tuple[Divided, ...]
    rules_on: int


def explain(house: House, path: str) -> Explained:
    """What holds for the file at an absolute path; raises ConfigurationError for what is wrong in the configuration."""
    located = house.located(path)
    recipe = house.recipe_of(path)
    plan = Plan(recipe)
    states = plan.states(recipe.always)
    found = None if located is None else house.settings(located)
    return Explained(
        () if found is None else found.files,
        _left_out(house, path),
        tuple(_values(house.values(path))),
        tuple(rule for rule in recipe.rules if rule.foreign),
        _changed(recipe.rules, states, {}),
        tuple(
            Divided(_documents(one), one, _changed(recipe.rules, plan.states(frozenset({index})), states))
            for index, one in enumerate(recipe.overrides)
            if index not in recipe.always
        ),
        sum(state.on for state in states.values()),
    )


def _left_out(house: House, path: str) -> str:
    located = house.located(path)
    if located is not None:
        for glob in house.settings(located).exclude:
            if matches(glob, slashed(path)):
                return f"`exclude` has {glob.text} ({_of(glob)})"
    if house.ignores(path, os.path.isdir(path)):
        return "git ignores it; it is checked where it is named"
    return ""


def _of(glob: Glob) -> str:
    return f"counted from {reported_path(glob.base)}"


def _values(values: dict[str, Said] | Any) -> Iterator[Setting]:
    for key, default in DEFAULTS.items():
        said = values.get(key)
        yield Setting(key, default, DEFAULT) if said is None else Setting(key, said.value, said.origin)


def _changed(rules: tuple[Rule, ...], states: dict[str, State], before: dict[str, State]) -> tuple[RuleSettings, ...]:
    """The rules of which something was said, other than ``before``."""
    return tuple(
        RuleSettings(rule, states[rule.id].on, settings)
        for rule in rules
        if (settings := tuple(_said(states[rule.id], before.get(rule.id))))
    )


def _said(state: State, before: State | None) -> Iterator[Setting]:
    known = set(_all_said(before)) if before is not None else set()
    yield from (setting for setting in _all_said(state) if setting not in known)


def _all_said(state: State) -> Iterator[Setting]:
    if state.why_on != DEFAULT:
        yield Setting("on" if state.on else "off", None, state.why_on)
    if state.severity is not None:
        yield Setting("severity", state.severity.label, state.why_severity)
    for name, value in state.parameters.items():
        yield Setting(name, _frozen(value), state.why_parameters[name])


def _frozen(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def _documents(override: Override) -> str:
    scope = override.scope
    parts = [*sorted(scope.ids), *(_range(one.first, one.last) for one in scope.numbers)]
    years = [f"dated {_range(one.first, one.last)}" for one in scope.years]
    return ", ".join([*parts, *years])


def _range(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"before {last + 1}" if first == 0 else f"from {first} on" if last == 9999 else f"{first} to {last}"
