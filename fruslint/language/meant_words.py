"""What an unknown word is meant to be: the common word that one slip of a keyboard or a scanner makes it of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fruslint.language.lexicon import FREQUENT, common_words, is_frequent, is_word, rank
from fruslint.language.spelling import distance

ALIKE = (
    *(("rn", "m"), ("c", "e"), ("h", "b"), ("h", "li"), ("n", "u"), ("in", "m"), ("un", "im"), ("ni", "m")),
    *(("mm", "rnm"), ("mm", "mrn"), ("cl", "d"), ("ii", "n"), ("vv", "w")),
)
"""What a scanner takes for what, one way or the other."""
_MEMORY = 4096
# One slip leaves the beginning or the end of a word as it is; common words are looked up by their beginning.
_HEAD = _TAIL = 3
# How many letters a word must have to be a root of others, and each half of two words in one.
_ROOT = 4
_TWO = 2
_VOWELS = frozenset("aeiou")
_HALF = 3
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_PREFIXES = (
    *("un", "re", "non", "anti", "pre", "co", "over", "inter", "sub", "mis", "counter", "pro", "under", "out", "multi"),
    *("semi", "extra", "ultra", "super", "intra", "trans", "post", "de", "dis", "self", "quasi", "neo", "pan", "bi"),
)
_SUFFIXES = ("s", "ly", "ness", "less", "like", "wise", "ship", "ward", "wards", "hood", "dom", "ful")
# In front of these an e is left out.
_VOWEL_SUFFIXES = (
    *("es", "ed", "er", "ers", "ing", "ings", "able", "ism", "ist", "ists"),
    *("ize", "ized", "izing", "ise", "ised", "ization"),
)
# These stand behind an e.
_SHORT_SUFFIXES = ("d", "r", "rs")
# The small words that a lost blank joins to another.
_SMALL = frozenset(
    [
        *("the", "of", "and", "to", "in", "that", "for", "with", "was", "is", "be", "by"),
        *("on", "at", "as", "it", "not", "are", "have", "has", "from", "this", "which", "will"),
        *("been", "were", "had", "would", "could", "should", "their", "they", "his", "its"),
        *("there", "when", "into", "but"),
    ]
)
_SAME_LETTERS, _LETTER_LOST, _OTHER_VOWEL, _LETTER_MORE, _OTHER_LETTER, _PAIR = range(6)
_LIKELIEST = (_LETTER_LOST, FREQUENT)
# How many letters a word must have at least, by the kind of slip, where a frequent word is meant and where a common one.
_ENOUGH, _ENOUGH_FOR_COMMON = (5, 5, 6, 5, 6, 8), (5, 6, 7, 6, 7, 8)


@lru_cache(maxsize=_MEMORY)
def meant_by(word: str) -> str | None:
    """The common word, or two, that an unknown one in small letters stands for; None if none is likely, or it may be right."""
    near = ((rank(one), one) for one in _near(word))
    slips = sorted((_kind(word, one), how_rare, one) for how_rare, one in near if how_rare is not None)
    if slips and slips[0][0] == _SAME_LETTERS:
        return slips[0][2]
    if _may_be_formed(word) or (_may_be_two(word) and (not slips or slips[0][:2] != _LIKELIEST)):
        return None
    return _likeliest(word, *slips[0]) if slips else _parted(word)


def is_slip_within(word: str, meant: str) -> bool:
    """Whether one has the letters of the other, but for some that are set twice or once, one within it, or a vowel.

    A letter that is lost or put in at the end makes a word of another language (Centrale, Communisti), and another
    consonant often does (Nacional), or a name.
    """
    if abs(len(word) - len(meant)) > _TWO or word.startswith(meant) or meant.startswith(word):
        return False
    return (distance(word, meant, 1) == 1 or _once(word) == _once(meant)) and _kind(word, meant) <= _LETTER_MORE


def _likeliest(word: str, kind: int, how_rare: int, meant: str) -> str | None:
    """What it means, if the word is long enough, or the other one frequent; of two words in one, both of them."""
    if kind == _LETTER_MORE:
        parted = f"a {meant}" if word == f"a{meant}" else _parted(word)
        meant = meant if how_rare == FREQUENT and not parted else parted or meant
    enough = _ENOUGH[kind] if how_rare == FREQUENT else _ENOUGH_FOR_COMMON[kind]
    return meant if len(word) >= enough else None


def _near(word: str) -> set[str]:
    """The common words that are one slip away, or have the same letters twice or once, or a pair of letters more or less."""
    head, tail, letters, once = word[:-_TAIL], word[1 - _TAIL :], set(word), _once(word)
    common, two_off = common_words(word), (len(word) - _TWO, len(word) + _TWO)
    likely = {one for one in common if (one.endswith(tail) or one.startswith(head)) and distance(word, one, 1) == 1}
    likely.update(one for one in common if one[-1] == word[-1] and letters.issuperset(one) and _once(one) == once)
    likely.update(one for one in common if len(one) in two_off and _differ_by_pair(word, one))
    return likely.union(one for one in _variants(word) if rank(one) is not None)


def _differ_by_pair(word: str, meant: str) -> bool:
    """Whether two letters within it were lost, or set twice."""
    if len(word) < len(meant):
        return any(meant[:place] + meant[place + _TWO :] == word for place in range(_HEAD, len(word) - 1))
    twice = (place for place in range(_TWO, len(meant)) if word[place - _TWO : place] == word[place : place + _TWO])
    return any(word[:place] + word[place + _TWO :] == meant for place in twice)


def _variants(word: str) -> Iterator[str]:
    """What a slip in the first letters can have been, and what a scanner can have read."""
    for place in range(_HEAD):
        before, behind = word[:place], word[place:]
        yield before + behind[1:]
        yield before + behind[1:2] + behind[:1] + behind[2:]
        for letter in _ALPHABET:
            yield before + letter + behind
            yield before + letter + behind[1:]
    for pair in ALIKE:
        for read, printed in (pair, pair[::-1]):
            if read in word:
                yield word.replace(read, printed, 1)


def _kind(word: str, meant: str) -> int:
    """How likely a slip is, the likeliest first: letters set twice, once or in another order; one letter; two."""
    if sorted(word) == sorted(meant) or _once(word) == _once(meant):
        return _SAME_LETTERS
    if len(word) == len(meant):
        other = {letter for pair in zip(word, meant, strict=True) if pair[0] != pair[1] for letter in pair}
        return _OTHER_VOWEL if _VOWELS.issuperset(other) else _OTHER_LETTER
    if abs(len(word) - len(meant)) == _TWO:
        return _PAIR
    return _LETTER_LOST if len(word) < len(meant) else _LETTER_MORE


def _once(word: str) -> str:
    """The word without the letters that are the same as the one before."""
    return "".join(letter for place, letter in enumerate(word) if word[place - 1 : place] != letter)


def _may_be_formed(word: str) -> bool:
    """Whether it is a known word with something before or behind it, as any writer may form them."""
    return any(word.startswith(one) and _is_root(word[len(one) :]) for one in _PREFIXES) or _has_suffix(word)


def _has_suffix(word: str) -> bool:
    if any(word.endswith(one) and _is_stem(word[: -len(one)]) for one in _SUFFIXES + _VOWEL_SUFFIXES):
        return True
    if any(word.endswith(one) and _is_root(word[: -len(one)] + "e") for one in _VOWEL_SUFFIXES):
        return True
    return any(word.endswith("e" + one) and _is_root(word[: -len(one)]) for one in _SHORT_SUFFIXES)


def _may_be_two(word: str) -> bool:
    """Whether it is two words in one, as any writer may join them."""
    halves = ((word[:place], word[place:]) for place in range(_HALF, len(word) - _HALF + 1))
    return any(not _SMALL.intersection(both) and all(map(is_frequent, both)) for both in halves)


def _is_root(word: str) -> bool:
    return len(word) >= _ROOT and is_word(word)


def _is_stem(word: str) -> bool:
    return _is_root(word) or (word.endswith("i") and _is_root(word[:-1] + "y"))


def _parted(word: str) -> str | None:
    """The small word and the other one that a lost blank has made one of."""
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if (first in _SMALL or second in _SMALL) and is_frequent(first) and is_frequent(second):
            return f"{first} {second}"
    return None
