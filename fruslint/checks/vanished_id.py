"""Looks for ids that a volume had at an earlier revision, and has no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless
from fruslint.checks.elements.ids import id_span
from fruslint.markup.elements import Markup
from fruslint.model import Volume


class VanishedIdCheck(Parameterless):
    """Only a run that compares with a revision finds any (`fruslint check --since`).

    Values: ``found`` is the id, ``element`` what had it, ``where`` says behind which id it stood, and ``within`` what else
    is gone with it.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "element", "where", "within"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each id that is gone, at the id that stood before it; one for all that was within an element."""
        markup = volume.markup
        if markup is None or volume.earlier is None:
            return
        before = _markup_of(volume.earlier)
        if before is not None:
            yield from _compare(before, markup)


def _markup_of(text: str) -> Markup | None:
    from fruslint.markup.wellformed import find_fault  # most runs compare with nothing

    return Markup(text) if find_fault(text) is None else None


def _compare(before: Markup, now: Markup) -> Iterator[Hit]:
    had = _in_order(before)
    last = ""
    end = 0  # behind the last element that is gone
    for index, (number, found) in enumerate(had):
        if found in now.ids:
            last = found
        elif number >= end:
            end = before.after[number]
            within = sum(1 for inner, one in _until(had, index + 1, end) if one not in now.ids)
            yield _hit(before, now, number, found, last, within)


def _in_order(markup: Markup) -> list[tuple[int, str]]:
    """The elements that have an id, each with it, in order."""
    return sorted((numbers[0], found) for found, numbers in markup.ids.items() if found)


def _until(had: list[tuple[int, str]], start: int, end: int) -> Iterator[tuple[int, str]]:
    """Those from the one at ``start`` on whose elements come before ``end``."""
    for index in range(start, len(had)):
        if had[index][0] >= end:
            return
        yield had[index]


def _hit(before: Markup, now: Markup, number: int, found: str, last: str, within: int) -> Hit:
    where = f"behind ‘{last}’" if last else "at the beginning"
    values = _values(before, number, found, within, where)
    return Hit(id_span(now, now.ids[last][0]) if last else now.name_span(0), values)


def _values(before: Markup, number: int, found: str, within: int, where: str) -> dict[str, str]:
    others = f", and {within:,} {'id' if within == 1 else 'ids'} with it" if within else ""
    return {"found": found, "element": before.names[number], "where": where, "within": others}


def values_of_removed(text: str) -> dict[str, str]:
    """What is to be said of a volume that held ``text`` and was taken out; nothing of one without ids."""
    before = _markup_of(text)
    had = _in_order(before) if before is not None else []
    if before is None or not had:
        return {}
    number, found = had[0]
    return _values(before, number, found, len(had) - 1, "in a volume that was taken out")
