"""Compares the given names of tagged persons with those of the entries they refer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.findings import Severity
from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode
from fruslint.model import Entry, Volume
from fruslint.patterns import late
from fruslint.record import Record

_WORD = late(r"[^\W\d_a-z][\w’']*")
_SHOWN = 60
# No list has so many persons of one surname; others must not take time without end.
_MOST = 50
_MONSIEUR = ["M"]
# Letters that stand for each other where names are written in another script or language.
_ALIKE = str.maketrans("KQYIGJPVU", "CCJJJJFWO")


class _Person(Record):
    """An entry with a surname and given names, and the initials of these."""

    id: str
    surname: str
    initials: frozenset[str]
    shown: str


class GivenNamesCheck:
    """Looks at the elements ``element`` that refer to a person with ``attribute`` and give a surname and a name in front of it.

    It is reported if no initial is one of the entry's; as an info where no other person in the list has that name.
    ``titles``: words that are no given names. ``nicknames``: for what a name stands, by its first letters. Names with
    one of the words ``unless`` are left alone.
    Values: ``found``, ``entry``, ``id``, and ``detail``, who else may be meant.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["element", "attribute", "titles", "nicknames", "unless"],
        "additionalProperties": False,
        "properties": {
            "element": {"type": "string", "minLength": 1},
            "attribute": {"type": "string", "minLength": 1},
            "titles": TEXTS,
            "nicknames": {"type": "object", "additionalProperties": {"type": "string"}},
            "unless": TEXTS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "entry", "id", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._element: str = parameters["element"]
        self._attribute: str = parameters["attribute"]
        self._titles = frozenset(parameters["titles"])
        self._nicknames: Mapping[str, str] = parameters["nicknames"]
        self._unless = frozenset(parameters["unless"])

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each name whose given name is not that of the entry."""
        markup = volume.markup
        if markup is None:
            return
        persons = {one.id: one for entry in volume.persons if (one := self._person(entry)) is not None}
        namesakes: defaultdict[str, list[_Person]] = defaultdict(list)
        for person in persons.values():
            namesakes[person.surname].append(person)
        for number, said, person in sorted(self._others(markup, persons), key=lambda one: one[0]):
            yield self._hit(markup, number, said, person, namesakes[person.surname])

    def _others(self, markup: Markup, persons: Mapping[str, _Person]) -> Iterator[tuple[int, str, _Person]]:
        """The names (element, words) that are not those of the person they refer to."""
        for value, groups in markup.by_words(self._element, self._attribute).items():
            person = persons.get(value.strip("# ")) if value is not None else None
            if person is None:
                continue
            for words, numbers in groups.items():
                said = " ".join(decode(words).split())
                if self._is_other(said, person):
                    yield from ((number, said, person) for number in numbers)

    def _person(self, entry: Entry) -> _Person | None:
        surname, comma, given = entry.name.content.partition(",")
        initials = self._initials(given)
        if not comma or not initials:
            return None
        return _Person(entry.id, surname.strip(), initials, " ".join(entry.name.content.split())[:_SHOWN])

    def _is_other(self, said: str, person: _Person) -> bool:
        given = said.removesuffix(person.surname)
        if given == said or not given.endswith((" ", ".")):
            return False
        initials = self._initials(given)
        return bool(initials) and not initials & person.initials

    def _initials(self, given: str) -> frozenset[str]:
        """The initials of given names and of what nicknames stand for; none where a word says that nobody can know."""
        words = [word for word in _WORD.findall(given) if word.rstrip("’'") not in self._titles]
        if self._unless.intersection(words) or words == _MONSIEUR:
            return frozenset()
        letters = "".join(word[0] + self._nicknames.get(word, "") for word in words)
        return frozenset(letters.translate(_ALIKE))

    def _hit(self, markup: Markup, number: int, said: str, person: _Person, persons: Sequence[_Person]) -> Hit:
        meant = [one for one in persons[:_MOST] if one.id != person.id and not self._is_other(said, one)][:1]
        detail = f"; {meant[0].shown} (#{meant[0].id}) may be meant" if meant else ""
        values = {"found": said[:_SHOWN], "entry": person.shown, "id": person.id, "detail": detail}
        return Hit(markup.words_span(number), values, severity=None if meant else Severity.INFO)
