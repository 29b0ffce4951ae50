"""The surnames of the persons that are tagged in a TEI volume, and what a slip makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from fruslint.markup import Markup
from fruslint.patterns import late

_ELEMENT, _ATTRIBUTE = "persName", "corresp"
_WORD = late(r"[^\W\d_]+")
_SHORTEST, _LONGEST = 6, 20
_FEWEST = 3
# No volume has so many persons; others must not take time without end.
_MOST = 500


def slips_of_surnames(markup: Markup) -> Mapping[str, str]:
    """What one slip makes of the surnames that are tagged several times, each with the surname; no word of another name."""
    counts: Counter[str] = Counter()
    known: set[str] = set()
    for value, by_words in markup.by_words(_ELEMENT, _ATTRIBUTE).items():
        for words, numbers in by_words.items():
            every = _WORD.findall(words)
            known.update(every)
            if value is not None and every and _is_surname(every[-1]):
                counts[every[-1]] += len(numbers)
    names = [name for name, count in counts.most_common(_MOST) if count >= _FEWEST]
    slips: dict[str, str] = {}
    for name in names:
        slips.update(dict.fromkeys(_slips(name), name))
    for word in known.intersection(slips):
        del slips[word]
    return slips


def _is_surname(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word[0].isupper() and word[1:].islower()


def _slips(name: str) -> Sequence[str]:
    """One letter behind the first is left out, put in, another one, or exchanged with the next; none is put behind the last."""
    places = range(1, len(name))
    left_out = [name[:place] + name[place + 1 :] for place in places[:-1]]
    exchanged = [name[:place] + name[place + 1] + name[place] + name[place + 2 :] for place in places[:-1]]
    put_in = [name[:place] + letter + name[place:] for place in places for letter in ascii_lowercase]
    others = [name[:place] + letter + name[place + 1 :] for place in places for letter in ascii_lowercase]
    return [slip for slip in (*left_out, *exchanged, *put_in, *others) if slip != name]
