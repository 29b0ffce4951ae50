"""Rules x volume -> findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from time import perf_counter
from typing import Any

from fruslint.checks import check_class
from fruslint.checks.base import Hit, PlacedHit
from fruslint.checks.search.sieve import Sieve, needs_of
from fruslint.discovery import natural
from fruslint.documents import Sketch, sketches
from fruslint.engine.bound import Bound, failure
from fruslint.filereport import WHOLE, FileReport, Part, Seconds
from fruslint.findings import Finding, order, place
from fruslint.model import Document, Medium, Volume
from fruslint.paths import is_volume
from fruslint.record import Record
from fruslint.rules import Rule, digest
from fruslint.source import Source, Span

_Call = list[tuple[Bound, Callable[..., Any]]]
_Some = Iterable[tuple[Bound, Callable[..., Any]]]


class _Calls(Record):
    """What is called for a file as a whole, for each document of it, and to note what rules over a volume or a run need.

    ``matter`` is what is called for each section of the front and back matter.
    """

    file: _Call
    document: _Call
    collect: _Call
    collect_file: _Call
    settle: _Call
    matter: _Call
    sieve: Sieve
    sieve_of_matter: Sieve

    def worth(self, document: Document) -> tuple[_Some, _Some]:
        """What is called for one document, and to note something of it: what may find something there.

        All of it, where the words of the document cannot be had.
        """
        try:
            chosen = self.sieve.chosen(document)
        except Exception:  # what is broken is said by the checks, each for itself
            return self.document, self.collect
        return compress(self.document, chosen), compress(self.collect, chosen[len(self.document) :])

    def worth_in_matter(self, section: Document) -> _Some:
        """What is called for one section of the front or back matter."""
        try:
            return compress(self.matter, self.sieve_of_matter.chosen(section))
        except Exception:  # as above
            return self.matter


class Engine:
    """Runs rules over volumes. It keeps nothing of what it has seen; a pickled engine is made anew from its rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._by_id = {rule.id: rule for rule in self.rules}
        self._bound: dict[str, Bound] = {}
        self._digest = ""
        self._calls: dict[Medium | None, _Calls] = {}

    def part(self, chosen: Callable[[Rule], bool]) -> Engine:
        """An engine with those of the rules that are ``chosen``."""
        return Engine(filter(chosen, self.rules))

    def __reduce__(self) -> tuple[type[Engine], tuple[tuple[Rule, ...]]]:
        return Engine, (self.rules,)

    def settings(self, path: str) -> str:
        """A digest of all that what is found in the file at ``path`` depends on beside the file itself."""
        if not self._digest:
            self._digest = digest(self.rules)
        return self._digest

    def check(self, volume: Volume, timed: bool = False, part: Part = WHOLE) -> FileReport:
        """What the rules find in one file, or a part of it, in order; ``timed`` adds the seconds each rule took.

        Raises ConfigurationError where the parameters of a rule do not suit its check.
        """
        run = _Run(volume.source, {} if timed else None)
        calls = self._calls_for(volume.medium)
        if part.number == 0:
            run.check(calls.file, volume, volume.source, "")
            run.collect(calls.collect_file, volume, volume.source, "")
            for section in volume.matter if calls.matter else ():
                run.check(calls.worth_in_matter(section), section, section.source, "")
                section.forget()
            run.findings = _in_documents(run.findings, sketches(volume.documents))
        documents = part.of(volume.documents)
        for document in documents:
            checks, notes = calls.worth(document)
            run.check(checks, document, document.source, document.id)
            run.collect(notes, document, document.source, document.id)
            document.forget()
        run.settle(calls.settle, volume.medium is Medium.TEI and part.total == 1)
        return FileReport(
            volume.source.path,
            _group(volume),
            volume.medium,
            len(documents),
            tuple(sorted(run.findings, key=order)),
            {rule: tuple(facts) for rule, facts in run.facts.items()},
            run.seconds or {},
        )

    def prepare(self, path: str) -> None:
        """Make the checks for files like that at ``path``, going by its name, which otherwise are made when one comes.

        Raises ConfigurationError as `check` does.
        """
        self._calls_for(Medium.TEI if is_volume(path) else Medium.TEXT)

    def knows(self, path: str) -> bool:
        """Whether it was made for the file at ``path`` too."""
        return True

    def uses(self, rule: str, path: str) -> bool:
        """Whether a rule looks at all of the file at ``path``."""
        return rule in self._by_id

    def taken(self, finding: Finding, path: str) -> Finding | None:
        """A finding about the file at ``path`` as it is to be reported; None where its rule is off."""
        return finding

    def conclude(self, reports: Iterable[FileReport]) -> list[Finding]:
        """What the rules find over all files of one volume (``FileReport.group``), in whatever order they come."""
        return self._concluded(reports, "conclude")

    def conclude_run(self, reports: Iterable[FileReport]) -> list[Finding]:
        """What the rules find over all files of a run, in whatever order they come."""
        return self._concluded(reports, "conclude_run")

    def closed(self, report: FileReport) -> FileReport:
        """The report on a file that is a volume by itself, with what the rules over a volume find in it.

        Of what they noted only that is left which rules over the run need. Any other report stays as it is.
        """
        if report.group != report.path or not report.facts:
            return report
        findings = sorted((*report.findings, *self.conclude((report,))), key=order)
        facts = {name: noted for name, noted in report.facts.items() if self._is_for_run(name)}
        return report._replace(findings=tuple(findings), facts=facts)

    def _is_for_run(self, name: str) -> bool:
        """Whether a rule over a whole run needs what was noted under this name."""
        rule = self._by_id[name.rpartition(" ")[2]]
        return hasattr(check_class(rule.kind), "conclude_run")

    def _concluded(self, reports: Iterable[FileReport], method: str) -> list[Finding]:
        files = sorted(reports, key=lambda report: natural(report.path))
        findings: list[Finding] = []
        for rule in sorted({rule for report in files for rule in report.facts}):
            bound = self._bind(self._by_id[rule])
            if hasattr(bound.check, method):
                facts = [fact for report in files for fact in report.facts.get(rule, ())]
                findings.extend(_conclude(bound, getattr(bound.check, method), facts, files[0].path))
        return sorted(findings, key=order)

    def _calls_for(self, medium: Medium | None) -> _Calls:
        """What is called for files of a medium, of all media for one that could not be read; made when one comes."""
        if medium not in self._calls:
            bound = [self._bind(rule) for rule in self.rules if medium is None or medium in rule.media]
            names = ("check_file", "check_document", "collect", "collect_file", "settle")
            file, document, collect, collect_file, settle = (_with(bound, method) for method in names)
            matter = [(one, call) for one, call in document if one.rule.matter]
            sieves = (
                Sieve([needs_of(one.check, medium) for one, _ in some]) for some in ((*document, *collect), matter)
            )
            self._calls[medium] = _Calls(file, document, collect, collect_file, settle, matter, *sieves)
        return self._calls[medium]

    def _bind(self, rule: Rule) -> Bound:
        if rule.id not in self._bound:
            self._bound[rule.id] = Bound(rule)
        return self._bound[rule.id]


class _Run:
    """The state of one call of ``Engine.check``."""

    __slots__ = ("_source", "facts", "findings", "seconds")

    def __init__(self, source: Source, seconds: Seconds | None) -> None:
        self._source = source
        self.seconds = seconds
        self.findings: list[Finding] = []
        self.facts: dict[str, list[Any]] = {}

    def check(
        self, calls: Iterable[tuple[Bound, Callable[..., Iterable[Hit]]]], thing: Any, source: Source, document: str
    ) -> None:
        """Run checks on a volume or a document; what one of them breaks is a finding, and the next goes on."""
        findings, seconds = self.findings, self.seconds
        for bound, call in calls:
            began = perf_counter() if seconds is not None else 0.0
            try:
                for hit in call(thing):
                    findings.append(bound.finding(hit, source, document))
            except Exception as error:
                findings.append(failure(bound.rule, error, place(source, _start(thing)), document))
            if seconds is not None:
                _add(seconds, bound.rule.id, began)

    def collect(
        self, calls: Iterable[tuple[Bound, Callable[..., Any]]], thing: Any, source: Source, document: str
    ) -> None:
        """Note what the checks over a whole volume or a whole run need to know of a document or a file."""
        for bound, call in calls:
            began = perf_counter()
            try:
                fact = call(thing)
            except Exception as error:
                self.findings.append(failure(bound.rule, error, place(source, _start(thing)), document))
                continue
            if fact is not None:
                self.facts.setdefault(bound.rule.id, []).append(fact)
            if self.seconds is not None:
                _add(self.seconds, bound.rule.id, began)

    def settle(self, calls: Sequence[tuple[Bound, Callable[..., list[Any]]]], is_whole: bool) -> None:
        """Have what was noted of the documents of a file put into the form in which it is kept."""
        for bound, call in calls:
            began = perf_counter()
            noted = self.facts.pop(bound.rule.id, None)
            if noted:
                try:
                    self.facts[bound.rule.id] = call(noted, is_whole)
                except Exception as error:
                    self.findings.append(failure(bound.rule, error, place(self._source, Span(0, 0)), ""))
            if self.seconds is not None:
                _add(self.seconds, bound.rule.id, began)


def _in_documents(findings: list[Finding], documents: Sequence[Sketch]) -> list[Finding]:
    """What was found in a file as a whole, with the document of a volume it stands in."""
    if not findings or len(documents) < 2:
        return findings
    ordered = sorted((document.span, index) for index, document in enumerate(documents))
    located = []
    for finding in findings:
        start = finding.place.span.start
        place = bisect_right(ordered, start, key=_beginning) - 1
        inside = place >= 0 and start < ordered[place][0].end
        located.append(finding._replace(document=documents[ordered[place][1]].id) if inside else finding)
    return located


def _beginning(place: tuple[Span, int]) -> int:
    return place[0].start


def _with(bound: Iterable[Bound], method: str) -> _Call:
    """The checks that have this method, and the method of each."""
    return [(one, one.method(method)) for one in bound if hasattr(one.check, method)]


def _conclude(
    bound: Bound, call: Callable[[list[Any]], Iterable[PlacedHit]], facts: list[Any], path: str
) -> list[Finding]:
    findings: list[Finding] = []
    try:
        findings.extend(bound.placed(hit) for hit in call(facts))
    except Exception as error:
        findings.append(failure(bound.rule, error, place(Source(path, ""), Span(0, 0)), ""))
    return findings


def _start(thing: Volume | Document) -> Span:
    start = thing.span.start if isinstance(thing, Document) else 0
    return Span(start, start)


def _add(seconds: Seconds, rule: str, began: float) -> None:
    seconds[rule] = seconds.get(rule, 0.0) + perf_counter() - began


def _group(volume: Volume) -> str:
    path = volume.source.path
    return path if volume.medium is Medium.TEI else path.replace("\\", "/").rpartition("/")[0]
