"""Reports two people who run together in one item of a list of participants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.checks.search.expressions import PATTERNS
from fruslint.checks.search.sieve import Needs
from fruslint.language.vocabulary import COUNTRIES, PEOPLE, is_side
from fruslint.model import Document
from fruslint.names.person_words import CAPITALS, INITIAL, LISTS, Before, PersonWords, Word, item_words, plain
from fruslint.once import once
from fruslint.patterns import late
from fruslint.text import Block, BlockKind

_OFFICE_FIRST = late(r"[A-Z]{1,5}(?:/[A-Z]{1,5})*—$")
_OF = frozenset({"of", "the"})
_TO = frozenset({"to", "for"})
_SECOND_HALVES = frozenset({"General", "Counselor"})
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.NOTE})
_LONGEST = 4000
_SEVERAL = 3
_MEMORY = 4096

_Words = Sequence[Word]


class RunTogetherCheck:
    """Takes each item apart into words and looks for a second person who begins without a separator.

    The items of a list that has only one are also searched for ``person``; three of them are several people, unless
    one of ``nobody`` matches, which is a reference to a list elsewhere. All other parameters are lists of words.

    ``honorifics`` and ``titles`` stand before a name, ``with_titles`` belong to a title; ``alone`` are titles that stand
    for a person; ``styles`` (His Excellency) and ``ranks`` (Baron, M.) stand before an honorific or a name; ``offices`` are
    words of the names of offices; ``given_names`` are those that are seldom a surname; ``particles`` begin a name in small
    letters.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": [*LISTS, "person"],
        "additionalProperties": False,
        "properties": {**dict.fromkeys(LISTS, TEXTS), "person": {"type": "string", "minLength": 1}, "nobody": PATTERNS},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"before", "after"})
    needs = Needs(part="sections")

    def __init__(self, parameters: Parameters) -> None:
        self._known = PersonWords(parameters)
        # The people of a volume meet in many documents, and a quick look at each of them is most of the work.
        self._may_be_two = lru_cache(maxsize=_MEMORY)(self._known.may_be_two)
        self._person_pattern = late(parameters["person"])
        self._nobody = [late(pattern) for pattern in parameters.get("nobody", ())]

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each item that holds several people."""
        for section in document.sections:
            if section.kind in PEOPLE:
                alone = len(section.items) == 1 and not section.inline
                for item in section.items:
                    yield from self._item(document, item, alone)

    def _item(self, document: Document, item: Block, alone: bool) -> Iterator[Hit]:
        content = item.text.content
        if " " not in content or content[0] in "[(" or len(content) > _LONGEST:
            return
        start = None
        if self._may_be_two(content):
            words = item_words(content)
            start = next(self._starts(document, words), None)
        if start is not None:
            begin, end = words[start[0]].start, words[start[1] - 1]
            yield _hit(item, begin, end.start + len(end.written.rstrip(",;:)]—")))
        elif alone and not any(pattern.search(content) for pattern in self._nobody):
            people = [found.span() for found in self._person_pattern.finditer(content)]
            if len(people) >= _SEVERAL:
                yield _hit(item, *people[1])

    def _starts(self, document: Document, words: _Words) -> Iterator[tuple[int, int]]:
        """Where another person begins without a separator, and the end of the words that show it."""
        first = 0
        for index in range(1, len(words) - 1):
            if words[index - 1].written[-1] == ":" and is_side(plain(words[first:index])):
                first = index  # "State: Mr. Orme" is a side and its people
            if index == first or not _is_run_on(words[index - 1], words[index]):
                continue
            end = self._person(words, first, index) or self._listed(document, words, first, index)
            if end:
                yield index, end
                first = index

    def _person(self, words: _Words, first: int, index: int) -> int:
        """The end of the words that show that a person begins at ``index``; 0 if none does."""
        word, known = words[index], self._known
        end = self._introduced(words, index)
        if end:
            return self._if_behind(words, first, index, end)
        if _OFFICE_FIRST.match(word.written):
            return self._if_behind(words, first, index, index + 2, Before.ALONE, Before.NAME, Before.OFFICE)
        if word.plain in known.ranks:
            return self._ranked(words, first, index)
        if word.plain in known.of_title or is_side(word.plain):
            return self._titled(words, first, index)
        return self._given(words, first, index) or self._behind_alone(words, first, index)

    def _introduced(self, words: _Words, index: int) -> int:
        """``Mr. Orme``, ``His Excellency``, ``The Honorable``, ``The Under Secretary``, ``The French Ambassador``."""
        word, known = words[index], self._known
        if word.plain in known.honorifics:
            return index + 2
        if word.plain in known.styles:
            return 0 if words[index - 1].plain in known.styles | {"The"} else index + 2
        if word.plain != "The":
            return 0
        if words[index + 1].plain in known.styles:
            return index + 2
        begin = end = index + 1 + is_side(words[index + 1].plain)
        while end < len(words) and words[end].plain in known.of_title and not words[end - 1].is_separated:
            end += 1
        return end if any(word.plain in known.titles for word in words[begin:end]) else 0

    def _if_behind(self, words: _Words, first: int, index: int, end: int, *kinds: Before) -> int:
        """``end`` if the words before ``index`` are of these kinds, or, without kinds, anything that is complete."""
        before = self._known.before(words[first:index]) if end else Before.NOTHING
        return end if before is not Before.NOTHING and (not kinds or before in kinds) else 0

    def _ranked(self, words: _Words, first: int, index: int) -> int:
        """``M. Morel``: an initial as often as not, unless an office or a country goes before it."""
        if self._known.is_of_office(words[index - 1]):
            return self._if_behind(words, first, index, index + 2, Before.OFFICE, Before.COUNTRY)
        return self._if_behind(words, first, index, index + 2, Before.ALONE)

    def _titled(self, words: _Words, first: int, index: int) -> int:
        """``Assistant Secretary Orme``: words of a title, a title among them, and a name."""
        known = self._known
        end = known.end_of_title(words, index)
        titled = any(word.plain in known.titles for word in words[index:end])
        if not end or not titled or words[end - 1].is_separated or not self._names_somebody(words, end):
            return 0
        before = known.before(words[first:index])
        if before in (Before.ALONE, Before.COUNTRY):
            return end + 1
        return end + 1 if before in (Before.NAME, Before.OFFICE) and not self._goes_on(words, index) else 0

    def _names_somebody(self, words: _Words, index: int) -> bool:
        """Whether a name stands at ``index``, and not the first word of an office."""
        if index >= len(words):
            return False
        if INITIAL.match(words[index].written):
            return self._names_somebody(words, index + 1)
        behind = words[index + 1].plain if index + 1 < len(words) else ""
        return self._known.is_name(words[index]) and (words[index].is_separated or behind not in self._known.offices)

    def _goes_on(self, words: _Words, index: int) -> bool:
        """Whether the title at ``index`` has begun before: ``Italian Foreign Minister``, ``Aide to Senator``."""
        before, earlier = words[index - 1], words[index - 2] if index > 1 else None
        if before.written[-1] == ")" or earlier is None:
            return False
        if before.plain in self._known.not_titles or before.plain in COUNTRIES:
            return False
        if before.plain in self._known.offices:
            return not (earlier.plain in _OF or earlier.is_separated)
        if before.plain in self._known.titles and earlier.plain == "the":
            return words[index].plain in _SECOND_HALVES
        return self._leads_to_title(before.plain, earlier.plain)

    def _leads_to_title(self, word: str, earlier: str) -> bool:
        if word in self._known.before_name or is_side(word):
            return True
        return CAPITALS.match(word) is not None and earlier in _TO

    def _given(self, words: _Words, first: int, index: int) -> int:
        """``Anton Weld``, or, behind the name of another, ``Anton B. Weld``: a given name that is seldom a surname."""
        known, before = self._known, words[index - 1]
        if words[index].plain not in known.given_names or words[index].is_separated:
            return 0
        if before.plain in known.before_name or known.is_given(before):
            return 0
        end = self._end_of_name(words, index)
        if end - index < 2 or INITIAL.match(words[end - 1].written):
            return 0
        kinds = [Before.OFFICE, Before.COUNTRY]
        if INITIAL.match(words[index + 1].written):
            kinds.append(Before.NAME)
        return self._if_behind(words, first, index, end, *kinds)

    def _behind_alone(self, words: _Words, first: int, index: int) -> int:
        """``The Secretary Anton Weld—WE``: a name with an office, behind a title that is a person."""
        if words[index - 1].plain not in self._known.before_name:
            return 0
        end = self._end_of_name(words, index)
        if end - index < 2 or end == len(words):
            return 0
        has_office = words[end - 1].is_separated or words[end].written[0] in "(["
        return self._if_behind(words, first, index, end if has_office else 0, Before.ALONE)

    def _listed(self, document: Document, words: _Words, first: int, index: int) -> int:
        """``... of Norway Anton Weld, Director``: two words that stand where a name would, and an office.

        They are a name where the text speaks of such a person, or where the word before them is another one's name.
        """
        if not any(word.written[-1] == "," for word in words[index + 1 : index + 4]):  # as in most items
            return 0
        end = self._end_of_name(words, index)
        if not 2 <= end - index <= 4 or not self._has_office(words, end):
            return 0
        listed = words[index - 1].plain in _surnames(document)
        if not listed and not self._known.is_of_office(words[index - 1]):
            return 0
        initials = any(INITIAL.match(word.written) for word in words[index:end])
        named = listed or initials or self._is_named(document, words[end - 1])
        return self._if_behind(words, first, index, end, Before.OFFICE) if named else 0

    def _has_office(self, words: _Words, end: int) -> bool:
        """Whether a comma and an office stand behind the words up to ``end``."""
        if end == len(words) or not words[end - 1].written.endswith(","):
            return False
        return words[end].plain in self._known.not_names or CAPITALS.match(words[end].plain) is not None

    def _end_of_name(self, words: _Words, index: int) -> int:
        """The end of the words from ``index`` on that can be a name and its initials."""
        for end in range(index, len(words)):
            initial = end > index and INITIAL.match(words[end].written) is not None
            if not (initial or self._known.is_name(words[end])):
                return end
            if words[end].is_separated:
                return end + 1
        return len(words)

    def _is_named(self, document: Document, surname: Word) -> bool:
        """Whether the text has somebody of this name, with a title."""
        text = document.view(_PROSE).text.content
        titled = (found[1] for found in re.finditer(rf"([A-Z][\w’]*)\.? {re.escape(surname.plain)}\b", text))
        return any(word in self._known.before_name for word in titled)


def _is_run_on(before: Word, word: Word) -> bool:
    """Whether nothing parts a word from the one before it, and both have a capital; a remark may stand between."""
    if before.is_separated and before.written[-1] != ":":
        return False
    return word.is_capital and (not before.plain[:1].islower() or before.written[-1] in ")]")


@once
def _surnames(document: Document) -> frozenset[str]:
    """The last words of the names of all participants who have at least two."""
    names = (participant.name.text.split() for participant in document.participants)
    return frozenset(name[-1] for name in names if len(name) > 1)


def _hit(item: Block, begin: int, end: int) -> Hit:
    content = item.text.content
    return Hit(item.text.span(begin, end), {"before": content[:begin].rstrip(), "after": content[begin:end]})
