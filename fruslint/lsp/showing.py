"""Findings as an editor shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lsprotocol import types

from fruslint.findings import Finding, Place, Severity
from fruslint.lsp.buffers import position_of, range_of
from fruslint.lsp.checking import About, Checked
from fruslint.source import Source
from fruslint.terminal import visible

NAME = "fruslint"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(checked: Checked, source: Source, units: str) -> list[types.Diagnostic]:
    """What an editor marks: each finding at its place, or at the top of the file why there are none."""
    if checked.problem:
        top = types.Range(types.Position(0, 0), types.Position(0, 1))
        severity = types.DiagnosticSeverity.Error
        return [types.Diagnostic(top, visible(checked.problem), severity, source=NAME)]
    return [_diagnostic(finding, source, units) for finding in checked.findings]


def _diagnostic(finding: Finding, source: Source, units: str) -> types.Diagnostic:
    return types.Diagnostic(
        range_of(source, finding.place.span, units),
        visible(finding.message),
        _SEVERITIES[finding.severity],
        code=finding.rule,
        source=NAME,
        related_information=[
            types.DiagnosticRelatedInformation(_location(related.place, source, units), visible(related.message))
            for related in finding.related
        ],
    )


def _location(place: Place, source: Source, units: str) -> types.Location:
    if place.path == source.path:
        return types.Location(Path(source.path).as_uri(), range_of(source, place.span, units))
    # Of another file only the line around the place is at hand.
    text, first = place.excerpt
    start = position_of(text[: place.start.column - first], place.start, units)
    return types.Location(Path(place.path).absolute().as_uri(), types.Range(start, start))


def hover(findings: Sequence[Finding], rules: dict[str, About], source: Source, units: str) -> types.Hover | None:
    """What is said about the findings at a place; None where there are none."""
    if not findings:
        return None
    text = "\n\n---\n\n".join(_said(finding, rules.get(finding.rule)) for finding in findings)
    where = range_of(source, findings[0].place.span, units)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), where)


def _said(finding: Finding, about: About | None) -> str:
    head = f"**{finding.rule}** {about.name if about else ''} ({finding.severity.label})".replace("  ", " ")
    parts = [head, _escaped(finding.message)]
    if about is not None:
        parts += [_escaped(about.why), *([_listed("It stays silent for:", about.exits)] if about.exits else [])]
    return "\n\n".join(parts)


def _listed(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, "", *(f"- {_escaped(line)}" for line in lines)])


def _escaped(text: str) -> str:
    """Words that may come from a document, as Markdown that shows them and nothing else."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]()<>#+-!|~&" else char for char in visible(text))
