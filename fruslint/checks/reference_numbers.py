"""Compares the number a reference shows with that of the element it points at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import islice
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters, RelatedSpan
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record

_NAMES = {"note": "footnote", "div": "document", "pb": "page"}
"""What messages call the elements that have a number."""
_GROUPS = {"note": "note", "div": "document", "pb": "page"}
"""The groups of patterns for their numbers."""
_DOCUMENT = "document"
_WORDS_BEFORE = 12
# No note stands in as many elements: a bound on hostile files.
_DEEPEST = 50


class _Shown(Record):
    """References with the same number for words, and the element they point at."""

    numbers: list[int]
    words: str
    found: re.Match[str]
    target: int


class ReferenceNumbersCheck:
    """Reads the numbers in the words of references that match one of ``patterns``.

    The groups of a pattern say what is numbered: ``note``, ``document``, ``page``, or ``any`` of them. ``report``: a
    ``mismatch`` with the number of what the reference points at (the end of a range may be shortened: 24 for 424); or the
    ``kind`` of its target, where in one of the ``divisions`` nearly all numbers (``share``, and ``at_least`` so many) are
    of another kind.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report", "patterns"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["mismatch", "kind"]},
            "patterns": TEXTS,
            "divisions": {"type": "array", "items": {"type": "string"}},
            "share": {"type": "number", "minimum": 0.5, "maximum": 1},
            "at_least": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "target", "majority", "count"})

    def __init__(self, parameters: Parameters) -> None:
        self._patterns: Sequence[re.Pattern[str]] = [late(one) for one in parameters["patterns"]]
        self._divisions = frozenset(parameters.get("divisions", ()))
        self._share: float = parameters.get("share", 0.95)
        self._at_least: int = parameters.get("at_least", 20)
        looks: dict[str, Callable[[Markup], Iterator[Hit]]] = {"mismatch": self._mismatch, "kind": self._kind}
        self._look = looks[parameters["report"]]

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each reference that shows another number."""
        return self._look(volume.markup) if volume.markup is not None else ()

    def _mismatch(self, markup: Markup) -> Iterator[Hit]:
        for shown in self._shown(markup, range(len(markup)), plain=False):
            verdict = _judge(markup, shown)
            if verdict is _Verdict.SAME:
                continue
            expected = f"{_NAMES[markup.names[shown.target]]} {_printed(markup, shown.target)}"
            values = {"found": shown.words, "expected": expected, "target": _target(markup, shown)}
            related = (RelatedSpan(markup.start_tag(shown.target), f"this is {expected}"),)
            for number in shown.numbers:
                if verdict is _Verdict.OTHER or not _ends_range(markup, number):
                    yield Hit(markup.content(number), values, related)

    def _kind(self, markup: Markup) -> Iterator[Hit]:
        by_id = markup.by_value("div", "xml:id")
        for division in sorted(number for one in self._divisions for number in by_id.get(one, ())):
            inside = range(division, markup.after[division])
            yield from self._departures(markup, list(self._shown(markup, inside, plain=True)))

    def _departures(self, markup: Markup, shown: Sequence[_Shown]) -> Iterator[Hit]:
        """The numbers of a division whose targets are of another kind than nearly all."""
        kinds: Counter[str] = Counter()
        for one in shown:
            kinds[markup.names[one.target]] += len(one.numbers)
        habit, count = kinds.most_common(1)[0] if kinds else ("", 0)
        if count < max(self._at_least, self._share * kinds.total()):
            return
        for one in shown:
            if markup.names[one.target] != habit:
                values = {
                    "found": one.words,
                    "target": _target(markup, one),
                    "majority": _NAMES[habit],
                    "count": str(count),
                }
                yield from (Hit(markup.content(number), values) for number in one.numbers)

    def _shown(self, markup: Markup, inside: range, plain: bool) -> Iterator[_Shown]:
        """The references among some elements that show a number and point at a note, a document or a page of the file.

        Those that are ``plain``, since the id they point at ends in this very number, are as they should be.
        """
        for value, target, by_words in markup.once(_numbered):
            for words, numbers in by_words.items():
                if plain or not _is_plain(value, words.strip()):
                    chosen = numbers[bisect_left(numbers, inside.start) : bisect_left(numbers, inside.stop)]
                    if chosen:
                        yield from self._read(markup, chosen, target)

    def _read(self, markup: Markup, numbers: list[int], target: int) -> Iterator[_Shown]:
        """References with the same words and target, if the words have a number."""
        words = " ".join(markup.inner_text(numbers[0]).split()).strip("[]().,; ")
        found = next((match for pattern in self._patterns if (match := pattern.fullmatch(words))), None)
        if found is not None:
            yield _Shown(numbers, words, found, target)


def _numbered(markup: Markup) -> list[tuple[str, int, Mapping[str, list[int]]]]:
    """The references to a note, a document or a page: what they name, the element that it is, and they by their words."""
    found: list[tuple[str, int, Mapping[str, list[int]]]] = []
    ids = markup.ids
    for written, by_words in markup.by_words("ref", "target").items():
        value = (written or "").strip()
        targets = ids.get(value[1:], ()) if value.startswith("#") else ()
        if len(targets) == 1 and _is_numbered(markup, targets[0]):
            found.append((value, targets[0], by_words))
    return found


def _is_plain(value: str, words: str) -> bool:
    return words.isdecimal() and value.endswith(words) and not value[-len(words) - 1 : -len(words)].isdecimal()


def _target(markup: Markup, shown: _Shown) -> str:
    return (markup.value(shown.numbers[0], "target") or "").strip()


def _is_numbered(markup: Markup, number: int) -> bool:
    name = markup.names[number]
    return name in _NAMES and (name != "div" or markup.value(number, "type") == _DOCUMENT)


def _printed(markup: Markup, number: int) -> str:
    return (markup.value(number, "n") or "").strip("[] ")


class _Verdict(Enum):
    """How the number that is shown compares with that of the target."""

    SAME = auto()
    SHORTENED = auto()
    OTHER = auto()


def _judge(markup: Markup, shown: _Shown) -> _Verdict:
    """Whether the number that is shown may be that of the target; what is not shown is the same."""
    groups = {name: value for name, value in shown.found.groupdict().items() if value}
    name, printed = markup.names[shown.target], _printed(markup, shown.target)
    own = groups.get(_GROUPS[name]) or groups.get("any")
    if name == "note" and groups.get("document", "") not in ("", _document_of(markup, shown.target)):
        return _Verdict.OTHER
    if own is None or not printed or own == printed or (name != "note" and "note" in groups):
        return _Verdict.SAME
    return _Verdict.SHORTENED if len(own) < len(printed) and printed.endswith(own) else _Verdict.OTHER


def _document_of(markup: Markup, number: int) -> str:
    for parent in islice(markup.ancestors(number), _DEEPEST):
        if markup.names[parent] == "div" and markup.value(parent, "type") == _DOCUMENT:
            return _printed(markup, parent)
    return ""


def _ends_range(markup: Markup, number: int) -> bool:
    before = markup.parts[markup.opens[number] - 1][-_WORDS_BEFORE:].rstrip()
    return before.endswith(("–", "-", "—"))
