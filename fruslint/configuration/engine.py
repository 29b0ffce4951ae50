"""The engine for a run with configurations: each file is checked by the plan of its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fruslint.configuration.plan import Active, Plan
from fruslint.engine import Engine
from fruslint.filereport import WHOLE, FileReport, Part
from fruslint.findings import Finding, order
from fruslint.model import Volume
from fruslint.rules import Rule


class ConfiguredEngine(Engine):
    """Runs on each file the plan of its folder."""

    def __init__(self, plans: Sequence[Plan], files: Mapping[str, tuple[int, Active]]) -> None:
        super().__init__({rule.id: rule for plan in plans for rule in plan.rules}.values())
        self._plans = tuple(plans)
        self._files = files

    def __reduce__(self) -> Any:
        return ConfiguredEngine, (self._plans, self._files)

    def part(self, chosen: Callable[[Rule], bool]) -> ConfiguredEngine:
        """An engine with those of the rules that are ``chosen``, each taken in each file as before."""
        return ConfiguredEngine([plan.part(chosen) for plan in self._plans], self._files)

    def check(self, volume: Volume, timed: bool = False, part: Part = WHOLE) -> FileReport:
        """What the rules for this file find in it, or in a part of it, in order."""
        number, active = self._files[volume.source.path]
        return self._plans[number].check(volume, timed, part, active)

    def prepare(self, path: str) -> None:
        """Make the checks for the file at ``path``, and for others that are like it in its folder."""
        self._plans[self._files[path][0]].prepare(path)

    def knows(self, path: str) -> bool:
        """Whether it was made for the file at ``path`` too."""
        return path in self._files

    def uses(self, rule: str, path: str) -> bool:
        """Whether a rule looks at all of the file at ``path``; where it is off in some documents it does not."""
        number, active = self._files[path]
        state = self._plans[number].states(active).get(rule)
        return state is not None and state.on and super().uses(rule, path)

    def taken(self, finding: Finding, path: str) -> Finding | None:
        """A finding about the file at ``path`` with its severity; None where its rule is off."""
        number, active = self._files.get(path) or next(iter(self._files.values()))
        state = self._plans[number].states(active).get(finding.rule)
        if state is None or not state.on:
            return None
        return finding if state.severity is None else finding._replace(severity=state.severity)

    def settings(self, path: str) -> str:
        """A digest of all that what is found in the file at ``path`` depends on beside the file itself."""
        number, active = self._files[path]
        return f"{self._plans[number].digest} {sorted(active)}"

    def _concluded(self, reports: Iterable[FileReport], method: str) -> list[Finding]:
        checked = [report for report in reports if report.judged is not None]
        by_plan: dict[int, set[str]] = {}
        for report in checked:
            by_plan.setdefault(self._files[report.path][0], set()).add(report.path)
        found = (self._plans[number].conclude(method, checked, own) for number, own in sorted(by_plan.items()))
        return sorted((finding for findings in found for finding in findings), key=order)
