"""Reports brackets and parentheses that have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.expressions import PATTERNS
from fruslint.checks.search.field import block_kinds
from fruslint.checks.search.marks import MARK, SAYS, EvenMarks, OpenMarks, begins_paragraph, stretches
from fruslint.checks.search.searches import Exceptions
from fruslint.checks.search.sieve import Needs
from fruslint.language.occurrences import occurrences
from fruslint.model import Document
from fruslint.patterns import is_validating, late
from fruslint.text import Text

# So far in front of a closing mark a label such as "(iii)" may begin;
_LABEL = 20
# so far behind a pair that a label closed too early its own closing mark may stand,
_REACH = 80
# and so far from a label the ones before and behind it.
_FAR = 1500
_NO_PAIR = (-1, -1)
_DASHES = ("—", "–", "-")
_FIRST = frozenset({"1", "a", "A", "i", "I"})
_ENDS = frozenset('.?!]”"')
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _begins_sentence(content: str, index: int) -> bool:
    """Whether the mark at ``index`` stands at the start of a paragraph, or behind the end of a sentence."""
    head = content[max(0, index - 2) : index]
    return begins_paragraph(content, index) or (head[-1:] == " " and head[:1] in _ENDS)


class _Count:
    """The state of counting through one text.

    A label such as ``a)`` inside a pair closes it too early: the next closing mark nearby is then spared.
    """

    __slots__ = ("_check", "_content", "_last", "_open", "_pair", "left")

    def __init__(self, check: PairsCheck, content: str) -> None:
        self._check = check
        self._content = content
        self._last = 0
        self._open = OpenMarks()
        self._pair = _NO_PAIR
        self.left: list[int] = []

    def run(self, marks: Iterable[int]) -> list[int]:
        """The marks without a partner, in order."""
        for index in marks:
            if self._content.find("\n", self._last, index) >= 0:
                self._end_paragraph()
            self._last = index
            if self._content[index] == self._check.open:
                self._open.push(index)
                self._pair = _NO_PAIR
            else:
                self._close(index)
        return sorted([*self.left, *self._open])

    def _close(self, index: int) -> None:
        if self._open:
            self._pair = self._open.pop(), index
        elif self._is_spared(index):
            self._pair = _NO_PAIR
        elif not self._check.label_length(self._content, index):
            self.left.append(index)

    def _is_spared(self, index: int) -> bool:
        """Whether a label inside the pair before has taken the partner of this mark."""
        opened, closed = self._pair
        near = closed > 0 and index - closed < _REACH
        return near and 0 < self._check.label_length(self._content, closed) <= closed - opened

    def _end_paragraph(self) -> None:
        """What may not reach over the end of a paragraph has no partner; what begins one may go on."""
        self._pair = _NO_PAIR
        if self._check.over != "document" and self._open:
            self.left.extend(self._open.end_paragraph(self._may_go_on))

    def _may_go_on(self, index: int) -> bool:
        return self._check.over == "run" and _begins_sentence(self._content, index)


def _neighbours(label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels before and behind this one: ``a`` and ``c`` for ``b``, ``1`` and ``3`` for ``2``, ``h`` or none for ``i``."""
    if label.isdecimal():
        return (str(int(label) - 1),), (str(int(label) + 1),)
    letters = (chr(ord(label[-1]) - 1), chr(ord(label[-1]) + 1)) if len(label) == 1 else None
    numbers = _roman_neighbours(label) if label.lower() in _ROMAN else None
    both = [pair for pair in (numbers, letters) if pair is not None]
    return tuple(before for before, _ in both), tuple(behind for _, behind in both)


def _roman_neighbours(label: str) -> tuple[str, str]:
    place = _ROMAN.index(label.lower())
    before, behind = _ROMAN[max(0, place - 1)], _ROMAN[min(place + 1, len(_ROMAN) - 1)]
    return (before, behind) if label.islower() else (before.upper(), behind.upper())


def _begins_list(content: str, start: int, label: str) -> bool:
    """Whether a label stands behind the dash that begins a paragraph, or is the first one, behind a colon."""
    if content[start - 1 : start] in _DASHES:
        return begins_paragraph(content, start - 1)
    return label in _FIRST and content[max(0, start - 2) : start] == ": "


def _last_alone(content: str, labels: Iterable[str], low: int, high: int) -> int:
    """Where one of these labels last occurs behind a blank, or at the start of a paragraph; -1 where none does."""
    alone = (f"{before}{label}" for label in labels for before in " \n“")
    return max((content.rfind(written, low, high) for written in alone), default=-1)


class PairsCheck:
    """Counts the marks ``open`` and ``close`` in the blocks ``in``.

    ``over``: a pair may reach over the whole ``document`` (each note for itself); must end within its ``block``; or,
    with ``run``, may reach over several paragraphs if it begins a sentence. ``alone``: the closing marks that these
    patterns end with need no partner, such as ``a)``; a group ``label`` holds the letter or number. ``except``: a mark
    is not reported where one of these patterns matches a stretch that touches it. ``says``: the value ``trouble`` of
    the message for a mark ``unclosed`` or ``unopened``, and for one ``inside`` of a word.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "open", "close", "over", "says"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "open": MARK,
            "close": MARK,
            "over": {"enum": ["document", "run", "block"]},
            "says": SAYS,
            "alone": PATTERNS,
            "except": PATTERNS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "trouble"})

    def __init__(self, parameters: Parameters) -> None:
        self._kinds = block_kinds(parameters["in"])
        self.open: str = parameters["open"]
        self._close: str = parameters["close"]
        self.needs = Needs(literals=(self.open, self._close))
        self._even = EvenMarks(self.open, self._close)
        self.over: str = parameters["over"]
        self._alone = tuple(late(f"(?:{pattern})\\Z", re.MULTILINE) for pattern in parameters.get("alone", ()))
        self._says: Mapping[str, str] = parameters["says"]
        self._except = Exceptions(parameters.get("except", ()), {})
        if is_validating() and any("label" not in pattern.groupindex for pattern in self._alone):
            raise ValueError("each pattern of `alone` needs a group `label`")

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each mark without a partner; most documents are seen to have none before their notes are parted."""
        if self._even.are_in(document.view(self._kinds).text.content):
            return
        for text, _ in stretches(document, self._kinds):
            marks = sorted(place for mark in (self.open, self._close) for place in occurrences(text.content, mark))
            if marks:
                yield from self._hits(text, marks)

    def label_length(self, content: str, index: int) -> int:
        """The length of the label that the closing mark at ``index`` ends and that needs no partner; 0 if none does."""
        for pattern in self._alone:
            found = pattern.search(content, max(0, index - _LABEL), index + 1)
            if found and self._is_label(content, found):
                return len(found[0])
        return 0

    def _is_label(self, content: str, found: re.Match[str]) -> bool:
        """Whether it begins a paragraph, or a neighbour, ``c)`` for ``b)``, stands nearby; not if ``(a)`` is nearer."""
        start, label = found.start("label"), found["label"]
        low, high = max(0, found.start() - _FAR), found.end() + _FAR
        if begins_paragraph(content, start) or _begins_list(content, start, label):
            return True
        before, behind = ([f"{one}{self._close}" for one in labels] for labels in _neighbours(label))
        nearest = _last_alone(content, before, low, found.start())
        if any(content.find(f"{self.open}{one}", max(low, nearest), found.start()) >= 0 for one in before):
            return False
        return nearest >= 0 or _last_alone(content, behind, low, high) >= 0

    def _hits(self, text: Text, marks: list[int]) -> Iterator[Hit]:
        for index in _Count(self, text.content).run(marks):
            if not self._except.touch(text.content, index, index + 1):
                found = text.content[index]
                expected = self._close if found == self.open else self.open
                values = {"found": found, "expected": expected, "trouble": self._trouble(text.content, index)}
                yield Hit(text.span(index, index + 1), values)

    def _trouble(self, content: str, index: int) -> str:
        """What is said of the mark at ``index``, which has no partner."""
        if "inside" in self._says and content[index - 1 : index].isalpha() and content[index + 1 : index + 2].isalpha():
            return self._says["inside"]
        return self._says["unclosed" if content[index] == self.open else "unopened"]
