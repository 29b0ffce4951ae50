"""Reports a paragraph that stands twice in a document, a sentence or some words twice in one, and a note in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import eq, itemgetter
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.search import field
from fruslint.checks.search.field import Field, block_kinds
from fruslint.findings import Severity
from fruslint.model import Document
from fruslint.record import Record
from fruslint.text import Text

_STOP = ". "
_STOP_AT_END = ".\n"
_SHOWN = 40
# So many paragraphs on, a paragraph that stands again is a slip. Farther on it may be quoted again, as a draft, an order or
# a conclusion is, unless the one behind it stands there again, too.
_NEAR = 3
_OF_EDITORS = "["
_STOPS = tuple(".?!:;”\"’')")
# So many words may stand there again at once.
_LEAST_WORDS, _MOST_WORDS = 3, 8
# Words that are said again for their weight end with a comma, and are few; names and dates have no small words in them.
_FEW, _LEAST, _LONG = 5, 16, 24
_PAUSES = (",", ";", "?", "!", "—", "…")
_SHORTEST_WORD = 2
# All words of a document, which it has at hand.
_WORDS = block_kinds(["words"])


class _Again(Record):
    """A paragraph that stands again: its number and that of the first, where the two begin, and their words."""

    number: int
    first: int
    start: int
    begin: int
    words: str

    def follows(self, other: _Again) -> bool:
        """Whether both of the two stand right behind another pair."""
        return (self.number, self.first) == (other.number + 1, other.first + 1)

    def hit(self, text: Text) -> Hit:
        """What is said of it."""
        return _hit(text, self.start, self.begin, self.words, "paragraph")


class RepeatedPassageCheck:
    """Looks in ``in``. ``paragraph`` and ``sentence``: how many characters they must have at least; ``apart``: how many a
    sentence that stands twice in its paragraph with others between the two; ``note``: how many a note that stands in the text.
    Three words and more that stand twice in a row are reported, too.

    Values: ``found`` is how the passage begins, ``what`` it is: a paragraph, a sentence, a phrase or a note.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "paragraph", "sentence", "apart", "note"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "paragraph": {"type": "integer", "minimum": 1},
            "sentence": {"type": "integer", "minimum": 1},
            "apart": {"type": "integer", "minimum": 1},
            "note": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "what"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._paragraph: int = parameters["paragraph"]
        self._sentence: int = parameters["sentence"]
        self._apart: int = parameters["apart"]
        self._note: int = parameters["note"]

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit at each passage that stands there again."""
        long = [line for line in self._field.lines(document) if len(line) >= self._paragraph]
        hits: list[Hit] = []
        # the lengths first, since to compare all of them takes a look at each character
        if len(set(map(len, long))) < len(long) and len(set(long)) < len(long):
            text = self._field.text(document)
            hits += self._again(text, text.content.split("\n"))
        sentences = f"{document.view(_WORDS).text.content}\n".replace(_STOP_AT_END, _STOP).split(_STOP)
        if True in map(eq, sentences, sentences[1:]):
            text = self._field.text(document)
            hits += self._in_a_row(text, text.content.split(_STOP))
        some = [sentence for sentence in sentences if len(sentence) >= self._note - 1]
        again = len(set(some)) < len(some)
        if not hits and again:
            hits += self._in_a_paragraph(self._field.text(document))
        if not hits:
            hits += _phrases(document.view(_WORDS).text)
        return [*hits, *self._notes_in_text(document)] if again else hits

    def _notes_in_text(self, document: Document) -> Iterator[Hit]:
        """Notes whose words stand in the text, too, where they were pasted in."""
        text = self._field.text(document)
        for note in document.notes:
            words = note.text.content.strip()
            start = text.content.find(words) if len(words) >= self._note else -1
            if start >= 0:
                values = {"found": _shown(words), "what": "note"}
                yield Hit(text.span(start, start + len(words)), values, (RelatedSpan(note.span, "the note"),))

    def _again(self, text: Text, paragraphs: Sequence[str]) -> Iterator[Hit]:
        """Paragraphs that stand near by before, and the first of several that stand anywhere before."""
        last, is_said = None, False
        for one in self._repeated(paragraphs):
            follows = last is not None and one.follows(last)
            is_said = is_said and follows
            if one.number - one.first <= _NEAR:
                yield one.hit(text)
            elif last is not None and follows and not is_said:
                yield last.hit(text)._replace(severity=Severity.INFO)
                is_said = True
            last = one

    def _repeated(self, paragraphs: Sequence[str]) -> Iterator[_Again]:
        first: dict[str, tuple[int, int]] = {}
        start = 0
        for index, paragraph in enumerate(paragraphs):
            if len(paragraph) >= self._paragraph and not _is_of_editors(paragraph):
                number, begin = first.setdefault(paragraph, (index, start))
                if number != index:
                    yield _Again(index, number, start, begin, paragraph)
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


def _is_of_editors(paragraph: str) -> bool:
    """Whether it is in their brackets, or a line of a list with words in these, such as a name that is withheld."""
    return paragraph[0] == _OF_EDITORS or (_OF_EDITORS in paragraph and not paragraph.endswith(_STOPS))


def _phrases(text: Text) -> Iterator[Hit]:
    """One hit at each row of words that stands there again at once, within a paragraph."""
    words = text.content.split()
    last, searched = 0, 0
    for first, count in _rows(words):
        passage = words[first : first + count]
        if first >= last and passage == words[first + count : first + 2 * count] and _is_slip(passage):
            phrase = " ".join(passage)
            start = text.content.find(
                f"{phrase} {phrase}", searched
            )  # those in front are behind us: rows come in order
            if start >= 0:
                last, searched = first + count, start
                yield _hit(text, start + len(phrase) + 1, start, phrase, "phrase")


def _rows(words: Sequence[str]) -> Sequence[tuple[int, int]]:
    """Where so many words may stand there again at once: they begin with the same letters.

    The letters are compared with those a few words on, all at once, as one large number with another.
    """
    letters = "".join(map(itemgetter(0), words)).encode("latin-1", "replace")
    number, size = int.from_bytes(letters), len(letters)
    found: list[tuple[int, int]] = []
    for count in range(_LEAST_WORDS, min(_MOST_WORDS, size // 2) + 1):
        same = (number ^ (number >> 8 * count)).to_bytes(size)
        place = same.find(bytes(count))
        while place >= 0:
            found.append((place - count, count))
            place = same.find(bytes(count), place + 1)
    return sorted(found, key=lambda one: (one[0], -one[1]))


def _is_slip(words: Sequence[str]) -> bool:
    """Whether nobody says these words twice."""
    phrase = " ".join(words)
    if len(phrase) < _LEAST or _OF_EDITORS in phrase or not any(map(_is_small, words)):
        return False
    if len(words) >= _FEW:
        return True
    return not words[-1].endswith(_PAUSES) and (len(phrase) >= _LONG or "," not in phrase)


def _is_small(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word.isalpha() and word.islower()


def _hit(text: Text, start: int, first: int, passage: str, what: str) -> Hit:
    place, before = text.span(start, start + len(passage)), text.span(first, first + len(passage))
    return Hit(place, {"found": _shown(passage), "what": what}, (RelatedSpan(before, "the first"),))


def _shown(passage: str) -> str:
    return passage if len(passage) <= _SHOWN else passage[:_SHOWN].rstrip() + "…"
