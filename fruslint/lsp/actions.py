"""What an editor offers to do about findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from fruslint.findings import Edit, Finding, Fix
from fruslint.lsp.buffers import Buffer, range_of

ACCEPT = "fruslint.accept"
EXPLAIN = "fruslint.explain"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.fruslint"
_REASONS = ("as printed", "checked, and right")


def actions(
    uri: str, buffer: Buffer, findings: Sequence[Finding], every: Sequence[Finding], units: str
) -> list[types.CodeAction]:
    """What can be done about ``findings``, of all that the file has in ``every``."""
    offered = [action for finding in findings for action in _about(uri, buffer, finding, units)]
    fixes = filter(None, (_offered(finding) for finding in every))
    safe = [fix for fix in fixes if fix.safe]
    if safe:
        edit = _edit(uri, buffer, _apart(safe), units)
        offered.append(types.CodeAction("Fix all that is safe in this file", FIX_ALL, edit=edit))
    return offered


def _about(uri: str, buffer: Buffer, finding: Finding, units: str) -> Iterator[types.CodeAction]:
    kind = types.CodeActionKind.QuickFix
    fix = _offered(finding)
    if fix is not None:
        title = f"Fix {finding.rule}" + ("" if fix.safe else " (changes words: look at it)")
        edit = _edit(uri, buffer, fix.edits, units)
        yield types.CodeAction(title, kind, is_preferred=fix.safe, edit=edit)
    span = finding.place.span
    for reason in _REASONS:
        arguments: list[types.LSPAny] = [uri, finding.rule, span.start, span.end, reason]
        title = f"Accept {finding.rule}: {reason}"
        yield types.CodeAction(title, kind, command=types.Command(title, ACCEPT, arguments=arguments))
    title = f"Explain {finding.rule}"
    yield types.CodeAction(title, kind, command=types.Command(title, EXPLAIN, arguments=[finding.rule]))


def _offered(finding: Finding) -> Fix | None:
    """The fix of a finding, unless it is of line ends or the byte order mark: an editor writes those as it is set."""
    return finding.fix if finding.fix is not None and finding.fix.is_local else None


def _apart(fixes: Iterable[Fix]) -> list[Edit]:
    """The edits of fixes, without those that want to change what an earlier one changes."""
    chosen: list[Edit] = []
    end = -1
    for fix in sorted(fixes, key=lambda fix: min(edit.span for edit in fix.edits)):
        edits = sorted(fix.edits)
        if edits[0].span.start > end:
            chosen += edits
            end = max(edit.span.end for edit in edits)
    return chosen


def _edit(uri: str, buffer: Buffer, edits: Iterable[Edit], units: str) -> types.WorkspaceEdit:
    """The edits as one change of the version that was checked; an editor refuses it for a later one."""
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version=buffer.version)
    changes = [types.TextEdit(range_of(buffer.source, edit.span, units), edit.replacement) for edit in edits]
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])
