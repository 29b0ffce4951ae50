"""What a word with a capital inside is meant to be: ‘thoUght’, ‘DobRynin’."""

from __future__ import annotations

from fruslint.language.lexicon import is_word, rank
from fruslint.language.word_list import word_set
from fruslint.patterns import late

_INNER = late(r"(?<=[a-z])[A-Z][a-z]+\Z")
_SHORTEST = 4
_SHORTEST_IN_CAPITALS = 5


def recased(word: str, content: str) -> str:
    """The word with capitals at the beginning only or throughout, if all know it so or ``content`` has it so; empty if not."""
    small = word.lower()
    right = small if word[:1].islower() else _in_capitals(word) or small.capitalize()
    if right == word:
        return ""
    return right if rank(small) is not None or right in word_set(content) else ""


def _in_capitals(word: str) -> str:
    """The word in capitals where one small letter is lost among them; empty if it is another case."""
    return word.upper() if len(word) >= _SHORTEST_IN_CAPITALS and sum(map(str.islower, word)) == 1 else ""


def is_no_compound(word: str) -> bool:
    """Whether what begins at the last capital inside a word is no word: ‘DepArtment’, but not ‘SubCommittee’ and ‘VietNam’."""
    found = _INNER.search(word)
    return found is not None and len(found[0]) >= _SHORTEST and not is_word(found[0].lower())
