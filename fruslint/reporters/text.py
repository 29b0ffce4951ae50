"""Findings for people: where, what, the words around the place with a caret under it, and what else is to be seen.

A paragraph is one line of up to 2,000 characters in an edition file, so a line is cut to the part around the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fruslint.findings import INTERNAL, Finding, Place, Severity
from fruslint.messages import counted
from fruslint.reporters import View
from fruslint.runner import Outcome
from fruslint.terminal import Screen, mark, width

_GUTTER = " | "


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run, or a table by rule, and a last line that sums up."""
    if view.statistics:
        yield from _statistics(outcome, view.screen)
    elif view.quiet:
        yield from (headline(f, view.screen) for f in outcome.findings if f.severity > Severity.INFO)
    else:
        yield from _findings(outcome, view.screen)
    if not view.quiet:
        yield _summary(outcome, view)


def _findings(outcome: Outcome, screen: Screen) -> Iterator[str]:
    explained: set[str] = set()
    for finding in outcome.findings:
        yield block(finding, screen)
        for advice in (_help(finding), _fix(finding)):
            if advice and advice not in explained:  # once for each rule is enough
                explained.add(advice)
                yield _remark(finding.place, screen.paint(advice, "dim"))
        yield "\n"


def _help(finding: Finding) -> str:
    if finding.rule == INTERNAL:
        return "help: please report this mistake of fruslint"
    return f"help: fruslint explain {finding.rule}"


def _fix(finding: Finding) -> str:
    """The command that fixes this and its like; empty where nothing can."""
    if finding.fix is None:
        return ""
    command = f"fruslint fix --select {finding.rule}"
    return f"fix: {command}" if finding.fix.safe else f"fix that changes words: {command} --unsafe-fixes"


def block(finding: Finding, screen: Screen) -> str:
    """One finding with its excerpt, its related places and what was folded into it."""
    parts = [headline(finding, screen), excerpt(finding.place, screen)]
    parts += [_remark(finding.place, f"{where(r.place, screen)}: {screen.show(r.message)}") for r in finding.related]
    if finding.more:
        places = counted(finding.more, "more place")
        parts.append(_remark(finding.place, f"and {places}; show all with --max-per-rule 0"))
    return "".join(parts)


def headline(finding: Finding, screen: Screen) -> str:
    """``path:line:column: severity RULE message``, on one line."""
    severity = screen.paint(finding.severity.label, finding.severity.label)
    rule = screen.paint(finding.rule, "bold")
    return f"{where(finding.place, screen)}: {severity} {rule} {screen.show(finding.message)}\n"


def where(place: Place, screen: Screen) -> str:
    """``path:line:column``, as terminals and editors make a link of it."""
    return f"{screen.paint(screen.show(place.path), 'bold')}:{place.start.line}:{place.start.column}"


def excerpt(place: Place, screen: Screen) -> str:
    """The line around a place with carets under it; nothing where there are no words to show."""
    if not place.excerpt.text.strip():
        return ""
    indent = _indent(place)
    number = screen.paint(str(place.start.line), "dim")
    marked = mark(place.excerpt, place.start.column, _length(place), screen, screen.width - len(indent + _GUTTER))
    edge = screen.paint("|", "dim")
    gap = " " * (len(marked.carets) - len(marked.carets.lstrip()))
    carets = gap + screen.paint(marked.carets.lstrip(), "mark")
    return f"{indent} {edge}\n{number} {edge} {marked.line}\n{indent} {edge} {carets}\n"


def _indent(place: Place) -> str:
    return " " * len(str(place.start.line))


def _length(place: Place) -> int:
    """How many characters to mark: to the end of the line, where the place goes on behind it."""
    if place.end.line == place.start.line:
        return place.end.column - place.start.column
    return place.excerpt.column + len(place.excerpt.text) - place.start.column


def _remark(place: Place, text: str) -> str:
    return f"{_indent(place)} = {text}\n"


def _statistics(outcome: Outcome, screen: Screen) -> Iterator[str]:
    """The rules that found something, the most frequent first."""
    counts = sorted((count for count in outcome.rules if count.findings), key=lambda c: (-c.findings, c.rule))
    if not counts:
        return
    rows = [
        (
            screen.show(f"{count.rule} {outcome.names.get(count.rule, '')}".rstrip()),
            *(f"{number:,}" for number in (count.findings, count.documents, count.files, count.volumes)),
            f"{count.seconds:.2f} s",
        )
        for count in counts
    ]
    yield from table(("rule", "findings", "documents", "files", "volumes", "time"), rows, screen)
    yield "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], screen: Screen) -> Iterator[str]:
    """A table with its first column to the left and the others, which hold numbers, to the right."""
    sizes = [max(width(row[index]) for row in (head, *rows)) for index in range(len(head))]
    for row in (head, *rows):
        first = row[0] + " " * (sizes[0] - width(row[0]))
        rest = "".join(f"  {cell:>{size}}" for cell, size in zip(row[1:], sizes[1:], strict=True))
        line = (first + rest).rstrip()
        yield (screen.paint(line, "dim") if row is head else line) + "\n"


def _summary(outcome: Outcome, view: View) -> str:
    screen = view.screen
    checked = f"Checked {counted(outcome.documents, 'document')} in {counted(outcome.files, 'file')}"
    severities = sorted(outcome.counts, reverse=True)
    found = [
        screen.paint(counted(outcome.counts[severity], severity.label), severity.label)
        for severity in severities
        if outcome.counts[severity]
    ]
    result = ", ".join(found) if found else screen.paint("nothing to report", "good")
    silenced = f"; {len(outcome.silenced):,} silenced" if outcome.silenced else ""
    # a file or a pipe may be compared with the next one
    took = f" ({outcome.seconds:.1f} s)" if screen.terminal or view.statistics else ""
    return f"{checked}: {result}{silenced}{took}\n"
