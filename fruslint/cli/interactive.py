"""``fruslint fix --interactive``: shows each fix that is not safe, before and after, and asks whether to make it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TextIO

from fruslint.cli.session import Session
from fruslint.findings import Edit, Finding, order
from fruslint.fingerprints import fingerprints
from fruslint.fixing.fixes import apply_edits, choose
from fruslint.fixing.volumes import Fixer
from fruslint.fixing.workpiece import Workpiece
from fruslint.record import Record
from fruslint.repository.revisions import user_name
from fruslint.silencing.silences import ACCEPTED, find_silences
from fruslint.source import Source, Span
from fruslint.terminal import Screen, mark, screen_of

_HELP = """\
  y  yes, make this fix
  n  no, leave it
  a  yes, and all others of this rule in this run without asking
  d  no, and all others of this rule in this run without asking
  r  it is right as it is: give the reason, and it is accepted in the ledger and not found again
  w  why: what the rule is for
  q  stop asking; what was answered so far is done
"""
_MOST_EDITS = 3


class _Answered(Record):
    """A fix that was decided on, where it stood when its file had that age, and why it is right as it is, if so."""

    rule: str
    start: int
    age: int
    reason: str = ""

    def is_about(self, finding: Finding, piece: Workpiece) -> bool:
        """Whether a finding in the file as it is now is the one that was decided on."""
        return finding.rule == self.rule and finding.place.span.start == piece.moved(self.start, self.age)


class Interview:
    """Asks about fixes on standard error, and reads the answers from standard input.

    ``fixer`` is told what was accepted, once it is known.
    """

    def __init__(self, session: Session, options: Namespace) -> None:
        self.fixer: Fixer | None = None
        self._out: TextIO = sys.stderr
        self._screen = screen_of(sys.stderr, os.environ, no_color=options.no_color)
        self._rules = {rule.id: rule for rule in session.engine.rules}
        self._author = ""
        self._paths = [task.found.path for task in session.tasks]
        self._roots = options.paths or ["."]
        self._always: dict[str, bool] = {}
        self._stopped = False

    def ask(self, piece: Workpiece, found: Callable[[], list[Finding]]) -> None:
        """Ask about all that is proposed for a file, and make what is wanted, until nothing new is proposed."""
        answered: list[_Answered] = []
        while not self._stopped:
            new = [one for one in self._open(found()) if not any(done.is_about(one, piece) for done in answered)]
            if not new:
                break
            wanted = self._ask_about(choose(new), piece, answered)
            if wanted and piece.make(wanted, safe=False):
                piece.settle()
        # Only now are the words around what was accepted those by which it will be known.
        self._accept([one for one in answered if one.reason], piece, found)

    def _open(self, findings: Iterable[Finding]) -> list[Finding]:
        open_ = (one for one in findings if one.fix and not one.fix.safe)
        return sorted((one for one in open_ if self._always.get(one.rule, True)), key=order)

    def _ask_about(self, findings: Iterable[Finding], piece: Workpiece, answered: list[_Answered]) -> list[Finding]:
        """Those of the fixes that are wanted; all that were decided on are added to ``answered``."""
        wanted = []
        for finding in findings:
            if finding.rule not in self._always:
                self._out.writelines(_shown(finding, piece.volume.source, self._screen))
            answer, reason = self._answer(finding.rule)
            answered.append(_Answered(finding.rule, finding.place.span.start, piece.age, reason))
            if answer == "y":
                wanted.append(finding)
            if self._stopped:
                break
        return wanted

    def _answer(self, rule: str) -> tuple[str, str]:
        """``y`` or ``n``, and the reason where someone said that it is right as it is."""
        while rule not in self._always:
            answer = self._prompt(f"Make this fix of {rule}? [y/n/a/d/r/w/q/?] ", "q")[:1].lower()
            if answer in ("y", "n"):
                return answer, ""
            if answer == "q":
                self._stopped = True
                return "n", ""
            reason = self._prompt("Why is it right as it is? (nothing to go back) ", "") if answer == "r" else ""
            if reason:
                return "n", reason
            self._tell(rule, answer)
        return "y" if self._always[rule] else "n", ""

    def _tell(self, rule: str, answer: str) -> None:
        """What is not about one fix: all of a rule, what a rule is for, and what can be answered."""
        if answer in ("a", "d"):
            self._always[rule] = answer == "a"
        elif answer != "r":
            self._out.writelines(self._why(rule) if answer == "w" else _HELP)

    def _prompt(self, question: str, at_end: str) -> str:
        """The answer to a question; ``at_end`` where there is nobody to answer any more."""
        self._out.write(question)
        self._out.flush()
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if sys.stdin is None or not (line and sys.stdin.isatty()):  # nobody typed a line end that shows
            self._out.write("\n")
        return line.strip() if line else at_end

    def _accept(self, accepted: Sequence[_Answered], piece: Workpiece, found: Callable[[], list[Finding]]) -> None:
        """Write into the ledger what is right as it is; the file itself need not have been written yet."""
        if not accepted:
            return
        from datetime import date

        from fruslint.cli.decisions import enter
        from fruslint.silencing.accepting import accept

        self._author = self._author or user_name(".") or self._prompt("Who decides? ", "")
        findings = found()
        known = fingerprints(findings, piece.volume.source.text)
        today = date.today().isoformat()
        for finding, fingerprint in zip(findings, known, strict=True):
            reason = next((one.reason for one in accepted if one.is_about(finding, piece)), "")
            if reason:
                marked = [finding._replace(fingerprint=fingerprint)]
                change = partial(accept, reason=reason, author=self._author, date=today)
                ledgers = enter(marked, ACCEPTED, change)
                self._out.writelines(f"Accepted in {self._screen.show(one.source.path)}\n" for one in ledgers)
        if self.fixer is not None and self.fixer.orders.silences is not None:
            rules = self.fixer.orders.silences.known
            self.fixer.orders.silences = find_silences(rules, self._paths, self._roots)

    def _why(self, rule: str) -> Iterator[str]:
        import textwrap

        text = self._screen.show(" ".join(self._rules[rule].why.split()))
        for line in textwrap.wrap(text, self._screen.width, initial_indent="  ", subsequent_indent="  "):
            yield f"{line}\n"


def _shown(finding: Finding, source: Source, screen: Screen) -> Iterator[str]:
    """What a fix would do: where, what is wrong, and the lines before and after with the change marked."""
    place = finding.place
    where = f"{screen.paint(screen.show(place.path), 'bold')}:{place.start.line}:{place.start.column}"
    yield f"\n{where}: {screen.paint(finding.rule, 'bold')} {screen.show(finding.message)}\n"
    edits = sorted({(edit.span, edit.replacement) for edit in finding.fix.edits} if finding.fix else set())
    try:
        after = Source(place.path, apply_edits(source.text, [Edit(*edit) for edit in edits]))
    except ValueError as error:  # a mistake of the rule: the fix will be refused
        yield f"  {screen.show(str(error))}\n"
        return
    shift = 0
    for span, replacement in edits[:_MOST_EDITS]:
        yield from _line("-", source, span, screen)
        yield from _line("+", after, Span(span.start + shift, span.start + shift + len(replacement)), screen)
        shift += len(replacement) - (span.end - span.start)
    if len(edits) > _MOST_EDITS:
        yield f"  {screen.ellipsis} and {len(edits) - _MOST_EDITS} more changes\n"


def _line(sign: str, source: Source, span: Span, screen: Screen) -> Iterator[str]:
    """The line at a span with the span marked; a line end that is marked shows as where it stands."""
    start, end = source.position(span.start), source.position(span.end)
    excerpt = source.excerpt(span.start)
    length = span.end - span.start if end.line == start.line else len(excerpt.text) - start.column + excerpt.column
    cut = mark(excerpt, start.column, length, screen, screen.width - 4)
    gap = len(cut.carets) - len(cut.carets.lstrip())
    yield f"  {screen.paint(sign, 'error' if sign == '-' else 'good')} {cut.line}\n"
    yield f"    {' ' * gap}{screen.paint(cut.carets.lstrip(), 'mark')}\n"
