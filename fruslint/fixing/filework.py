"""The work on one file that is fixed: for itself, then with the other files of its volume; and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from fruslint.engine import Engine
from fruslint.filereport import FileReport
from fruslint.files import Task, check_file, data_of, instructed, outlined, reader_of
from fruslint.findings import UNWRITTEN, Finding, Severity, order, place
from fruslint.fixing.workpiece import Workpiece
from fruslint.model import Volume
from fruslint.record import Record
from fruslint.rules import Rule
from fruslint.silencing.silences import Silences
from fruslint.source import Source, Span


class Kept(Record):
    """What became of a file that was fixed: why it could not be kept, if so, and what is to be shown of it."""

    problem: str = ""
    shown: bytes = b""


Keep = Callable[[Task, bytes, bytes], Kept]
"""What is done with a file that was fixed, given its bytes before and after."""
Ask = Callable[[Workpiece, Callable[[], list[Finding]]], None]
"""What is done with a file when nothing is left to fix without asking: given what is found in it, it may fix more."""


class Orders:
    """How files are fixed: ``fixing`` are the rules that propose fixes, ``resting`` all others of the ``engine``.

    ``keep`` gets each file that was changed; ``unsafe`` makes fixes that may change words too. Where people are ``asking``
    for each fix, rules with unsafe fixes propose theirs. What someone decided on, as the ``silences`` say, is left as it is.
    """

    def __init__(
        self,
        engine: Engine,
        keep: Keep,
        *,
        unsafe: bool = False,
        asking: bool = False,
        silences: Silences | None = None,
    ) -> None:
        def has_fix(rule: Rule) -> bool:
            return rule.fix == "safe" or (rule.fix == "unsafe" and (unsafe or asking))

        self.engine = engine
        self.fixing = engine.part(has_fix)
        self.resting = engine.part(lambda rule: not has_fix(rule))
        self.keep = keep
        self.unsafe = unsafe
        self.silences = silences

    def open_ones(self, findings: Iterable[Finding], volume: Volume) -> list[Finding]:
        """Those of the findings in a file that nobody decided on."""
        if self.silences is None:
            return list(findings)
        if not self.silences.reports_on(volume.source.path):
            return []
        from fruslint.silencing.sifting import undecided

        return undecided(findings, volume, self.silences, self.engine)


class Result(Record):
    """What became of one file: the report of all rules, the fixes made, and how it was kept.

    ``data`` is what it has become where that was not written.
    """

    report: FileReport
    rules: Mapping[str, int]
    kept: Kept = Kept()
    data: bytes | None = None


class FileWork:
    """The work on one file of a volume. A file that cannot be read has no ``piece`` to work on, and is only reported."""

    def __init__(self, orders: Orders, task: Task, *, among_others: bool) -> None:
        self.path = task.found.path
        self._orders = orders
        self._task = task
        self._among_others = among_others
        self._rest: FileReport | None = None
        self._together: Sequence[Finding] = ()
        self.piece = self._make_piece()
        if self.piece is not None:
            self.piece.settle()
            self._put_aside(self.piece)

    def _make_piece(self) -> Workpiece | None:
        """None for what cannot be read; the check of the file then says why."""
        task, orders = self._task, self._orders
        if task.found.problem:
            return None
        try:
            data, read = data_of(task), reader_of(task)
            return Workpiece(
                orders.fixing,
                self.path,
                data,
                unsafe=orders.unsafe,
                timed=task.timed,
                read=read,
                open_ones=orders.open_ones,
            )
        except Exception:
            return None

    def take(self, findings: Sequence[Finding]) -> bool:
        """Make what rules over the whole volume propose for the file; whether anything changed."""
        self._together = findings
        piece = self.piece
        if piece is None or not any(map(piece.is_wanted, findings)) or not piece.take(findings):
            return False
        piece.settle()
        self._put_aside(piece)
        return True

    def ask(self, ask: Ask, conclude: Callable[[], Mapping[str, list[Finding]]]) -> None:
        """Let someone decide on what is proposed for the file."""
        piece = self.piece
        if piece is not None:
            ask(piece, lambda: piece.undecided([*piece.report.findings, *conclude().get(self.path, ())]))
            self._put_aside(piece)

    def _put_aside(self, piece: Workpiece) -> None:
        """Of many files no more is kept than must be: what the rules without fixes say of each is asked at once."""
        self._rest = None
        if self._among_others:
            self._rest = self._look(piece)
            piece.let_go()

    def _look(self, piece: Workpiece) -> FileReport:
        report = instructed(self._orders.resting.check(piece.volume, self._task.timed), piece.volume)
        return outlined(report, piece.volume) if self._task.outlined else report

    def finish(self) -> Result:
        """Keep the file if it was changed, and say what is left."""
        piece, task = self.piece, self._task
        if piece is None:
            return Result(check_file(self._orders.engine, task), {})
        if piece.data == piece.original:
            return Result(self._report(piece), {})
        kept = self._orders.keep(task, piece.original, piece.data)
        if not kept.problem:
            return Result(self._report(piece), piece.fixed, kept, piece.data if kept.shown else None)
        return as_it_was(self._orders.engine, task, kept)

    def _report(self, piece: Workpiece) -> FileReport:
        """What all rules find in the file as it has become."""
        rest = self._rest or self._look(piece)
        complaints = piece.complaints([*piece.report.findings, *self._together])
        piece.let_go()
        return rest._replace(
            findings=tuple(sorted([*piece.report.findings, *rest.findings, *complaints], key=order)),
            facts={**piece.report.facts, **rest.facts},
            seconds={**piece.report.seconds, **rest.seconds},
        )


def as_it_was(engine: Engine, task: Task, kept: Kept) -> Result:
    """The result on a file that is as it was, because what it should become could not be kept."""
    report = check_file(engine, task)
    finding = could_not_write(task.found.path, kept.problem)
    return Result(report._replace(findings=(finding, *report.findings)), {}, kept)


def could_not_write(path: str, problem: str) -> Finding:
    """The finding that a file which was fixed is as it was, and why."""
    where = place(Source(path, ""), Span(0, 0))
    return Finding(UNWRITTEN, Severity.ERROR, where, f"The fixes of this file were not written: {problem}.")
