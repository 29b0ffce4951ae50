"""Finds paragraphs that end without a mark of punctuation before one that begins with a capital."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search.shape import wanted_shape
from fruslint.checks.search.sieve import Needs
from fruslint.language.paragraph_ends import adjoin, ends_point, stays_open
from fruslint.language.vocabulary import section_kind
from fruslint.model import Document, Medium
from fruslint.patterns import late
from fruslint.source import Span
from fruslint.text import Block, BlockKind

# A line end behind a small letter and before a capital, with or without a blank line
_CUT = late(r"\n\n?(?=[A-Z“])(?:(?<=[a-z]\n)|(?<=[a-z]\n\n))")
_LAST_WORD = 40
_BEGINS = late(r"[A-ZÀ-Þ“][^.):]")


class UnfinishedParagraphCheck:
    """``least`` is the number of characters of a paragraph that is no line of a list or an address, ``unparted`` that of
    one with no blank line behind it. Values: ``before`` its last words, ``behind`` the first of the next paragraph.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["least", "unparted"],
        "additionalProperties": False,
        "properties": {
            "least": {"type": "integer", "minimum": 1},
            "unparted": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"before", "behind"})
    needs = Needs(shapes=tuple(map(wanted_shape, ("a\nA", "a\n“"))))

    def __init__(self, parameters: Parameters) -> None:
        self._least: int = parameters["least"]
        self._unparted: int = parameters["unparted"]

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit at the last word of each such paragraph."""
        if document.medium is Medium.TEI:
            return self._of_markup(document)
        ends = set(self._ends(document.source.text))
        return _hits(document, ends) if ends else ()

    def _of_markup(self, document: Document) -> Iterator[Hit]:
        """The same where paragraphs are elements; one that ends with a word such as "the" is known to go on."""
        blocks = document.blocks
        for number, ((kind, end), (next_kind, _)) in enumerate(pairwise(document.kinds_and_lines)):
            if kind is next_kind is BlockKind.PARAGRAPH and "a" <= end[-1:] <= "z" and len(end) >= self._least:
                before, block = blocks[number], blocks[number + 1]
                if _is_unfinished(document, before, block):
                    yield _hit(before, block, before.text.span(end.rfind(" ") + 1, len(end)))

    def _ends(self, text: str) -> Iterator[int]:
        """Where a line ends so that is long enough, and neither indented nor a row of a table."""
        for found in _CUT.finditer(text):
            end = found.start()
            line = text[text.rfind("\n", 0, end) + 1 : end]
            is_long = len(line) >= (self._least if found.end() - end > 1 else self._unparted)
            if is_long and not line[0].isspace() and "\t" not in line:
                yield end


def _is_unfinished(document: Document, before: Block, block: Block) -> bool:
    is_alone = _BEGINS.match(block.text.content) and not stays_open(before, block) and not ends_point(before)
    return bool(is_alone) and adjoin(document, before, block) and not _is_list(document, before)


def _is_list(document: Document, block: Block) -> bool:
    """Whether a paragraph is a list: it is set in lines, or stands under the label of a section."""
    above = document.blocks[max(0, document.index_of(block) - 1)]
    return _is_in_lines(document, block) or bool(section_kind(above.text.content))


def _is_in_lines(document: Document, block: Block) -> bool:
    """Whether a paragraph is set in lines, as a life or an address is: behind its last line break stands no full stop."""
    source = document.source.text
    last = source.rfind("<lb", *block.span)
    return last >= 0 and ". " not in source[last : block.span.end]


def _hits(document: Document, ends: set[int]) -> Iterator[Hit]:
    for before, block in pairwise(document.blocks):
        end = before.span.end
        if before.kind is block.kind is BlockKind.PARAGRAPH and end in ends and not stays_open(before, block):
            text = document.source.text
            start = max(end - _LAST_WORD, text.rfind(" ", 0, end) + 1)
            yield _hit(before, block, Span(start, end))


def _hit(before: Block, block: Block, place: Span) -> Hit:
    return Hit(place, {"before": before.text.content[-30:], "behind": block.text.content[:30]})
