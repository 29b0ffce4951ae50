"""Walks once over the elements of a document and tells what each of them is to a reader: a block, a note, a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fruslint.markup.elements import Markup
from fruslint.readers.tei.element_kinds import ATTACHMENT, CONTAINERS, HOUSE_PREFIX, INLINE
from fruslint.readers.tei.frames import AttachmentFrame, Draft, Frame, ListFrame
from fruslint.readers.tei.words import BLANK, LINE, NOTHING, RunText
from fruslint.record import record_of
from fruslint.source import Span
from fruslint.text import Block, BlockKind

# A paragraph or a list in a block of these kinds is a line of it; elsewhere it is a block of its own.
_WHOLE = frozenset({BlockKind.NOTE, BlockKind.TITLE, BlockKind.HEADING, BlockKind.TABLE, BlockKind.CLOSER})
_DATED = frozenset({BlockKind.DATELINE, BlockKind.TITLE})
_LABELLED = frozenset({"item", "p", "cell", "note"})


def walk(markup: Markup, document: int, inner: Iterable[int] = (), end: int | None = None) -> Draft:
    """What the elements of a document come to; ``inner`` documents, which stand in it, are left out.

    ``end``: the element to stop at, or the end of the document.
    """
    names, handlers, unknown = markup.names, _HANDLERS, _Walk.unknown
    state = _Walk(markup, document)
    begin = document + 1
    end = markup.after[document] if end is None else end
    for stop, after in (*((number, markup.after[number]) for number in inner if number < end), (end, 0)):
        for number in range(begin, stop):
            handler = handlers.get(names[number], unknown)
            if handler is not None:
                handler(state, number)
        begin = after
    return state.draft


class _Walk:
    """The state of a walk: which blocks and lists are open. Its methods are the handlers of the elements."""

    __slots__ = (
        "_closes",
        "_document",
        "_labelled",
        "_lists",
        "_markup",
        "_offsets",
        "_opens",
        "_quoted",
        "_stack",
        "draft",
    )

    def __init__(self, markup: Markup, document: int) -> None:
        self.draft = Draft()
        self._markup = markup
        self._opens = markup.opens
        self._closes = markup.closes
        self._offsets = markup.offsets
        self._document = document
        self._stack: list[Frame] = []
        self._lists: list[ListFrame] = []
        self._quoted = -1
        self._labelled = -1

    def _around(self, place: int) -> Frame | None:
        """The block that is open at a place."""
        stack = self._stack
        while stack and stack[-1].last < place:
            stack.pop()
        return stack[-1] if stack else None

    def _lists_at(self, place: int) -> list[ListFrame]:
        """The lists that are open at a place, the outermost first."""
        lists = self._lists
        while lists and lists[-1].last < place:
            lists.pop()
        return lists

    def _add(self, kind: BlockKind, number: int, depth: int = 0) -> Frame | None:
        """Begin a block, and take it out of the one around it; None if it is a line of that one."""
        first, last = self._opens[number], self._closes[number]
        stack = self._stack
        while stack and stack[-1].last < first:
            stack.pop()
        if stack:
            around = stack[-1]
            if around.whole or (kind is BlockKind.PARAGRAPH and around.kind is BlockKind.ITEM):
                around.part(first, last, LINE if around.kind is BlockKind.NOTE else BLANK)
                return None
            around.cut(first, last, BLANK)
            around.holds_blocks = True
        return self._begin(kind, number, first, last, depth)

    def _begin(self, kind: BlockKind, number: int, first: int, last: int, depth: int = 0) -> Frame:
        frame = Frame(kind, number, first, last, kind in _WHOLE)
        offsets = self._offsets
        span = record_of(Span, (offsets[first], offsets[last + 1]))
        frame.block = record_of(Block, (kind, span, RunText(self._markup, frame), depth))
        self.draft.frames.append(frame)
        self._stack.append(frame)
        return frame

    def paragraph(self, number: int) -> None:
        """A paragraph; one in an item is a line of the item."""
        quoted = self._opens[number] < self._quoted
        self._add(BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH, number)

    def head(self, number: int) -> None:
        """The title of the document, or the heading of something in it."""
        parent, draft = self._markup.parents[number], self.draft
        lists = self._lists_at(self._opens[number])
        if lists and lists[-1].number == parent:
            self._list_head(number, lists)
        elif parent == self._document and draft.title is None:
            draft.title = self._add(BlockKind.TITLE, number)
        else:
            frame = self._add(BlockKind.HEADING, number)
            if draft.attachments and draft.attachments[-1].number == parent:
                draft.attachments[-1].title = draft.attachments[-1].title or frame

    def _list_head(self, number: int, lists: list[ListFrame]) -> None:
        """That of a nested list is an item: the side its items are grouped under."""
        own = lists[-1]
        if len(lists) > 1:
            self._add_item(number, lists, len(lists) - 2)
        else:
            frame = self._add(BlockKind.HEADING, number)
            own.heading = own.heading or frame

    def open_list(self, number: int) -> None:
        """A list. It is no block, but is taken out of the one it stands in."""
        around = self._around(self._opens[number])
        self.container(number)
        if around is not None and around.whole:
            return
        lists = self._lists_at(self._opens[number])
        own = ListFrame(number, self._closes[number])
        if not lists and around is None:
            self.draft.lists.append(own)
        lists.append(own)

    def item(self, number: int) -> None:
        """An item, unless it goes on from its label."""
        if number != self._labelled:
            lists = self._lists_at(self._opens[number])
            self._add_item(number, lists, max(0, len(lists) - 1))

    def _add_item(self, number: int, lists: list[ListFrame], depth: int) -> None:
        frame = self._add(BlockKind.ITEM, number, depth)
        if frame is not None and lists:
            lists[0].items.append(frame)

    def label(self, number: int) -> None:
        """The label of an item is the beginning of it; elsewhere it is a heading."""
        markup = self._markup
        parent, item = markup.parents[number], markup.after[number]
        if markup.names[parent] in _LABELLED:
            return
        if item < len(markup) and markup.names[item] == "item" and markup.parents[item] == parent:
            self._labelled_item(number, item)
        else:
            self._add(BlockKind.HEADING, number)

    def _labelled_item(self, label: int, item: int) -> None:
        """The item with its label in front."""
        first, middle, last = self._opens[label], self._closes[label], self._closes[item]
        around = self._around(first)
        if around is not None and around.whole:
            around.part(first, middle, BLANK)
            return
        self._labelled = item
        lists = self._lists_at(first)
        if around is not None:
            around.cut(first, last, BLANK)
            around.holds_blocks = True
        frame = self._begin(BlockKind.ITEM, label, first, last, max(0, len(lists) - 1))
        frame.cut(middle, middle, BLANK)
        if lists:
            lists[0].items.append(frame)

    def note(self, number: int) -> None:
        """A note is no part of the words it hangs on; one that is printed inline is a line of the text."""
        first, last = self._opens[number], self._closes[number]
        markup = self._markup
        inline = "inline" in markup.parts[first] and markup.value(number, "rend") == "inline"
        around = self._around(first)
        if around is not None:
            around.cut(first, last, BLANK if inline else NOTHING)
        if inline:
            frame = self._begin(BlockKind.OPENER, number, first, last)
            frame.whole = True
            self.draft.inline_notes.append(frame)
        else:
            frame = Frame(BlockKind.NOTE, number, first, last, True)
            self._stack.append(frame)
            self.draft.notes.append(frame)

    def line_break(self, number: int) -> None:
        """A line break parts words as a blank does."""
        place = self._opens[number]
        around = self._around(place)
        if around is not None:
            around.cut(place, self._closes[number], BLANK)

    def date(self, number: int) -> None:
        """The first date of a dateline or title tells when the document was written."""
        around = self._around(self._opens[number])
        if around is not None and around.kind in _DATED:
            self.draft.dates.append(number)

    def dateline(self, number: int) -> None:
        """A dateline is a block of its own wherever it stands, in a closer too; but not in a note."""
        place = self._opens[number]
        around = self._around(place)
        if around is not None and around.kind is BlockKind.CLOSER:
            around.cut(place, self._closes[number], BLANK)
            self._begin(BlockKind.DATELINE, number, place, self._closes[number])
        else:
            self._add(BlockKind.DATELINE, number)

    def opener(self, number: int) -> None:
        """An opener, or a salutation: a line in front of the text."""
        self._add(BlockKind.OPENER, number)

    def segment(self, number: int) -> None:
        """A seg of an opener is a line of its own; one in running text is not."""
        markup = self._markup
        parent = markup.names[markup.parents[number]]
        if parent in CONTAINERS or parent == "closer":
            self._add(BlockKind.OPENER, number)

    def closer(self, number: int) -> None:
        """A closer, or a signature that stands alone."""
        self._add(BlockKind.CLOSER, number)

    def closer_part(self, number: int) -> None:
        """An affiliation is a line of its own below a signature only."""
        around = self._around(self._opens[number])
        if around is not None and around.kind is BlockKind.CLOSER:
            self._add(BlockKind.CLOSER, number)

    def quote(self, number: int) -> None:
        """A quotation that is set off; one in a paragraph flows along, unless it has paragraphs of its own."""
        markup = self._markup
        around = self._around(self._opens[number])
        if around is None or any(markup.names[child] == "p" for child in markup.children(number)):
            self._quoted = max(self._quoted, self._closes[number])
            self._add(BlockKind.QUOTE, number)

    def cell(self, number: int) -> None:
        """A cell of a table."""
        self._add(BlockKind.TABLE, number)

    def container(self, number: int) -> None:
        """An element that is no block but holds some: they are no part of the block it stands in."""
        first, last = self._opens[number], self._closes[number]
        around = self._around(first)
        if around is None:
            return
        if around.whole:
            around.part(first, last, LINE if around.kind is BlockKind.NOTE else BLANK)
        else:
            around.cut(first, last, BLANK)
            around.holds_blocks = True

    def table(self, number: int) -> None:
        """A table; its cells are blocks."""
        self.draft.tables.append(number)
        self.container(number)

    def attachment(self, number: int) -> None:
        """A paper printed with the document."""
        self.draft.attachments.append(AttachmentFrame(number))
        self.container(number)

    def unknown(self, number: int) -> None:
        """An element that is not known is a block where blocks stand, and flows along elsewhere; if empty, a line break."""
        markup = self._markup
        parent = markup.names[markup.parents[number]]
        if markup.names[number].startswith(HOUSE_PREFIX) or self._opens[number] == self._closes[number]:
            self.line_break(number)
        elif parent == "list":
            self.item(number)
        elif parent in CONTAINERS:
            self.paragraph(number)


_HANDLERS: dict[str, Callable[[_Walk, int], None] | None] = {
    **dict.fromkeys(INLINE),
    "p": _Walk.paragraph,
    "ab": _Walk.paragraph,
    "head": _Walk.head,
    "list": _Walk.open_list,
    "item": _Walk.item,
    "label": _Walk.label,
    "note": _Walk.note,
    "lb": _Walk.line_break,
    "pb": None,
    "date": _Walk.date,
    "dateline": _Walk.dateline,
    "opener": _Walk.opener,
    "salute": _Walk.opener,
    "seg": _Walk.segment,
    "closer": _Walk.closer,
    "signed": _Walk.closer,
    "affiliation": _Walk.closer_part,
    "quote": _Walk.quote,
    "q": _Walk.quote,
    "cell": _Walk.cell,
    "table": _Walk.table,
    "figure": _Walk.container,
    "postscript": _Walk.container,
    "row": None,
    "div": None,
    ATTACHMENT: _Walk.attachment,
}
