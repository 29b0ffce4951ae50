"""Finds names in a document that are spelt almost like the name of one of its participants, or of a person tagged in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, TEXTS, Hit, Parameters, RelatedSpan
from fruslint.checks.search import field
from fruslint.checks.search.field import block_kinds
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Severity
from fruslint.language.vocabulary import is_side
from fruslint.language.word_list import word_set
from fruslint.model import Document, Extract, Medium, Participant
from fruslint.names.alike import name_distance, places_of_name, with_other_initial, words_like
from fruslint.names.context import NameContext, begins_sentence
from fruslint.names.miswritten import is_slip, miswritten, shouted
from fruslint.names.people import NAME, NOBODY, OFFICES, is_inflected, spelling_key, split_name
from fruslint.names.tagged_surnames import TaggedSurnames
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span
from fruslint.text import BlockKind, Text

_ITEMS = frozenset({BlockKind.ITEM})
_NOTES = frozenset({BlockKind.NOTE})
_NOT_TABLES = block_kinds(["not-tables"])
_FEW = 2
# No memorandum has more; without a bound, names and words could be multiplied to hours of work.
_LONGEST = 1_000_000
_MOST = 100
_JOINTS = late(r"[-’']")


class _Person(Record):
    """A participant whose surname can be compared with the words of the text."""

    last: str
    given: frozenset[str]
    label: Extract


class _Variant(Record):
    """A word that is spelt almost like a name: that name, how far apart the two are, and where the word stands."""

    word: str
    expected: str
    person: _Person
    far: int
    places: list[int]


class NameVariantCheck:
    """Compares the capitalised words of ``in`` with the names of the participants, and in TEI with those of tagged persons.

    ``particles``: small words that are part of a name. ``common``: capitalised words that are no names of persons.
    ``namesakes``: surnames, parted by blanks, that are alike and still different. ``drafting`` and ``saying``: verbs
    that show that a word is a person. Surnames are compared from ``shortest`` letters on, and may differ in two letters
    from ``two_from`` letters on.
    In the blocks ``quoted_in``, which have the words of the source, a hit has the severity ``quoted``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "particles", "common", "namesakes", "drafting", "saying"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "particles": TEXTS,
            "common": TEXTS,
            "namesakes": TEXTS,
            "drafting": TEXTS,
            "saying": TEXTS,
            "shortest": {"type": "integer", "minimum": 3},
            "two_from": {"type": "integer", "minimum": 3},
            "quoted_in": field.SCHEMA,
            "quoted": SEVERITY,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})
    needs = Needs(part="participants", medium=Medium.TEXT)

    def __init__(self, parameters: Parameters) -> None:
        self._kinds = block_kinds(parameters["in"])
        self._common = frozenset(parameters["common"])
        self._namesakes = [frozenset(group.split()) for group in parameters["namesakes"]]
        self._shortest: int = parameters.get("shortest", 5)
        self._two_from: int = parameters.get("two_from", 7)
        self._quoted_in = block_kinds(parameters.get("quoted_in", ()))
        self._quoted = SEVERITIES.get(parameters.get("quoted", ""))
        self._context = NameContext(OFFICES, parameters)

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each word that is almost the name of a participant, or of a tagged person."""
        slips = _slips_in(document)
        if not slips and not document.participants:
            return ()
        people = self._people(document.participants)
        return chain(self._of_participants(document, people), self._of_tagged(document, people, slips))

    def _of_tagged(self, document: Document, people: Iterable[_Person], slips: Mapping[str, str]) -> Iterator[Hit]:
        """Words that are one slip away from the surname of another person, who is tagged in the volume."""
        view, listed = document.view(_NOT_TABLES), {person.last for person in people}
        content = view.text.content
        for word, name in sorted(slips.items())[:_MOST]:
            if name not in listed and self._is_slip(content, word, name) and _is_rare(document, word):
                place = content.index(word)
                quoted = view.block_at(place).kind in self._quoted_in
                span = view.text.span(place, place + len(word))
                yield Hit(span, {"found": word, "expected": name}, severity=self._quoted if quoted else None)

    def _is_slip(self, content: str, word: str, name: str) -> bool:
        """Whether a word stands once, and for the person whom the document names more than once."""
        places = places_of_name(content, word)
        if len(places) != 1 or len(places_of_name(content, name)) < _FEW or content.index(word) != places[0]:
            return False
        if self._are_different(word, name) or self._is_usual(word) or places_of_name(content, word.lower()):
            return False
        return not self._context.is_another(content, places[0], places[0] + len(word), ())

    def _of_participants(self, document: Document, people: Sequence[_Person]) -> Iterator[Hit]:
        if not people:
            return
        view = document.view(self._kinds)
        content = view.text.content[:_LONGEST]
        notes = _first_note(document, self._kinds, view.text.content)
        yield from self._miswritten(document, people, content, notes)
        known: frozenset[str] | None = None
        for variant in self._variants(content, people, notes):
            known = _known(document) if known is None else known
            listed = len(places_of_name(content, variant.expected))
            if variant.word not in known and self._is_misspelt(content, variant, listed):
                quoted = view.block_at(variant.places[0]).kind in self._quoted_in
                yield _hit(view.text, variant, listed, self._quoted if quoted else None)

    def _miswritten(self, document: Document, people: Iterable[_Person], content: str, notes: int) -> Iterator[Hit]:
        """Surnames in small letters or capitals, in two pieces, or in one with the word behind them.

        Notes, which begin at the offset ``notes``, quote papers that have names in capitals.
        """
        view, words = document.view(self._kinds), word_set(document.view(_NOT_TABLES).text.content)
        body = content[:notes]
        for person in people:
            anywhere = ((*one, content) for one in miswritten(person.last, words))
            in_body = ((*one, body) for one in shouted(person.last, words, content))
            for wrong, right, where in chain(anywhere, in_body):
                for place in places_of_name(where, wrong)[:_MOST]:
                    quoted = view.block_at(place).kind in self._quoted_in
                    variant = _Variant(wrong, right, person, 1, [place])
                    yield _hit(view.text, variant, 1, self._quoted if quoted else None)

    def _people(self, participants: Iterable[Participant]) -> list[_Person]:
        people: dict[str, _Person] = {}
        for participant in participants:
            for label in (participant.name, participant.office):
                last, given = split_name(label.text) if label else NOBODY
                if label and len(last) >= self._shortest:
                    if last not in people:
                        people[last] = _Person(last, given, label)
                    break
        return list(people.values())[:_MOST]

    def _variants(self, content: str, people: Sequence[_Person], notes: int) -> Iterator[_Variant]:
        heads: dict[str, list[_Person]] = {}
        for person in people:
            heads.setdefault(person.last[0], []).append(person)
        for head, group in heads.items():
            for word in words_like(content, head, {person.last for person in group}):
                yield from self._nearest(word, group, content)
        for person in people:
            for word in with_other_initial(content, person.last):
                yield from self._nearest(word, [person], content)
            yield from self._given_variants(content, person, notes)

    def _nearest(self, word: str, people: Iterable[_Person], content: str) -> Iterator[_Variant]:
        best: tuple[int, _Person] | None = None
        for person in people:
            far = self._far(word, person.last)
            if far and (best is None or far < best[0]):
                best = far, person
        if best is not None:
            yield _Variant(word, best[1].last, best[1], best[0], places_of_name(content, word))

    def _given_variants(self, content: str, person: _Person, notes: int) -> Iterator[_Variant]:
        """Given names before the surname that are almost those of the participant; in the notes, where they are used."""
        names = [name for name in person.given if len(name) >= self._shortest - 1]
        if not names:
            return
        for place in filter(partial(_may_be_named, content), places_of_name(content, person.last, notes)):
            start, word = self._context.given_name(content, place)
            if word and word not in person.given:
                far, name = min((self._far(word, name) or len(name), name) for name in names)
                if far < len(name):
                    yield _Variant(word, name, person, far, [start])

    def _far(self, word: str, name: str) -> int:
        """How far apart the two are; 0 where they are equal, too far apart, or different words."""
        limit = 1 if len(name) < self._two_from else 2
        far = name_distance(word, name, limit)
        return far if 0 < far <= limit and not self._are_different(word, name) else 0

    def _are_different(self, word: str, name: str) -> bool:
        """Whether the two are one word in another form or writing, or names that are known to be two."""
        if is_inflected(word, name) or spelling_key(word) == spelling_key(name):
            return True
        return any(word in group and name in group for group in self._namesakes)

    def _is_misspelt(self, content: str, variant: _Variant, listed: int) -> bool:
        """Whether the word stands for a person, and that person is the participant."""
        if variant.expected != variant.person.last:
            return not self._is_usual(variant.word)
        if not listed and len(variant.places) > _FEW and is_slip(variant.expected, variant.word):
            return not self._is_usual(variant.word) and self._is_a_person(content, variant)
        if not variant.places or self._is_too_frequent(variant, listed) or self._is_another(content, variant):
            return False
        if any(self._context.is_drafter(content, place) for place in variant.places):
            return True
        if self._is_usual(variant.word):
            return False
        return self._is_a_person(content, variant)

    def _is_a_person(self, content: str, variant: _Variant) -> bool:
        return any(self._is_person(content, place, variant) for place in variant.places)

    def _is_too_frequent(self, variant: _Variant, listed: int) -> bool:
        return len(variant.places) > _FEW and (listed > 0 or len(variant.word) < self._two_from)

    def _is_another(self, content: str, variant: _Variant) -> bool:
        """Whether somewhere another person is meant."""
        given, length = variant.person.given, len(variant.word)
        return any(self._context.is_another(content, place, place + length, given) for place in variant.places)

    def _is_usual(self, word: str) -> bool:
        """Whether a word stands for much else than a person."""
        return word in self._common or is_side(word)

    def _is_person(self, content: str, place: int, variant: _Variant) -> bool:
        if self._context.is_person(content, place, variant.person.given):
            return True
        close = variant.far == 1 or len(variant.word) > self._two_from + 1
        if close and self._context.says(content, place + len(variant.word)):
            return True
        return self._is_bare(content, place, variant)

    def _is_bare(self, content: str, place: int, variant: _Variant) -> bool:
        """Without anything that shows a person, the word must be long, close, alone, and no word of the language."""
        if variant.far > 1 or len(variant.word) <= self._shortest or len(variant.places) > 1:
            return False
        return not begins_sentence(content, place) and not places_of_name(content, variant.word.lower())


def _slips_in(document: Document) -> Mapping[str, str]:
    """The words of a TEI document that are one slip away from a tagged surname, each with the surname."""
    if document.element is None:
        return {}
    surnames = document.element.markup.once(TaggedSurnames)
    return surnames.slips_among(word_set(document.view(_NOT_TABLES).text.content))


def _is_rare(document: Document, word: str) -> bool:
    """Whether a word stands once or twice in the whole volume."""
    return document.element is not None and document.element.markup.once(TaggedSurnames).is_rare(word)


def _known(document: Document) -> frozenset[str]:
    """The words of the lists, and the parts of those with a hyphen."""
    words = NAME.findall(document.view(_ITEMS).text.content)
    return frozenset((*words, *(part for word in words for part in _JOINTS.split(word))))


def _may_be_named(content: str, place: int) -> bool:
    """A quick look that spares the exact one: before the name stands a capitalised word, or an initial."""
    begin = content.rfind(" ", max(0, place - 20), max(0, place - 1)) + 1
    return content[begin].isupper() and content[begin : begin + 2] != "Mr"


def _first_note(document: Document, kinds: frozenset[BlockKind], content: str) -> int:
    """Where in the words of these kinds of blocks the notes begin, which come last."""
    notes = document.lines(kinds & _NOTES)
    return len(content) - len(notes) - sum(map(len, notes)) + 1 if notes else len(content)


def _hit(text: Text, variant: _Variant, listed: int, severity: Severity | None) -> Hit:
    """Points at the rarer of the two spellings."""
    name = variant.person.label
    used = text.span(variant.places[0], variant.places[0] + len(variant.word))
    if len(variant.places) > listed + 1:
        values = {"found": variant.expected, "expected": variant.word}
        related = RelatedSpan(used, "spelt so here")
        return Hit(_part(name.span, name.text, variant.expected), values, (related,), severity=severity)
    values = {"found": variant.word, "expected": variant.expected}
    return Hit(used, values, (RelatedSpan(name.span, "the participant as listed"),), severity=severity)


def _part(span: Span, text: str, word: str) -> Span:
    """The span of a word in a stretch of text; the whole stretch where something is taken out of it."""
    at = text.rfind(word)
    return Span(span.start + at, span.start + at + len(word)) if span.end - span.start == len(text) else span
