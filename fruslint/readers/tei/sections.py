"""Makes sections out of the lists at the head of a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from fruslint.language.vocabulary import section_kind
from fruslint.markup.elements import Markup
from fruslint.model import Anomaly, Section
from fruslint.patterns import late
from fruslint.readers.misspelt import expected_label
from fruslint.readers.tei.frames import Draft, Frame, ListFrame
from fruslint.readers.tei.tables import table_lists
from fruslint.readers.tei.words import RunText
from fruslint.source import Span
from fruslint.text import BODY, Block, BlockKind

_PARTICIPANTS = "participants"
_TYPES = frozenset({_PARTICIPANTS, "subject"})
_INLINE_LABEL = late(r"([A-Za-z][A-Za-z.&/() ]{1,40}?)\s*:\s*")
_SENTENCE_END = late(r"[.?!;,][”’\"')\]]*\s*$")
_LINE_BEFORE = late(r"(?:\r\n?|\n)[ \t]*\Z")
_FARTHEST = 400
_BREAKS = frozenset({"pb", "lb"})
_MOST_BREAKS = 5
_LONGEST_OPENER = 120
_LONGEST_LABEL = 40


def section_lists(markup: Markup, draft: Draft) -> list[ListFrame]:
    """The lists that have a heading, or say that they are of participants or subjects; and tables that are such lists."""
    lists = [own for own in draft.lists if own.heading is not None or _list_type(markup, own) in _TYPES]
    return sorted([*lists, *table_lists(markup, draft)], key=lambda own: own.number)


def _list_type(markup: Markup, own: ListFrame) -> str:
    return (markup.value(own.number, "type") or "").strip()


def opener_frames(frames: Sequence[Frame], lists: Sequence[ListFrame]) -> list[Frame]:
    """The paragraphs before the first section that are lines of an opener: a classification, the number of a report."""
    if not lists:
        return []
    first = lists[0].number
    before = [frame for frame in frames if frame.number < first and frame.kind in BODY]
    return before if all(frame.block and _is_line(frame.block.text.content) for frame in before) else []


def _is_line(content: str) -> bool:
    return len(content) <= _LONGEST_OPENER and not _SENTENCE_END.search(content)


def _holds_breaks_only(markup: Markup, frame: Frame) -> bool:
    """Whether there is nothing but page breaks in an item; they must stay when it goes."""
    number = frame.number
    inner = range(number + 1, min(markup.after[number], number + 1 + _MOST_BREAKS))
    return all(markup.names[one] in _BREAKS for one in inner) and not markup.raw_text(number).strip()


class SectionMaker:
    """Makes the sections of one document; ``anomalies`` are what it met, ``blocks`` the blocks when it is done."""

    def __init__(self, markup: Markup, blocks: Sequence[Block]) -> None:
        self.anomalies: list[Anomaly] = []
        self._markup = markup
        self._blocks = blocks
        self._starts = [block.span.start for block in blocks]
        self._body = min((block.span.start for block in blocks if block.kind in BODY), default=None)
        self._sections: list[Section] = []
        self._split: dict[Span, list[Block]] = {}

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the document, with the labels that stood in items as headings."""
        if not self._split:
            return list(self._blocks)
        return [part for block in self._blocks for part in self._split.get(block.span, (block,))]

    def make(self, lists: Sequence[ListFrame]) -> list[Section]:
        """The sections that the lists of a document are."""
        for own in lists:
            items = [frame.block for frame in own.items if frame.block is not None]
            heading = own.heading.block if own.heading else None
            span = self._markup.span(own.number)
            said = _list_type(self._markup, own)
            if said == _PARTICIPANTS:
                self._note_empty(own.items)
            if heading is None:
                section = self._without_head(items, span, said)
            elif own.inline:
                section = self._inline(heading, items)
            else:
                section = self._headed(heading, items, span, said)
            if not self._goes_on(section):
                self._sections.append(section)
        return self._sections

    def _note_empty(self, items: Iterable[Frame]) -> None:
        """Note items with nothing in them, each with the edit that takes it out with its line."""
        markup = self._markup
        for frame in items:
            if frame.first == frame.last or (
                frame.last == frame.first + 2 and not markup.parts[frame.first + 1].strip()
            ):
                span = markup.span(frame.number)
                line = _LINE_BEFORE.search(markup.text, max(0, span.start - _FARTHEST), span.start)
                edits = ((Span(line.start() if line else span.start, span.end), ""),)
                values = {"found": markup.names[frame.number]}
                self.anomalies.append(Anomaly("item-empty", markup.name_span(frame.number), values, edits))
            elif _holds_breaks_only(markup, frame):
                values = {"found": markup.names[frame.number]}
                self.anomalies.append(Anomaly("item-empty", markup.name_span(frame.number), values))

    def _after_body(self, span: Span) -> bool:
        return self._body is not None and self._body < span.start

    def _headed(self, heading: Block, items: list[Block], span: Span, said: str) -> Section:
        label = heading.text.content
        expected = "" if section_kind(label) else expected_label(label)
        people = said == _PARTICIPANTS and len(label) <= _LONGEST_LABEL
        kind = section_kind(expected or label) or (said if people else "")
        return Section(kind, heading, tuple(items), span, expected, after_body=self._after_body(span))

    def _inline(self, heading: Block, items: list[Block]) -> Section:
        kind = section_kind(heading.text.content)
        span = Span(heading.span.start, items[-1].span.end if items else heading.span.end)
        return Section(kind, heading, tuple(items), span, inline=True, after_body=self._after_body(span))

    def _without_head(self, items: list[Block], span: Span, said: str) -> Section:
        """The label is often the first item, or the beginning of it."""
        kind = said if said in _TYPES else ""
        content = items[0].text.content if items else ""
        found = _INLINE_LABEL.match(content)
        if found is not None and section_kind(found[1]):
            heading, rest = self._part(items[0], found.end(1), found.end())
            kind = section_kind(found[1])
        elif section_kind(content) or content.endswith(":"):
            heading, rest = self._part(items[0], len(content.rstrip(": ")), len(content))
            kind = section_kind(content) or kind
            if section_kind(content):
                values = {"found": content, "detail": "stands as an item of its list"}
                edits = self._as_head(items[0].span)
                self.anomalies.append(Anomaly("heading-as-item", items[0].text.whole(), values, edits))
        else:
            return Section(kind, None, tuple(items), span, after_body=self._after_body(span))
        items = [*rest, *items[1:]]
        return Section(kind, heading, tuple(items), span, inline=bool(rest), after_body=self._after_body(span))

    def _as_head(self, item: Span) -> tuple[tuple[Span, str], ...]:
        """The edits that make a plain item a heading."""
        written = self._markup.text[item.start : item.end]
        if not (written.startswith("<item>") and written.endswith("</item>")):
            return ()
        start, end = item.start + len("<"), item.end - len("item>")
        return (Span(start, start + len("item")), "head"), (Span(end, end + len("item")), "head")

    def _part(self, item: Block, label: int, rest: int) -> tuple[Block, list[Block]]:
        """An item as a heading up to ``label``, and as another item from ``rest`` on, if there is any."""
        text = item.text
        if not isinstance(text, RunText):
            return item, []
        heading = Block(BlockKind.HEADING, item.span, text.part(0, label))
        behind = [Block(BlockKind.ITEM, item.span, text.part(rest), item.depth)] if rest < len(text.content) else []
        self._split[item.span] = [heading, *behind]
        return heading, behind

    def _goes_on(self, section: Section) -> bool:
        """Whether a list goes on with the one before it: people of another delegation, with nothing between them."""
        last = self._sections[-1] if self._sections else None
        if last is None or section.heading is not None or section.kind != last.kind:
            return False
        between = bisect_left(self._starts, last.span.end)
        if between < len(self._starts) and self._starts[between] < section.span.start:
            return False
        span = Span(last.span.start, section.span.end)
        self._sections[-1] = last._replace(items=(*last.items, *section.items), span=span)
        return True
