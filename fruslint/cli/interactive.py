"""``fruslint fix --interactive``: shows each fix that is not safe, before and after, and asks whether to make it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from fruslint.cli.session import Session
from fruslint.findings import Edit, Finding, order
from fruslint.fixes import apply_edits, choose
from fruslint.fixing.workpiece import Workpiece
from fruslint.source import Source, Span
from fruslint.terminal import Screen, mark, screen_of

_HELP = """\
  y  yes, make this fix
  n  no, leave it
  a  yes, and all others of this rule in this run without asking
  d  no, and all others of this rule in this run without asking
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
        self._always: dict[str, bool] = {}
        self._stopped = False

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
                if self._wants(finding, piece.volume.source):
                    wanted.append(finding)
                if self._stopped:
                    break
            if wanted and piece.make(wanted, safe=False):
                piece.settle()

    def _open(self, findings: Iterable[Finding]) -> list[Finding]:
        open_ = (one for one in findings if one.fix and not one.fix.safe)
        return sorted((one for one in open_ if self._always.get(one.rule, True)), key=order)

    def _wants(self, finding: Finding, source: Source) -> bool:
        always = self._always.get(finding.rule)
        if always is not None:
            return always
        self._out.writelines(_shown(finding, source, self._screen))
        return self._answer(finding)

    def _answer(self, finding: Finding) -> bool:
        while True:
            self._out.write(f"Make this fix of {finding.rule}? [y/n/a/d/w/q/?] ")
            self._out.flush()
            line = sys.stdin.readline() if sys.stdin is not None else ""
            answer = line.strip().lower()[:1] if line else "q"
            if not line:
                self._out.write("\n")
            if answer in _DECISIONS:
                return self._decide(finding.rule, answer)
            self._out.writelines(self._why(finding.rule) if answer == "w" else _HELP)

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
