"""Tells what each line of a plain-text memorandum is for: title, heading, item, paragraph, note, page break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from enum import Enum, auto
from typing import NamedTuple

from fruslint.readers.lines import Line, LineKind, note_parts
from fruslint.source import Span
from fruslint.spelling import nearest
from fruslint.vocabulary import LOOSE_KINDS, SECTION_LABELS, is_side, section_kind

_LABEL = re.compile(r"\s*(\S.*?)\s*(:?)(?<!\d)(\d{0,2})\s*$")
_INLINE = re.compile(r"\s*([A-Za-z][A-Za-z.&/() ]{1,24}?)\s*:\s*(\S.*)$")
_SENTENCE_END = re.compile(r"[.?!:;,][”’\"')\]]*\d*\s*$")
_MISSPELLABLE = (
    "PARTICIPANTS",
    "SUBJECT",
    "SUBJECTS",
    "PRESENT",
    "PLACE",
    "OTHERS PRESENT",
    "ALSO PRESENT",
    "REFERENCE",
)
# "Interpreter: Here he comes." in the body says who speaks
_SPEAKERS = frozenset({"also-present"})
_LONGEST_LABEL = 60
_LONGEST_OPENER = 120
_MOST_OPENERS = 6


class Role(Enum):
    """What a line is for."""

    TITLE = auto()
    OPENER = auto()
    HEADING = auto()
    INLINE = auto()
    ITEM = auto()
    MORE_OF_ITEM = auto()
    PARAGRAPH = auto()
    QUOTE = auto()
    PAGE = auto()
    NOTE = auto()
    MORE_OF_NOTE = auto()


class Entry(NamedTuple):
    """A line with its role, and the number of blank lines before it.

    ``words`` is the span of its text; for a heading that of the label, for an inline section that of what follows it.
    ``section`` is the kind of section a heading opens, ``expected`` the label that a misspelt one is meant to be.
    """

    role: Role
    line: Line
    blanks: int
    words: Span
    label: Span = Span(0, 0)
    section: str = ""
    expected: str = ""


class _Heading(NamedTuple):
    label: Span
    section: str
    expected: str = ""


def outline(lines: Sequence[Line], page_lines: Set[int]) -> list[Entry]:
    """The lines that are not blank, in order, each with what it is for; ``page_lines`` hold nothing but a page break."""
    notes = _notes_start(lines, page_lines)
    entries: list[Entry] = []
    in_body = False
    blanks = 0
    for index, line in enumerate(lines):
        if line.kind is LineKind.BLANK:
            blanks += 1
            continue
        if not entries:
            entry = Entry(Role.TITLE, line, blanks, line.words)
        elif index >= notes:
            entry = _note(line, blanks)
        elif line.number in page_lines:
            entry = Entry(Role.PAGE, line, blanks, line.words)
        else:
            entry = _entry(lines, index, blanks, entries, in_body, page_lines)
        in_body = in_body or entry.role in (Role.PARAGRAPH, Role.QUOTE)
        entries.append(entry)
        blanks = 0
    return entries


def _note(line: Line, blanks: int) -> Entry:
    begins = note_parts(line) is not None and (line.indent > 0 or blanks == 0) and line.indent < 4
    return Entry(Role.NOTE if begins else Role.MORE_OF_NOTE, line, blanks, line.words)


def _notes_start(lines: Sequence[Line], page_lines: Set[int]) -> int:
    """The index of the line at which the list of notes begins; the number of lines if there is none.

    Read upwards by groups of lines without a blank between them: the list goes on as long as a group begins with a note
    or with an indented paragraph of one.
    """
    start = len(lines)
    for first, last in reversed(list(_groups(lines))):
        head = lines[first]
        if first == 0:
            break
        if _begins_notes(lines, first, last):
            start = first
        elif not (head.indent >= 4 and head.kind is LineKind.INDENTED) and head.number not in page_lines:
            inside = _inside(lines, first, last) if start == len(lines) or last == start - 1 else None
            return inside if inside is not None else start
    return start


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
    if parts is None:
        return False
    if lines[first].indent:
        return 0 < lines[first].indent < 4 or "\t" in parts.indent
    second = note_parts(lines[first + 1]) if last > first else None
    return second is not None and bool(parts.period)


def _inside(lines: Sequence[Line], first: int, last: int) -> int | None:
    """A list of notes that follows the last paragraph without a blank line."""
    for index in range(first + 1, last + 1):
        if 0 < lines[index].indent < 4 and note_parts(lines[index]) is not None:
            return index
    return None


def _entry(
    lines: Sequence[Line], index: int, blanks: int, entries: Sequence[Entry], in_body: bool, page_lines: Set[int]
) -> Entry:
    line = lines[index]
    in_list = blanks == 0 and entries[-1].role in (Role.ITEM, Role.MORE_OF_ITEM)
    if line.kind is LineKind.ITEM and (in_list or _is_item(line, entries, in_body)):
        return Entry(Role.ITEM, line, blanks, line.words)
    heading = _heading(lines, index, page_lines)
    if heading:
        return Entry(Role.HEADING, line, blanks, line.words, *_fields(heading))
    inline = _inline(line)
    if inline and not (in_body and section_kind(inline[1]) in _SPEAKERS):
        return inline_entry(line, blanks, inline)
    if entries[-1].role is Role.HEADING and line.indent in (2, 4) and len(line.text) <= _LONGEST_OPENER:
        return Entry(Role.ITEM, line, blanks, line.words)
    if in_list and _goes_on(lines, index):
        return Entry(Role.ITEM if line.indent in (2, 4) else Role.MORE_OF_ITEM, line, blanks, line.words)
    return Entry(_plain_role(lines, index, entries, in_body, page_lines), line, blanks, line.words)


def _fields(heading: _Heading) -> tuple[Span, str, str]:
    return heading.label, heading.section, heading.expected


def _is_item(line: Line, entries: Sequence[Entry], in_body: bool) -> bool:
    """A dash or an asterisk at the start of a paragraph is no bullet, but one below a heading is."""
    if line.text.lstrip()[0] in "•·∙●▪◦‣":
        return True
    return not in_body and (line.indent > 0 or entries[-1].role in (Role.HEADING, Role.ITEM))


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without a bullet right behind an item belongs to the list: it is short, or more items follow."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is not None and following.kind is LineKind.ITEM:
        return True
    return len(line.text) < 90 and not _SENTENCE_END.search(line.text)


def _next_line(lines: Sequence[Line], index: int, page_lines: Set[int]) -> Line | None:
    for line in lines[index + 1 :]:
        if line.kind is not LineKind.BLANK and line.number not in page_lines:
            return line
    return None


def _heading(lines: Sequence[Line], index: int, page_lines: Set[int]) -> _Heading | None:
    line = lines[index]
    if line.kind is LineKind.ITEM or len(line.text) > _LONGEST_LABEL:
        return None
    found = _LABEL.match(line.text)
    if found is None:
        return None
    label = Span(line.span.start + found.start(1), line.span.start + found.end(1))
    following = _next_line(lines, index, page_lines)
    before_list = following is not None and following.kind is LineKind.ITEM
    section = section_kind(found[1])
    if section and (
        before_list or (section not in LOOSE_KINDS and (found[1].isupper() or bool(found[2]) or _short(found[1])))
    ):
        return _Heading(label, section)
    return _unknown_heading(found[1], label, before_list)


def _short(label: str) -> bool:
    return len(label.split()) <= 2


def _unknown_heading(label: str, span: Span, before_list: bool) -> _Heading | None:
    """A misspelt heading, or any line in capitals that stands right above a list."""
    if is_side(label) or label.startswith(("[", "(")):
        return None
    if before_list or label.isupper():
        expected = nearest(label.upper(), _MISSPELLABLE, 1 if len(label) < 7 else 2)
        if expected and len(label) > 4:
            return _Heading(span, SECTION_LABELS[expected], expected)
    if before_list and label.isupper():
        return _Heading(span, "")
    return None


def _inline(line: Line) -> re.Match[str] | None:
    """``Participants: Dr. ...``, the label in front of the text as in volumes of 1948-54 and in e-volumes."""
    if line.kind is LineKind.ITEM:
        return None
    found = _INLINE.match(line.text)
    if found is None:
        return None
    section = section_kind(found[1])
    return found if section and section not in LOOSE_KINDS else None


def inline_entry(line: Line, blanks: int, found: re.Match[str]) -> Entry:
    """The entry of a line that ``found`` splits into a label and what follows it."""
    start = line.span.start
    label = Span(start + found.start(1), start + found.end(1))
    words = Span(start + found.start(2), start + len(line.text.rstrip()))
    return Entry(Role.INLINE, line, blanks, words, label, section_kind(found[1]))


def _plain_role(
    lines: Sequence[Line], index: int, entries: Sequence[Entry], in_body: bool, page_lines: Set[int]
) -> Role:
    line = lines[index]
    if not in_body and _is_opener(lines, index, page_lines):
        return Role.OPENER
    if not in_body and entries[-1].role is Role.INLINE and line.text[:1] == "\t":
        return Role.ITEM
    return Role.QUOTE if line.indent >= 3 else Role.PARAGRAPH


def _is_opener(lines: Sequence[Line], index: int, page_lines: Set[int]) -> bool:
    """A line before the sections that is no sentence: a conference number, a classification, a delegation.

    Several of them may stand one below the other, so it is what comes behind the last of them that decides.
    """
    line: Line | None = lines[index]
    for _ in range(_MOST_OPENERS):
        if line is None or len(line.text) > _LONGEST_OPENER or _SENTENCE_END.search(line.text):
            return False
        line = _next_line(lines, line.number, page_lines)
        if line is not None and _begins_section(lines, line, page_lines):
            return True
    return False


def _begins_section(lines: Sequence[Line], line: Line, page_lines: Set[int]) -> bool:
    if line.kind is LineKind.ITEM or _inline(line) is not None:
        return True
    return _heading(lines, line.number, page_lines) is not None
