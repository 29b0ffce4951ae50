"""The rules of a report: what each says, why, when it is silent, and what wrong and right look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fruslint.errors import ConfigurationError
from fruslint.findings import place
from fruslint.patterns import late
from fruslint.reporters.html_page.excerpts import excerpt
from fruslint.reporters.html_page.words import CUT, coded, html, safe
from fruslint.rules import Rule
from fruslint.rules.examples import Example, load_examples
from fruslint.source import Source, Span

_CODE = late(r"`([^`]+)`")
_WHOLE = 12  # an example of up to so many lines is shown as a whole
_LINE = 200


def rule_articles(rules: Sequence[Rule]) -> Iterator[str]:
    """The rules, folded, each under the id ``rule-`` and its own."""
    for rule in rules:
        yield f'<details class="rule" id="rule-{rule.id}"><summary><b>{rule.id}</b> <span>{safe(rule.name)}</span>'
        yield f' <em class="{rule.severity.label}">{rule.severity.label}</em></summary>\n<div class="explained">'
        yield from _explained(rule)
        yield "</div></details>\n"


def _explained(rule: Rule) -> Iterator[str]:
    yield f'<p class="gist">{_prose(rule.summary)}</p>'
    for paragraph in filter(None, rule.why.split("\n\n")):
        yield f"<p>{_prose(paragraph)}</p>"
    if rule.exits:
        yield "<h4>It stays silent on</h4><ul>"
        yield from (f"<li>{_prose(one)}</li>" for one in rule.exits)
        yield "</ul>"
    yield from _examples(rule)


def _prose(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", safe(" ".join(text.split())))


def _examples(rule: Rule) -> Iterator[str]:
    try:
        examples = load_examples(rule)
    except ConfigurationError as error:
        yield f"<p>The examples of this rule cannot be read: {safe(error.message)}</p>"
        return
    for title, good in (("Wrong", False), ("Right", True)):
        chosen = next((one for one in examples if one.is_good == good), None)
        if chosen is not None:
            yield f'<h4 class="{"good" if good else "bad"}"><span>{title}</span> {_prose(chosen.title)}</h4>'
            yield from _example(chosen)


def _example(example: Example) -> Iterator[str]:
    for name in example.files:
        source = example.source(name)
        if not source.text.strip():
            continue
        yield '<figure class="specimen">'
        if len(example.files) > 1:
            yield f"<figcaption>{safe(name)}</figcaption>"
        yield f"<ol>{''.join(_lines(source, _spans(example, source)))}</ol></figure>"


def _spans(example: Example, source: Source) -> dict[int, Span]:
    """The first span that is marked in each line, by line."""
    spans: dict[int, Span] = {}
    for expected in example.findings:
        if expected.path == source.path and expected.line <= len(source.line_starts):
            start = source.line_starts[expected.line - 1] + expected.column - 1
            spans.setdefault(expected.line, Span(start, start + len(expected.text or "")))
    return spans


def _lines(source: Source, spans: dict[int, Span]) -> Iterator[str]:
    """The lines of a short example, or those around the places of a longer one."""
    last = 0
    for number in _shown(source, spans):
        gap = ' class="gap"' if number > last + 1 else ""
        last = number
        text = excerpt(place(source, spans[number])) if number in spans else _line(source, number)
        yield f'<li value="{number}"{gap}>{html(text)}</li>'


def _shown(source: Source, spans: dict[int, Span]) -> list[int]:
    count = len(source.lines)
    count -= count > 1 and not source.lines[-1]
    if count <= _WHOLE:
        return list(range(1, count + 1))
    near = {line + step for line in spans or {2} for step in range(-2, 3)}
    return [line for line in range(1, count + 1) if line in near]


def _line(source: Source, number: int) -> str:
    text = source.text[slice(*source.line_span(number))]
    return coded(text) if len(text) <= _LINE else coded(text[:_LINE].rsplit(" ", 1)[0]) + CUT
