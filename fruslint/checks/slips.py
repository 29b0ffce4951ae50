"""Reports words that are almost common ones, as a slip of the keyboard or a scanner makes them: ‘teh’, ‘Ocotber’."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from fruslint.checks import field
from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.checks.edits import rewritten
from fruslint.checks.field import Field
from fruslint.model import Document
from fruslint.occurrences import occurrences
from fruslint.patterns import late
from fruslint.text import Text

_SHORTEST = 5
_APART = ",.;:(\n"
_IN_WORD = late(r"[\w’'–-]")


class SlipsCheck:
    """Looks in ``in`` for the ``words`` that are given with what they are meant to be, and for slips in the words ``known``.

    A slip is a letter that is left out, set twice, or exchanged with the next one; the first letter is right. ``others``
    are right words that look like one. Words that stand more than once in a document are its own spelling.
    Values: ``found`` is the word, ``expected`` the one that is meant.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "known"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "words": {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
            "known": {"type": "array", "items": {"type": "string", "minLength": _SHORTEST}, "minItems": 1},
            "others": TEXTS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._given: dict[str, str] = parameters.get("words", {})
        self._known: tuple[str, ...] = tuple(parameters["known"])
        self._others = frozenset(parameters.get("others", ()))

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit at each word that is meant to be another one."""
        text = self._field.text(document)
        content = text.content
        for mark in _APART:
            content = content.replace(mark, " ")
        words = content.split(" ")
        if self._slips.isdisjoint(words):
            return ()
        return self._hits(document, text, self._slips.intersection(words))

    @cached_property
    def _slips(self) -> frozenset[str]:
        return frozenset(self._meant)

    @cached_property
    def _meant(self) -> Mapping[str, str]:
        """What each slip is meant to be; made when it is first asked for."""
        meant: dict[str, str] = {}
        for word in self._known:
            meant.update(dict.fromkeys(_slips_in(word), word))
        for word in (*self._known, *self._others):
            meant.pop(word, None)
        return meant | self._given

    def _hits(self, document: Document, text: Text, found: Iterable[str]) -> Iterator[Hit]:
        for word in sorted(found):
            places = [place for place in occurrences(text.content, word) if _stands_alone(text.content, word, place)]
            if len(places) == 1:
                start, end = places[0], places[0] + len(word)
                expected = self._meant[word]
                edits = rewritten(document, text, start, end, expected)
                yield Hit(text.span(start, end), {"found": word, "expected": expected}, edits=edits)


def _slips_in(word: str) -> Sequence[str]:
    """What one slip between the first and the last letter makes of a word."""
    places = range(1, len(word) - 1)
    left_out = [word[:place] + word[place + 1 :] for place in places]
    doubled = [word[:place] + word[place - 1 :] for place in places]
    exchanged = [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places]
    return left_out + doubled + exchanged


def _stands_alone(content: str, word: str, place: int) -> bool:
    end = place + len(word)
    return _IN_WORD.match(content[end : end + 1]) is None and _IN_WORD.match(content[max(0, place - 1) : place]) is None
