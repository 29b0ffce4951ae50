"""Finds ranges between two references of a TEI volume whose end is not above their beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fruslint.checks.base import Hit, RelatedSpan
from fruslint.markup.elements import Markup
from fruslint.patterns import late

_NUMBERED = late(r"#?([A-Za-z_]*?)(\d{1,9})\s*")
_ROMAN = late(r"#?([A-Za-z_]*_)([ivxlc]+)\s*", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_DASHES = ("–", "-")


def linked_ranges(markup: Markup) -> Iterator[Hit]:
    """One hit for each range that goes back, at its end: references to ``#pg_100`` and ``#pg_55`` with a dash between."""
    parts, opens, closes = markup.parts, markup.opens, markup.closes
    for first, last in pairwise(markup.named("ref")):
        if closes[first] + 2 != opens[last] or parts[opens[last] - 1].strip() not in _DASHES:
            continue
        one, other = _target(markup, first), _target(markup, last)
        if one is not None and other is not None and one[0] == other[0] and other[1] <= one[1]:
            begin, end = (" ".join(markup.inner_text(number).split()) for number in (first, last))
            found = f"{begin}{parts[opens[last] - 1].strip()}{end}"
            related = (RelatedSpan(markup.content(first), "the beginning of the range"),)
            yield Hit(
                markup.content(last), {"found": found, "first": one[2], "last": other[2], "expected": ""}, related
            )


def _target(markup: Markup, number: int) -> tuple[str, int, str] | None:
    """What kind of thing a reference points at, its number, and how the number is written; None for anything else."""
    value = (markup.value(number, "target") or "").strip()
    arabic = _NUMBERED.fullmatch(value)
    if arabic is not None:
        return arabic[1], int(arabic[2]), arabic[2]
    roman = _ROMAN.fullmatch(value)
    return (f"{roman[1]} roman", _roman(roman[2].lower()), roman[2]) if roman is not None else None


def _roman(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
