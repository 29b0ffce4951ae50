"""Compares the times in the attributes of a TEI volume with the words they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless, RelatedSpan
from fruslint.markup.elements import Markup
from fruslint.markup.tags import Attribute
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record

_LONGEST = 80
_NOON, _DAY = 12, 24
_ONE = r"(?:(?P<{0}hour>\d{{1,2}})(?:[:.](?P<{0}minute>\d\d))?(?: ?(?P<{0}half>[ap])\.? ?m\b\.?)?|(?P<{0}word>noon|midnight))"
_WORDS = late(rf"{_ONE.format('')}(?: ?(?:[–—-]|to|and|until) ?{_ONE.format('to')})?[.,]?", re.IGNORECASE)
_CODED = late(r"(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")


class _Clock(Record):
    """A time of day; ``unsure`` where twelve may be noon or midnight."""

    hour: int
    minute: int
    unsure: bool


class CodedTimesCheck(Parameterless):
    """Looks at the elements ``time``: a time or a period in words must be the one of the attributes, and a period has
    ``from`` and ``to``. Values: ``found`` the words, ``attribute``, ``value``, ``expected``.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "attribute", "value", "expected"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each attribute that says another time."""
        if volume.markup is not None:
            for number in volume.markup.named("time"):
                yield from _compare(volume.markup, number)


def _compare(markup: Markup, number: int) -> Iterator[Hit]:
    words = " ".join(markup.inner_text(number)[: 4 * _LONGEST].split())
    attributes = markup.attributes(number)
    said = _WORDS.fullmatch(words) if attributes else None
    if said is None:
        return
    for names, clock in zip((("from", "when"), ("to",)), _read(said), strict=True):
        found = next((attributes[name] for name in names if name in attributes), None)
        if found is not None and clock is not None and not _agrees(found, clock):
            expected = f"{clock.hour % _DAY:02}:{clock.minute:02}:00"
            values = {"found": words[:_LONGEST], "attribute": found.name, "value": found.value, "expected": expected}
            related = (RelatedSpan(markup.content(number), "the words of the time"),)
            yield Hit(found.span, values, related, ((found.span, expected),))


def _read(said: re.Match[str]) -> tuple[_Clock | None, _Clock | None]:
    """The beginning and the end of a time in words; None for what is not said, or not sure."""
    end = _clock(said, "to", said["tohalf"])
    if said["half"] or said["word"] or end is None:
        return _clock(said, "", said["half"]), end
    # In 9–10 a.m. both are in the morning, in 11–1 p.m. the first is.
    begin = _clock(said, "", "p" if end.hour % _DAY >= _NOON else "a")
    if begin is not None and (begin.hour, begin.minute) > (end.hour % _DAY or _DAY, end.minute):
        begin = begin._replace(hour=(begin.hour + _NOON) % _DAY)
    return begin, end


def _clock(said: re.Match[str], part: str, half: str | None) -> _Clock | None:
    word = said[f"{part}word"]
    if word:
        return _Clock(_NOON if word.lower() == "noon" else 0, 0, unsure=word.lower() != "noon")
    if not said[f"{part}hour"] or not half:
        return None
    hour, minute = int(said[f"{part}hour"]), int(said[f"{part}minute"] or 0)
    if not 1 <= hour <= _NOON or minute > 59:
        return None
    unsure = hour == _NOON and not said[f"{part}minute"]
    return _Clock(hour % _NOON + _NOON * (half in "pP"), minute, unsure)


def _agrees(attribute: Attribute, clock: _Clock) -> bool:
    """Whether an attribute says this time; one that says none is not judged here."""
    coded = _CODED.fullmatch(attribute.value.strip())
    if coded is None:
        return True
    hour, minute = int(coded[1]), int(coded[2])
    if clock.unsure and minute == 0 and hour in (0, _NOON, _DAY):
        return True
    return (hour % _DAY, minute) == (clock.hour % _DAY, clock.minute)
