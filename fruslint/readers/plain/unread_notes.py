"""Finds notes that stand among the text of a plain-text memorandum, or in a form in which the list does not have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from fruslint.language.vocabulary import SOURCE_LEAD
from fruslint.model import UNREAD_NOTE, Anomaly
from fruslint.patterns import late
from fruslint.readers.plain.lines import note_parts
from fruslint.readers.plain.outline import Entry, Role
from fruslint.record import Record

# What stands in front of the first word of a source note: a bullet, the sign of a quotation in mail, a number
_LEAD = f"{SOURCE_LEAD} "
_SOURCE = late(rf"\s*(?:[>•*·+–—-] *){{0,3}}(?:\d{{1,3}}[.)]? +)?{_LEAD}")
_LISTED = late(r"  \d{1,3}\. ")
_TEXT = frozenset({Role.OPENER, Role.PARAGRAPH, Role.QUOTE, Role.ITEM, Role.MORE_OF_ITEM})
_FARTHEST_LEAD = 20
_PARAGRAPH_OF_NOTE = 4
_LAYOUT = frozenset({"paragraph-indent", "blank-missing"})


class Unread(Record):
    """The lines of the text that are notes, and one anomaly for each run of them."""

    lines: tuple[Entry, ...]
    anomalies: tuple[Anomaly, ...]


def source_note_in_text(body: Sequence[Entry]) -> Entry | None:
    """The line of the text that begins ‘Source:’, as the first of the notes does."""
    for entry in body[1:]:
        if _LEAD in entry.line.text[:_FARTHEST_LEAD] and entry.role in _TEXT and _SOURCE.match(entry.line.text):
            return entry
    return None


def unread_notes(
    body: Sequence[Entry], source: Entry | None, numbers: Sequence[int | None], without: Iterable[int | None]
) -> Unread:
    """The notes that stand in the text; ``numbers`` are those of the list, ``without`` those of markers without a note.

    Such a line is the ``source`` note, or one that has the form of a note, and a number that a marker has and no note.
    Where nothing is listed, what stands right below the source note without a blank line are notes, too.
    """
    lost = set(without) - set(numbers)
    if source is None and not lost:  # most memoranda
        return Unread((), ())
    runs = _runs(body, source, lost, not numbers)
    return Unread(tuple(entry for run in runs for entry in run), tuple(map(_anomaly, runs)))


def _runs(body: Sequence[Entry], source: Entry | None, lost: set[int | None], all_of_it: bool) -> list[list[Entry]]:
    """The notes in the text, those that stand one below the other together."""
    runs: list[list[Entry]] = []
    for before, entry in pairwise(body):
        follows = bool(runs) and runs[-1][-1] is before
        if entry is source or _has_form(entry, lost) or (all_of_it and follows and not entry.blanks):
            if not follows:
                runs.append([])
            runs[-1].append(entry)
    return runs


def _has_form(entry: Entry, lost: set[int | None]) -> bool:
    if entry.role not in _TEXT or not 0 < entry.line.indent < _PARAGRAPH_OF_NOTE:
        return False
    parts = note_parts(entry.line)
    return parts is not None and parts.number is not None and not lost.isdisjoint((parts.number, parts.number - 1))


def _anomaly(run: Sequence[Entry]) -> Anomaly:
    first = run[0].line
    parts = note_parts(first)
    label = parts.label if parts is not None else "1"
    more = len(run) - 1
    behind = f" and the {more if more > 1 else 'one'} behind it" if more else ""
    detail = f"{'they stand' if more else 'it stands'} among the text, and not in the list of notes at the end"
    lead = _SOURCE.match(first.text)
    if lead is not None and _LISTED.match(first.text) is None:
        detail = f"{'the first' if more else 'it'} begins ‘{lead[0].strip()}’, and should begin ‘  1. {_LEAD.strip()}’"
    return Anomaly(UNREAD_NOTE, first.words, {"found": label + behind, "detail": detail})


def without_layout(anomalies: Iterable[Anomaly], lines: Sequence[Entry]) -> Iterator[Anomaly]:
    """The anomalies, without those that would set notes among the text as its paragraphs are."""
    starts = {entry.line.span.start for entry in lines}
    ends = {entry.line.span.end for entry in lines}
    for one in anomalies:
        if one.kind in _LAYOUT and lines:
            place = one.edits[0][0] if one.edits else one.span
            if place.start in starts or place.start in ends or place.end in starts:
                continue
        yield one
