"""The English words, by how common they are; read when they are first asked for.

They come from SCOWL, in American, British and Canadian spelling, and from a list of our own of what diplomatic papers have
besides; ``rules/words/README.md`` says more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from fruslint.data import data_folder
from fruslint.patterns import late

_KEY = 3
_LINE = late(r"(?m)^([a-z]+) \|([^|]*)\|([^|]*)\|(.*)$")
_COMMENT = late(r"(?m)^#.*$")
_NONE = "", "", ""
FREQUENT, COMMON = range(2)
"""Ranks of words: every reader knows it; it is in small dictionaries. All others are rare."""


def is_word(word: str) -> bool:
    """Whether it is a word of English or of diplomatic papers, in small letters without accents or apostrophes."""
    return not unknown((word,))


def unknown(words: Iterable[str]) -> set[str]:
    """Those of the words that neither English nor diplomatic papers have."""
    lines, diplomatic = _lines(), _diplomatic_words()
    found = set()
    for word in words:
        frequent, common, rare = lines.get(word[:_KEY], _NONE)
        wanted = f" {word} "
        if not (wanted in frequent or wanted in common or wanted in rare or word in diplomatic):
            found.add(word)
    return found


def rank(word: str) -> int | None:
    """How common an English word is; None if it is rare, or none."""
    frequent, common, _ = _lines().get(word[:_KEY], _NONE)
    wanted = f" {word} "
    if wanted in frequent:
        return FREQUENT
    return COMMON if wanted in common else None


def common_words(beginning: str) -> list[str]:
    """The frequent and the common words that begin with these three letters."""
    frequent, common, _ = _lines().get(beginning[:_KEY], _NONE)
    return (frequent + common).split()


def frequent_words() -> list[str]:
    """All that every reader knows: nine in ten of the words of any text."""
    return "".join([frequent for frequent, _, _ in _lines().values()]).split()


def is_frequent(word: str) -> bool:
    """Whether every reader knows it."""
    return rank(word) == FREQUENT


@cache
def _lines() -> dict[str, tuple[str, str, str]]:
    """The frequent, the common and the rare words that begin with the same three letters, by these."""
    lines = _LINE.findall(_read("english.txt"))
    return {letters: (frequent, common, rare) for letters, frequent, common, rare in lines}


@cache
def _diplomatic_words() -> frozenset[str]:
    return frozenset(_COMMENT.sub("", _read("diplomatic.txt")).split())


def _read(name: str) -> str:
    return (data_folder("rules") / "words" / name).read_text(encoding="ascii")
