"""A surname that is written right letter by letter, and still not as a name: ‘dobrin’, ‘Do brin’, ‘Dobrinsaid’."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache

from fruslint.language.lexicon import is_word
from fruslint.names.alike import places_of_name

# A shorter one, or a shorter piece of one, is too much else.
_SHORTEST = 5
_PIECE = 2
_FEW = 2
_BEHIND = (
    *("said", "asked", "replied", "stated", "noted", "added", "agreed", "thought", "felt", "told"),
    *("had", "was", "would", "and", "that", "also", "then", "who", "with", "for"),
)


def miswritten(surname: str, words: Set[str]) -> Iterator[tuple[str, str]]:
    """What stands for a surname in a text of these words, each with what is meant."""
    if len(surname) < _SHORTEST or _signs(surname).isdisjoint(words):
        return
    yield from _glued(surname, words)
    if not is_word(surname.lower()):
        yield from _small(surname, words)
        yield from _in_pieces(surname, words)


@lru_cache(maxsize=4096)  # the same people stand in many documents
def _signs(surname: str) -> frozenset[str]:
    """The words of which a text must have one: most texts have none, and that is seen sooner than each of them sought."""
    glued = {surname + behind for behind in _BEHIND}
    pieces = {surname[place:] for place in range(_PIECE, len(surname) - _PIECE + 1)}
    return frozenset(glued if is_word(surname.lower()) else {*glued, *pieces, surname.lower()})


def _small(surname: str, words: Set[str]) -> Iterator[tuple[str, str]]:
    if surname.lower() in words:
        yield surname.lower(), surname


def _in_pieces(surname: str, words: Set[str]) -> Iterator[tuple[str, str]]:
    for place in range(_PIECE, len(surname) - _PIECE + 1):
        first, second = surname[:place], surname[place:]
        if second in words and first in words and second.islower() and not _are_words(first.lower(), second):
            yield f"{first} {second}", surname


def _are_words(*parts: str) -> bool:
    return all(map(is_word, parts))


def _glued(surname: str, words: Set[str]) -> Iterator[tuple[str, str]]:
    """The surname and the word behind it in one, where that is no name or word itself."""
    for behind in _BEHIND:
        glued = surname + behind
        if glued in words and not is_word(glued.lower()):
            yield glued, f"{surname} {behind}"


def shouted(surname: str, words: Set[str], content: str) -> Iterator[tuple[str, str]]:
    """The surname in capitals, in a text that mostly has it otherwise."""
    capitals = surname.upper()
    if len(surname) < _SHORTEST or capitals not in words or capitals == surname:
        return
    if len(places_of_name(content, capitals)) <= _FEW <= len(places_of_name(content, surname)):
        yield capitals, surname


def is_slip(written: str, surname: str) -> bool:
    """Whether it is the surname with two letters exchanged that stand side by side, or with one of them left out."""
    places = range(1, len(surname))
    exchanged = (f"{surname[: at - 1]}{surname[at]}{surname[at - 1]}{surname[at + 1 :]}" for at in places)
    left_out = (surname[:at] + surname[at + 1 :] for at in places)
    return written != surname and (written in exchanged or written in left_out)
