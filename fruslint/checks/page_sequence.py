"""Follows the page numbers of a document, and of the index behind the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.sieve import Needs
from fruslint.model import Document, Medium, PageBreak, Volume, numbered, sketches

_LOOK_AHEAD = 3
_Numbered = tuple[int, PageBreak]


class PageSequenceCheck:
    """``report``: ``gap``, ``repeated`` or ``backwards``. Roman numbers are passed over.

    Where the sequence goes on as before after a wrong page, only the wrong page is reported: 716, 719, 718 has one.
    Values: ``label`` is the page it is about, ``before`` the one before it, ``expected`` what should stand there;
    ``follows`` is "follows", or "comes before" where the first page is wrong, and ``before`` the second.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {"report": {"enum": ["gap", "repeated", "backwards"]}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "before", "expected", "follows"})
    needs = Needs(part="page_breaks")

    def __init__(self, parameters: Parameters) -> None:
        self._report = parameters["report"]

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit at each page break that is not the one that should follow."""
        return self._hits(document.page_numbers)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """The same for the pages behind the last document of a TEI volume: those of the index."""
        if volume.medium is not Medium.TEI or not volume.documents:
            return iter(())
        end = max(document.span.end for document in sketches(volume.documents))
        return self._hits(numbered(page for page in volume.page_breaks if page.span.start > end))

    def _hits(self, pages: Sequence[_Numbered]) -> Iterator[Hit]:
        for (last, before), (number, page), expected in _slips(pages):
            if _kind(number - last) == self._report:
                follows = before.span < page.span
                values = {
                    "label": page.label.text,
                    "before": before.label.text,
                    "expected": str(expected),
                    "follows": "follows" if follows else "comes before",
                }
                neighbour = "the page before" if follows else "the page after"
                yield Hit(page.span, values, (RelatedSpan(before.span, neighbour),))


def _slips(pages: Sequence[_Numbered]) -> Iterator[tuple[_Numbered, _Numbered, int]]:
    """Each page that is out of sequence, with the one before it and the number that is expected."""
    if _first_is_wrong(pages):
        yield pages[1], pages[0], pages[1][0] - 1
        pages = pages[1:]
    index = 1
    while index < len(pages):
        expected = pages[index - 1][0] + 1
        if pages[index][0] == expected:
            index += 1
            continue
        resumed = _resumed(pages, index, expected)
        for wrong in range(index, resumed or index + 1):
            yield pages[wrong - 1], pages[wrong], expected + wrong - index
        index = (resumed or index) + 1


def _first_is_wrong(pages: Sequence[_Numbered]) -> bool:
    """The second page is followed by the next one, and the first is higher, or the one before it but for one digit.

    The last digit does not count: 45 before 47 may be right, and page 46 is missing.
    """
    if len(pages) < 3:
        return False
    first, second, third = (number for number, _ in pages[:3])
    return third == second + 1 and (first > second or _is_misprint(str(first), str(second - 1)))


def _is_misprint(number: str, expected: str) -> bool:
    if len(number) != len(expected) or number[-1] != expected[-1]:
        return False
    return sum(one != other for one, other in zip(number, expected, strict=True)) == 1


def _resumed(pages: Sequence[_Numbered], index: int, expected: int) -> int | None:
    """Where the sequence goes on after wrong pages, as 719 and 718 in 717, 719, 718, 720; None if it does not."""
    behind = range(index + 1, min(len(pages), index + 1 + _LOOK_AHEAD))
    return next((later for later in behind if pages[later][0] == expected + later - index), None)


def _kind(step: int) -> str:
    return "gap" if step > 0 else "repeated" if step == 0 else "backwards"
