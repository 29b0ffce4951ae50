"""Follows the numbers that paragraphs begin with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless, RelatedSpan
from fruslint.checks.search.field import block_kinds
from fruslint.checks.search.shape import wanted_shape
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Severity
from fruslint.model import Document
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.text import BlockKind, Text

_PROSE = block_kinds(["prose"])
_LABEL = late(r"^(?P<open>\(?)(?P<number>[1-9]\d?)(?P<close>[.)])(?= (?!\[sic)|[A-Z\[“])", re.MULTILINE)
# The same behind a line end, which is found sooner than the beginning of a line.
_AFTER_LINE_END = late(r"\n(\(?)([1-9]\d?)([.)])(?= (?!\[sic)|[A-Z\[“])")
# What is left out is said in brackets, or there are points for it, or an element.
_NOTICE = late(r"\[|…|\. \. \.|\* \*")
_GAP = "<gap"
# One paragraph may stand for two.
_TWO = r" ?(?:and|or|to|through|–|-) ?\(?{}[.)]?(?=[ :,])"
# Between two numbers of one row stand no more paragraphs,
_FARTHEST = 12
# and no more rows stand within each other.
_DEEPEST = 5
# How a number may stand that is no label of its row.
_FORMS = {
    "stands behind a sentence": r"(?<=[.!?;:”] )\(?{}[.)](?= [A-Z“])",
    "stands there in another form": r"^\(?{}(?:[.):] ?| |,|[A-Za-z]\.)(?=\S)",
}
_VALUES = {str(number): number for number in range(100)}


class _Gap(Record):
    """A label, and the one before it in its row, whose number is two less; ``first`` is one in front that has the same."""

    label: re.Match[str]
    before: re.Match[str]
    first: re.Match[str] | None


class ParagraphNumbersCheck(Parameterless):
    """Finds numbered paragraphs of which one is left out, unless the text says that it is.

    Where its number stands behind a sentence or in another form, or the one before stands there twice, that is the place,
    and it is a warning. Values: ``found`` and ``before`` are two labels, ``expected`` the number between them, ``detail``
    what is the matter with it.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "before", "expected", "detail"})
    needs = Needs(shapes=(wanted_shape("\n0"), wanted_shape("\n(0")))

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each number that is left out."""
        text = document.view(_PROSE).text
        if not _may_lack(_AFTER_LINE_END.findall(f"\n{text.content}")):
            return ()
        return self._hits(document, text, list(_LABEL.finditer(text.content)))

    def _hits(self, document: Document, text: Text, labels: Sequence[re.Match[str]]) -> Iterator[Hit]:
        rows: dict[tuple[str, str], list[re.Match[str]]] = {}
        for label in labels:
            rows.setdefault((label["open"], label["close"]), []).append(label)
        for gap in chain.from_iterable(map(_gaps, rows.values())):
            between = text.content[gap.before.end() : gap.label.start()]
            is_near = between.count("\n") <= _FARTHEST
            if is_near and not _NOTICE.search(between) and not _stands_elsewhere(document, text, gap):
                yield _hit(text, gap)


def _stands_elsewhere(document: Document, text: Text, gap: _Gap) -> bool:
    """Whether the number stands with the one before it, or in a table, or an element says that it is left out."""
    number = _number(gap.label) - 1
    if re.compile(_TWO.format(number)).match(text.content, gap.before.end()):
        return True
    start, end = text.span(*gap.before.span()).start, text.span(*gap.label.span()).start
    if _GAP in document.source.text[start:end]:
        return True
    blocks = document.blocks
    first, last = (bisect_left(blocks, offset, key=lambda block: block.span.start) for offset in (start, end))
    cells = (block for block in blocks[first:last] if block.kind is BlockKind.TABLE)
    return any(_first_number(cell.text.content) == number for cell in cells)


def _first_number(content: str) -> int:
    found = _LABEL.match(content)
    return _number(found) if found is not None else 0


def _may_lack(labels: Sequence[tuple[str, str, str]]) -> bool:
    """A quick look at what opens the labels, their numbers, and what closes them: whether one is two more than the last."""
    last: dict[tuple[str, str], int] = {}
    for opening, written, closing in labels:
        style, number = (opening, closing), _VALUES[written]
        if style in last and number == last[style] + 2:
            return True
        last[style] = number
    return False


def _gaps(row: Sequence[re.Match[str]]) -> Iterator[_Gap]:
    """Where a number is left out in a row of labels; a row that begins again stands within the one that was begun before."""
    begun: list[int] = []
    for place, label in enumerate(row):
        number = _number(label)
        outer = next((depth for depth in reversed(range(len(begun))) if begun[depth] == number - 1), None)
        if outer is not None:
            del begun[outer + 1 :]
        elif number == 1 or not begun:
            begun = [*begun[-_DEEPEST:], number]
        elif number == begun[-1] + 2 and _is_row(row, place):
            twice = place > 1 and _number(row[place - 2]) == number - 2
            yield _Gap(label, row[place - 1], row[place - 2] if twice else None)
        begun[-1] = number


def _is_row(row: Sequence[re.Match[str]], place: int) -> bool:
    """Whether the labels in front of one count up to it, or those behind it go on; one of them may stand there twice."""
    number = _number(row[place])
    goes_on = place + 1 < len(row) and _number(row[place + 1]) in (number, number + 1)
    return goes_on or (place > 1 and _number(row[place - 2]) in (number - 3, number - 2))


def _number(label: re.Match[str]) -> int:
    return _VALUES[label["number"]]


def _hit(text: Text, gap: _Gap) -> Hit:
    expected = _number(gap.label) - 1
    values = {"found": gap.label[0], "before": gap.before[0], "expected": str(expected)}
    before = RelatedSpan(text.span(*gap.before.span()), "the number before")
    if gap.first is not None:
        values |= {"found": gap.before[0], "detail": "is expected"}
        before = before._replace(span=text.span(*gap.first.span()))
        return Hit(text.span(*gap.before.span()), values, (before,), severity=Severity.WARNING)
    for detail, form in _FORMS.items():
        there = re.compile(form.format(expected), re.MULTILINE).search(
            text.content, gap.before.end(), gap.label.start()
        )
        if there is not None:
            return Hit(text.span(*there.span()), values | {"detail": detail}, (before,), severity=Severity.WARNING)
    return Hit(text.span(*gap.label.span()), values | {"detail": "is missing"}, (before,))
