"""What a word with a capital inside is meant to be: ‘thoUght’, ‘DobRynin’."""

from __future__ import annotations

from fruslint.language.lexicon import rank
from fruslint.language.word_list import places_of


def recased(word: str, content: str) -> str:
    """The word with capitals at the beginning only, if all know it so or ``content`` has it so; empty if not."""
    small = word.lower()
    right = small if word[:1].islower() else small.capitalize()
    if right == word:
        return ""
    return right if rank(small) is not None or next(places_of(content, right), None) is not None else ""
