"""Reports a paragraph that stands twice in a document, and a sentence that stands twice in a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import eq
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.search import field
from fruslint.checks.search.field import Field, block_kinds
from fruslint.findings import Severity
from fruslint.model import Document
from fruslint.text import Text

_STOP = ". "
_STOP_AT_END = ".\n"
_SHOWN = 40
# So many paragraphs on, a paragraph that stands again is a slip and no quotation.
_NEAR = 3
_OF_EDITORS = "["
# All words of a document, which it has at hand.
_WORDS = block_kinds(["words"])


class RepeatedPassageCheck:
    """Looks in ``in``. ``paragraph`` and ``sentence``: how many characters they must have at least; ``apart``: how many a
    sentence that stands twice in its paragraph with others between the two.

    Values: ``found`` is how the passage begins, ``what`` it is: a paragraph or a sentence.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "paragraph", "sentence", "apart"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "paragraph": {"type": "integer", "minimum": 1},
            "sentence": {"type": "integer", "minimum": 1},
            "apart": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "what"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._paragraph: int = parameters["paragraph"]
        self._sentence: int = parameters["sentence"]
        self._apart: int = parameters["apart"]

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit at each passage that stands there again."""
        long = [line for line in self._field.lines(document) if len(line) >= self._paragraph]
        hits: list[Hit] = []
        # the lengths first, since to compare all of them takes a look at each character
        if len(set(map(len, long))) < len(long) and len(set(long)) < len(long):
            text = self._field.text(document)
            hits += self._again(text, text.content.split("\n"))
        sentences = document.view(_WORDS).text.content.replace(_STOP_AT_END, _STOP).split(_STOP)
        if True in map(eq, sentences, sentences[1:]):
            text = self._field.text(document)
            hits += self._in_a_row(text, text.content.split(_STOP))
        long = [sentence for sentence in sentences if len(sentence) >= self._apart]
        if not hits and len(set(long)) < len(long):
            hits += self._in_a_paragraph(self._field.text(document))
        return hits

    def _again(self, text: Text, paragraphs: Sequence[str]) -> Iterator[Hit]:
        """Paragraphs that stand anywhere before; far behind it may be the document that says so again."""
        first: dict[str, tuple[int, int]] = {}
        start = 0
        for index, paragraph in enumerate(paragraphs):
            if len(paragraph) >= self._paragraph and paragraph[0] != _OF_EDITORS:
                if paragraph in first:
                    number, begin = first[paragraph]
                    hit = _hit(text, start, begin, paragraph, "paragraph")
                    yield hit if index - number <= _NEAR else hit._replace(severity=Severity.INFO)
                first.setdefault(paragraph, (index, start))
            start += len(paragraph) + 1

    def _in_a_row(self, text: Text, sentences: Sequence[str]) -> Iterator[Hit]:
        start = 0
        for sentence, following in pairwise(sentences):
            behind = start + len(sentence) + len(_STOP)
            if sentence == following and len(sentence) >= self._sentence and _OF_EDITORS not in sentence:
                yield _hit(text, behind, start, sentence, "sentence")
            start = behind

    def _in_a_paragraph(self, text: Text) -> Iterator[Hit]:
        start = 0
        for paragraph in text.content.split("\n"):
            yield from self._copied(text, paragraph, start)
            start += len(paragraph) + 1

    def _copied(self, text: Text, paragraph: str, start: int) -> Iterator[Hit]:
        """The first long sentence that stands before in its paragraph, which begins at ``start``; more may follow it."""
        first: dict[str, int] = {}
        for written in paragraph.split(_STOP):
            sentence = written.removesuffix(".")
            if len(sentence) >= self._apart and _OF_EDITORS not in sentence:
                if sentence in first:
                    yield _hit(text, start, first[sentence], sentence, "sentence")
                    return
                first[sentence] = start
            start += len(written) + len(_STOP)


def _hit(text: Text, start: int, first: int, passage: str, what: str) -> Hit:
    place, before = text.span(start, start + len(passage)), text.span(first, first + len(passage))
    shown = passage if len(passage) <= _SHOWN else passage[:_SHOWN].rstrip() + "…"
    return Hit(place, {"found": shown, "what": what}, (RelatedSpan(before, "the first"),))
