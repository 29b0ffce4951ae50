"""Compares the titles in the table of contents with the headings of the divisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.elements.words import element_words, shorten
from fruslint.language.spelling import distance
from fruslint.markup.element_pattern import PATTERNS, Selector
from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_NO_LETTERS = late(r"[\W\d_]+")
# May to June is written May–June, too.
_TO = late(r"\b[Tt][Oo]\b")
_SHOWN = 2
# So many letters may differ in titles that are meant to be the same; shorter ones may be others.
_FARTHEST, _SHORTEST = 2, 6
# No table of contents has as many entries, and no volume as many divisions; each is compared with each.
_MOST = 300


class ContentsCheck:
    """``lists``: tables of contents; ``divisions``: what they list. A title that no division has, and a heading that stands
    in no table, are taken for the same where they differ by a letter or two. Values: ``found``, the title, ``expected``,
    the heading.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["lists", "divisions"],
        "additionalProperties": False,
        "properties": {"lists": PATTERNS, "divisions": PATTERNS},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._lists = Selector({"elements": parameters["lists"]})
        self._divisions = Selector({"elements": parameters["divisions"]})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each title that is almost that of a division."""
        markup = volume.markup
        if markup is None:
            return
        titles = {
            _letters(words): (words, span) for one in self._lists.find(markup) for words, span in _titles(markup, one)
        }
        heads = {
            _plain(markup, number): number for one in self._divisions.find(markup) for number in _head(markup, one)
        }
        lonely = {words: number for words, number in heads.items() if words not in titles}
        for letters, (words, span) in titles.items():
            if letters not in heads and len(letters) >= _SHORTEST and len(titles) < _MOST and len(lonely) < _MOST:
                yield from _nearest(markup, words, span, lonely)


def _nearest(markup: Markup, words: str, span: Span, heads: Mapping[str, int]) -> Iterator[Hit]:
    letters = _letters(words)
    meant = [head for head in heads if 0 < distance(letters, head, _FARTHEST) <= _FARTHEST]
    if len(meant) == 1:
        head = heads[meant[0]]
        found, expected = _difference(words, element_words(markup, head))
        values = {"found": shorten(found), "expected": shorten(expected)}
        yield Hit(span, values, (RelatedSpan(markup.words_span(head), "the heading"),))


def _difference(title: str, heading: str) -> tuple[str, str]:
    """The words of both from the first one on that differs, two of each."""
    pair = title.split(), heading.split()
    same = (_letters(one) == _letters(other) for one, other in zip(*pair, strict=False))
    start = next((index for index, is_same in enumerate(same) if not is_same), min(map(len, pair)) - 1)
    return " ".join(pair[0][start : start + _SHOWN]), " ".join(pair[1][start : start + _SHOWN])


def _titles(markup: Markup, contents: int) -> Iterator[tuple[str, Span]]:
    """The words of references and of emphasised titles in a table of contents, and those that items begin with."""
    for number in (*markup.within(contents, "ref"), *markup.within(contents, "hi")):
        yield element_words(markup, number), markup.words_span(number)
    for number in markup.within(contents, "item"):
        place = markup.opens[number] + 1
        words = markup.parts[place]
        start = markup.offsets[place] + len(words) - len(words.lstrip())
        if words.strip() and place < markup.closes[number]:
            yield " ".join(decode(words).split()), Span(start, start + len(words.strip()))


def _head(markup: Markup, division: int) -> list[int]:
    return [child for child in (markup.within(division, "head")[:1]) if markup.parents[child] == division]


def _plain(markup: Markup, number: int) -> str:
    """The letters of a title: signs, blanks, digits and capitals are written in many ways."""
    return _letters(element_words(markup, number))


def _letters(words: str) -> str:
    return _NO_LETTERS.sub("", _TO.sub("", words)).casefold()
