"""Finds paragraphs that end in the middle of a sentence and go on in the next one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search.searches import SHAPES
from fruslint.checks.search.shape import wanted_shape
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Severity
from fruslint.language.paragraph_ends import adjoin, stays_open
from fruslint.model import Document, Medium
from fruslint.patterns import late
from fruslint.source import Span
from fruslint.text import Block, BlockKind

# So much of the end of a paragraph is looked at, and of its beginning for words.
_REACH = 60
_FEWEST_WORDS = 3


class BrokenParagraphCheck:
    """``ends``: a regular expression for an end at which a sentence goes on; ``begins``: one for how it goes on.

    Two paragraphs with nothing but white space between them are one if both match. A page marker, a list or a table
    between them says that they were parted for a reason, and a line of few words is a heading. A page marker that has a
    line of its own makes it an information. In markup a page between two paragraphs does not part them, and a paragraph
    that is centred or stands at the right is a heading. A paragraph that ends with a word such as "the" goes on in any case.
    ``shapes``: only documents are looked at that have one of these (see the kind `pattern`), a line end for the space
    between two paragraphs. Values: ``before`` the last and ``behind`` the first words.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["ends", "begins"],
        "additionalProperties": False,
        "properties": {
            "ends": {"type": "string", "format": "regex"},
            "begins": {"type": "string", "format": "regex"},
            "shapes": SHAPES,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"before", "behind"})

    def __init__(self, parameters: Parameters) -> None:
        self._ends = late(parameters["ends"])
        self._begins = late(parameters["begins"])
        shapes = tuple(map(wanted_shape, parameters.get("shapes", ())))
        self.needs = Needs(shapes=shapes) if shapes else None

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit at the beginning of each paragraph that belongs to the one before it."""
        begins, blocks = self._begins.match, document.blocks
        for number, ((kind, before), (next_kind, words)) in enumerate(pairwise(document.kinds_and_lines)):
            if kind is next_kind is BlockKind.PARAGRAPH:
                goes_on = begins(words) is not None  # nearly all begin with a capital, behind a full stop
                if goes_on or "a" <= before[-1:] <= "z":
                    yield from self._at(document, blocks[number], blocks[number + 1], goes_on)

    def _at(self, document: Document, before: Block, block: Block, begins: bool) -> Iterator[Hit]:
        end = before.text.content
        is_end = self._ends.search(end, max(0, len(end) - _REACH), len(end)) if begins else stays_open(before, block)
        if is_end and _is_long(before):
            yield from _hits(document, before, block)


def _is_long(block: Block) -> bool:
    """Whether it has more words than a heading; dots for what was left out are none."""
    words = block.text.content[:_REACH].split()
    return sum(any(map(str.isalnum, word)) for word in words) > _FEWEST_WORDS


def _hits(document: Document, before: Block, block: Block) -> Iterator[Hit]:
    """A hit where nothing but white space stands between the two, or a page marker in a line of its own."""
    if document.medium is Medium.TEI:
        if adjoin(document, before, block):
            yield _hit(before, block)._replace(edits=())
        return
    start = before.span.end
    between = document.source.text[start : block.text.pieces[0].origin]
    if between.isspace():
        yield _hit(before, block)
        return
    words = between.strip()
    start += between.find(words)
    pages = (page.span for page in document.page_breaks)
    if between.endswith("\n") and Span(start, start + len(words)) in pages:
        yield _hit(before, block)._replace(edits=(), severity=Severity.INFO)


def _hit(before: Block, block: Block) -> Hit:
    first_word = block.text.content.split(maxsplit=1)[0]
    end, begin = before.text.content[-30:], block.text.content[:30]
    gap = Span(before.span.end, block.span.start)
    return Hit(block.text.span(0, len(first_word)), {"before": end, "behind": begin}, edits=((gap, " "),))
