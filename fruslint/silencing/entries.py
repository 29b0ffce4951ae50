"""Entries of ledgers and baselines: which finding each of them holds for, and what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property

from fruslint.findings import Finding, Place, Silence, place
from fruslint.fingerprints import paired
from fruslint.globs import matches, parse_glob
from fruslint.paths import whole
from fruslint.silencing.coverage import Coverage
from fruslint.silencing.ledger import Entry, Ledger
from fruslint.silencing.lint import Decision, Lint


class Entries:
    """The entries of one ledger, and which of them were good for something."""

    def __init__(self, ledger: Ledger, run: Coverage, findings: Iterable[Finding]) -> None:
        self._ledger = ledger
        self._run = run
        self._patterns = {
            number: parse_glob(entry.file, ledger.folder)
            for number, entry in enumerate(ledger.entries)
            if not entry.fingerprint
        }
        self._used: set[int] = set()
        self._names: dict[str, str | None] = {}
        self._known = self._find(findings)

    def _find(self, findings: Iterable[Finding]) -> dict[tuple[str, str], int]:
        """The entries for findings, by the name of the file and the fingerprint the finding has now."""
        entries: dict[str, dict[str, int]] = {}
        for number, entry in enumerate(self._ledger.entries):
            if entry.fingerprint:
                entries.setdefault(entry.file, {})[entry.fingerprint] = number
        found: dict[str, list[str]] = {}
        for finding in findings:
            name = self._name(finding.place.path)
            if name in entries:
                found.setdefault(name, []).append(finding.fingerprint)
        pairs = ((name, paired(prints, entries[name])) for name, prints in found.items())
        return {(name, now): entries[name][then] for name, both in pairs for now, then in both.items()}

    def _name(self, path: str) -> str | None:
        if path not in self._names:
            self._names[path] = self._ledger.name_of(path)
        return self._names[path]

    def silence(self, finding: Finding) -> Silence | None:
        """The silence on a finding, None where no entry holds for it."""
        name = self._name(finding.place.path)
        if name is None:
            return None
        number = self._known.get((name, finding.fingerprint))
        if number is None:
            number = self._moved.get((_last(name), finding.fingerprint))
        if number is None:
            number = next((one for one in self._patterns if self._holds(one, finding)), None)
        return None if number is None else self._use(number)

    @cached_property
    def _moved(self) -> dict[tuple[str, str], int]:
        """The entries of files that are gone, by name and fingerprint: a file that was moved takes them along."""
        entries, folder = self._ledger.entries, self._ledger.folder
        gone = {name for name in {entry.file for entry in entries} if not os.path.lexists(f"{folder}/{name}")}
        chosen = ((number, entry) for number, entry in enumerate(entries) if entry.file in gone and entry.fingerprint)
        return {(_last(entry.file), entry.fingerprint): number for number, entry in chosen}

    def _use(self, number: int) -> Silence:
        entry = self._ledger.entries[number]
        self._used.add(number)
        reason = entry.reason or ("It was there when fruslint came." if self._ledger.is_baseline else "")
        return Silence("external", reason, entry.author, entry.date)

    def _holds(self, number: int, finding: Finding) -> bool:
        entry = self._ledger.entries[number]
        return (
            finding.rule in self._run.ids(entry.rule)
            and entry.document in ("", finding.document)
            and matches(self._patterns[number], whole(finding.place.path))
        )

    def problems(self, lint: Lint) -> Iterator[Finding]:
        """What is wrong with the entries."""
        for number, entry in enumerate(self._ledger.entries):
            report = self._problem(number, entry)
            if report:
                hint = self._run.hint(entry.rule) if report == "unknown-rule" else ""
                about = Decision("This entry", self._place(number), entry.document, self._run.name(self._path(entry)))
                yield from lint.finding(report, about, entry.rule, hint)

    def _problem(self, number: int, entry: Entry) -> str:
        if number not in self._used and not self._is_concerned(entry):
            return ""
        if not self._run.ids(entry.rule):
            return "unknown-rule"
        if number not in self._used and self._is_judged(entry):
            return "stale-baseline" if self._ledger.is_baseline else "unused"
        return "no-reason" if not entry.reason and not self._ledger.is_baseline else ""

    def _is_concerned(self, entry: Entry) -> bool:
        """Whether the run looked at what an entry is for; a hook on one file says nothing of the others."""
        if not entry.fingerprint:
            return self._run.covers(self._ledger.folder)
        path = self._path(entry)
        return self._run.looked_at(path) or self._run.misses(path)

    def _is_judged(self, entry: Entry) -> bool:
        if not entry.fingerprint:
            return self._run.covers(self._ledger.folder, entry.rule)
        path = self._path(entry)
        return self._run.judges(path, entry.rule) or self._run.misses(path)

    def _path(self, entry: Entry) -> str:
        return f"{self._ledger.folder.rstrip('/')}/{entry.file}"

    def _place(self, number: int) -> Place:
        """The first line of an entry."""
        source = self._ledger.source
        start = self._ledger.spans[number].start
        line = source.line_span(source.position(start).line)
        return place(source, line)


def _last(name: str) -> str:
    return name.rpartition("/")[2]
