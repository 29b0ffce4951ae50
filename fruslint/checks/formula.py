"""Reports misspelt words of a set phrase, such as "2 lines of source text not declassified"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.expressions import compile_pattern
from fruslint.checks.search.field import Field
from fruslint.checks.search.sieve import needed
from fruslint.language.spelling import closest
from fruslint.model import Document
from fruslint.patterns import late
from fruslint.text import Text

_WORD = late(r"\w+")
_NUMBER = late(r"[\d½¼¾]+")
_SHORTEST = 4
# Words with more letters than these may be so many letters off, others one.
_TWO_OFF, _MOST_OFF = 7, 2
_MEMORY = 2000


class FormulaCheck:
    r"""Looks in ``in`` for stretches that match ``pattern`` and hold one of the words ``core``, or almost one, or in which
    ``like`` matches.

    A small-lettered word of such a stretch is reported if it is none of the ``known`` words and almost one of them, or if a
    blank has come into it. ``literals``: texts of which one must occur, or nothing is looked for. What one of the
    ``phrases`` matches is reported too, with what should stand there, in which ``\g<name>`` is a group.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "pattern", "core", "known"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "pattern": {"type": "string", "minLength": 1},
            "literals": TEXTS,
            "core": TEXTS,
            "like": {"type": "string", "minLength": 1},
            "known": TEXTS,
            "phrases": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._pattern = compile_pattern(parameters["pattern"], {})
        self._literals: tuple[str, ...] = tuple(parameters.get("literals", ()))
        self.needs = needed(self._field, literals=self._literals)
        self._core = tuple(parameters["core"])
        lengths = sorted(map(len, self._core))
        self._like_core = late(rf"(?<!\w)\w{{{max(1, lengths[0] - _MOST_OFF)},{lengths[-1] + _MOST_OFF}}}(?!\w)")
        self._like = compile_pattern(parameters["like"], {}) if "like" in parameters else None
        self._known = tuple(dict.fromkeys((*self._core, *parameters["known"])))
        self._right = frozenset(self._known)
        self._sound: set[str] = set()
        self._phrases = [(late(wrong), right) for wrong, right in parameters.get("phrases", {}).items()]

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each misspelt word."""
        text = self._field.text(document)
        if self._literals and not any(literal in text.content for literal in self._literals):
            return ()
        return self._hits(document, text)

    def _hits(self, document: Document, text: Text) -> Iterator[Hit]:
        for found in self._pattern.finditer(text.content):
            if found[0] in self._sound:  # as most are: volumes have thousands, and few that differ
                continue
            hits = list(self._in_stretch(document, text, found))
            if not hits and len(self._sound) < _MEMORY:
                self._sound.add(found[0])
            yield from hits

    def _in_stretch(self, document: Document, text: Text, found: re.Match[str]) -> Iterator[Hit]:
        if self._is_of_formula(text.content, *found.span()):
            words = list(_WORD.finditer(text.content, *found.span()))
            yield from self._misspelt(document, text, words)
            yield from self._wrong(document, text, found)

    def _is_of_formula(self, content: str, start: int, end: int) -> bool:
        if any(self._is_core(word[0]) for word in self._like_core.finditer(content, start, end)):
            return True
        return self._like is not None and self._like.search(content, start, end) is not None

    def _wrong(self, document: Document, text: Text, stretch: re.Match[str]) -> Iterator[Hit]:
        for pattern, right in self._phrases:
            for found in pattern.finditer(text.content, *stretch.span()):
                yield _hit(document, text, *found.span(), found.expand(right))

    def _is_core(self, word: str) -> bool:
        return word in self._core or (word not in self._right and _almost(word, self._core) is not None)

    def _misspelt(self, document: Document, text: Text, words: list[re.Match[str]]) -> Iterator[Hit]:
        for index, word in enumerate(words):
            if word[0] in self._right or word[0] != word[0].lower() or _NUMBER.fullmatch(word[0]):
                continue
            end = self._end_of_split(text.content, words[index : index + 2])
            expected = text.content[word.start() : end].replace(" ", "") if end else _almost(word[0], self._known)
            if expected:
                yield _hit(document, text, word.start(), end or word.end(), expected)

    def _end_of_split(self, content: str, words: list[re.Match[str]]) -> int:
        """Where a word ends that a blank has parted; 0 if there is none."""
        joined = "".join(word[0] for word in words)
        apart = content[words[0].end() : words[-1].start()]
        return words[-1].end() if apart == " " and joined in self._right else 0


@lru_cache(maxsize=_MEMORY)
def _almost(word: str, known: tuple[str, ...]) -> str | None:
    """The known word that ``word`` is meant to be; of the shortest only one with a digit in it is no word of its own."""
    if len(word) < _SHORTEST and word.isalpha():
        return None
    return closest(word, known, _MOST_OFF if len(word) > _TWO_OFF else 1)


def _hit(document: Document, text: Text, start: int, end: int, expected: str) -> Hit:
    edits = rewritten(document, text, start, end, expected)
    return Hit(text.span(start, end), {"found": text.content[start:end], "expected": expected}, edits=edits)
