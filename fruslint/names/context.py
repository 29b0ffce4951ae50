"""Tells from the words around a name whether it is a person, and which one it is not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from fruslint.patterns import late
from fruslint.record import Record

# So far before a word the verb that says who drafted may stand, or the end of the sentence before;
_REACH = 160
_INITIALS = late(r"(?:\b[A-Z]\.\s?)+$")
# so far before a surname the given name.
_NEAR = 60
_OPENING = "([“‘\"'—–"
_NAME_BEHIND = late(r"\s[A-Z][a-z]")
_SENTENCE_START = late(r"(?:^|[.!?:;][”’\"')\]]?)[\s(\[“‘\"]*\Z", re.MULTILINE)


class NameContext:
    """Looks at what stands before and behind a word of a text.

    ``titles`` stand before a name; ``words`` has the lists ``particles``, ``drafting`` and ``saying``.
    """

    def __init__(self, titles: Collection[str], words: Mapping[str, Sequence[str]]) -> None:
        any_title = "|".join(map(re.escape, sorted(titles)))
        particles = "|".join(map(re.escape, words["particles"]))
        drafting, saying = "|".join(words["drafting"]), "|".join(words["saying"])
        small = [*words["particles"], *map(str.capitalize, words["particles"])]
        self._title = frozenset((*titles, *small))
        self._drafted = late(
            rf"\b(?:{drafting})\b[^;\n]*?\b(?:by|with|by (?:[^.;\n]|\b[A-Z]\.)+(?:,|\band))\s+"
            rf"(?:(?:{any_title})\.?\s+)*(?:(?:{particles})\s+)*(?:[A-Z]\.\s?)*\Z",
            re.IGNORECASE,
        )
        self._said = late(rf":\s|(?:[’']s?)?,? (?:[a-z]+ly |then |also |again |himself )?(?:{saying})\b")

    def is_another(self, content: str, start: int, end: int, given: Collection[str]) -> bool:
        """Whether a name before or behind the word shows that it is not the person with these given names."""
        if _NAME_BEHIND.match(content, end):
            return True
        before = _before(content, start)
        if before.initials and given and before.initials[0] not in {name[0] for name in given}:
            return True
        word = before.word
        return word[:1].isupper() and not before.period and word not in self._title and word not in given

    def is_drafter(self, content: str, start: int) -> bool:
        """Whether the word stands among those who drafted, cleared or approved the document."""
        low = max(0, start - _REACH)
        paragraph = content.rfind("\n", low, start) + 1
        return self._drafted.search(content, max(low, paragraph), start) is not None

    def is_person(self, content: str, start: int, given: Collection[str]) -> bool:
        """Whether a title, initials or one of the given names stand before the word."""
        before = _before(content, start)
        return bool(before.initials) or before.word in self._title or before.word in given

    def says(self, content: str, end: int) -> bool:
        """Whether a verb of saying stands behind the word, or a colon as in a transcript."""
        return self._said.match(content, end) is not None

    def given_name(self, content: str, start: int) -> tuple[int, str]:
        """The capitalised word before a surname and its initials, and where it begins; empty if there is none."""
        before = _before(content, start)
        named = before.word[:1].isupper() and not before.period and before.word not in self._title
        return (before.start, before.word) if named else (start, "")


def begins_sentence(content: str, start: int) -> bool:
    """Whether the word is the first of a sentence."""
    return _SENTENCE_START.search(content, max(0, start - _REACH), start) is not None


class _Before(Record):
    """The word before a name, where it begins, whether it ends in a period, and the initials between the two."""

    word: str
    start: int
    period: bool
    initials: str


def _before(content: str, start: int) -> _Before:
    rest = content[max(0, start - _NEAR) : start].rpartition("\n")[2]
    low, initials = start - len(rest), ""
    found = _INITIALS.search(rest) if rest[-2:-1] == "." or rest[-1:] == "." else None
    if found is not None:
        rest, initials = rest[: found.start()], found[0]
    stripped = rest.rstrip()
    word = stripped.rpartition(" ")[2].rpartition("—")[2].lstrip(_OPENING)
    if stripped == rest or not word.rstrip(".")[-1:].isalnum():
        return _Before("", start, False, initials)
    return _Before(word.rstrip("."), low + len(stripped) - len(word), word.endswith("."), initials)
