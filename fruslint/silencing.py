"""Leaves out of a run what someone decided on, keeps it with the reason, and finds the decisions that are good for nothing.

A decision is an instruction in a TEI file, an entry of a ledger, or one of a baseline, in this order; a finding is left
out by the first that holds for it. A decision is judged only where the run could have used it: its file was read, its rule
ran, and the whole folder was looked at where the rule compares the files of a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from fruslint.configuration.globs import matches, parse_glob
from fruslint.discovery import SUFFIXES
from fruslint.engine import Engine
from fruslint.errors import ConfigurationError
from fruslint.filereport import FileReport
from fruslint.findings import INTERNAL, UNCHECKED, UNWRITTEN, Edit, Finding, Fix, Place, Silence, Silenced, order, place
from fruslint.fingerprints import fingerprints, paired
from fruslint.ledger import Entry, Ledger
from fruslint.messages import Template
from fruslint.model import Medium, Volume
from fruslint.rules import matching
from fruslint.silences import Silences

if TYPE_CHECKING:  # a run over memoranda needs no markup
    from fruslint.suppressions import Instruction, Word

KIND = "silence"
COMPARING = "vanished-id"
"""The kind of the rules that find nothing in a run which compares with no revision."""
_NEVER = frozenset({INTERNAL, UNCHECKED, UNWRITTEN})  # a run that is not complete must not look like one that is


class Sifted(NamedTuple):
    """The findings to report, with those about decisions, in no order; and those that are left out, with the reason."""

    findings: list[Finding]
    silenced: list[Silenced]


def sift(findings: Sequence[Finding], reports: Sequence[FileReport], silences: Silences, engine: Engine) -> Sifted:
    """Part the findings of a run, which need their fingerprints where there are ledgers; ``engine`` found them."""
    run = _Ran(reports, silences, engine)
    lint = _Lint(engine)
    instructions = _Instructions(reports, run)
    ledgers = [_Entries(ledger, run, findings) for ledger in sorted(silences.ledgers, key=lambda one: one.is_baseline)]
    kept: list[Finding] = []
    silenced: list[Silenced] = []
    inside = instructions.silences(findings)
    for number, finding in enumerate(findings):
        silence = None if finding.rule in _NEVER else inside.get(number) or _first(ledgers, finding)
        if silence is None:
            kept.append(finding)
        else:
            silenced.append(Silenced(finding, silence))
    kept += instructions.problems(lint)
    kept += [finding for ledger in ledgers for finding in ledger.problems(lint)]
    return Sifted(kept, silenced)


def undecided(findings: Iterable[Finding], volume: Volume, silences: Silences, engine: Engine) -> list[Finding]:
    """Those of the findings in one file, read as ``volume``, that may be fixed: nobody decided that they are to stay.

    What stands in a baseline is no decision.
    """
    silences = silences._replace(ledgers=tuple(one for one in silences.ledgers if not one.is_baseline))
    ordered = sorted(findings, key=order)
    instructions = _instructions_of(volume)
    if not silences.heeded or not (instructions or silences.ledgers):
        return ordered
    report = FileReport(volume.source.path, "", volume.medium, len(volume.documents), instructions=instructions)
    known = fingerprints(ordered, volume.source.text)
    marked = [finding._replace(fingerprint=one) for finding, one in zip(ordered, known, strict=True)]
    decided = {id(one.finding) for one in sift(marked, [report], silences, engine).silenced}
    return [finding for finding, one in zip(ordered, marked, strict=True) if id(one) not in decided]


def _instructions_of(volume: Volume) -> tuple[Instruction, ...]:
    if volume.markup is None or not volume.markup.instructions:
        return ()
    from fruslint.suppressions import read_instructions

    return read_instructions(volume, volume.markup)


def _first(ledgers: Iterable[_Entries], finding: Finding) -> Silence | None:
    return next(filter(None, (ledger.silence(finding) for ledger in ledgers)), None)


class _Decision(NamedTuple):
    """What a decision is called, where it stands, and the document and file (as reports name it) it is about."""

    name: str
    place: Place
    document: str
    path: str


class _Lint:
    """Makes the findings about decisions, with the rules that are on for them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rules = {rule.parameters["report"]: rule for rule in engine.rules if rule.kind == KIND}

    def finding(
        self, report: str, about: _Decision, rule: str = "", detail: str = "", edit: Edit | None = None
    ) -> Iterator[Finding]:
        """The finding about a decision, if there is a rule for it in the run."""
        found = self._rules.get(report)
        if found is None:
            return
        fix = Fix((edit,), found.fix == "safe") if edit and found.fix else None
        message = Template(found.message).fill({"silence": about.name, "rule": rule, "detail": detail})
        made = Finding(found.id, found.severity, about.place, message, about.document, (), fix)
        taken = self._engine.taken(made, about.path)
        if taken is not None:
            yield taken


class _Ran:
    """What was looked at in a run, and with which rules."""

    def __init__(self, reports: Sequence[FileReport], silences: Silences, engine: Engine) -> None:
        self._silences = silences
        self._reports = {os.path.abspath(report.path).replace(os.sep, "/"): report for report in reports}  # noqa: PTH100
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
        if not self.looked_at(path):
            return False
        report = self._reports[path]
        sound = report.documents > 0 and all(finding.rule not in _NEVER for finding in report.findings)
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
                names = [entry.name for entry in os.scandir(folder or "/") if entry.name.lower().endswith(SUFFIXES)]
            except OSError:
                names = []
            self._whole[folder] = all(f"{folder}/{name}" in self._reports for name in names if name[0] != ".")
        return self._whole[folder]

    def misses(self, path: str) -> bool:
        """Whether the file at ``path`` (absolute) is gone from a folder that was looked at."""
        below = any(_lies_in(path, root) for root in self._silences.roots)
        return below and path not in self._reports and not os.path.lexists(path)

    def looked_at(self, path: str) -> bool:
        """Whether the file at ``path`` (absolute) is one whose decisions are judged."""
        report = self._reports.get(path)
        return report is not None and self._silences.reports_on(report.path)

    def covers(self, folder: str, word: str = "") -> bool:
        """Whether all files below ``folder`` (absolute) were looked at, with the rules that ``word`` stands for."""
        if self._silences.changed is not None or not any(_lies_in(folder, root) for root in self._silences.roots):
            return False
        return not word or all(self.judges(path, word) for path in self._reports if _lies_in(path, folder))


def _lies_in(path: str, folder: str) -> bool:
    folder = folder.replace(os.sep, "/").rstrip("/")
    return path == folder or path.startswith(f"{folder}/")


class _Instructions:
    """The instructions in the files of a run, and which of their words were good for something."""

    def __init__(self, reports: Iterable[FileReport], run: _Ran) -> None:
        self._run = run
        self._by_path = {report.path: report.instructions for report in reports if report.instructions}
        self._used: set[Place] = set()

    def silences(self, findings: Sequence[Finding]) -> dict[int, Silence]:
        """The silence on each finding that an instruction holds for, by its place among ``findings``."""
        by_path: dict[str, list[int]] = {}
        for number, finding in enumerate(findings):
            if finding.place.path in self._by_path:
                by_path.setdefault(finding.place.path, []).append(number)
        found: dict[int, Silence] = {}
        for path, numbers in by_path.items():
            numbers.sort(key=lambda number: findings[number].place.span.start)
            for number, around in _enclosing(self._by_path[path], findings, numbers):
                word = self._word_for(findings[number].rule, around)
                if word is not None:
                    self._used.add(word[1].place)
                    found[number] = Silence("inSource", word[0].reason)
        return found

    def _word_for(self, rule: str, around: Sequence[Instruction]) -> tuple[Instruction, Word] | None:
        """The innermost instruction that names a rule, and the word that does."""
        for instruction in reversed(around):
            for word in instruction.words:
                if rule in self._run.ids(word.text):
                    return instruction, word
        return None

    def problems(self, lint: _Lint) -> Iterator[Finding]:
        """What is wrong with the instructions."""
        for path, instructions in self._by_path.items():
            absolute = os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100
            for one in instructions:
                about = _Decision("This instruction", one.place, one.document, path)
                if one.problem:
                    yield from lint.finding("malformed", about, detail=one.problem)
                    continue
                yield from self._of_words(one, absolute, about, lint)
                if not one.reason:
                    yield from lint.finding("no-reason", about)

    def _of_words(self, one: Instruction, path: str, about: _Decision, lint: _Lint) -> Iterator[Finding]:
        unknown = [word for word in one.words if not self._run.ids(word.text)]
        unused = [
            word
            for word in one.words
            if word not in unknown and word.place not in self._used and self._run.judges(path, word.text)
        ]
        # What is good for nothing is taken out together: the edits of neighbours would overlap.
        edit = _removal(one, {*unknown, *unused})
        for report, words in (("unknown-rule", unknown), ("unused", unused)):
            for word in words:
                hint = self._run.hint(word.text) if report == "unknown-rule" else ""
                yield from lint.finding(report, about._replace(place=word.place), word.text, hint, edit)


def _removal(one: Instruction, words: set[Word]) -> Edit:
    """The edit that takes words out of an instruction, or the instruction out of the file."""
    rest = [word.text for word in one.words if word not in words]
    return one.listed._replace(replacement=", ".join(rest)) if rest else one.removal


def _enclosing(
    instructions: Iterable[Instruction], findings: Sequence[Finding], numbers: Iterable[int]
) -> Iterator[tuple[int, list[Instruction]]]:
    """For each finding (``numbers``, in the order of the file) the instructions that hold there, the innermost last.

    Elements are nested and never overlap, so those that have ended are always the last ones.
    """
    sound = (one for one in instructions if not one.problem)
    coming = sorted(sound, key=lambda one: (one.scope.start, -one.scope.end), reverse=True)
    opened: list[Instruction] = []
    for number in numbers:
        start = findings[number].place.span.start
        while coming and coming[-1].scope.start <= start:
            following = coming.pop()
            while opened and opened[-1].scope.end <= following.scope.start:
                opened.pop()
            opened.append(following)
        while opened and opened[-1].scope.end <= start:
            opened.pop()
        yield number, opened


class _Entries:
    """The entries of one ledger, and which of them were good for something."""

    def __init__(self, ledger: Ledger, run: _Ran, findings: Iterable[Finding]) -> None:
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
            and matches(self._patterns[number], os.path.abspath(finding.place.path).replace(os.sep, "/"))  # noqa: PTH100
        )

    def problems(self, lint: _Lint) -> Iterator[Finding]:
        """What is wrong with the entries."""
        for number, entry in enumerate(self._ledger.entries):
            report = self._problem(number, entry)
            if report:
                hint = self._run.hint(entry.rule) if report == "unknown-rule" else ""
                about = _Decision("This entry", self._place(number), entry.document, self._run.name(self._path(entry)))
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
