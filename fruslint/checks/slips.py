"""Reports words that a slip of the keyboard or a scanner made of others: ‘teh’, ‘Ocotber’, ‘most eases’, ‘govern ment’."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.expressions import compile_pattern
from fruslint.checks.search.field import Field
from fruslint.language.known_words import KnownWords
from fruslint.language.lexicon import frequent_words, rank
from fruslint.language.meant_words import ALIKE
from fruslint.language.occurrences import occurrences
from fruslint.language.unknown_words import Slip, UnknownWords, is_foreign
from fruslint.language.word_list import places_of, word_set
from fruslint.model import Document
from fruslint.text import Text

_SHORTEST = 5
# Dr, De and St are no parts of names.
_FIRST_PART = 3
_REACH = 40
# So few letters at the beginning of a line may be an abbreviation.
_FEW = 2
# What stands so far alike in brackets behind a word is meant to be right, with a question mark or without.
_HEAD = 2
# No text in English has as many; each of them is looked for by itself.
_MOST = 300
_MISREAD: dict[str, Any] = {
    "type": "object",
    "required": ["expected", "where"],
    "additionalProperties": False,
    "properties": {
        "expected": {"type": "string", "minLength": 1},
        "where": {"type": "string", "minLength": 1, "description": "A pattern that takes in the word."},
    },
}
_OLD: dict[str, Any] = {
    "type": "object",
    "required": ["before", "words"],
    "additionalProperties": False,
    "properties": {"before": {"type": "integer"}, "words": TEXTS},
}


class SlipsCheck:
    """Looks in ``in`` for the ``words`` that are given with what they are meant to be, and for slips in other words.

    A word in small letters that neither English nor diplomatic papers have is a slip if one letter more, less or another
    one makes a common word of it, or a blank more or less. Of others, such as names, those that are ``known`` are looked
    for: a letter that is left out, set twice, or exchanged with the next one, the first letter being right; or letters that
    a scanner took for others; and, in a long one, a letter more or another vowel. ``others`` are right words that look like
    one. Words that stand more than once in a document are its own spelling. ``misread`` are right words that are wrong
    ``where`` their pattern matches. A known word in two parts is a slip, too, unless both parts are words of their own.
    ``right`` are words that an edition has besides, and those of ``old`` were spelt so in documents ``before`` a year. What
    stands right behind one of the texts of ``not_behind`` is a matter of other rules.
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
            "right": TEXTS,
            "old": _OLD,
            "not_behind": TEXTS,
            "misread": {"type": "object", "additionalProperties": _MISREAD},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._given: dict[str, str] = parameters.get("words", {})
        self._known: tuple[str, ...] = tuple(parameters["known"])
        self._others = frozenset(parameters.get("others", ()))
        self._right = frozenset(parameters.get("right", ()))
        old: Mapping[str, Any] = parameters.get("old", {"before": 0, "words": ()})
        self._old_before: int = old["before"]
        self._old = frozenset(old["words"])
        self._not_behind = tuple(parameters.get("not_behind", ()))
        self._unknown = UnknownWords(self._right.union(self._others, self._given), KnownWords(self._known))
        misread: Mapping[str, Mapping[str, str]] = parameters.get("misread", {})
        self._misread: dict[str, tuple[str, re.Pattern[str]]] = {
            word: (one["expected"], compile_pattern(one["where"], {})) for word, one in misread.items()
        }

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit at each word that is meant to be another one."""
        text = self._field.text(document)
        words = word_set(text.content)
        found = self._looked_for & words
        slips = [*self._slips_of(text.content, sorted(found)[:_MOST])] if found else []
        slips += self._unknown.slips(text.content, words)
        if document.year is not None and document.year < self._old_before:
            slips = [slip for slip in slips if text.content[slip[0] : slip[1]].lower() not in self._old]
        return self._hits(document, text, slips) if slips else ()

    @cached_property
    def _looked_for(self) -> frozenset[str]:
        return frozenset(self._parts).union(self._meant, self._misread) - self._right

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """Each part of a known word that is not a word all know, and the two parts that it is one of."""
        parted = [(word[:place], word[place:]) for word in self._known for place in range(2, len(word) - 1)]
        common = frequent_words().union(self._known, self._others)
        found: dict[str, list[str]] = {}
        for first, second in parted:
            for part in (first, second) if len(first) >= _FIRST_PART else (second,):
                if common.isdisjoint((part, part.lower())):
                    found.setdefault(part, []).append(f"{first} {second}")
        return found

    @cached_property
    def _meant(self) -> dict[str, str]:
        """What each slip is meant to be; made when it is first asked for."""
        meant: dict[str, str] = {}
        for one, other in (*ALIKE, *(pair[::-1] for pair in ALIKE)):
            for word in self._known:
                meant.update({f"{word[:at]}{other}{word[at + len(one) :]}": word for at in occurrences(word, one)})
        for word in self._known:
            meant.update(dict.fromkeys(_misspellings(word), word))
        for word in (*self._known, *self._others):
            meant.pop(word, None)
        return meant | self._given

    def _hits(self, document: Document, text: Text, slips: Sequence[Slip]) -> Iterator[Hit]:
        meant = {(start, end): expected for start, end, expected in reversed(slips)}
        for (start, end), expected in sorted(meant.items()):
            if text.content.startswith((f" [{expected[:_HEAD]}", " [sic", " (sic"), end) or text.content.endswith(
                self._not_behind, 0, start
            ):
                continue
            if " " not in text.content[start:end] or _is_written_so(document, text, start, end):
                yield _hit(document, text, start, end, expected)

    def _slips_of(self, content: str, words: Iterable[str]) -> Sequence[Slip]:
        """The words that are meant to be others, and then the known words in two parts, each once."""
        slips: list[Slip] = []
        parts: set[Slip] = set()
        for word in words:
            if word in self._misread or word in self._meant:
                slips += self._slips_at(content, word)
            if word in self._parts and rank(word.lower()) is None:
                parts.update(self._joined(content, word))
        return [*slips, *sorted(parts)]

    def _slips_at(self, content: str, word: str) -> Iterator[Slip]:
        """The places of a word that is meant to be another one."""
        places = [*places_of(content, word)]
        if word in self._misread:
            expected, where = self._misread[word]
            places = [place for place in places if _matches(where, content, place)]
        elif len(places) == 1 and _is_word(content, word, places[0]):
            expected = self._meant[word]
        else:
            return
        for place in places:
            yield place, place + len(word), expected

    def _joined(self, content: str, part: str) -> Iterator[Slip]:
        """The known words that stand in two parts there, of which this is one."""
        for both in self._parts[part]:
            for place in places_of(content, both):
                yield place, place + len(both), both.replace(" ", "")


def _is_written_so(document: Document, text: Text, start: int, end: int) -> bool:
    """Whether nothing but white space stands in the source between the words: what a page break parts is another matter."""
    return document.source.text[slice(*text.span(start, end))].split() == text.content[start:end].split()


def _is_word(content: str, word: str, place: int) -> bool:
    """Whether it cannot be an abbreviation, as a few letters at the beginning of an entry are, or of another language."""
    is_long = len(word) > _FEW or content[place - 1 : place] not in ("", "\n")
    return is_long and not is_foreign(content, place, place + len(word))


def _matches(where: re.Pattern[str], content: str, place: int) -> bool:
    """Whether a pattern matches a stretch that takes in the word there."""
    start = max(0, content.rfind("\n", 0, place) + 1, place - _REACH)
    return any(found.start() <= place < found.end() for found in where.finditer(content, start, place + _REACH))


def _hit(document: Document, text: Text, start: int, end: int, expected: str) -> Hit:
    values = {"found": text.content[start:end], "expected": expected}
    return Hit(text.span(start, end), values, edits=rewritten(document, text, start, end, expected))


def _misspellings(word: str) -> Sequence[str]:
    """What one slip between the first and the last letter makes of a word."""
    places = range(1, len(word) - 1)
    left_out = [word[:place] + word[place + 1 :] for place in places]
    doubled = [word[:place] + word[place - 1 :] for place in places]
    exchanged = [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places]
    return left_out + doubled + exchanged
