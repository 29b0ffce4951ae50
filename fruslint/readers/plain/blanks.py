"""Finds blank lines that are missing between two parts of a plain-text memorandum, or that are too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fruslint.model import Anomaly
from fruslint.patterns import late
from fruslint.readers.plain.lines import LineKind
from fruslint.readers.plain.outline import Entry, Role
from fruslint.source import Source, Span

_SENTENCE_END = late(r"[.?!:;][”’\"')\]]*\d{0,3}\s*$")
_REACH = 20
_LONGEST_ITEM = 120
# A number or a letter that has lost its paragraph, a line without any word, the first half of a word
_HALF_ABOVE = late(r"^\W*(?:\w{1,4}[.)]\s*)?\Z|[^\W\d_]-\s*\Z")
# A line that begins with a small letter, or has no word
_HALF_BELOW = late(r"\s*[a-z]|[\W\d]*\Z")
_NUMBERED = late(r"\d{1,5}\. [A-Z]")
_RAISED_NUMBER = late(r"\d{1,3} [A-Z]")
_CONTINUATIONS = frozenset({Role.MORE_OF_TITLE, Role.MORE_OF_ITEM, Role.MORE_OF_NOTE})
_NOTES = frozenset({Role.NOTE, Role.MORE_OF_NOTE})
_LINES = frozenset({Role.PARAGRAPH, Role.OPENER})
_ITEMS = frozenset({Role.ITEM, Role.MORE_OF_ITEM})


def blank_line_anomalies(source: Source, entries: Sequence[Entry]) -> Iterator[Anomaly]:
    """What is wrong with the blank lines of a memorandum, from its top to its end.

    Two of them before a list are left where its heading is lost; that loss is reported, and not the blank lines.
    """
    first = entries[0]
    if first.blanks:
        values = {"detail": "The title stands behind a blank line; it should be the first line"}
        yield Anomaly("blank-before-title", Span(0, 0), values, ((Span(0, first.line.span.start), ""),))
    pairs = list(pairwise(entries))
    close = [pair for pair in pairs if not pair[1].blanks and pair[1].role is Role.PARAGRAPH]
    is_wrapped = any(_goes_on(*pair) for pair in close)
    for before, entry in pairs:
        if entry.blanks != 1:
            yield from _between(source, before, entry, is_wrapped)
    yield from _at_end(source, entries[-1])


def _between(source: Source, before: Entry, entry: Entry, is_wrapped: bool) -> Iterator[Anomaly]:
    """What is wrong between two entries with no blank line between them, or several."""
    gap = Span(before.line.span.end, entry.line.span.start)
    if entry.blanks and (entry.role is not Role.ITEM or before.role is Role.HEADING):
        yield _surplus(source, gap, entry.blanks)
    elif not entry.blanks and _needs_blank(source, before, entry):
        values = {"detail": "A blank line is missing before this line"}
        edits = () if _may_be_one(before, entry, is_wrapped) else ((gap, 2 * source.newline),)
        yield Anomaly("blank-missing", entry.line.words, values, edits)


def _goes_on(before: Entry, entry: Entry) -> bool:
    """Whether a paragraph goes on in another line, as in a text of which all lines are broken."""
    return before.role is entry.role and _ends_sentence(before.line.text) is None


def _ends_sentence(text: str) -> re.Match[str] | None:
    return _SENTENCE_END.search(text, max(0, len(text) - _REACH))


def _may_be_one(before: Entry, entry: Entry, is_wrapped: bool) -> bool:
    """Whether two lines may be parts of one, which a blank line between them would hide."""
    above, below = before.line.text, entry.line.text
    if _HALF_ABOVE.search(above) or _HALF_BELOW.match(below):
        return True
    if before.role is Role.TITLE:
        return _NUMBERED.match(below) is not None
    if entry.role is Role.ITEM:
        return before.role in _LINES and len(above) < _LONGEST_ITEM and _ends_sentence(above) is None
    if entry.role is Role.PAGE:
        return before.role is Role.PARAGRAPH and _ends_sentence(above) is None
    return entry.role is before.role is Role.PARAGRAPH and (is_wrapped or _RAISED_NUMBER.match(below) is not None)


def _surplus(source: Source, gap: Span, blanks: int) -> Anomaly:
    line = source.position(gap.start).line + 2
    at = source.line_starts[line - 1]
    values = {"detail": f"{blanks} blank lines follow each other where one is enough"}
    return Anomaly("blank-surplus", Span(at, at), values, ((gap, 2 * source.newline),))


def _at_end(source: Source, last: Entry) -> Iterator[Anomaly]:
    end = last.line.span.end
    rest = Span(end, len(source.text))
    # another document may stand there
    if source.text.count("\n", end) > 1 and source.text[end:].isspace():
        values = {"detail": "Blank lines stand at the end of the file"}
        at = source.line_starts[source.position(end).line]
        yield Anomaly("blank-surplus", Span(at, at), values, ((rest, source.newline),))


def _needs_blank(source: Source, before: Entry, entry: Entry) -> bool:
    if before.role is Role.INLINE or before.role in _NOTES or entry.role in _CONTINUATIONS:
        return False
    if entry.role is Role.NOTE:
        return True
    if entry.role is Role.ITEM and before.role in _ITEMS:
        return False
    if entry.line.kind is LineKind.INDENTED or "\t" in entry.line.text:
        return False
    if entry.role is before.role is Role.PARAGRAPH:
        return _ends_sentence(before.line.text) is not None
    return entry.role is not before.role or entry.role is not Role.OPENER
