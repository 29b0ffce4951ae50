"""What a run looked at, and with which rules: only what it could have used is judged."""

from __future__ import annotations

import os
from collections.abc import Sequence

from fruslint.engine import Engine
from fruslint.errors import ConfigurationError
from fruslint.filereport import FileReport
from fruslint.model import Medium
from fruslint.paths import is_edition_file, lies_in, whole
from fruslint.rules import matching
from fruslint.silencing.silences import NEVER, Silences

COMPARING = "vanished-id"
"""The kind of the rules that find nothing in a run which compares with no revision."""


class Coverage:
    """What was looked at in a run, and with which rules."""

    def __init__(self, reports: Sequence[FileReport], silences: Silences, engine: Engine) -> None:
        self._silences = silences
        self._reports = {whole(report.path): report for report in reports}
        self._engine = engine
        self._rules = {rule.id: rule for rule in silences.known}
        self._ids: dict[str, frozenset[str]] = {}
        self._whole: dict[str, bool] = {}

    def ids(self, word: str) -> frozenset[str]:
        """The ids of the rules that a word of a decision stands for; none for a word that is not known."""
        if word not in self._ids:
            self._ids[word] = self._find(word)
        return self._ids[word]

    def _find(self, word: str) -> frozenset[str]:
        try:
            return frozenset(matching(self._silences.known, word)[1])
        except ConfigurationError:
            return frozenset()

    def hint(self, word: str) -> str:
        """The nearest right word to one that is not known."""
        words = {name for rule in self._silences.known for name in (rule.id, rule.name)}
        from fruslint.near import nearest

        found = nearest(word, words)
        return f" (perhaps {found})" if found else ""

    def judges(self, path: str, word: str) -> bool:
        """Whether what ``word`` stands for would have been found in the file at ``path`` (absolute)."""
        if path in self._silences.configurations:
            return True
        if not self.looked_at(path):
            return False
        report = self._reports[path]
        sound = report.documents > 0 and all(finding.rule not in NEVER for finding in report.findings)
        return sound and self._used(word, path, report)

    def _used(self, word: str, path: str, report: FileReport) -> bool:
        """Whether some of the rules that a word stands for looked at a file, and of those on by default all."""
        from fruslint.checks import check_class

        ids = {
            name for name in self.ids(word) if self._rules[name].kind != COMPARING or self._silences.changed is not None
        }
        used = {name for name in ids if self._engine.uses(name, report.path)}
        expected = {name for name in ids if self._rules[name].default}
        if not used or not expected <= used:
            return False
        compared = any(hasattr(check_class(self._rules[name].kind), "collect") for name in used)
        return not compared or report.medium is not Medium.TEXT or self._is_whole(path.rpartition("/")[0])

    def name(self, path: str) -> str:
        """The name that reports have for the file at ``path`` (absolute)."""
        report = self._reports.get(path)
        return report.path if report else path

    def _is_whole(self, folder: str) -> bool:
        """Whether all files of a folder were looked at."""
        if folder not in self._whole:
            try:
                names = [entry.name for entry in os.scandir(folder or "/") if is_edition_file(entry.name)]
            except OSError:
                names = []
            self._whole[folder] = all(f"{folder}/{name}" in self._reports for name in names if name[0] != ".")
        return self._whole[folder]

    def misses(self, path: str) -> bool:
        """Whether the file at ``path`` (absolute) is gone from a folder that was looked at."""
        below = any(lies_in(path, root) for root in self._silences.roots)
        return below and path not in self._reports and not os.path.lexists(path)

    def looked_at(self, path: str) -> bool:
        """Whether the file at ``path`` (absolute) is one whose decisions are judged."""
        if path in self._silences.configurations:
            return True
        report = self._reports.get(path)
        return report is not None and self._silences.reports_on(report.path)

    def covers(self, folder: str, word: str = "") -> bool:
        """Whether all files below ``folder`` (absolute) were looked at, with the rules that ``word`` stands for."""
        if self._silences.changed is not None or not any(lies_in(folder, root) for root in self._silences.roots):
            return False
        return not word or all(self.judges(path, word) for path in self._reports if lies_in(path, folder))
