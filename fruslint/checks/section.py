"""Reports faults of the sections at the head of a memorandum: lists without a heading, headings without a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any, ClassVar

from fruslint.checks.base import Edits, Hit, Parameters, RelatedSpan
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.expressions import PATTERNS
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Severity
from fruslint.language.spelling import distance
from fruslint.language.vocabulary import PEOPLE, is_side, section_kind
from fruslint.model import Document, Medium, Section
from fruslint.patterns import late
from fruslint.source import Span
from fruslint.text import BODY, Block, BlockKind

if TYPE_CHECKING:  # a run over memoranda needs no markup
    from fruslint.markup.elements import Markup

_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.OPENER, BlockKind.TABLE, BlockKind.QUOTE})
_DIGITS = late(r"\d*")
_SENTENCE = late(r"[.?!:;][”’\"')\]]*\s*$")
_BRACKETED = late(r"[\[(].*[\])][.\d]*\s*$", re.DOTALL)
_ATTACHED = late(r"\[?(?i:attachment|enclosure|annex|appendix|tab)\b[^.\n]{0,12}\]?")
# A paragraph that is no longer may be a line of a list.
_LONGEST_LINE = 120
# A heading that is so many letters off is put right without asking what it means.
_SURE = 1
_ITEM = "  • "


class SectionCheck:
    """Looks for one fault, ``report``, in the ``sections`` of these kinds (all, if not given).

    ``unlabelled``: a list without a heading; ``labels`` has the heading of each kind, and a line above the list that
    one of ``introduced_by`` matches is as good as a heading; in TEI, where a list has a type, it is the manner of years
    before ``labelled_from``, and an info only. ``misspelt``: a heading that is almost a known one.
    ``duplicate``: the same heading twice, or the same item under one heading, unless it lists people. ``empty``: a
    heading without a list. ``unbulleted``: one with lines that are no list, where another list of the document is one.
    ``after-body``: a section behind more than ``paragraphs`` paragraphs of the text, or behind one and another section.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["unlabelled", "misspelt", "duplicate", "empty", "unbulleted", "after-body"]},
            "sections": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "labels": {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
            "introduced_by": PATTERNS,
            "labelled_from": {"type": "integer"},
            "paragraphs": {"type": "integer", "minimum": 0},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})
    needs = Needs(part="sections")

    def __init__(self, parameters: Parameters) -> None:
        self._kinds = frozenset(parameters.get("sections", ()))
        self._labels: dict[str, str] = parameters.get("labels", {})
        self._introduced_by = [late(pattern) for pattern in parameters.get("introduced_by", ())]
        self._labelled_from: int = parameters.get("labelled_from", 0)
        self._paragraphs: int = parameters.get("paragraphs", 0)
        reports: dict[str, Callable[[Document, Sequence[Section]], Iterator[Hit]]] = {
            "unlabelled": self._unlabelled,
            "misspelt": self._misspelt,
            "duplicate": self._duplicate,
            "empty": self._empty,
            "unbulleted": self._unbulleted,
            "after-body": self._after_body,
        }
        self._report = reports[parameters["report"]]

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each section with the fault."""
        chosen = [s for s in document.sections if not self._kinds or s.kind in self._kinds]
        return self._report(document, chosen) if chosen else ()

    def _unlabelled(self, document: Document, sections: Sequence[Section]) -> Iterator[Hit]:
        for section in sections:
            if section.heading is None and section.items and not self._is_introduced(document, section):
                label = self._labels.get(section.kind, section.kind.upper())
                # What is the way of older volumes stays as it was printed.
                early = self._is_early(document)
                edits = () if early else _insertion(document, section, label)
                yield Hit(section.items[0].span, {"expected": label}, (), edits, Severity.INFO if early else None)

    def _is_early(self, document: Document) -> bool:
        return document.medium is Medium.TEI and document.year is not None and document.year < self._labelled_from

    def _is_introduced(self, document: Document, section: Section) -> bool:
        before = document.blocks[document.index_of(section.items[0]) - 1]
        content = before.text.content
        if before.kind not in _LINES:
            return False
        return is_side(content) or any(pattern.search(content) for pattern in self._introduced_by)

    def _misspelt(self, document: Document, sections: Sequence[Section]) -> Iterator[Hit]:
        for section in sections:
            if section.expected and section.heading is not None and (section.items or not section.after_body):
                text = section.heading.text
                digits = _digits_behind(document, text.whole().end)
                found = text.content + digits
                sure = (
                    f" {section.expected} " in f" {found} " or distance(found.upper(), section.expected, _SURE) <= _SURE
                )
                edits = rewritten(document, text, 0, len(text.content), section.expected) if sure else ()
                span = Span(text.whole().start, text.whole().end + len(digits))
                if digits and sure:
                    edits = ((span, section.expected),)
                values = {"found": found, "expected": section.expected}
                yield Hit(span, values, edits=edits, unsafe=bool(digits))

    def _duplicate(self, _: Document, sections: Sequence[Section]) -> Iterator[Hit]:
        seen: dict[str, Block] = {}
        for section in sections:
            heading = section.heading
            if heading is None or section.after_body or section.inline:
                continue
            first = seen.setdefault(heading.text.content.upper(), heading)
            if first is not heading:
                found = heading.text.content
                yield _second(first, heading, found)
            if section.kind not in PEOPLE:
                yield from _repeated(section.items)

    def _empty(self, document: Document, sections: Sequence[Section]) -> Iterator[Hit]:
        for section in sections:
            heading = section.heading
            if heading is None or section.items or (section.after_body and not heading.text.content.isupper()):
                continue
            if not _plain_list(document, heading, section.kind) and not _unbulleted_lines(document, section):
                yield Hit(heading.text.whole(), {"found": heading.text.content})

    def _unbulleted(self, document: Document, sections: Sequence[Section]) -> Iterator[Hit]:
        for section in sections:
            lines = _unbulleted_lines(document, section)
            if lines and section.heading is not None:
                edits = tuple(_as_items(document, lines))
                yield Hit(lines[0].text.whole(), {"found": section.heading.text.content}, edits=edits)

    def _after_body(self, document: Document, sections: Sequence[Section]) -> Iterator[Hit]:
        early = {section.kind for section in sections if not section.after_body}
        late = [(kind, heading) for kind, heading in _behind_text(sections) if kind not in early]
        body, end = (_paragraphs(document), _attached_from(document)) if late else ([], 0)
        # all behind an attachment is its own
        for kind, heading in takewhile(lambda one: one[1].span.start <= end, late):
            count = bisect_left(body, heading.span.start, key=_start)
            is_late = count > self._paragraphs or (early and any(map(_is_long, body[:count])))
            if is_late and kind not in early:
                early.add(kind)
                related = (RelatedSpan(body[0].span, "the text begins here"),)
                yield Hit(heading.text.whole(), {"found": heading.text.content}, related)


def _repeated(items: Sequence[Block]) -> Iterator[Hit]:
    seen: dict[str, Block] = {}
    for item in items:
        first = seen.setdefault(item.text.content, item)
        if first is not item:
            yield _second(first, item, f"‘{item.text.content}’")


def _second(first: Block, block: Block, found: str) -> Hit:
    """A hit at what stands there already."""
    related = (RelatedSpan(first.text.whole(), f"{found} stands here already"),)
    return Hit(block.text.whole(), {"found": found}, related)


def _digits_behind(document: Document, end: int) -> str:
    """The digits behind a heading of a memorandum that are no marker, as in ‘PARTICIPANT5’."""
    if document.medium is not Medium.TEXT:
        return ""
    found = _DIGITS.match(document.source.text, end)
    marked = any(marker.label.span.start == end for marker in document.markers)
    return found[0] if found is not None and not marked else ""


def _insertion(document: Document, section: Section, label: str) -> Edits:
    """Puts the label above the list: in a text with a blank line on either side, in TEI as the head of the list."""
    first = section.items[0].span.start
    if document.element is not None:
        return _new_head(document.element.markup, first, label)
    text = document.source.text
    line = text.rfind("\n", 0, first) + 1
    return ((Span(len(text[:line].rstrip()), line), f"\n\n{label}\n\n"),)


def _new_head(markup: Markup, offset: int, label: str) -> Edits:
    """A head with the label for the list whose first item begins at ``offset``; an empty head is filled."""
    from fruslint.checks.elements.layout import line_before  # a run over memoranda needs no markup

    item = markup.at(offset)
    if item is None or markup.names[markup.parents[item]] != "list":
        return ()
    written = f"<head>{label}</head>"
    first = markup.parents[item] + 1
    if markup.names[first] == "head":
        return () if markup.within(first, "note") else ((markup.span(first), written),)
    if first != item:
        return ()
    line = line_before(markup, offset)
    start = markup.start_tag(markup.parents[item]).end
    # A line that was left empty by a lost head is filled.
    gap = Span(start, offset) if markup.text[start:offset].count("\n") > 1 and line else Span(offset, offset)
    return ((gap, (line if gap.start < offset else "") + written + line),)


def _plain_list(document: Document, heading: Block, kind: str) -> bool:
    """Whether what follows is the list all the same: lines without bullets, or a note in brackets."""
    lines = _lines_behind(document, heading)
    if not lines:
        return False
    if _BRACKETED.match(lines[0].text.content) or kind not in ("participants", "subject"):
        return True
    short = next((i for i, block in enumerate(lines) if not _is_short(block)), len(lines))
    return short > 1 or (short == 1 and short == len(lines))


def _unbulleted_lines(document: Document, section: Section) -> Sequence[Block]:
    """The short lines under a heading that should be items, as those of another section are; none in markup."""
    heading = section.heading
    if heading is None or section.items or section.after_body or document.medium is not Medium.TEXT:
        return ()
    if not any(other.items and not other.inline for other in document.sections if other.heading is not None):
        return ()
    lines = [*takewhile(_is_line_of_list, _lines_behind(document, heading))]
    return () if lines and _BRACKETED.match(lines[0].text.content) else lines


def _as_items(document: Document, lines: Sequence[Block]) -> Iterator[tuple[Span, str]]:
    """Gives each line a bullet, and takes the blank lines out between two of them."""
    text, newline = document.source.text, document.source.newline
    yield Span(lines[0].span.start, lines[0].span.start), _ITEM
    for before, line in pairwise(lines):
        gap = Span(before.span.end, line.span.start)
        yield (Span(gap.end, gap.end), _ITEM) if text[slice(*gap)].strip() else (gap, newline + _ITEM)


def _is_line_of_list(block: Block) -> bool:
    return _is_short(block) or is_side(block.text.content)


def _lines_behind(document: Document, heading: Block) -> list[Block]:
    """The blocks between a heading and the next one."""
    start = document.index_of(heading) + 1
    end = next((i for i in range(start, len(document.blocks)) if document.blocks[i].kind not in _LINES), None)
    return list(document.blocks[start:end])


def _is_short(block: Block) -> bool:
    content = block.text.content
    return len(content) <= _LONGEST_LINE and not _SENTENCE.search(content)


def _is_long(block: Block) -> bool:
    """Whether a paragraph is no line of a head: between two sections it was moved, in front of them it may introduce them."""
    return len(block.text.content) > _LONGEST_LINE


def _behind_text(sections: Iterable[Section]) -> Iterator[tuple[str, Block]]:
    """The kind and the heading of each section behind the beginning of the text, but for lists that the text announces."""
    for section in sections:
        heading = section.heading if section.after_body and section.items else None
        if heading is not None and section_kind(heading.text.content):
            yield section.kind, heading


def _attached_from(document: Document) -> int:
    """Where a line says that an attachment begins; the end of the document where none does."""
    lines = (block.span.start for block in document.blocks if _ATTACHED.fullmatch(block.text.content))
    return next(lines, document.span.end)


def _paragraphs(document: Document) -> list[Block]:
    """The paragraphs of the text, without those that an editor put there in brackets."""
    return [
        block
        for block in document.blocks
        if block.kind in BODY and not _is_short(block) and not _BRACKETED.match(block.text.content)
    ]


def _start(block: Block) -> int:
    return block.span.start
