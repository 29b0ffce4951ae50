"""Groups the elements of an XML file by the value of an attribute, or by the words in them.

The same few tags and words stand in a volume thousands of times, so what is asked of each of them is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from fruslint.markup.tags import plain_value

if TYPE_CHECKING:
    from fruslint.markup.elements import Markup

_MOST_INSIDE = 200


def by_value(
    markup: Markup, tags: Mapping[str, list[int]], attribute: str, clean: Callable[[str], str] = str
) -> Mapping[str | None, list[int]]:
    """The elements of some start tags by the value of an attribute, made ``clean`` if it may not be so, in order."""
    find = plain_value(attribute)
    groups: dict[str | None, list[int]] = {}
    several: dict[str | None, list[list[int]]] = {}
    for tag, numbers in tags.items():
        found = find(tag) if "'" not in tag else None
        value = found[1] if found is not None else markup.value(numbers[0], attribute)
        if found is None and value is not None:
            value = clean(value)
        if value not in groups:
            groups[value] = numbers
        elif value in several:
            several[value].append(numbers)
        else:
            several[value] = [groups[value], numbers]
    groups.update((value, merged(found)) for value, found in several.items())
    return groups


def by_words(markup: Markup, numbers: Iterable[int]) -> Mapping[str, list[int]]:
    """Elements by what stands in them, references not decoded; those with very many tags and texts are left out."""
    parts, opens, closes = markup.parts, markup.opens, markup.closes
    found: dict[str, list[int]] = {}
    for number in numbers:
        place, last = opens[number], closes[number]
        if last - place < _MOST_INSIDE:
            words = parts[place + 1] if last == place + 2 else markup.raw_text(number)
            same = found.get(words)
            if same is None:
                found[words] = [number]
            else:
                same.append(number)
    return found


def merged(groups: Sequence[list[int]]) -> list[int]:
    """The numbers of all groups, each of which is in order, in order; not to be changed."""
    return groups[0] if len(groups) == 1 else sorted(chain.from_iterable(groups))
