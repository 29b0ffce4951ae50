"""The elements of an XML text with their exact places.

Offsets count code points of the text as it is in the file, so nothing has to be mapped. The text must be well-formed
and without a DOCTYPE (`fruslint.markup.wellformed` tells). Elements are numbered in document order from 0, the root: number
*k* is the *k*-th start tag of the text, and the *k*-th element in document order for any XML library.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from fruslint.markup.grouping import by_value, by_words
from fruslint.markup.tagpairs import cut_at_tags
from fruslint.markup.tags import (
    ATTRIBUTE,
    Attribute,
    attribute_of,
    decode,
    find_attribute,
    plain_value,
    tag_name,
    value_of,
)
from fruslint.patterns import late
from fruslint.record import record_of
from fruslint.source import Span

if TYPE_CHECKING:  # lxml is imported for rules in XPath only
    from fruslint.xpath.tree import Tree

_Made = TypeVar("_Made")
_FOR_US = late(r"<\?fruslint(?=[\s?])")
CDATA = "<![CDATA["
"""What a CDATA section begins with."""


class Markup:
    """The elements of a text, as flat arrays that are indexed by the number of the element.

    ``parts`` is the text cut at its tags: stretches of text at even places, tags (and comments, ...) at odd ones.
    ``names`` and ``parents`` speak for themselves (the root's parent is -1), ``opens`` and ``closes`` are the places of
    the tags in ``parts``, the same for an empty element. ``after`` is the number of the first element behind each one,
    so that its descendants are ``range(k + 1, after[k])``. ``others`` are the places of what is no tag.
    """

    __slots__ = (
        "__dict__",
        "_prefix",
        "_tags",
        "after",
        "closes",
        "names",
        "opens",
        "others",
        "parents",
        "parts",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self._prefix = ""
        cut = cut_at_tags(text)
        self.parts, self.names, self.opens, self.closes = cut.parts, cut.names, cut.opens, cut.closes
        self.parents, self.after, self.others, self._tags = cut.parents, cut.after, cut.others, cut.tags

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def offsets(self) -> array[int]:
        """The offset at which each of ``parts`` begins, and the end of the text."""
        return array("q", accumulate(map(len, self.parts), initial=0))  # a list would take five times as much memory

    @cached_property
    def cdata(self) -> list[int]:
        """The places of CDATA sections in ``parts``."""
        return [place for place in self.others if self.parts[place].startswith(CDATA)]

    @cached_property
    def instructions(self) -> list[int]:
        """The places of processing instructions that are for fruslint in ``parts``."""
        return [place for place in self.others if _FOR_US.match(self.parts[place])]

    @cached_property
    def _by_name(self) -> Mapping[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            found[name].append(number)
        return found

    @cached_property
    def _by_tag(self) -> Mapping[str, Mapping[str, list[int]]]:
        found: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
        names = self.names
        for tag, (_, numbers, _) in self._tags.items():
            found[names[numbers[0]]][tag] = numbers
        return found

    @cached_property
    def _every_tag(self) -> Mapping[str, list[int]]:
        return {tag: numbers for tag, (_, numbers, _) in self._tags.items()}

    @cached_property
    def _by_value(self) -> dict[tuple[str, str], Mapping[str | None, list[int]]]:
        return {}

    @cached_property
    def ids(self) -> Mapping[str, list[int]]:
        """The elements by their xml:id; more than one where an id is not unique."""
        tags = {tag: numbers for tag, (_, numbers, _) in self._tags.items() if "xml:id" in tag}
        found = by_value(self, tags, "xml:id", str.strip)
        return {value: numbers for value, numbers in found.items() if value is not None}

    @cached_property
    def tree(self) -> Tree:
        """The tree that lxml makes of the text, for XPath; raises NotCheckedError where it makes none."""
        from fruslint.xpath.tree import Tree

        return Tree(self)

    def call_by_local_name(self, prefix: str) -> None:
        """Leave this prefix (``tei``) out of all names from now on; to be said before anything is asked."""
        self._prefix = f"{prefix}:"
        self.names = [name.removeprefix(self._prefix) for name in self.names]

    def named(self, name: str) -> list[int]:
        """All elements of this name, in order."""
        return self._by_name.get(name, [])

    def by_tag(self, name: str) -> Mapping[str, list[int]]:
        """All elements of this name (``*`` for any) by their start tag, in order: few tags of a file are all that different."""
        return self._by_tag.get(name, {}) if name != "*" else self._every_tag

    def by_value(self, name: str, attribute: str) -> Mapping[str | None, list[int]]:
        """All elements of this name by the value of an attribute, in order; None is that of those without it.

        Made once for all who ask.
        """
        if (name, attribute) not in self._by_value:
            self._by_value[name, attribute] = by_value(self, self.by_tag(name), attribute)
        return self._by_value[name, attribute]

    @cached_property
    def _by_words(self) -> dict[tuple[str, str], Mapping[str | None, Mapping[str, list[int]]]]:
        return {}

    def by_words(self, name: str, attribute: str) -> Mapping[str | None, Mapping[str, list[int]]]:
        """As ``by_value``, and those of each value by what stands in them, references not decoded: few are all that different.

        What has very many tags and texts in it is left out: no name or number has, and to read the words of thousands of
        elements that stand in each other would take forever.
        """
        if (name, attribute) not in self._by_words:
            values = self.by_value(name, attribute)
            self._by_words[name, attribute] = {value: by_words(self, numbers) for value, numbers in values.items()}
        return self._by_words[name, attribute]

    @cached_property
    def _made(self) -> dict[Callable[[Markup], Any], Any]:
        return {}

    def once(self, make: Callable[[Markup], _Made]) -> _Made:
        """What ``make`` finds in the elements; found once for all checks that ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: _Made = self._made[make]
        return made

    def within(self, number: int, name: str) -> list[int]:
        """All descendants of this name, in order."""
        first, last = number + 1, self.after[number]
        if first == last:
            return []
        named = self.named(name)
        return named[bisect_left(named, first) : bisect_left(named, last)]

    def children(self, number: int) -> Iterator[int]:
        """The child elements, in order."""
        child, end = number + 1, self.after[number]
        while child < end:
            yield child
            child = self.after[child]

    def ancestors(self, number: int) -> Iterator[int]:
        """The parent, its parent, and so on to the root."""
        while (number := self.parents[number]) >= 0:
            yield number

    def enclosing(self, around: Iterable[int], numbers: Iterable[int]) -> dict[int, int]:
        """For each of ``numbers`` the innermost of the elements ``around`` that it stands in; both must be in order."""
        found: dict[int, int] = {}
        after = self.after
        opened: list[int] = []
        coming = iter(around)
        following = next(coming, None)
        for number in numbers:
            while following is not None and following < number:
                opened.append(following)
                following = next(coming, None)
            while opened and after[opened[-1]] <= number:
                opened.pop()
            if opened:
                found[number] = opened[-1]
        return found

    def at(self, offset: int) -> int | None:
        """The element whose start tag begins at ``offset``."""
        place = bisect_left(self.offsets, offset)
        while place < len(self.parts) and not place % 2 and self.offsets[place] == offset:
            place += 1
        found = bisect_left(self.opens, place)
        hit = found < len(self.opens) and self.opens[found] == place and self.offsets[place] == offset
        return found if hit else None

    def around(self, offset: int) -> int | None:
        """The innermost element that holds the character at ``offset``."""
        number = bisect_left(self.opens, bisect_left(self.offsets, offset - 1)) - 1
        while number >= 0 and self.span(number).end <= offset:
            number = self.parents[number]
        return number if number >= 0 else None

    def span(self, number: int) -> Span:
        """The whole element, from its start tag to its end tag."""
        offsets = self.offsets
        return record_of(Span, (offsets[self.opens[number]], offsets[self.closes[number] + 1]))

    def start_tag(self, number: int) -> Span:
        """The start tag."""
        return self._part(self.opens[number])

    def end_tag(self, number: int) -> Span | None:
        """The end tag; None for an element that is written as empty."""
        closes = self.closes[number]
        return self._part(closes) if closes != self.opens[number] else None

    def words_span(self, number: int) -> Span:
        """The content of an element without the blanks around it; its name if it has no words."""
        span = self.content(number)
        text = self.text[span.start : span.end]
        if not text.strip():
            return self.name_span(number)
        return Span(span.end - len(text.lstrip()), span.start + len(text.rstrip()))

    def name_span(self, number: int) -> Span:
        """The name in the start tag."""
        start = self.offsets[self.opens[number]] + 1
        name = tag_name(self.parts[self.opens[number]]) if self._prefix else self.names[number]
        return Span(start, start + len(name))

    def content(self, number: int) -> Span:
        """What stands between the start tag and the end tag; an empty span behind the tag of an empty element."""
        opens, closes = self.opens[number], self.closes[number]
        start = self.offsets[opens + 1]
        return Span(start, self.offsets[closes] if closes != opens else start)

    def _part(self, place: int) -> Span:
        return record_of(Span, (self.offsets[place], self.offsets[place + 1]))

    def attributes(self, number: int) -> dict[str, Attribute]:
        """The attributes by name, in the order they are written."""
        place = self.opens[number]
        start = self.offsets[place]
        return {found[1]: attribute_of(found, start) for found in ATTRIBUTE.finditer(self.parts[place])}

    def attribute(self, number: int, name: str) -> Attribute | None:
        """An attribute, None if the element does not have it."""
        place = self.opens[number]
        found = find_attribute(self.parts[place], name)
        return attribute_of(found, self.offsets[place]) if found is not None else None

    def located(self, number: int, name: str) -> tuple[str, Span] | None:
        """The value of an attribute and where it stands, without its quotes; None if the element does not have it."""
        place = self.opens[number]
        tag, start = self.parts[place], self.offsets[place]
        found = plain_value(name)(tag) if "'" not in tag else None
        if found is not None:
            first, last = found.span(1)
            return found[1], record_of(Span, (start + first, start + last))
        found = find_attribute(tag, name)
        if found is None:
            return None
        first, last = found.span(2 if found[2] is not None else 3)
        return value_of(found), Span(start + first, start + last)

    def value(self, number: int, name: str) -> str | None:
        """The value of an attribute, None if the element does not have it."""
        tag = self.parts[self.opens[number]]
        if name not in tag:
            return None
        plain = plain_value(name)(tag) if "'" not in tag else None
        if plain is not None:
            return plain[1]
        found = find_attribute(tag, name)
        return value_of(found) if found is not None else None

    def raw_text(self, number: int) -> str:
        """The text of the element and all that is in it, references not decoded."""
        return self.stretch(self.opens[number], self.closes[number])

    def inner_text(self, number: int) -> str:
        """The text of the element and all that is in it."""
        opens, closes = self.opens[number], self.closes[number]
        if closes - opens <= 2:  # no tag inside
            return decode(self.parts[opens + 1]) if closes != opens else ""
        return "".join([text for _, text in self.runs(opens, closes)]) if self.cdata else decode(self.raw_text(number))

    def stretch(self, first: int, last: int) -> str:
        """The text between two places of ``parts``, references not decoded; CDATA sections are left out."""
        return "".join(self.parts[first + 1 : last : 2])

    def runs(self, first: int, last: int) -> Iterator[tuple[Span, str]]:
        """Each stretch of text between two places of ``parts``: where it stands, and what it says."""
        cdata = self.cdata
        for place in range(first + 1, last):
            text = self.parts[place]
            if text and not place % 2:
                yield self._part(place), decode(text)
            elif place % 2 and cdata and text.startswith(CDATA):
                start = self.offsets[place] + len(CDATA)
                yield Span(start, start + len(text) - len(CDATA) - 3), text[len(CDATA) : -3]
