"""Puts the outline of a plain-text memorandum together: its sections, its blocks, and what is wrong with their layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from fruslint.language.vocabulary import PEOPLE, SOURCE_LEAD, is_person, is_side, section_kind
from fruslint.model import Anomaly
from fruslint.readers.plain.draft import Draft, RawBlock, RawSection
from fruslint.readers.plain.items import BULLET, STEP, item_anomalies, list_indent, of_list, read_item
from fruslint.readers.plain.lines import LineKind
from fruslint.readers.plain.outline import Entry, Role
from fruslint.source import Source, Span
from fruslint.text import BODY, BlockKind

_OTHER_LIST = {"participants": "subject", "subject": "participants"}
_BLANK_IN_LIST = "A blank line parts this item from the list it belongs to"
_ONE_PARTICIPANT = "PARTICIPANT"
_QUOTATION_INDENT = 4
_NESTED = 4
_LIST = 2
_LONGEST_ITEM = 120
_SENTENCE_ENDS = (".", "?", "!", ".”", ".)", '."')
_QUOTATION_BEGINS = tuple("“\"‘'[(")
_PLAIN_BLOCKS = {
    Role.OPENER: BlockKind.OPENER,
    Role.DATELINE: BlockKind.DATELINE,
    Role.PARAGRAPH: BlockKind.PARAGRAPH,
    Role.QUOTE: BlockKind.QUOTE,
}


class Builder:
    """Walks over the entries once; ``draft`` holds what came of them."""

    def __init__(self, source: Source, bullet: str = BULLET) -> None:
        self.draft = Draft()
        self._bullet = bullet
        self._source = source
        self._section: RawSection | None = None
        self._of_list: list[Anomaly] = []
        self._last: Role | None = None
        self._in_body = False
        self._quoted = -1
        self._before: Entry | None = None
        self._following: Entry | None = None

    def build(self, entries: Sequence[Entry]) -> Draft:
        """The draft of all entries from the title to the last line before the notes."""
        for entry, following in zip_longest(entries, entries[1:]):
            self._following = following
            self._take(entry)
            self._before = entry
            self._last = entry.role
        self._close()
        self._tell_apart()
        return self.draft

    def _tell_apart(self) -> None:
        """A list that has lost its heading is not what another list is by its heading."""
        labelled = {section.kind for section in self.draft.sections if section.heading is not None}
        for section in self.draft.sections:
            other = _OTHER_LIST.get(section.kind, "")
            if section.heading is None and section.kind in labelled and other and other not in labelled:
                section.kind = other
        people = [s for s in self.draft.sections if s.heading is None and s.kind == "participants"]
        if len(people) > 1 and not labelled:
            min(people, key=lambda section: len(section.items)).kind = "subject"

    def _take(self, entry: Entry) -> None:
        if entry.role is Role.ITEM:
            self._item(entry)
        elif entry.role is Role.MORE_OF_ITEM:
            self._more_of_item(entry)
        elif entry.role in (Role.HEADING, Role.INLINE):
            self._heading(entry)
        elif entry.role in _PLAIN_BLOCKS:
            self._plain(entry)

    def _heading(self, entry: Entry) -> None:
        self._close()
        heading = RawBlock(BlockKind.HEADING, entry.line.words, entry.label)
        section = RawSection(entry.section, heading, entry.expected, inline=entry.role is Role.INLINE)
        section.after_body = self._in_body
        self.draft.blocks.append(heading)
        self._section = section
        if section.inline:
            self._add(RawBlock(BlockKind.ITEM, entry.words, entry.words))
        else:
            self._heading_layout(entry)

    def _heading_layout(self, entry: Entry) -> None:
        """Note the blanks around a heading, and in front of its colon."""
        line = entry.line
        colon = self._source.text.find(":", entry.label.end, line.words.end)
        stretches = {
            "is indented": Span(line.span.start, line.words.start),
            "has a blank before its colon": Span(entry.label.end, colon),
            "has blanks behind it": Span(line.words.end, line.span.end),
        }
        for detail, (start, end) in stretches.items():
            if end > start and self._source.text[start:end].isspace():
                values, blanks = {"found": line.text.strip(), "detail": detail}, Span(start, end)
                self.draft.anomalies.append(Anomaly("heading-blanks", blanks, values, ((blanks, ""),)))

    def _plain(self, entry: Entry) -> None:
        self._close()
        kind = _PLAIN_BLOCKS[entry.role]
        self._in_body = self._in_body or kind in BODY
        is_quotation = bool(entry.line.indent) and (self._is_quotation(entry) or self._is_announced(entry))
        self.draft.blocks.append(RawBlock(kind, entry.line.words, entry.line.words))
        if is_quotation:
            self._quoted = entry.line.words.start
        elif entry.line.indent:
            blanks = Span(entry.line.span.start, entry.line.words.start)
            edits = () if self._may_be_listed(entry) else ((blanks, ""),)
            self.draft.anomalies.append(Anomaly("paragraph-indent", blanks, {}, edits))

    def _may_be_listed(self, entry: Entry) -> bool:
        """Whether a paragraph is all that is left of a list, or a note, which its indentation still shows."""
        before = self._before
        below_another = before is not None and not entry.blanks and before.line.indent > 0
        return below_another or self._text(entry.words).startswith(SOURCE_LEAD)

    def _is_quotation(self, entry: Entry) -> bool:
        """A quotation is indented by four and opens with its mark; tabs are the layout of old tables and lists."""
        begins = self._source.text[entry.words.start : entry.words.start + 1]
        return "\t" in entry.line.text or (entry.line.indent == _QUOTATION_INDENT and begins in _QUOTATION_BEGINS)

    def _is_announced(self, entry: Entry) -> bool:
        """Whether a paragraph that is indented by four stands behind a colon, which may have a marker; or goes on from one."""
        if entry.line.indent != _QUOTATION_INDENT or not self.draft.blocks:
            return False
        last = self.draft.blocks[-1]
        return last.span.start == self._quoted or self._text(last.words).rstrip("0123456789").endswith(":")

    def _item(self, entry: Entry) -> None:
        label = self._label_of(entry)
        if label:
            self._heading_item(entry, label)
            return
        self._choose_section(entry)
        previous = self._section.items[-1] if self._section and self._section.items else None
        if previous is None and self._section is not None and self._is_moved(entry):
            self._section.moved = STEP
        moved = self._section.moved if self._section is not None else 0
        item = read_item(entry.line, previous, self._opens_group(previous), moved)
        inline_list = self._section is not None and self._section.inline
        if not inline_list:
            self._of_list.extend(item_anomalies(self._source, entry.line, item, previous is None, self._bullet))
        self._add(item)

    def _opens_group(self, item: RawBlock | None) -> bool:
        """Whether an item is the name of a side, in a list that has its people one level deeper."""
        if item is None or self._section is None or not is_side(self._text(item.words)):
            return False
        following = self._following
        nested = following is not None and following.role is Role.ITEM and following.line.indent >= _NESTED
        return nested or any(other.depth > item.depth for other in self._section.items)

    def _is_moved(self, entry: Entry) -> bool:
        """Whether a list that begins with the name of a side, at the edge, has its people where sides should be."""
        following = self._following
        if following is None or following.line.kind is not LineKind.ITEM or entry.line.kind is not LineKind.ITEM:
            return False
        below = entry.line.indent == 0 and following.line.indent == STEP
        names = [self._text(read_item(one.line, None).words) for one in (entry, following)] if below else []
        return below and is_side(names[0]) and not is_side(names[1])

    def _label_of(self, entry: Entry) -> str:
        """``  • Participants:`` is the heading of what follows, not an item; among people it is the name of a group."""
        text = self._source.text[entry.words.start : entry.words.end].lstrip(f"{BULLET}{self._bullet}- ")
        if self._in_body or not (text.endswith(":") or (text.isupper() and self._last is not Role.HEADING)):
            return ""
        kind = section_kind(text)
        if self._section is not None and self._section.kind in PEOPLE and kind in PEOPLE:
            self._leave_heading(self._section)
            return ""
        return kind

    def _leave_heading(self, section: RawSection) -> None:
        """A heading of the same kind stands in the list: to set only the first one apart would be half the work."""
        place = section.heading.span if section.heading is not None else None
        for index, anomaly in enumerate(self.draft.anomalies):
            if anomaly.span == place and anomaly.kind == "heading-as-item":
                self.draft.anomalies[index] = anomaly._replace(edits=())

    def _heading_item(self, entry: Entry, kind: str) -> None:
        self._close()
        words = read_item(entry.line, None).words
        colon = self._text(words).endswith(":")
        heading = RawBlock(BlockKind.HEADING, entry.words, Span(words.start, words.end - colon))
        self.draft.blocks.append(heading)
        self._section = RawSection(kind, heading)
        values = {"found": self._text(words), "detail": "stands as an item of its list"}
        edits = tuple(self._set_apart(entry, words))
        self.draft.anomalies.append(Anomaly("heading-as-item", entry.words, values, edits))

    def _set_apart(self, entry: Entry, words: Span) -> Iterator[tuple[Span, str]]:
        """Takes the bullet from a heading, and sets it between blank lines."""
        blank_line = 2 * self._source.newline
        if self._before is not None:
            yield Span(self._before.line.span.end, words.start), blank_line
        if self._following is not None and self._following.role is Role.ITEM:
            yield Span(words.end, self._following.line.span.start), blank_line

    def _choose_section(self, entry: Entry) -> None:
        """A list behind a blank line goes on with the section, or is another one that has lost its heading."""
        section = self._section
        if section is None:
            self._open_unlabelled(entry)
        elif section.items and entry.blanks and not section.inline:
            if self._starts_another(section, entry):
                self._close()
                self._open_unlabelled(entry)
            elif self._last is Role.ITEM:
                gap = Span(section.items[-1].span.end, entry.line.span.start)
                edits = () if self._is_running_text(entry) else ((gap, self._source.newline),)
                self.draft.anomalies.append(
                    Anomaly("blank-in-list", entry.line.words, {"detail": _BLANK_IN_LIST}, edits)
                )

    def _starts_another(self, section: RawSection, entry: Entry) -> bool:
        """Two blank lines are left where a heading is lost; a subject is not followed by a list of people."""
        if entry.blanks > 1 or self._is_first_bullet(entry):
            return True
        known = any(other.kind == "participants" for other in self.draft.sections) or section.kind == "participants"
        return section.kind == "subject" and not known and self._last is Role.ITEM and self._looks_like_people(entry)

    def _is_first_bullet(self, entry: Entry) -> bool:
        """Whether a list with bullets begins behind a subject that was typed without bullet and indentation."""
        before = self._before
        if before is None or before.role is not Role.ITEM or before.line.kind is not LineKind.PLAIN:
            return False
        return entry.line.kind is LineKind.ITEM

    def _looks_like_people(self, entry: Entry) -> bool:
        text = self._text(read_item(entry.line, None).words)
        return is_side(text) or is_person(text) or self._heads_people(entry)

    def _heads_people(self, entry: Entry) -> bool:
        """Whether people stand one level below an item, as they stand below the name of their side."""
        below = self._following
        if below is None or below.role is not Role.ITEM or below.line.indent < max(_NESTED, entry.line.indent + STEP):
            return False
        return is_person(self._text(read_item(below.line, None).words))

    def _open_unlabelled(self, entry: Entry) -> None:
        self._in_body = self._in_body or self._is_running_text(entry)
        if self._in_body:
            return
        people = self._looks_like_people(entry) and not self._alone_before_another(entry)
        self._section = RawSection("participants" if people else "subject", None)
        self._section.at = entry.line.words

    def _is_running_text(self, entry: Entry) -> bool:
        """Whether an item is a paragraph of a text that begins with a list, such as a telegram with numbered points."""
        text = self._text(read_item(entry.line, None).words).rstrip("0123456789")
        return len(text) > _LONGEST_ITEM and text.endswith(_SENTENCE_ENDS)

    def _alone_before_another(self, entry: Entry) -> bool:
        """A first list of one country is a subject ("Cuba"), not the name of a side."""
        first = not self.draft.sections
        text = self._source.text
        behind = text[entry.line.span.end : entry.line.span.end + 8].lstrip(" \r")
        return first and behind.startswith(("\n\n", "\n\r\n"))

    def _more_of_item(self, entry: Entry) -> None:
        if self._section is None or not self._section.items:
            self.draft.blocks.append(RawBlock(BlockKind.PARAGRAPH, entry.line.words, entry.line.words))
            return
        item = self._section.items[-1]
        gap = Span(item.span.end, entry.line.words.start)
        self.draft.anomalies.append(
            Anomaly("item-split", entry.line.words, {"found": self._text(item.words)}, ((gap, " "),))
        )
        item.span = Span(item.span.start, entry.line.words.end)
        item.words = Span(item.words.start, entry.line.words.end)

    def _add(self, item: RawBlock) -> None:
        self.draft.blocks.append(item)
        if self._section is not None:
            self._section.items.append(item)

    def _close(self) -> None:
        if self._section is not None:
            self._check_number(self._section)
            self._check_depth(self._section)
            self.draft.sections.append(self._section)
        if self._of_list:
            items = len(self._section.items) if self._section is not None else 0
            self.draft.anomalies.extend(of_list(self._of_list, items))
            self._of_list = []
        self._section = None

    def _check_number(self, section: RawSection) -> None:
        """A heading for one participant above a list of several has lost its last letter."""
        heading = section.heading
        if heading is not None and len(section.items) > 1 and self._text(heading.words) == _ONE_PARTICIPANT:
            section.expected = f"{_ONE_PARTICIPANT}S"

    def _check_depth(self, section: RawSection) -> None:
        """Note that all of a list is nested, with nothing that it could be nested in, where nothing else is wrong with it."""
        count = len(section.items)
        gaps = [] if section.inline or count < _LIST or self._of_list else [*map(self._indentation, section.items)]
        if gaps and all(end - start >= _NESTED for start, end in gaps):
            edits = tuple((Span(gap.start, gap.start + STEP), "") for gap in gaps)
            self.draft.anomalies.append(list_indent(gaps[0], count, edits))

    def _indentation(self, item: RawBlock) -> Span:
        """What stands in front of an item in its line."""
        return Span(self._source.text.rfind("\n", 0, item.span.start) + 1, item.span.start)

    def _text(self, span: Span) -> str:
        return self._source.text[span.start : span.end]
