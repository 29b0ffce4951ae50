"""The English words, by how common they are; read when they are first asked for.

They come from SCOWL, in American, British and Canadian spelling, and from a list of our own of what diplomatic papers have
besides; ``rules/words/README.md`` says more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from fruslint.data import data_folder
from fruslint.patterns import late

# A line of english.txt has the words that begin with the same three letters (fewer, with blanks behind them, for the words
# that have no more), and a bar before each rank: "abb| abbreviate ... | abbey ... | abb ... ".
_KEY = 3
_BEFORE_RANK = "|"
_COMMENT = late(r"(?m)^#.*$")
FREQUENT, COMMON = range(2)
"""Ranks of words: every reader knows it; it is in small dictionaries. All others are rare."""
_KNOWN = FREQUENT, COMMON


def is_word(word: str) -> bool:
    """Whether it is a word of English or of diplomatic papers, in small letters without accents or apostrophes."""
    return not unknown((word,))


def unknown(words: Iterable[str]) -> set[str]:
    """Those of the words that neither English nor diplomatic papers have."""
    lines, diplomatic = _lines(), _diplomatic_words()
    found = set()
    for word in words:
        if f" {word} " not in lines.get(word[:_KEY], "") and word not in diplomatic:
            found.add(word)
    return found


def rank(word: str) -> int | None:
    """How common an English word is; None if it is rare, or none."""
    line = _lines().get(word[:_KEY], "")
    place = line.find(f" {word} ")
    found = line.count(_BEFORE_RANK, 0, place) - 1 if place >= 0 else None
    return found if found in _KNOWN else None


def common_words(beginning: str) -> list[str]:
    """The frequent and the common words that begin with these three letters."""
    _, *ranks = _lines().get(beginning[:_KEY], "").split(_BEFORE_RANK)
    return " ".join(ranks[: len(_KNOWN)]).split()


@cache
def frequent_words() -> frozenset[str]:
    """All that every reader knows: nine in ten of the words of any text."""
    begin = _KEY + 1
    return frozenset("".join([line[begin : line.index(_BEFORE_RANK, begin)] for line in _lines().values()]).split())


def is_frequent(word: str) -> bool:
    """Whether every reader knows it."""
    return rank(word) == FREQUENT


@cache
def _lines() -> dict[str, str]:
    """All words that begin with the same three letters, by these, rank by rank."""
    return {line[:_KEY].rstrip(): line for line in _read("english.txt").rstrip("\n").split("\n")}


@cache
def _diplomatic_words() -> frozenset[str]:
    return frozenset(_COMMENT.sub("", _read("diplomatic.txt")).split())


def _read(name: str) -> str:
    # as bytes, for line ends of a large file take longest to read
    return (data_folder("rules") / "words" / name).read_bytes().decode("ascii")
