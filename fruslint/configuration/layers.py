"""What configurations say about rules, applied one after the other: the later one wins.

A *layer* is what one file, one of its overrides, or the command line says. Within a layer the more specific selector
wins, as on the command line; between layers the later one, however it names a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fruslint.findings import Severity
from fruslint.record import Record
from fruslint.rules import NO_PARAMETERS, Rule


class Origin(Record):
    """Where a setting comes from: a file and a line of it, or line 0 of what has no lines."""

    name: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.name}:{self.line}" if self.line else self.name


DEFAULT = Origin("default")
COMMAND_LINE = Origin("command line")


class Action(Record):
    """One thing a layer says: of which rules, how specifically, and what. None leaves a thing as it is.

    Parameters are merged key by key; None for one of them goes back to what the rule itself has.
    """

    rank: int
    ids: tuple[str, ...]
    origin: Origin
    on: bool | None = None
    severity: Severity | None = None
    parameters: Mapping[str, Any] = NO_PARAMETERS


class Layer(Record):
    """What is said in one place. ``only``: where it says that nothing but what it names is to be used."""

    actions: tuple[Action, ...] = ()
    only: Origin | None = None


class State:
    """How a rule is to be taken, and where each part of that was said. ``refused``: someone said to leave it out."""

    __slots__ = ("on", "parameters", "refused", "severity", "why_on", "why_parameters", "why_severity")

    def __init__(self, rule: Rule) -> None:
        self.on = rule.default
        self.refused = False
        self.severity: Severity | None = None
        self.parameters: dict[str, Any] = {}
        self.why_on = DEFAULT
        self.why_severity = DEFAULT
        self.why_parameters: dict[str, Origin] = {}

    def switch(self, on: bool, origin: Origin) -> None:
        """Turn the rule on or off."""
        self.on, self.refused, self.why_on = on, not on, origin

    def apply(self, action: Action) -> None:
        """Take over what an action says."""
        if action.on is not None:
            self.switch(action.on, action.origin)
        if action.severity is not None:
            self.severity, self.why_severity = action.severity, action.origin
        for name, value in action.parameters.items():
            self.parameters[name], self.why_parameters[name] = value, action.origin

    def configured(self, rule: Rule) -> Rule:
        """The rule with the parameters that were given for it."""
        if not self.parameters:
            return rule
        merged = {**rule.parameters, **{name: value for name, value in self.parameters.items() if value is not None}}
        return rule._replace(parameters=merged, foreign=True)


def settle(rules: Sequence[Rule], layers: Iterable[Layer]) -> dict[str, State]:
    """The state of each rule, by id, after all layers."""
    states = {rule.id: State(rule) for rule in rules}
    for layer in layers:
        if layer.only is not None:
            for state in states.values():
                state.on, state.why_on = False, layer.only
        for action in sorted(layer.actions, key=_rank):
            for id_ in action.ids:
                states[id_].apply(action)
    return states


def _rank(action: Action) -> int:
    return action.rank
