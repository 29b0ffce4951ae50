"""Finds where the list of notes begins in a plain-text memorandum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from fruslint.language.vocabulary import SOURCE_LEAD, section_kind
from fruslint.patterns import late
from fruslint.readers.plain.lines import Line, LineKind, note_parts

# A list right behind the title stands before its text, and is no list from which a line was torn off.
_BEHIND_TITLE = 2
_FIRST = late(rf"1\. +{SOURCE_LEAD}")
_HEADINGS = frozenset({"notes", "footnotes", "endnotes"})


def notes_start(lines: Sequence[Line], page_lines: Set[int]) -> int:
    """The index of the line at which the list of notes begins; the number of lines if there is none."""
    groups = list(_groups(lines))
    flush = _flush_list(lines, groups)
    return flush if flush is not None else _indented_list(lines, page_lines, groups)


def _indented_list(lines: Sequence[Line], page_lines: Set[int], groups: Sequence[tuple[int, int]]) -> int:
    """Where the list begins, read upwards by groups of lines without a blank between them.

    It goes on as long as a group begins with a note or with an indented paragraph of one, and not above the source note.
    """
    start = len(lines)
    for number in range(len(groups) - 1, -1, -1):
        first, last = groups[number]
        if first > 0 and _begins_notes(lines, first, last):
            start = first
            if _FIRST.match(lines[first].text.lstrip()):
                break
        elif not _is_within(lines, page_lines, groups, number, start):
            touches = start == len(lines) or last == start - 1
            return _inside(lines, first, last, start) if touches else start
    return start


def is_heading_of_notes(line: Line) -> bool:
    """Whether a line says that the notes follow; the list has no heading, so it is left from another form."""
    return line.text.strip().rstrip(":").casefold() in _HEADINGS


def _is_within(
    lines: Sequence[Line], page_lines: Set[int], groups: Sequence[tuple[int, int]], number: int, start: int
) -> bool:
    """Whether a group that begins no note may stand in the list: a paragraph of a note, a page, the rest of a note."""
    first, last = groups[number]
    if _is_of_note(lines[first]) or lines[first].number in page_lines:
        return True
    return _is_torn_off(lines, groups[number - 1] if number > _BEHIND_TITLE else None, first, last, start)


def _flush_list(lines: Sequence[Line], groups: Sequence[tuple[int, int]]) -> int | None:
    """Where a list of notes without indentation, and with blank lines between them, begins: with the source note."""
    number = None
    for first, last in reversed(groups):
        here = _number(lines[first]) if first == last and not lines[first].indent else None
        if here is None or number not in (None, here + 1):
            return None
        if here == 1:
            return first if _FIRST.match(lines[first].text) else None
        number = here
    return None


def _is_of_note(line: Line) -> bool:
    """Whether a line may begin a further paragraph of a note."""
    return line.indent >= 4 and line.kind is LineKind.INDENTED


def _is_torn_off(lines: Sequence[Line], before: tuple[int, int] | None, first: int, last: int, start: int) -> bool:
    """Whether a line is the rest of a note: notes stand before it, and behind it the list goes on with the next number.

    Behind the last note it goes on in small letters, or the list before it is a whole one, from note 1 on.
    """
    if before is None or lines[first].kind is not LineKind.PLAIN or not _begins_notes(lines, *before):
        return False
    following = first + 1 if last > first else start
    if following == len(lines):
        return lines[first].text[:1].islower() or _number(lines[before[0]]) == 1
    above, below = _number(lines[before[1]]), _number(lines[following])
    return above is not None and below == above + 1


def _number(line: Line) -> int | None:
    parts = note_parts(line)
    return parts.number if parts is not None else None


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    first = None
    for index, line in enumerate(lines):
        if line.kind is LineKind.BLANK:
            if first is not None:
                yield first, index - 1
            first = None
        elif first is None:
            first = index
    if first is not None:
        yield first, len(lines) - 1


def _begins_notes(lines: Sequence[Line], first: int, last: int) -> bool:
    parts = note_parts(lines[first])
    if parts is None or _is_under_heading(lines, first):
        return False
    if lines[first].indent:
        return 0 < lines[first].indent < 4 or "\t" in parts.indent
    second = note_parts(lines[first + 1]) if last > first else None
    return second is not None and parts.stands_out and not _is_numbered_paragraph(lines[first], lines[first + 1])


def _is_numbered_paragraph(line: Line, following: Line) -> bool:
    """Whether a line is a paragraph with a number of the text, and the list of notes begins right below it."""
    above, below = _number(line), _number(following)
    return bool(following.indent) and above is not None and below in (0, 1) and above > below


def _is_under_heading(lines: Sequence[Line], first: int) -> bool:
    """Whether the line above is the heading of a section, which has a numbered list below it and no notes."""
    above = next((lines[place] for place in range(first - 1, -1, -1) if lines[place].kind is not LineKind.BLANK), None)
    return above is not None and section_kind(above.text.strip()) != ""


def _inside(lines: Sequence[Line], first: int, last: int, start: int) -> int:
    """A list of notes that follows the last paragraph, or a line that says that it is one, without a blank line.

    ``start`` where there is none.
    """
    for index in range(first + 1, last + 1):
        if (is_heading_of_notes(lines[index - 1]) or 0 < lines[index].indent < 4) and note_parts(
            lines[index]
        ) is not None:
            return index
    return start
