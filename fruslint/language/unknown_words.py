"""Words that English does not have and that one slip makes of a common one: ‘govenment’, ‘urther’, ‘pro gram’."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from fruslint.language.known_words import KnownWords
from fruslint.language.lexicon import frequent_words, is_frequent, rank, unknown
from fruslint.language.meant_words import meant_by
from fruslint.language.parted_words import joined
from fruslint.language.word_list import places_of
from fruslint.patterns import late

_SHORTEST = 5
# A shorter one in capitals is a name or an abbreviation as often as a slip.
_SHORTEST_IN_CAPITALS = 7
# Several words that are unknown, so near each other: a passage in another language, in the style of telegrams, or badly read.
_NEAR, _CROWD = 60, 3
# No text in English has as many.
_MOST = 150
# So many right words are kept in mind: most that a volume has beside the frequent ones, and little memory.
_MEMORY = 6_000
# A word in small letters, or a part of one, and the marks around it.
_PLAIN = late(r"(?<!\S)[“”‘’\"()\[\]*?!…]*([a-z]{3,30})[“”‘’\"()\[\]*?!…]*(?!\S)")
_PARTED_AT_LINE_END = "- "
_REACH = 32
_LINE_END = late(r"[:.]?(?:\n|\Z)")
# Small words of other languages that English lacks, or has in names alone: what stands beside one is of its language.
_FOREIGN = (
    "del?|des|du|la|les?|el|los|las|et|y|une?|una|sur|par|pour|avec|dans|que|qui|cette|au|aux|ils?|elles?|nous|vous|"
    "ne|est|sont|der|dem|das|und|von|zu[rm]|"
    "f[uü]r|di|della|dei|il|gli|da|dos|das|para|por"
)
_FOREIGN_BEFORE, _FOREIGN_BEHIND = late(rf"\b(?:{_FOREIGN}) $"), late(rf" (?:{_FOREIGN})\b")
# Words that are the beginnings of many others.
_BEGINNINGS = frozenset({"con", "pro"})
# A word that is parted behind them has as many letters, or it may be two.
_LONG = 8
# A pro position is one for something.
_TWO_WORDS = frozenset({"proposition", "propositions"})
Slip = tuple[int, int, str]
"""Where a wrong word begins and ends, and what is meant."""


class UnknownWords:
    """Finds them among the words of a text.

    ``others`` are right words that dictionaries lack. One with a capital letter may be a name, unless it is almost one of
    the ``known`` words.
    """

    def __init__(self, others: Set[str], known: KnownWords) -> None:
        self._others = frozenset(others)
        self._right = set(others)
        self._known = known

    def slips(self, content: str, words: frozenset[str]) -> Iterator[Slip]:
        """Each of them; ``words`` are those of the text, cut at blanks."""
        rest = words.difference(frequent_words(), self._right)
        yield from self._capitalised(content, rest)
        yield from self._in_capitals(content, rest)
        for word in _BEGINNINGS & words:
            yield from _begun(content, word)
        found = self._unknown(rest)
        if found and len(found) <= _MOST:
            yield from _in_small_letters(content, found, words)

    def _unknown(self, words: Set[str]) -> Set[str]:
        """Those in small letters that are looked up in vain."""
        asked = set(_PLAIN.findall(" ".join(filter(str.islower, words)))).difference(frequent_words(), self._right)
        found = unknown(asked)
        self._remember(asked - found)
        return found

    def _capitalised(self, content: str, words: Set[str]) -> Iterator[Slip]:
        """Those that begin with a capital letter and stand once."""
        asked = {word: self._known.meant_by(word) for word in filter(str.istitle, words)}
        found = [(word, meant) for word, meant in asked.items() if meant is not None]
        for word, meant in found if len(found) <= _MOST else ():
            places = [*places_of(content, word)]
            if len(places) == 1 and not is_foreign(content, places[0], places[0] + len(word)):
                yield places[0], places[0] + len(word), meant
        self._remember(word for word, meant in asked.items() if meant is None)

    def _in_capitals(self, content: str, words: Set[str]) -> Iterator[Slip]:
        """Long ones in capitals that stand once and are meant to be a frequent word; any other may be a name."""
        capitals = filter(str.isupper, words)
        long = (word for word in capitals if len(word) >= _SHORTEST_IN_CAPITALS and word.isalpha())
        small = {word.lower(): word for word in long}
        found = unknown(small)
        self._remember(word for one, word in small.items() if one not in found)
        for one in sorted(found):
            meant = meant_by(one)
            if meant and is_frequent(meant) and meant[0] == one[0]:
                yield from _once_within_line(content, small[one], meant.upper())

    def _remember(self, right: Iterable[str]) -> None:
        """Keep right words in mind, and forget them when they are many: another volume has other words."""
        self._right.update(right)
        if len(self._right) > _MEMORY:
            self._right = set(self._others)


def _in_small_letters(content: str, unknown_words: Set[str], words: frozenset[str]) -> Iterator[Slip]:
    """The slips in ``unknown_words`` that stand once; what the text has with a capital, too, is a name."""
    anywhere = sorted((place, word) for word in unknown_words for place in places_of(content, word))
    places = [one for one in anywhere if not content.endswith(_PARTED_AT_LINE_END, 0, one[0])]
    written = Counter(word for _, word in places)
    for number, (place, word) in enumerate(places):
        if written[word] == 1 and word.capitalize() not in words:
            yield from _slip_at(content, place, word, _neighbours(places, number))


def _once_within_line(content: str, word: str, meant: str) -> Iterator[Slip]:
    """Where a word in capitals stands, if it stands once and is no heading: misspelt headings are a matter of SEC003."""
    places = [*places_of(content, word)]
    for place in places if len(places) == 1 else ():
        end = place + len(word)
        is_heading = content[place - 1 : place] in ("", "\n") and _LINE_END.match(content, end)
        if not is_heading and not is_foreign(content.lower(), place, end):
            yield place, end, meant


def _neighbours(places: Sequence[tuple[int, str]], number: int) -> int:
    """How many unknown words stand near this one; no more than _CROWD are looked at."""
    place, _ = places[number]
    beside = [*places[max(0, number - _CROWD) : number], *places[number + 1 : number + 1 + _CROWD]]
    return sum(abs(one - place) < _NEAR for one, _ in beside)


def _slip_at(content: str, place: int, word: str, neighbours: int) -> Iterator[Slip]:
    """The one slip there, if there is one: the word is a part of another, or is meant to be another."""
    end = place + len(word)
    for first, last, whole in joined(content, place, end):
        if rank(whole.lower()) is not None:
            yield first, last, whole
            return
    meant = meant_by(word) if len(word) >= _SHORTEST else None
    if meant and _is_likely(meant, neighbours) and not is_foreign(content, place, end):
        yield place, end, meant


def _begun(content: str, word: str) -> Iterator[Slip]:
    """The words that begin with this one and are parted behind it."""
    for place in places_of(content, word):
        for first, last, whole in joined(content, place, place + len(word)):
            is_word = len(whole) >= _LONG and whole not in _TWO_WORDS and rank(whole.lower()) is not None
            if first == place and is_word:
                yield first, last, whole


def _is_likely(meant: str, neighbours: int) -> bool:
    """Whether a word can be a slip with so many unknown ones near it: beside some only where a frequent word is meant."""
    return not neighbours or (neighbours < _CROWD and is_frequent(meant))


def is_foreign(content: str, place: int, end: int) -> bool:
    """Whether a small word of another language stands right before or behind it."""
    return bool(_FOREIGN_BEHIND.match(content, end) or _FOREIGN_BEFORE.search(content, max(0, place - _REACH), place))
