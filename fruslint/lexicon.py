"""The English words, by how common they are; read when they are first asked for.

They come from SCOWL, in American and British spelling, and from a list of our own of what diplomatic papers have besides;
``rules/words/README.md`` says more.
"""

from __future__ import annotations

from functools import cache

from fruslint.data import data_folder

_KEY = 3
_BETWEEN_RANKS = "|"
_COMMENT = "#"
_NONE = "", ""
FREQUENT, COMMON = range(2)
"""Ranks of words: every reader knows it; it is in small dictionaries. All others are rare."""


def is_word(word: str) -> bool:
    """Whether it is a word of English or of diplomatic papers, in small letters without accents or apostrophes."""
    common, rare = _lines().get(word[:_KEY], _NONE)
    wanted = f" {word} "
    return wanted in common or wanted in rare or word in _diplomatic_words()


def rank(word: str) -> int | None:
    """How common an English word is; None if it is rare, or none."""
    common, _ = _lines().get(word[:_KEY], _NONE)
    place = common.find(f" {word} ")
    return common.count(_BETWEEN_RANKS, 0, place) if place >= 0 else None


def frequent_words() -> list[str]:
    """All that every reader knows: nine in ten of the words of any text."""
    return "".join([common[: common.index(_BETWEEN_RANKS)] for common, _ in _lines().values()]).split()


def is_frequent(word: str) -> bool:
    """Whether every reader knows it."""
    return rank(word) == FREQUENT


def common_words(beginning: str) -> list[str]:
    """The frequent and the common words that begin with these three letters."""
    common, _ = _lines().get(beginning[:_KEY], _NONE)
    return common.replace(_BETWEEN_RANKS, "").split()


@cache
def _lines() -> dict[str, tuple[str, str]]:
    """All words by their first letters: the frequent and the common ones in one line, and the rare ones."""
    parts = [line.split(_BETWEEN_RANKS) for line in _read("english.txt")]
    return {letters.rstrip(): (frequent + _BETWEEN_RANKS + common, rare) for letters, frequent, common, rare in parts}


@cache
def _diplomatic_words() -> frozenset[str]:
    lines = _read("diplomatic.txt")
    return frozenset([word for line in lines if not line.startswith(_COMMENT) for word in line.split()])


def _read(name: str) -> list[str]:
    return (data_folder("rules") / "words" / name).read_text(encoding="ascii").splitlines()
