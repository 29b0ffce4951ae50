"""Tells what each line of a plain-text memorandum is for: title, heading, item, paragraph, note, page break."""

from __future__ import annotations

from collections.abc import Sequence, Set
from enum import StrEnum, auto

from fruslint.language.vocabulary import ANY_MONTH
from fruslint.patterns import late
from fruslint.readers.plain.headings import LONGEST_LABEL, Heading, heading_on, inline_heading_on
from fruslint.readers.plain.lines import Line, LineKind, NoteParts, note_parts
from fruslint.readers.plain.note_zone import notes_start
from fruslint.record import Record, record_of
from fruslint.source import Span

_SENTENCE_END = late(r"[.?!:;,][”’\"')\]]*\d*\s*$")
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:[ap]\. ?m\.|noon|midnight|Z))?|noon|midnight)"
_DATELINE = late(
    rf"\[?(?:[A-Z][^.!?:;\d]{{1,60}},\]? ?\[?)?(?:[Uu]ndated|(?:{ANY_MONTH}) \d{{1,2}}(?:[–-]\d{{1,2}})?, \d{{4}})"
    rf"(?:[,—–-] ?{_TIME}(?: ?[–-] ?{_TIME})?)?[.\]]{{0,2}}\d{{0,2}}\Z"
)
# An item that ends like this goes on in the next line
_UNFINISHED = late(r"(?:,|—|\b(?:and|at|for|from|in|of|the|to|with))\s*$")
# The number of a title, of which the rest stands in the next line
_NUMBER_ALONE = late(r"\d{1,4}\.?\s*\Z")
_ITEM_NUMBER = late(r"\s*\(?\d{1,2}[.)]\s")
_NOTE_END = late(r"[.?!:;][”’\"')\]]*\s*$")
# Or the first character of what a conversion made of one
_CERTAIN_BULLETS = "•·∙●▪◦‣‧・\uf0a7\uf0b7&â"
# "Interpreter: Here he comes." in the body says who speaks
_SPEAKERS = frozenset({"also-present"})
_PAGE_NUMBER = late(r"[–—-] ?\d{1,4} ?[–—-]\s*\Z")
# Of those that have lost their bullet too, which leaves one blank more
_INDENTS_OF_ITEMS = (2, 3, 4, 5)
_LONGEST_OPENER = 120
_LONGEST_TITLE = 250
_TITLE_MARKERS = ("0", "1")
_MOST_OPENERS = 6
_LONGEST_CONTINUATION = 90
_FARTHEST_NOTE = 9
_NEXT_NOTES = range(4)
_PARAGRAPH_OF_NOTE = 4
# Sections that hold a line or two, and no list of people
_ONE_LINE = frozenset({"subject", "place", "date", "time", "date-and-time"})


class Role(StrEnum):
    """What a line is for."""

    TITLE = auto()
    MORE_OF_TITLE = auto()
    OPENER = auto()
    DATELINE = auto()
    HEADING = auto()
    INLINE = auto()
    ITEM = auto()
    MORE_OF_ITEM = auto()
    PARAGRAPH = auto()
    QUOTE = auto()
    PAGE = auto()
    NOTE = auto()
    MORE_OF_NOTE = auto()


_NO_LABEL = Span(0, 0)
_BODY = frozenset({Role.PARAGRAPH, Role.QUOTE})
_ABOVE = frozenset({Role.TITLE, Role.MORE_OF_TITLE, Role.OPENER, Role.DATELINE, Role.PAGE})


class Entry(Record):
    """A line with its role, and the number of blank lines before it.

    ``words`` is the span of its text; for a heading that of the label, for an inline section that of what follows it.
    ``section`` is the kind of section a heading opens, ``expected`` the label that a misspelt one is meant to be.
    """

    role: Role
    line: Line
    blanks: int
    words: Span
    label: Span = _NO_LABEL
    section: str = ""
    expected: str = ""


def _plain(role: Role, line: Line, blanks: int) -> Entry:
    """The entry of a line that opens no section."""
    return record_of(Entry, (role, line, blanks, line.words, _NO_LABEL, "", ""))


def outline(lines: Sequence[Line], page_lines: Set[int], bullet: str = "", begin: int = 0) -> list[Entry]:
    """The lines that are not blank, from the title on, each with what it is for; ``page_lines`` hold only a page break.

    ``bullet`` is that of the dialect: indented, it stands before an item and is no dash, wherever it comes. What stands
    before the line ``begin`` is passed over.
    """
    return _Outline(lines, page_lines, bullet, begin).entries


class _Outline:
    """Goes through the lines once, from the title on."""

    def __init__(self, lines: Sequence[Line], page_lines: Set[int], bullet: str, begin: int) -> None:
        self._bullet = bullet
        self._begin = begin
        self.entries: list[Entry] = []
        self._lines = lines
        self._page_lines = page_lines
        self._notes = notes_start(lines, page_lines)
        self._in_body = False
        self._last_note: int | None = None
        self._read()

    def _read(self) -> None:
        blanks = 0
        below_page = False
        for line in self._lines[self._begin :]:
            if line.kind is LineKind.BLANK:
                blanks += 1
                continue
            if not self.entries and self._is_page_above_title(line):
                below_page = True
                continue
            entry = self._entry(line, blanks if self.entries or not below_page else 0)
            self._in_body = self._in_body or entry.role in _BODY
            self.entries.append(entry)
            blanks = 0

    def _is_page_above_title(self, line: Line) -> bool:
        """Whether nothing but the page on which a document begins stands on its first line."""
        return line.number in self._page_lines and self._next(line) is not None

    def _entry(self, line: Line, blanks: int) -> Entry:
        if not self.entries:
            return _plain(Role.TITLE, line, blanks)
        if not blanks and len(self.entries) == 1 and self._goes_on_with_title(line):
            return _plain(Role.MORE_OF_TITLE, line, blanks)
        if line.number >= self._notes:
            begins = self._begins_note(line, blanks)
            return _plain(Role.NOTE if begins else Role.MORE_OF_NOTE, line, blanks)
        if line.number in self._page_lines:
            return _plain(Role.PAGE, line, blanks)
        return self._labelled(line, blanks) or _plain(self._role(line, blanks), line, blanks)

    def _goes_on_with_title(self, line: Line) -> bool:
        """Whether a line right below the title is its other half."""
        title = self.entries[0].line.text
        if line.kind is not LineKind.PLAIN or len(line.text) > _LONGEST_TITLE:
            return False
        if line.text.strip() in _TITLE_MARKERS or line.text[0].islower() or _NUMBER_ALONE.match(title):
            return True
        return line.text[0].isalpha() and _UNFINISHED.search(title) is not None

    def _labelled(self, line: Line, blanks: int) -> Entry | None:
        """The entry of a line that bears the label of a section; a bullet makes it an item, whatever it says."""
        if line.kind is LineKind.ITEM and self._is_item(line, blanks):
            return _plain(Role.ITEM, line, blanks)
        heading = self._heading(line)
        if heading:
            return Entry(Role.HEADING, line, blanks, line.words, heading.label, heading.section, heading.expected)
        inline = inline_heading_on(line)
        if inline and not (self._in_body and inline.section in _SPEAKERS):
            return Entry(Role.INLINE, line, blanks, inline.words, inline.label, inline.section)
        return None

    def _role(self, line: Line, blanks: int) -> Role:
        """What a line without a label is for."""
        if self._last is Role.HEADING and len(line.text) <= _LONGEST_OPENER and self._is_item_of(line, blanks):
            return Role.ITEM
        in_list = self._role_in_list(line, blanks)
        if in_list is not None:
            return in_list
        if self._is_dateline(line):
            return Role.DATELINE
        above = None if self._in_body else self._role_above_body(line)
        return above or (Role.QUOTE if line.indent >= 3 else Role.PARAGRAPH)

    def _role_above_body(self, line: Line) -> Role | None:
        if self._is_opener(line):
            return Role.OPENER
        return Role.ITEM if self._last is Role.INLINE and line.text[:1] == "\t" else None

    def _role_in_list(self, line: Line, blanks: int) -> Role | None:
        """What a line without a bullet behind an item is for; None where it is no part of the list."""
        if not self._in_list(blanks):
            return Role.ITEM if self._is_side_in_list(line) else None
        behind_tab = self._is_behind_tab(line)
        if not behind_tab and not self._goes_on(line):
            return None
        stands_so = behind_tab or line.indent in _INDENTS_OF_ITEMS
        return Role.ITEM if stands_so and not self._is_unfinished(line) else Role.MORE_OF_ITEM

    @property
    def _last(self) -> Role:
        return self.entries[-1].role

    def _is_dateline(self, line: Line) -> bool:
        """Whether a line above the sections and the text is a place and a date, and nothing else."""
        if len(line.text) > _LONGEST_OPENER or _DATELINE.match(line.text.strip()) is None:
            return False
        return all(entry.role in _ABOVE for entry in self.entries)

    def _is_item_of(self, line: Line, blanks: int) -> bool:
        """Whether a line below a heading is indented as an item is, or is a subject, a place or a date right below it."""
        if line.indent in _INDENTS_OF_ITEMS or not any(map(str.isalnum, line.text)):
            return line.indent > 0
        heading = self.entries[-1]
        if blanks or line.indent or heading.section not in _ONE_LINE:
            return False
        following = self._lines[line.number + 1] if line.number + 1 < len(self._lines) else None
        if following is not None and following.kind is not LineKind.BLANK:
            return False
        return heading.section != "subject" or _SENTENCE_END.search(line.text) is None

    def _in_list(self, blanks: int) -> bool:
        return blanks == 0 and self._last in (Role.ITEM, Role.MORE_OF_ITEM)

    def _is_item(self, line: Line, blanks: int) -> bool:
        """A dash or an asterisk at the start of a paragraph is no bullet, but one below a heading is."""
        sign = line.text.lstrip()[0]
        if _PAGE_NUMBER.match(line.text) or self._is_paragraph_with_bullet(line, blanks):
            return False
        if self._in_list(blanks) or sign in _CERTAIN_BULLETS or (line.indent > 0 and sign == self._bullet):
            return True
        return not self._in_body and (line.indent > 0 or self._last in (Role.HEADING, Role.ITEM))

    def _is_paragraph_with_bullet(self, line: Line, blanks: int) -> bool:
        """Whether a line of the text at the margin stands between blank ones: a paragraph of the source, bullet and all."""
        following = self._lines[line.number + 1] if line.number + 1 < len(self._lines) else None
        alone = blanks > 0 and (following is None or following.kind is LineKind.BLANK)
        if not self._in_body or line.indent or not alone:
            return False
        return len(line.text) > _LONGEST_OPENER or _SENTENCE_END.search(line.text) is not None

    def _goes_on(self, line: Line) -> bool:
        """Whether a line without a bullet right behind an item belongs to the list: it is short, or more items follow."""
        following = self._lines[line.number + 1] if line.number + 1 < len(self._lines) else None
        if following is not None and following.kind is LineKind.ITEM:
            return True
        if _ITEM_NUMBER.match(line.text) and _ITEM_NUMBER.match(self.entries[-1].line.text):
            return True
        signs = len(line.text) < _LONGEST_CONTINUATION, not _SENTENCE_END.search(line.text)
        return any(signs) if self._is_below_another(line) else all(signs)

    def _is_below_another(self, line: Line) -> bool:
        """Whether a line and the item above it, both without a bullet, are indented alike."""
        above = self.entries[-1].line
        return above.kind is line.kind is LineKind.INDENTED and above.indent == line.indent

    def _is_behind_tab(self, line: Line) -> bool:
        """Whether a line and the one before it are names behind tabs, as they follow a label with the first of them."""
        return not self._in_body and line.text[:1] == self.entries[-1].line.text[:1] == "\t"

    def _is_side_in_list(self, line: Line) -> bool:
        """Whether a line behind the items of one side, above the text, is indented and has items below it: the next side."""
        if self._in_body or self._last not in (Role.ITEM, Role.MORE_OF_ITEM) or line.indent not in _INDENTS_OF_ITEMS:
            return False
        below = self._next(line)
        return below is not None and below.kind is LineKind.ITEM and below.indent > line.indent

    def _is_unfinished(self, line: Line) -> bool:
        """Whether the line before ends like half an item, or this one begins like the other half."""
        words = self.entries[-1].line.text
        return _UNFINISHED.search(words) is not None or line.text[line.indent].islower()

    def _begins_note(self, line: Line, blanks: int) -> bool:
        """Whether a line of the list is a note; if it is not indented as one its number must be that of the next."""
        parts = note_parts(line)
        first = line.number == self._notes
        if parts is None or (blanks and not first and not self._may_be_note_behind_blank(line)):
            return False
        begins = self._follows(line, parts)
        if begins:
            self._last_note = parts.number
        return begins

    def _may_be_note_behind_blank(self, line: Line) -> bool:
        """Whether its indentation is that of a note; a list may have none at all."""
        return line.indent < _PARAGRAPH_OF_NOTE and (line.indent > 0 or self._lines[self._notes].indent == 0)

    def _follows(self, line: Line, parts: NoteParts) -> bool:
        number, last = parts.number, self._last_note
        if number is None or last is None:
            return line.indent < _PARAGRAPH_OF_NOTE
        ends = _NOTE_END.search(self.entries[-1].line.text) is not None
        if 0 < line.indent < _PARAGRAPH_OF_NOTE:
            return ends or abs(number - last) <= _FARTHEST_NOTE
        # In a list without indentation the next number begins the next note, whatever the one before ends with.
        ends = ends or (number - last == 1 and self._lines[self._notes].indent == 0)
        return ends and parts.stands_out and number - last in _NEXT_NOTES

    def _heading(self, line: Line) -> Heading | None:
        if len(line.text) > LONGEST_LABEL:
            return None
        following = self._next(line)
        return heading_on(line, following is not None and following.kind is LineKind.ITEM)

    def _next(self, line: Line) -> Line | None:
        """The next line that is not blank and holds more than a page break."""
        for number in range(line.number + 1, len(self._lines)):
            if self._lines[number].kind is not LineKind.BLANK and number not in self._page_lines:
                return self._lines[number]
        return None

    def _is_opener(self, line: Line) -> bool:
        """A line before the sections that is no sentence: a conference number, a classification, a delegation.

        Several of them may stand one below the other, so it is what comes behind the last of them that decides.
        """
        current: Line | None = line
        for _ in range(_MOST_OPENERS):
            if current is None or len(current.text) > _LONGEST_OPENER or _SENTENCE_END.search(current.text):
                return False
            current = self._next(current)
            if current is not None and self._begins_section(current):
                return True
        return False

    def _begins_section(self, line: Line) -> bool:
        if line.kind is LineKind.ITEM or inline_heading_on(line) is not None:
            return True
        return self._heading(line) is not None
