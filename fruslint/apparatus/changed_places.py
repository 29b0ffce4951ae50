"""Finds numbers that count up but for some that changed places, as 5, 6 and 4 in 3, 5, 6, 4, 7."""

from __future__ import annotations

from collections.abc import Sequence


def changed_places(numbers: Sequence[int], index: int, expected: int | None) -> tuple[int, int] | None:
    """Whether the numbers from ``index`` on changed places with those behind them, which begin with what is ``expected``.

    Returns where the latter begin and end; None if it is not so. At the beginning, where nothing is expected, any may.
    """
    middle = _end_of_run(numbers, index)
    if middle == len(numbers) or expected not in (None, numbers[middle]):
        return None
    end = _end_of_run(numbers, middle)
    fits = numbers[end - 1] + 1 == numbers[index] and (end == len(numbers) or numbers[end] == numbers[middle - 1] + 1)
    return (middle, end) if fits else None


def _end_of_run(numbers: Sequence[int], index: int) -> int:
    """Where those end that count up from this one."""
    end = index + 1
    while end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
        end += 1
    return end
