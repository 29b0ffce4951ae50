"""What two parts of a word make together: ‘pres-ent’ is one, ‘co-operate’ has two, ‘piers[of’ are two words."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from fruslint.language.lexicon import is_word, rank
from fruslint.patterns import late

_VOWELS = "aeiou"
# Shorter words are made of any two parts.
_SHORTEST = 5
# They may stand with a hyphen in front of any word,
_PREFIXES = """
co pre re un semi inter sub mis bi de dis counter multi super intra post extra self quasi pseudo poly mono mini mega micro
macro tele geo bio agro socio auto electro hydro photo psycho radio aero thermo infra hyper para proto retro vice ex uni ante
mal demi arch
"""
_BEFORE_WORDS = frozenset(_PREFIXES.split())
# and these in front of names, too, or of what is a word only so.
_FIRST_PARTS = """
anti non pan neo trans pro mid ultra tri quadri out over under
hodge luke linch lynch leap hap hob tit knick mish helter criss shang
"""
_ALWAYS = frozenset(_FIRST_PARTS.split())
# These are written with a hyphen or without one in names.
_OF_NAMES = frozenset(["indo", "viet", "sino", "bao", "pei", "kai", "en", "al", "el", "ben", "abu", "pak"])
# A name that stands so often in one word, and less often in two parts, is one word.
_OFTEN = 2
_SHORTEST_REST = 3
_NAME = late(r"(?<![\w-])[A-Z]\w+(?:-\w+)*")


def are_parts(before: str, after: str) -> bool:
    """Whether they make one common word, and are not two, nor one word with another one or its beginning before it."""
    first = before.lower()
    if first in _ALWAYS or len(first + after) < _SHORTEST or rank(first + after) is None:
        return False
    if first in _BEFORE_WORDS:
        return not (is_word(after) or (first[-1] in _VOWELS and after[0] in _VOWELS))
    return not (is_word(after) and is_word(first))


def are_apart(before: str, after: str) -> bool:
    """Whether they are two words, and do not make one together."""
    first = before.lower()
    return is_word(first) and is_word(after) and not is_word(first + after)


def is_parted_name(before: str, after: str, content: str) -> bool:
    """Whether a name in two parts, which are not both words, stands in one word there, and more often."""
    first = before.lower()
    if not before.istitle() or len(after) < _SHORTEST_REST or first in _ALWAYS | _BEFORE_WORDS | _OF_NAMES:
        return False
    if is_word(first) and is_word(after):
        return False
    written = _names(content)
    return written[before + after] >= max(_OFTEN, written[f"{before}-{after}"] + 1)


@lru_cache(maxsize=2)  # asked of each name of a document, one after the other
def _names(content: str) -> Counter[str]:
    """How often a text has each word, or compound, that begins with a capital."""
    return Counter(_NAME.findall(content))
