"""Settings and rules -> engines: which rules run on the files of a folder, and what becomes of their findings.

Rules see a volume as a whole, also where an override leaves some of its documents out: the sequence of its pages is the
same. So what is said of some files or documents of a folder does not change what runs, but what is made of the findings;
only a rule with other parameters runs a second time. Where no override divides a folder, one engine does it all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from fruslint.configuration.layers import Layer, State, settle
from fruslint.configuration.settings import Override
from fruslint.engine import Engine
from fruslint.errors import ConfigurationError
from fruslint.filereport import FileReport, Part
from fruslint.findings import Finding, order
from fruslint.model import Document, Volume
from fruslint.record import Record
from fruslint.rules import Rule, digest, is_guard

Active = frozenset[int]
"""Which of the overrides of a plan hold, by their index."""

_MOST_TOGETHER = 6


class Judged(Record):
    """The overrides that hold in a file as a whole and in each of its documents, by their ids."""

    file: Active
    documents: Mapping[str, Active]


class Recipe(Record):
    """What a plan is made of. ``before`` and ``after`` are the layers around those of the overrides.

    The rules that are ``passed`` over do not run, whatever the layers say.
    """

    rules: tuple[Rule, ...]
    before: tuple[Layer, ...]
    overrides: tuple[Override, ...]
    after: tuple[Layer, ...]
    always: Active
    passed: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return hash((self.always, len(self.overrides), len(self.rules)))

    def holding(self, path: str) -> Active:
        """The overrides that may hold in the file at an absolute path."""
        return frozenset(index for index, one in enumerate(self.overrides) if one.scope.has_file(path))


class Plan:
    """What runs on the files of a folder, and what becomes of the findings. It is made anew where it is unpickled."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._by_id = {rule.id: rule for rule in recipe.rules}
        # the overrides that hold in some of the files or documents only
        self._sometimes = [index for index in range(len(recipe.overrides)) if index not in recipe.always]
        self._states: dict[Active, dict[str, State]] = {}
        self._versions: dict[str, list[Rule]] = {}
        self.rules = tuple(self._rules())
        versions = max(map(len, self._versions.values()), default=1)
        self._engines = [Engine(self._of_version(number)) for number in range(versions)]

    def __reduce__(self) -> tuple[type[Plan], tuple[Recipe]]:
        return Plan, (self._recipe,)

    def part(self, chosen: Callable[[Rule], bool]) -> Plan:
        """A plan with those of the rules that are ``chosen``."""
        return Plan(self._recipe._replace(passed=frozenset(rule.id for rule in self.rules if not chosen(rule))))

    @cached_property
    def digest(self) -> str:
        """A digest of all that what the plan finds depends on."""
        recipe = self._recipe
        said = (
            recipe.before,
            [(o.scope.said(), o.layer) for o in recipe.overrides],
            recipe.after,
            sorted(recipe.always),
        )
        return digest(recipe.rules) + hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()

    def states(self, active: Active) -> dict[str, State]:
        """How each rule is to be taken where these overrides hold."""
        if active not in self._states:
            recipe = self._recipe
            chosen = (one.layer for index, one in enumerate(recipe.overrides) if index in active | recipe.always)
            self._states[active] = _with_guards(
                recipe.rules, settle(recipe.rules, (*recipe.before, *chosen, *recipe.after))
            )
        return self._states[active]

    def prepare(self, path: str) -> None:
        """Make the checks for files like that at ``path``."""
        for engine in self._engines:
            engine.prepare(path)

    def check(self, volume: Volume, timed: bool, part: Part, active: Active) -> FileReport:
        """What the rules find in a file, or a part of it, in which these overrides hold if its documents are as they say."""
        reports = [engine.check(volume, timed, part) for engine in self._engines]
        judged = self._judge(volume, part, active)
        findings = [
            kept
            for number, report in enumerate(reports)
            for finding in report.findings
            if (kept := self._keep(finding, number, judged)) is not None
        ]
        facts = {
            _noted(rule, number): noted for number, report in enumerate(reports) for rule, noted in report.facts.items()
        }
        return reports[0]._replace(
            findings=tuple(sorted(findings, key=order)),
            facts=facts,
            seconds=_summed(report.seconds for report in reports),
            judged=judged,
        )

    def _judge(self, volume: Volume, part: Part, active: Active) -> Judged:
        """Which overrides hold in the file and its documents; what is about the file as a whole needs to know of all."""
        if not self._sometimes:
            return Judged(active, {})
        concerned = part.of(volume.documents) if part.number else volume.documents
        documents = {one.id: self._active_in(one, active) for one in concerned}
        # A memorandum is all of its file: what is found in the file is found in the document.
        alone = len(volume.documents) == len(documents) == 1
        return Judged(next(iter(documents.values())) if alone else active & self._by_file(), documents)

    def conclude(self, method: str, reports: Sequence[FileReport], own: Container[str]) -> Iterator[Finding]:
        """What the rules find over the files of a volume or a run: by that method of the engine, in its ``own`` files."""
        judged = {report.path: report.judged for report in reports if report.path in own}
        for number, engine in enumerate(self._engines):
            rules = frozenset(rule.id for rule in engine.rules)
            concerned = [_of_engine(report, rules, number if report.path in own else 0) for report in reports]
            for finding in getattr(engine, method)(concerned):
                here = judged.get(finding.place.path)
                kept = self._keep(finding, number, here) if here is not None else None
                if kept is not None:
                    yield kept

    def _keep(self, finding: Finding, number: int, judged: Judged) -> Finding | None:
        """The finding of an engine with its severity, None where it is not wanted."""
        if finding.rule not in self._by_id:  # a rule that failed is always told
            return finding
        state = self.states(judged.documents.get(finding.document, judged.file))[finding.rule]
        rule = self._by_id[finding.rule]
        if not state.on or self._version(rule, state) != number:
            return None
        if state.severity is None:
            return finding
        # what a check itself holds for less certain stays so
        severity = state.severity if finding.severity == rule.severity else min(finding.severity, state.severity)
        return finding._replace(severity=severity)

    def _version(self, rule: Rule, state: State) -> int:
        versions = self._versions[rule.id]
        return versions.index(state.configured(rule)) if len(versions) > 1 else 0

    def _rules(self) -> Iterator[Rule]:
        """Every rule that is on somewhere; its versions with different parameters are noted."""
        base = self.states(frozenset())
        for rule in (one for one in self._recipe.rules if one.id not in self._recipe.passed):
            concerning = self._concerning(rule)
            actives = [
                frozenset(some) for size in range(len(concerning) + 1) for some in combinations(concerning, size)
            ]
            if not any(self.states(active)[rule.id].on for active in actives):
                continue
            versions = [state.configured(rule) for state in (self.states(active)[rule.id] for active in actives)]
            self._versions[rule.id] = _distinct(versions)
            yield base[rule.id].configured(rule)

    def _concerning(self, rule: Rule) -> list[int]:
        """Those of the overrides that hold in places only and turn this rule on or off, or change its parameters."""
        found = [
            index
            for index in self._sometimes
            if any(
                rule.id in action.ids and _changes_run(action) for action in self._recipe.overrides[index].layer.actions
            )
        ]
        with_parameters = [index for index in found if self._sets_parameters(index, rule)]
        if len(with_parameters) > _MOST_TOGETHER:
            where = self._recipe.overrides[with_parameters[0]].origin
            message = f"more than {_MOST_TOGETHER} overrides for one folder give parameters of the rule {rule.id}"
            raise ConfigurationError(message, path=str(where), hint="give them in fewer overrides")
        # to turn a rule on or off needs no version of its own: one override that does it stands for all of them
        switches = [index for index in found if index not in with_parameters and self._turns_on(index, rule)]
        return [*with_parameters, *switches[:1]]

    def _sets_parameters(self, index: int, rule: Rule) -> bool:
        actions = self._recipe.overrides[index].layer.actions
        return any(rule.id in action.ids and action.parameters for action in actions)

    def _turns_on(self, index: int, rule: Rule) -> bool:
        return self.states(frozenset({index}))[rule.id].on

    def _of_version(self, number: int) -> list[Rule]:
        versions = (self._versions[rule.id] for rule in self.rules)
        return [one[number] for one in versions if number < len(one)]

    def _by_file(self) -> Active:
        """The overrides that the file alone decides."""
        return frozenset(i for i, one in enumerate(self._recipe.overrides) if not one.scope.by_document)

    def _active_in(self, document: Document, active: Active) -> Active:
        """Which of the overrides that hold in a file hold in one of its documents."""
        overrides = self._recipe.overrides
        return frozenset(index for index in active if overrides[index].scope.has_document(document))


def _with_guards(rules: Sequence[Rule], states: dict[str, State]) -> dict[str, State]:
    """The states; rules that report a file which cannot be checked are on unless someone said off."""
    for rule in rules:
        state = states[rule.id]
        if rule.default and not state.on and not state.refused and is_guard(rule):
            state.on = True
    return states


def _changes_run(action: Any) -> bool:
    return action.on is not None or bool(action.parameters)


def _distinct(rules: Iterable[Rule]) -> list[Rule]:
    distinct: list[Rule] = []
    for rule in rules:
        if rule not in distinct:
            distinct.append(rule)
    return distinct


def _noted(rule: str, number: int) -> str:
    """Under which name a report keeps what an engine noted for a rule: the first engine's under that of the rule."""
    return f"{number} {rule}" if number else rule


def _of_engine(report: FileReport, rules: frozenset[str], number: int) -> FileReport:
    """The report with what one engine noted, for these rules."""
    facts = {rule: report.facts[_noted(rule, number)] for rule in rules if _noted(rule, number) in report.facts}
    return report._replace(facts=facts)


def _summed(all_seconds: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for seconds in all_seconds:
        for rule, value in seconds.items():
            total[rule] = total.get(rule, 0.0) + value
    return total
