"""Finds the pages that are out of sequence, and of those that changed places the ones that stand in the wrong place."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from fruslint.apparatus.changed_places import Moved, changed_places
from fruslint.model import PageBreak
from fruslint.record import Record

# So many pages may be wrong in a row before the sequence goes on.
_LOOK_AHEAD = 3

Numbered = tuple[int, PageBreak]
_Pages = Sequence[Numbered]
_Next = Generator["Slip", None, int]
"""What is out of sequence somewhere; returns the index of the page at which the search goes on."""


class Home(Record):
    """Where pages belong that stand in the wrong place: behind ``page``. ``last`` is the last of them."""

    page: PageBreak
    last: PageBreak


class Slip(Record):
    """A page that is out of sequence, the one ``before`` it (behind it, if it is the first), and the number expected there.

    ``home`` is given where it bears the right number, in the wrong place.
    """

    before: Numbered
    page: Numbered
    expected: int
    home: Home | None = None


def slips(pages: _Pages) -> Iterator[Slip]:
    """Each page that is out of sequence, but none that only follows such a one as it should."""
    numbers = [number for number, _ in pages]
    index = yield from _at_first(pages, numbers)
    while index < len(pages):
        if numbers[index] == numbers[index - 1] + 1:
            index += 1
        else:
            index = yield from _at(pages, numbers, index)


def _at_first(pages: _Pages, numbers: Sequence[int]) -> _Next:
    if not _first_is_wrong(pages):
        return 1
    moved = changed_places(numbers, 0, None)
    if moved is None or moved.end == len(pages):
        yield Slip(pages[1], pages[0], pages[1][0] - 1)
        return 2
    yield _moved(pages, moved)
    return moved.end + 1


def _at(pages: _Pages, numbers: Sequence[int], index: int) -> _Next:
    expected = numbers[index - 1] + 1
    moved = changed_places(numbers, index, expected)
    if moved is not None:
        yield _moved(pages, moved)
        return moved.end + 1
    if numbers[index + 1 : index + 2] == [expected]:  # this page is one too many
        yield Slip(pages[index - 1], pages[index], expected)
        return index + 2
    resumed = _resumed(pages, index, expected)
    for wrong in range(index, resumed or index + 1):
        yield Slip(pages[wrong - 1], pages[wrong], expected + wrong - index)
    return (resumed or index) + 1


def _first_is_wrong(pages: _Pages) -> bool:
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


def _resumed(pages: _Pages, index: int, expected: int) -> int | None:
    """Where the sequence goes on after wrong pages, as 720 in 717, 791, 792, 720; None if it does not."""
    behind = range(index + 1, min(len(pages), index + 1 + _LOOK_AHEAD))
    return next((later for later in behind if pages[later][0] == expected + later - index), None)


def _moved(pages: _Pages, moved: Moved) -> Slip:
    """The first of the pages in the wrong place; the very first page is told from the one behind them."""
    home = Home(pages[moved.home][1], pages[moved.last][1])
    if moved.first == 0:
        behind = pages[moved.last + 1]
        return Slip(behind, pages[0], behind[0], home)
    before = pages[moved.first - 1]
    return Slip(before, pages[moved.first], before[0] + 1, home)
