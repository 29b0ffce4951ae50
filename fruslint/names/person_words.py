"""Knows the words by which people are named in lists of participants: titles, offices, names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto

from fruslint.language.vocabulary import COUNTRIES, is_side
from fruslint.patterns import late
from fruslint.record import Record, record_of

LISTS = ("honorifics", "titles", "with_titles", "alone", "styles", "ranks", "offices", "given_names", "particles")
"""The names of the lists of words that `PersonWords` is made of."""
INITIAL = late(r"(?:[A-Z]\.-?)+$")
"""One initial or several: ``J.``, ``J.F.``, ``J.-P.``"""
CAPITALS = late(r"(?:[A-Z]{2,5}|[A-Z](?:/[A-Z]+)+)(?:/[A-Z]+)*$")
"""The symbol of an office: ``EUR``, ``S/S``, ``EUR/RPM``."""
_WORD = late(r"[^\s—]+—?|—")
_NAME = late(r"(?:[A-ZÀ-Þ]’)?[A-ZÀ-Þ][^\W\d_]*[a-zà-ÿ][\w’'-]*$")
_SEPARATORS = ",;:—–-(["
_BEHIND = ".,;:)]"
_OF_OFFICE = frozenset({"of", "for", "the"})
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_CONNECTORS = frozenset({"of", "for", "to", "from", "at", "in", "the", "and", "&"})


class Before(Enum):
    """What the words of an item are that stand before a place in it."""

    NOTHING = auto()  # no person: the title of who follows, or half a name
    SIDE = auto()  # "German", "US": a side, or the first word of a title
    COUNTRY = auto()  # "Germany": a side for certain
    ALONE = auto()  # "The President"
    NAME = auto()  # "Ambassador Morel", "Anne Weld"
    OFFICE = auto()  # a person with an office, "Anne Weld, Embassy of Norway"


class Word(Record):
    """A word of an item: as it is written, without the punctuation around it, and where it begins."""

    written: str
    plain: str
    start: int

    @property
    def is_separated(self) -> bool:
        """Whether a comma, a dash or an opening bracket stands behind it."""
        return self.written[-1] in _SEPARATORS

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital, and not with a bracket."""
        return self.written[:1].isupper()


def item_words(content: str) -> list[Word]:
    """The words of an item; an em dash belongs to the word before it."""
    return [_word(found) for found in _WORD.finditer(content)]


def _word(found: re.Match[str]) -> Word:
    written = found[0]
    return record_of(Word, (written, written.strip("()[]").rstrip(",;:.—–-)]") or written, found.start()))


def plain(words: Sequence[Word]) -> str:
    """The words without their punctuation."""
    return " ".join(word.plain for word in words)


class PersonWords:
    """The words of a rule, and what can be said of a word by them.

    ``honorifics`` and ``titles`` stand before a name, ``with_titles`` belong to a title; ``alone`` are titles that
    stand for a person; ``styles`` (His Excellency) and ``ranks`` (Baron, M.) stand before an honorific or a name;
    ``offices`` are words of the names of offices; ``given_names`` are those that are seldom a surname; ``particles``
    begin a name in small letters.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self.honorifics = frozenset(lists["honorifics"])
        self.titles = frozenset(lists["titles"])
        self.ranks = frozenset(lists["ranks"])
        self.styles = frozenset(lists["styles"])
        self.offices = frozenset(lists["offices"])
        self.given_names = frozenset(lists["given_names"])
        self.of_title = self.titles | frozenset(lists["with_titles"])
        self.before_name = self.honorifics | self.ranks | self.styles | self.of_title | {"The"}
        self.not_names = self.before_name | self.offices
        self._introduces = self.honorifics | self.styles | {"The"}
        self.not_titles = self.offices - self.of_title
        self._alone = frozenset(lists["alone"])
        self._particles = frozenset(lists["particles"])
        self._of_person = self.honorifics | self.titles | self.ranks

    def may_be_two(self, content: str) -> bool:
        """A quick look: whether anything in an item could be the beginning of a second person."""
        words = content.split()
        alone = words[0] == "The" and len(words) > 2
        before = words[0]
        for word in words[1:]:
            # A letter or two tell of most words; to call something for each takes longer than all the rest.
            stands = word[0].isupper() and before[-1] not in _SEPARATORS and (before[0].isupper() or before[-1] in ")]")
            if stands and self._may_begin(before, word, alone):
                return True
            before = word
        return False

    def _may_begin(self, before: str, word: str, alone: bool) -> bool:
        """Whether a word with a capital, behind one that does not part it from what comes, could begin a person."""
        one, two = before.rstrip(_BEHIND), word.rstrip(_BEHIND)
        if two in self._introduces or _has_symbol_first(word):
            return True
        if two in self.not_titles:
            return False
        if one in self.not_titles or one in COUNTRIES or _is_symbol(one):
            return True
        if two in self.of_title or two in self.given_names:
            return one not in self.before_name or one in self.offices or alone
        return alone and two not in self.before_name

    def is_name(self, word: Word) -> bool:
        """Whether a word can be part of the name of a person; an abbreviation is none."""
        if word.plain in self._particles:
            return True
        if word.written[-1] == "." and word.plain not in _SUFFIXES:
            return False
        return bool(_NAME.match(word.plain)) and word.plain not in self.not_names and not is_side(word.plain)

    def is_given(self, word: Word) -> bool:
        """Whether it is a given name or an initial."""
        return word.plain in self.given_names or INITIAL.match(word.written) is not None

    def is_of_office(self, word: Word) -> bool:
        """Whether the name of an office can end with this word."""
        return word.plain in self.offices or is_side(word.plain) or CAPITALS.match(word.plain) is not None

    def end_of_title(self, words: Sequence[Word], index: int) -> int:
        """The end of ``Under Secretary``, or of ``Deputy Secretary of Defense``, that begins at ``index``; else 0."""
        end, of_office = index + 1, False
        while end < len(words) and not words[end - 1].is_separated:
            word = words[end].plain
            of_office = of_office or word in _OF_OFFICE
            if word not in self.of_title and not (of_office and (word in _OF_OFFICE or word in self.offices)):
                break
            end += 1
        return 0 if words[end - 1].plain in _OF_OFFICE else end

    def before(self, words: Sequence[Word]) -> Before:
        """What the words from the beginning of an item on are."""
        words = _without_remark(words)
        whole = self._as_a_whole(words)
        if whole is not Before.NOTHING:
            return whole
        dash = next((index for index, word in enumerate(words) if word.written[-1] == "—"), None)
        if dash is not None:
            return self._around_dash(words[: dash + 1], words[dash + 1 :])
        return self._around_comma(words)

    def _as_a_whole(self, words: Sequence[Word]) -> Before:
        """``The President``, ``Norway``, ``Norwegian side:``."""
        text = plain(words)
        if text in self._alone:
            return Before.ALONE
        if not is_side(text):
            return Before.NOTHING
        return Before.COUNTRY if text in COUNTRIES or words[-1].written[-1] == ":" else Before.SIDE

    def _around_comma(self, words: Sequence[Word]) -> Before:
        """``Mr. Orme, Director``; without a comma it is a name only, and a title may have the comma behind it."""
        end = next((index + 1 for index, word in enumerate(words) if word.is_separated), len(words))
        head = words[:end]
        if plain(head) in self._alone or self._is_person(head):
            return Before.NAME if end == len(words) else Before.OFFICE
        is_title = all(word.plain in self.of_title for word in head)
        return Before.NAME if is_title and self._is_person(words[end:]) else Before.NOTHING

    def _around_dash(self, head: Sequence[Word], tail: Sequence[Word]) -> Before:
        """``NEA—Mr. Orme`` has the office first, ``Mr. Orme—NEA`` has it last."""
        symbol = len(head) == 1 and (CAPITALS.match(head[0].plain) is not None or len(head[0].plain) == 1)
        if symbol or self._is_office(head):
            return Before.NOTHING if not tail or self.before(tail) is Before.NOTHING else Before.OFFICE
        return Before.OFFICE if tail and (plain(head) in self._alone or self._is_person(head)) else Before.NOTHING

    def _is_office(self, words: Sequence[Word]) -> bool:
        return is_side(plain(words)) or all(self.is_of_office(word) or word.plain in _CONNECTORS for word in words)

    def _is_person(self, words: Sequence[Word]) -> bool:
        """Whether the words are a title and a name, or a name of two words; "of Norway" may stand behind it."""
        begin = self._end_of_words_before_name(words)
        titled = any(word.plain in self._of_person for word in words[:begin])
        end = next((i for i in range(begin, len(words)) if words[i].plain in _CONNECTORS), len(words))
        name = words[begin:end]
        if sum(map(self.is_name, name)) < (1 if titled else 2):
            return False
        return all(self.is_name(word) or INITIAL.match(word.written) or word.plain in _SUFFIXES for word in name)

    def _end_of_words_before_name(self, words: Sequence[Word]) -> int:
        begin = 0
        while begin < len(words) and (words[begin].plain in self.before_name or is_side(words[begin].plain)):
            begin += 1
        if 0 < begin < len(words) and words[begin].plain in _OF_OFFICE and words[begin - 1].plain in self.titles:
            return self.end_of_title(words, begin - 1) or begin
        return begin


def _has_symbol_first(word: str) -> bool:
    """Whether a word is like ``EUR—Anton``."""
    return "—" in word and word.partition("—")[0].isupper()


def _is_symbol(word: str) -> bool:
    """Whether a word is like ``EUR``."""
    return word.isupper() and len(word) > 1


def _without_remark(words: Sequence[Word]) -> Sequence[Word]:
    """Leaves out "(part of the time)" at the end."""
    if len(words) > 1 and words[-1].written.endswith((")", "]")):
        begin = next((i for i in range(len(words) - 1, 0, -1) if words[i].written[0] in "(["), 0)
        return words[:begin] if begin else words
    return words
