"""The ids of elements: where they stand, whether one is free, and what refers to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from fruslint.language.occurrences import occurrences
from fruslint.markup.elements import Markup
from fruslint.patterns import late
from fruslint.source import Span

_ID = late(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}")
_REFERENCE = late(r"#([^\s\"'#<>]+)")
# A reference has no more tags and texts in it.
_MOST = 20
# So many ids are searched for before all references are noted, which takes as long as many searches.
_FEW = 8


def id_span(markup: Markup, number: int) -> Span:
    """Where the id of an element stands; the name of the element if it has none."""
    located = markup.located(number, "xml:id")
    return located[1] if located is not None and located[1].end > located[1].start else markup.name_span(number)


class References:
    """Where the ids of a volume are referred to; worked out when it is first asked for."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._asked = 0

    def is_free(self, wanted: str) -> bool:
        """Whether no element has this id, and it can be written as it is."""
        return wanted not in self._markup.ids and _ID.fullmatch(wanted) is not None

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for reference in _REFERENCE.finditer(self._markup.text):
            found.setdefault(reference[1], []).append(reference.start())
        return found

    def of(self, wanted: str) -> list[int]:
        """The offsets of the number signs of all references to an id."""
        self._asked += 1
        return self._search(wanted) if self._asked <= _FEW else self._places.get(wanted, [])

    def _search(self, wanted: str) -> list[int]:
        text = self._markup.text
        matches = (_REFERENCE.match(text, place) for place in occurrences(text, f"#{wanted}"))
        return [match.start() for match in matches if match is not None and match[1] == wanted]

    def words(self, place: int, length: int) -> str | None:
        """The words of the element that refers with the number sign at ``place`` to an id of ``length`` letters.

        None if the reference is not all of the attribute, or the element holds much more than a reference does.
        """
        markup = self._markup
        index = bisect_right(markup.offsets, place) - 1
        quotes = markup.text[place - 1 : place], markup.text[place + 1 + length]
        if index % 2 == 0 or quotes not in (('"', '"'), ("'", "'")):
            return None
        number = bisect_left(markup.opens, index)
        return markup.raw_text(number) if markup.closes[number] - index <= _MOST else None
