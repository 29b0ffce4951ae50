"""Shows one example of a rule: its file with carets under what the rule marks, and what the fix makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from fruslint.findings import Finding
from fruslint.rules import Rule
from fruslint.rules.examples import Example
from fruslint.source import Excerpt, Source
from fruslint.terminal import Screen, mark
from fruslint.trial import engine_for, find

_WHOLE = 14  # a file of up to so many lines is shown as a whole
_NEAR = 2  # of a longer one, so many lines before and behind each place
_REACH = 160


def show_example(rule: Rule, example: Example, screen: Screen) -> Iterator[str]:
    """The lines to print for an example."""
    findings = find(engine_for(example.rule(rule)), example.files, example.unread, rule, example.before)
    for name in example.files:
        if len(example.files) > 1:
            yield f"  {screen.paint(screen.show(name), 'bold')}\n"
        yield from _file(example.source(name), [one for one in findings if one.place.path == name], screen)
    for name, text in example.fixed.items():
        yield f"  {screen.paint('The fix makes of it', 'bold')}\n"
        yield from _changes(example.source(name), Source(name, text), screen)


def _lines(source: Source) -> list[str]:
    lines = [source.text[slice(*source.line_span(line + 1))] for line in range(len(source.line_starts))]
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _file(source: Source, findings: Sequence[Finding], screen: Screen) -> Iterator[str]:
    lines = _lines(source)
    places = {min(finding.place.start.line, len(lines)) for finding in findings}
    shown = _shown(len(lines), places)
    last = 0
    for number in shown:
        if number > last + 1:
            yield _row("", screen.ellipsis, screen)
        last = number
        here = [one for one in findings if min(one.place.start.line, len(lines)) == number]
        yield from _marked(lines[number - 1], number, here, screen)
    if last < len(lines):
        yield _row("", screen.ellipsis, screen)


def _shown(count: int, places: set[int]) -> list[int]:
    if count <= _WHOLE:
        return list(range(1, count + 1))
    near = {line + step for line in places or {1 + _NEAR} for step in range(-_NEAR, _NEAR + 1)}
    return [line for line in range(1, count + 1) if line in near]


def _marked(line: str, number: int, findings: Sequence[Finding], screen: Screen) -> Iterator[str]:
    """A line, and below it the carets and messages of what is found in it; cut anew around each place."""
    if not findings:
        yield _row(str(number), _cut(line, 1, screen), screen)
    previous = ""
    for finding in findings:
        start, end = finding.place.start, finding.place.end
        length = end.column - start.column if end.line == start.line else len(line) - start.column + 1
        cut = mark(_excerpt(line, start.column), start.column, length, screen, screen.width - 8)
        if cut.line != previous:
            yield _row(str(number), cut.line, screen)
        previous = cut.line
        gap = len(cut.carets) - len(cut.carets.lstrip())
        yield _row("", " " * gap + screen.paint(cut.carets.lstrip(), "mark"), screen)
        yield f"{' ' * 5} = {screen.show(finding.message)}\n"


def _changes(old: Source, new: Source, screen: Screen) -> Iterator[str]:
    before, after = _lines(old), _lines(new)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            pairs = zip("\n".join(before[a:b]), "\n".join(after[c:d]), strict=False)
            column = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) + 1
            yield from (_row("-", _cut(line, column, screen), screen) for line in before[a:b])
            yield from (_row("+", _cut(line, column, screen), screen) for line in after[c:d])


def _cut(line: str, column: int, screen: Screen) -> str:
    column = min(column, len(line) + 1)
    return mark(_excerpt(line, column), column, 0, screen, screen.width - 8).line


def _excerpt(line: str, column: int) -> Excerpt:
    start = max(column - 1 - _REACH, 0)
    return Excerpt(line[start : column - 1 + _REACH], start + 1)


def _row(head: str, text: str, screen: Screen) -> str:
    return f"{head:>5} {screen.paint('|', 'dim')} {text}".rstrip() + "\n"
