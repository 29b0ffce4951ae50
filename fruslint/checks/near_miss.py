"""Reports words that are almost one of a list of known ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.expressions import HERE, compile_pattern
from fruslint.checks.search.field import Field
from fruslint.language.spelling import closest
from fruslint.model import Document
from fruslint.patterns import is_validating
from fruslint.text import Text

_MEMORY = 2000


class NearMissCheck:
    """Compares what the group ``here`` of ``pattern`` matches in ``in`` with the ``known`` words.

    It is reported if it is none of them, and ``far`` letters or fewer from one; shorter words than ``two_from`` must be
    one letter off. Capitals do not count. ``others`` are right words that are close to a known one. ``small`` are words that
    may be lost in a known one, or stand in it by mistake.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "pattern", "known"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "pattern": {"type": "string", "minLength": 1},
            "known": TEXTS,
            "others": {"type": "array", "items": {"type": "string", "minLength": 1}},
            "far": {"type": "integer", "minimum": 1, "maximum": 3},
            "two_from": {"type": "integer", "minimum": 1},
            "small": TEXTS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._pattern = compile_pattern(parameters["pattern"], {})
        if is_validating() and HERE not in self._pattern.groupindex:
            raise ValueError("the pattern needs a group `here` around the words to compare")
        self._known = tuple(sorted(set(parameters["known"])))
        self._right = frozenset((*self._known, *parameters.get("others", ())))
        self._far: int = parameters.get("far", 2)
        self._two_from: int = parameters.get("two_from", 8)
        self._small = frozenset(parameters.get("small", ()))
        # The titles and source notes of a volume are written in a few hundred words.
        self._meant = lru_cache(maxsize=_MEMORY)(self._expected)
        self._without_small = {self._large_words(one): one for one in self._known} if self._small else {}

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each word that is almost a known one."""
        text = self._field.text(document)
        for found in self._pattern.finditer(text.content):
            word = found[HERE]
            if word not in self._right:
                yield from self._compare(document, text, word, found.span(HERE))

    def _expected(self, word: str) -> str | None:
        """The known word that ``word`` is almost; None if there is none."""
        limit = self._far if len(word) >= self._two_from else 1
        known = [one for one in self._known if abs(len(one) - len(word)) <= limit]
        expected = closest(word, known, limit) if known else None
        if expected is None:
            expected = self._without_small.get(self._large_words(word))
        return None if expected is None or expected.casefold() == word.casefold() else expected

    def _compare(self, document: Document, text: Text, word: str, where: tuple[int, int]) -> Iterator[Hit]:
        expected = self._meant(word)
        if expected is not None:
            edits = rewritten(document, text, *where, expected)
            yield Hit(text.span(*where), {"found": word, "expected": expected}, edits=edits)

    def _large_words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in name.split() if word not in self._small)
