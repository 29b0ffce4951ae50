"""One file while it is fixed: pass after pass, until nothing is left to do.

Each pass chooses fixes that can be made together, makes them, reads the result and weighs it against what it was. Where
it is not as it must be, the fixes to blame are found by halving, and never tried again. Safe fixes come first; only
when none is left are unsafe ones made, since after those nothing can be said of the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from fruslint.engine import Engine
from fruslint.findings import REFUSED, Finding, Severity, order
from fruslint.fixing.comparison import difference, is_fixable
from fruslint.fixing.fixes import Replacement, apply_to_bytes, choose, spelled_out
from fruslint.model import Volume
from fruslint.readers import read_bytes
from fruslint.record import Record

MOST_PASSES = 30
_MOST_REFUSALS = 3  # of one rule in a file: whoever is wrong three times is not tried a hundred times more
_AROUND = 16

Key = tuple[str, tuple[str, ...]]


class _Pass(Record):
    """What one pass made: how many fixes of each rule, their edits, and the digest of the file before it."""

    before: bytes
    rules: Counter[str]
    edits: frozenset[Replacement]


class _Trial(Record):
    """What a file would be with some fixes made."""

    data: bytes
    volume: Volume


def _all(findings: Iterable[Finding], volume: Volume) -> list[Finding]:
    return list(findings)


class Workpiece:
    """A file that is fixed. ``data`` is what it has become, ``report`` what the rules with fixes find in it now."""

    def __init__(
        self,
        engine: Engine,
        path: str,
        data: bytes,
        *,
        unsafe: bool,
        timed: bool = False,
        read: Callable[[str, bytes], Volume] = read_bytes,
        open_ones: Callable[[Iterable[Finding], Volume], list[Finding]] = _all,
    ) -> None:
        self.original = self.data = data
        self.path = path
        self.refusals: dict[Key, str] = {}
        self._engine = engine
        self._unsafe = unsafe
        self._timed = timed
        self._barred: dict[str, str] = {}
        self._passes: list[_Pass] = []
        self._trial: _Trial | None = None
        self._read = read
        self._open_ones = open_ones
        self._volume: Volume | None = read(path, data)
        self.report = engine.check(self.volume, timed)

    @property
    def volume(self) -> Volume:
        """What stands in the file now; read again if it was let go."""
        if self._volume is None:
            self._volume = self._read(self.path, self.data)
        return self._volume

    def let_go(self) -> None:
        """Keep no more of the file in memory than its bytes and its report."""
        self._volume = None

    @property
    def fixed(self) -> Counter[str]:
        """How many fixes of each rule were made."""
        return sum((made.rules for made in self._passes), Counter())

    @property
    def age(self) -> int:
        """How many passes were made."""
        return len(self._passes)

    def moved(self, offset: int, age: int) -> int:
        """Where that is now which stood at ``offset`` when the file had this age."""
        for made in self._passes[age:]:
            before = ((span, text) for span, text in made.edits if span.start >= 0 and span.end <= offset)
            offset += sum(len(text) - (span.end - span.start) for span, text in before)
        return offset

    def settle(self) -> None:
        """Make all fixes that the rules propose for the file, and those they propose then, until there are none.

        What was refused is tried once more in the end, as a second run would: it may be right together with others.
        """
        self._exhaust()
        made = -1
        while self.refusals and made != self.age:
            made = self.age
            self.refusals.clear()
            self._exhaust()

    def _exhaust(self) -> None:
        while self.take(self.report.findings):
            pass

    def take(self, findings: Iterable[Finding]) -> bool:
        """Make one pass with the fixes of ``findings``, which must be of the file as it is; whether anything changed."""
        if not is_fixable(self.volume):
            return False
        wanted = sorted(filter(self.is_wanted, self.undecided(findings)), key=order)
        for safe in (True, False):
            chosen = choose(one for one in wanted if one.fix is not None and one.fix.safe is safe)
            while chosen:
                if self.make(chosen, safe=safe):
                    return True
                chosen = choose(one for one in wanted if self.is_wanted(one) and one.fix and one.fix.safe is safe)
        return False

    def undecided(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those of ``findings``, which must be of the file as it is, that nobody wants to stay as they are."""
        return self._open_ones(findings, self.volume)

    def is_wanted(self, finding: Finding) -> bool:
        """Whether the fix of a finding is one to make: there is one, it was asked for, and not refused before."""
        fix = finding.fix
        if fix is None or finding.place.path != self.path or not (fix.safe or self._unsafe):
            return False
        return finding.rule not in self._barred and not (self.refusals and self.key(finding) in self.refusals)

    def make(self, chosen: Sequence[Finding], *, safe: bool) -> bool:
        """Make fixes that do not overlap, but for those that must be refused; whether one was made."""
        self._trial = None
        made = self._sift([], sorted(chosen, key=_by_rule), safe)
        if self._trial is None or not made:
            return False
        edits = spelled_out(self.volume.source.text, (edit for one in made if one.fix for edit in one.fix.edits))
        self._passes.append(_Pass(_digest(self.data), Counter(finding.rule for finding in made), frozenset(edits)))
        self._put(*self._trial)
        self._end_quarrels()
        return True

    def _put(self, data: bytes, volume: Volume | None = None) -> None:
        self.data, self._volume, self._trial = data, volume, None
        self.report = self._engine.check(self.volume, self._timed)

    def _sift(self, made: list[Finding], more: list[Finding], safe: bool) -> list[Finding]:
        """``made`` and as many of ``more`` as can be made too."""
        more = [finding for finding in more if not self._is_hopeless(finding)]
        if not more:
            return made
        problem = self._try([*made, *more], safe)
        if not problem:
            return [*made, *more]
        if len(more) == 1:
            self._refuse(more[0], problem)
            return made
        half = len(more) // 2
        return self._sift(self._sift(made, more[:half], safe), more[half:], safe)

    def _try(self, findings: Sequence[Finding], safe: bool) -> str:
        """What would be wrong with the file if these fixes were made; empty, and kept as the trial, if nothing."""
        edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
        try:
            data = apply_to_bytes(self.data, edits, self.volume.source.encoding)
            volume = self._read(self.path, data)
        except Exception as error:  # a rule, or a reader that meets what no one wrote, must not stop the run
            return f"fail: {error}"
        problem = difference(self.volume, volume, safe=safe)
        if not problem:
            self._trial = _Trial(data, volume)
        return problem

    def _is_hopeless(self, finding: Finding) -> bool:
        """Whether too many fixes of this rule were refused to try another; it is refused then."""
        refused = sum(1 for rule, _ in self.refusals if rule == finding.rule)
        if refused < _MOST_REFUSALS:
            return False
        self._refuse(finding, "very likely do what the others of this rule would")
        return True

    def _refuse(self, finding: Finding, problem: str) -> None:
        self.refusals[self.key(finding)] = f"it would {problem}"

    def key(self, finding: Finding) -> Key:
        """What a fix is known by after the text before it has changed: its rule, and each edit with what is around it."""
        text = self.volume.source.text
        edits = finding.fix.edits if finding.fix else ()
        around = [
            part
            for (start, end), replacement, *_ in edits
            for part in (
                text[max(0, start - _AROUND) : max(0, start)],
                text[max(0, start) : end + _AROUND],
                replacement,
            )
        ]
        return finding.rule, tuple(around)

    def _end_quarrels(self) -> None:
        """Bar the rules whose fixes undo each other, or never come to an end, and begin again without them."""
        now = _digest(self.data)
        seen = next((index for index, made in enumerate(self._passes) if made.before == now), None)
        if seen is not None:
            self._bar(self._passes[seen:], "undo each other")
        elif len(self._passes) >= MOST_PASSES:
            self._bar(self._passes[-1:], "never come to an end")
        else:
            return
        self._passes.clear()
        self._put(self.original)

    def _bar(self, passes: Iterable[_Pass], what: str) -> None:
        rules = sorted({rule for made in passes for rule in made.rules})
        for rule in rules:
            self._barred[rule] = f"the fixes of {' and '.join(rules)} {what} in this file"

    def complaints(self, findings: Iterable[Finding]) -> list[Finding]:
        """A finding for each fix among ``findings`` that was refused, and for each rule that was barred."""
        told: set[str] = set()
        complaints = []
        for finding in filter(_has_fix, findings):
            reason = self.refusals.get(self.key(finding)) if self.refusals else None
            if reason is None and finding.rule not in told:
                reason = self._barred.get(finding.rule)
                told.add(finding.rule)
            if reason is not None:
                message = f"The fix of {finding.rule} was not made here: {reason}."
                complaints.append(Finding(REFUSED, Severity.ERROR, finding.place, message, finding.document))
        return complaints


def _has_fix(finding: Finding) -> bool:
    return finding.fix is not None


def _by_rule(finding: Finding) -> tuple[str, int]:
    """The fixes of a rule side by side: where one is wrong, the others may be too."""
    return finding.rule, finding.place.span.start


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
