"""Finds numbers that count up but for some that changed places, as 5, 6 and 4 in 3, 5, 6, 4, 7."""

from __future__ import annotations

from collections.abc import Sequence

from fruslint.record import Record


class Moved(Record):
    """Numbers that stand in the wrong place, the fewer of those that changed places; all by their indices.

    They are those from ``first`` to ``last``, and belong behind ``home``. The sequence goes on at ``end``, and what stands
    there follows the number at ``highest``.
    """

    first: int
    last: int
    home: int
    highest: int
    end: int


def changed_places(numbers: Sequence[int], index: int, expected: int | None) -> Moved | None:
    """Which numbers are in the wrong place, if those from ``index`` on changed places with those behind them.

    The latter begin with what is ``expected``; at the beginning, where that is None, any may.
    """
    middle = _end_of_run(numbers, index)
    if middle == len(numbers) or expected not in (None, numbers[middle]):
        return None
    end = _end_of_run(numbers, middle)
    fits = numbers[end - 1] + 1 == numbers[index] and (end == len(numbers) or numbers[end] == numbers[middle - 1] + 1)
    if not fits:
        return None
    if middle - index < end - middle:
        return Moved(index, middle - 1, end - 1, middle - 1, end)
    return Moved(middle, end - 1, index - 1, middle - 1, end)


def _end_of_run(numbers: Sequence[int], index: int) -> int:
    """Where those end that count up from this one."""
    end = index + 1
    while end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
        end += 1
    return end
