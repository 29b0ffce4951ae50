"""``fruslint fix --interactive``: shows each fix that is not safe, before and after, and asks whether to make it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from fruslint.cli.session import Session
from fruslint.findings import Edit, Finding, order
from fruslint.fingerprints import fingerprints
from fruslint.fixes import apply_edits, choose
from fruslint.fixing.volumes import Fixer
from fruslint.fixing.workpiece import Workpiece
from fruslint.revisions import user_name
from fruslint.silences import ACCEPTED, find_silences
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


class Interview:
    """Asks about fixes on standard error, and reads the answers from standard input."""

    def __init__(self, session: Session, options: Namespace) -> None:
        self._out: TextIO = sys.stderr
        self._screen = screen_of(sys.stderr, os.environ, no_color=options.no_color)
        self._rules = {rule.id: rule for rule in session.engine.rules}
        self._author = ""
        self._paths = [task.found.path for task in session.tasks]
        self._roots = options.paths or ["."]
        self._always: dict[str, bool] = {}
        self._stopped = False
        self.fixer: Fixer | None = None
        """Whose fixes are asked about: it is told what was decided on."""

    def ask(self, piece: Workpiece, found: Callable[[], list[Finding]]) -> None:
        """Ask about all that is proposed for a file, and make what is wanted, until nothing new is proposed."""
        answered: set[object] = set()
        while not self._stopped:
            new = [finding for finding in self._open(found()) if piece.key(finding) not in answered]
            if not new:
                return
            wanted = []
            for finding in choose(new):
                answered.add(piece.key(finding))
                if self._wants(finding, piece.volume.source, found):
                    wanted.append(finding)
                if self._stopped:
                    break
            if wanted and piece.make(wanted, safe=False):
                piece.settle()

    def _open(self, findings: Iterable[Finding]) -> list[Finding]:
        open_ = (one for one in findings if one.fix and not one.fix.safe)
        return sorted((one for one in open_ if self._always.get(one.rule, True)), key=order)

    def _wants(self, finding: Finding, source: Source, found: Callable[[], list[Finding]]) -> bool:
        always = self._always.get(finding.rule)
        if always is not None:
            return always
        self._out.writelines(_shown(finding, source, self._screen))
        return self._answer(finding, source, found)

    def _answer(self, finding: Finding, source: Source, found: Callable[[], list[Finding]]) -> bool:
        while True:
            answer = self._prompt(f"Make this fix of {finding.rule}? [y/n/a/d/r/w/q/?] ", "q")[:1].lower()
            if answer in _DECISIONS:
                return self._decide(finding.rule, answer)
            if answer == "r" and self._accept(finding, source, found):
                return False
            if answer != "r":
                self._out.writelines(self._why(finding.rule) if answer == "w" else _HELP)

    def _prompt(self, question: str, at_end: str) -> str:
        """The answer to a question; ``at_end`` where there is nobody to answer any more."""
        self._out.write(question)
        self._out.flush()
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if sys.stdin is None or not (line and sys.stdin.isatty()):  # nobody typed a line end that shows
            self._out.write("\n")
        return line.strip() if line else at_end

    def _accept(self, finding: Finding, source: Source, found: Callable[[], list[Finding]]) -> bool:
        """Write into the ledger that a finding is right, if a reason is given; its file may not have been written yet."""
        from datetime import date

        from fruslint.accepting import accept
        from fruslint.cli.decisions import enter

        reason = self._prompt("Why is it right as it is? (nothing to go back) ", "")
        if not reason:
            return False
        self._author = self._author or user_name(".") or self._prompt("Who decides? ", "")
        same = found()
        fingerprint = fingerprints(same, source.text)[same.index(finding)]
        today = date.today().isoformat()
        known = finding._replace(fingerprint=fingerprint)
        entered = enter([known], ACCEPTED, lambda ledger, new: accept(ledger, new, reason, self._author, today))
        self._out.write(f"Accepted in {', '.join(self._screen.show(ledger.source.path) for ledger in entered)}\n")
        if self.fixer is not None and self.fixer.silences is not None:
            known_rules = self.fixer.silences.known
            self.fixer.silences = find_silences(known_rules, self._paths, self._roots)
        return True

    def _decide(self, rule: str, answer: str) -> bool:
        if answer in "ad":
            self._always[rule] = answer == "a"
        self._stopped = answer == "q"
        return answer in "ya"

    def _why(self, rule: str) -> Iterator[str]:
        import textwrap

        text = self._screen.show(" ".join(self._rules[rule].why.split()))
        for line in textwrap.wrap(text, self._screen.width, initial_indent="  ", subsequent_indent="  "):
            yield f"{line}\n"


_DECISIONS = frozenset("ynadq")


def _shown(finding: Finding, source: Source, screen: Screen) -> Iterator[str]:
    """What a fix would do: where, what is wrong, and the lines before and after with the change marked."""
    place = finding.place
    where = f"{screen.paint(screen.show(place.path), 'bold')}:{place.start.line}:{place.start.column}"
    yield f"\n{where}: {screen.paint(finding.rule, 'bold')} {screen.show(finding.message)}\n"
    edits = sorted({(edit.span, edit.replacement) for edit in finding.fix.edits} if finding.fix else set())
    after = Source(place.path, apply_edits(source.text, [Edit(*edit) for edit in edits]))
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
