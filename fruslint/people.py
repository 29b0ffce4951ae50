"""Takes names of persons apart, and tells when two spellings are of the same name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from fruslint.vocabulary import is_side

NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[-’'][A-Za-zÀ-ÿ][^\W\d_]+)*")
"""A capitalised word of two letters or more, with what is joined to it by a hyphen or an apostrophe."""

_BEHIND = re.compile(r",?\s+(?:Jr|Sr|Esq|II|III|IV)\b\.?")
_OF = re.compile(r"\s(?:of|for|to)\s")
_JOINTS = str.maketrans("", "", "-’'ʼ‘")
_TWO_LETTERS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("iy", "y"), ("ij", "y"))


def surname(name: str, not_names: Collection[str]) -> str | None:
    """The last capitalised word of a name, unless that is a title, an office or a country.

    ``Ambassador Morel of the French Republic`` is Morel, ``The Secretary of State`` is nobody.
    """
    plain = _BEHIND.sub("", name)
    for part in (plain, _OF.split(plain)[0]):
        words = NAME.findall(part)
        if words and words[-1] not in not_names and not is_side(words[-1]):
            last: str = words[-1]
            return last
    return None


def given_names(name: str, last: str, not_names: Collection[str]) -> frozenset[str]:
    """The other capitalised words and initials of a name, without its titles."""
    words = re.findall(r"[^\W\d_]+", name)
    return frozenset(word for word in words if word != last and word[0].isupper() and word not in not_names)


def spelling_key(name: str) -> str:
    """The same for two spellings that differ by accents, hyphens, apostrophes, capitals or a transliteration only."""
    plain = "".join(_bare(name.casefold().translate(_JOINTS)))
    for two, one in _TWO_LETTERS:
        plain = plain.replace(two, one)
    return plain


def _bare(word: str) -> Iterator[str]:
    return (letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def is_inflected(one: str, other: str) -> bool:
    """Whether one word is the other with the ending of a plural, a people or an adjective: Johnsons, Korean."""
    short, long = sorted((one, other), key=len)
    return any(long == short + ending for ending in ("s", "es", "n", "an", "ns", "ian")) or (
        short.endswith("y") and long == short[:-1] + "ies"
    )
