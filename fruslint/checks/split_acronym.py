"""Reports acronyms that a stray blank has split, as in ``A CDA``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.field import Field
from fruslint.checks.search.shape import shape_of
from fruslint.model import Document
from fruslint.patterns import late
from fruslint.text import Text

_SPLIT = late(r"(?P<one>[A-Z]{1,6}) (?P<two>[A-Z]{1,6})(?![a-zà-ÿ.’&-])(?:/[A-Z/]{1,12})?(?!\w)")
_BEFORE = late(r"(?<![\w/])[A-Z]{2,}[,.;:]? \Z")
_BEHIND = late(r"[,.;:]? [A-Z]{2,}(?![\w/])")
_FAR = 30
_GLUED = frozenset("./&-")


def _seams(known: Collection[str], apart: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """The two halves of each acronym, wherever it is split, by the letters on both sides of the blank."""
    found: dict[str, list[tuple[str, str]]] = {}
    for acronym in known:
        for index in range(1, len(acronym)):
            one, two = acronym[:index], acronym[index:]
            if one not in apart or two not in apart:
                found.setdefault(f"{one[-1]} {two[0]}", []).append((one, two))
    return found


def _pairs(content: str, seams: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[re.Match[str]]:
    """Two words of capitals that are the halves of an acronym.

    They are looked for by their shape, for most texts have none, and by their seam, for a telegram may be all of capitals.
    """
    shape = shape_of(content)
    if b"A A" not in shape:  # the pattern would have to be compiled
        return
    for seam in _alone().finditer(shape):
        index = seam.start()
        for one, two in seams.get(content[index : index + 3], ()):
            if content.startswith(two, index + 2) and content.endswith(one, 0, index + 1):
                begin = index + 1 - len(one)
                before = content[begin - 1 : begin]
                found = None if before.isalnum() or before in _GLUED else _SPLIT.match(content, begin)
                if found is not None and found["two"] == two:
                    yield found


@cache
def _alone() -> re.Pattern[bytes]:
    """Where a word of capitals ends and another begins, in a shape; a third one behind them says that all is in capitals.

    A word that goes on with other letters, as in "NATO Council", is none.
    """
    return re.compile(rb"A (?=A++(?![a.&\x92])(?![,.]? AA+(?:[ ,.\n]|\Z)))")


def _is_in_capitals(content: str, start: int, end: int) -> bool:
    """Whether the words beside a place are in capitals, as all words of a telegram may be."""
    return _BEFORE.search(content, max(0, start - _FAR), start) is not None or _BEHIND.match(content, end) is not None


class SplitAcronymCheck:
    """Joins two words of capitals in ``in`` that together are one of the ``known`` acronyms.

    Two words that are both known, or both stand ``apart`` by right, are two acronyms side by side; ``A`` before a known
    one is an article; and where the words beside them are in capitals too, so is the whole text.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "known"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "known": {"type": "array", "items": {"type": "string", "minLength": 2}, "minItems": 1},
            "apart": TEXTS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        known = frozenset(parameters["known"])
        self._seams = _seams(known, known | {"A", "I", *parameters.get("apart", ())})

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each acronym that is split."""
        text = self._field.text(document)
        for found in _pairs(text.content, self._seams):
            if not _is_in_capitals(text.content, *found.span()):
                yield self._hit(document, text, found)

    def _hit(self, document: Document, text: Text, found: re.Match[str]) -> Hit:
        expected = found[0].replace(" ", "", 1)
        edits = rewritten(document, text, *found.span(), expected)
        return Hit(text.span(*found.span()), {"found": found[0], "expected": expected}, edits=edits)
