"""Reports faults of lists of participants: a person twice, a side among its people, names in capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.search.expressions import PATTERNS
from fruslint.checks.search.sieve import Needs
from fruslint.language.vocabulary import PEOPLE, is_side
from fruslint.model import Document, Participant, Section
from fruslint.names.alike import name_distance
from fruslint.names.people import PersonName, split_name
from fruslint.patterns import late

_MOST = 100
_SHORTEST = 5
_LETTERS = late(r"[^\W\d_]{3,}")


class ParticipantsCheck:
    """Looks for one fault, ``report``.

    ``duplicate``: the same item twice in a list, or a Mr. whose name is that of another with less or with a slip; items that
    one of ``nobody`` matches are no person, and those that one of ``in_each_side`` matches may stand once in every side.
    ``flattened``: a side on the level of its people in a list that has other sides above theirs. ``capitals``: a name in
    capitals that ``nobody`` does not match.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["duplicate", "flattened", "capitals"]},
            "nobody": PATTERNS,
            "in_each_side": PATTERNS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})
    needs = Needs(part="sections")

    def __init__(self, parameters: Parameters) -> None:
        self._nobody = [late(pattern) for pattern in parameters.get("nobody", ())]
        self._in_each_side = [late(pattern) for pattern in parameters.get("in_each_side", ())]
        reports: dict[str, Callable[[Document], Iterator[Hit]]] = {
            "duplicate": self._duplicate,
            "flattened": self._flattened,
            "capitals": self._capitals,
        }
        self._report = reports[parameters["report"]]

    def check_document(self, document: Document) -> Iterator[Hit]:
        """The hits for the one fault."""
        return self._report(document)

    def _duplicate(self, document: Document) -> Iterator[Hit]:
        seen: dict[str, Participant] = {}
        for person in document.participants:
            key = " ".join(person.item.text.content.split()).casefold()
            if _is_divider(key):
                seen.clear()
            first = seen.setdefault(key, person)
            if first is not person and not self._may_repeat(first, person):
                found = person.item.text.content
                yield Hit(
                    person.item.text.whole(),
                    {"found": found},
                    (RelatedSpan(first.item.text.whole(), "listed here already"),),
                )

        yield from self._again(document)

    def _again(self, document: Document) -> Iterator[Hit]:
        """Men who stand there with their surname alone, or with a slip in it, and with their whole name."""
        everybody = [(person, split_name(person.name.text)) for person in document.participants[:_MOST]]
        yield from _with_initial(everybody)
        men = [(person, name) for person, name in everybody if _is_mister(person)]
        for place, (person, name) in enumerate(men):
            first = next((one for one, other in men[:place] if _are_one(one, other, person, name)), None)
            if first is not None:
                related = RelatedSpan(first.item.text.whole(), "listed here already")
                yield Hit(person.item.text.whole(), {"found": person.item.text.content}, (related,))

    def _may_repeat(self, first: Participant, person: Participant) -> bool:
        content = person.item.text.content
        if any(pattern.search(content) for pattern in self._nobody):
            return True
        return first.side != person.side and any(pattern.search(content) for pattern in self._in_each_side)

    def _flattened(self, document: Document) -> Iterator[Hit]:
        for section in _lists(document):
            above = [one for one, behind in pairwise(section.items) if behind.depth > one.depth]
            if not above:
                continue
            for item, behind in pairwise(section.items):
                level = behind.depth == item.depth and not is_side(behind.text.content)
                if level and is_side(item.text.content):
                    found, other = item.text.content.strip(" :"), above[0].text.content.strip(" :")
                    related = (RelatedSpan(above[0].text.whole(), f"{other} stands above its people"),)
                    yield Hit(item.text.whole(), {"found": found}, related)

    def _capitals(self, document: Document) -> Iterator[Hit]:
        people = [person for person in document.participants if self._is_capitals(person.name.text)]
        if people and 2 * len(people) <= len(document.participants):
            for person in people:
                yield Hit(person.name.span, {"found": person.name.text})

    def _is_capitals(self, name: str) -> bool:
        """Whether a name of more than one word is all in capitals, initials aside."""
        words = _LETTERS.findall(name)
        if not words or " " not in name or not all(word.isupper() for word in words):
            return False
        return not is_side(name) and not any(pattern.search(name) for pattern in self._nobody)


def _is_divider(item: str) -> bool:
    """Whether an item is a line in parentheses that parts two lists, as (Second Meeting) does."""
    return item[:1] == "(" and item[-1:] == ")"


def _with_initial(everybody: Sequence[tuple[Participant, PersonName]]) -> Iterator[Hit]:
    """Those who stand there once with their initial and once without, with the same office."""
    seen: dict[tuple[str, str, frozenset[str]], Participant] = {}
    for person, name in everybody:
        office = person.office.text if person.office is not None else ""
        whole = frozenset(one for one in name.given if len(one) > 1)
        if not (office and whole):
            continue
        first = seen.setdefault((name.last, office, whole), person)
        if first is not person and first.name.text != person.name.text:
            related = RelatedSpan(first.item.text.whole(), "listed here already")
            yield Hit(person.item.text.whole(), {"found": person.item.text.content}, (related,))


def _is_mister(person: Participant) -> bool:
    return person.name.text.startswith(("Mr. ", "Mr "))


def _are_one(first: Participant, one: PersonName, second: Participant, other: PersonName) -> bool:
    """Whether two items are of one man: a surname without an office of its own beside a whole name, or with a slip in it."""
    if one.last == other.last:
        bare = first if not one.given else second
        return bool(one.given) is not bool(other.given) and bare.office is None
    if min(len(one.last), len(other.last)) < _SHORTEST or one.given != other.given:
        return False
    return name_distance(one.last, other.last, 1) == 1 and sorted(one.last) == sorted(other.last)


def _lists(document: Document) -> Sequence[Section]:
    return [section for section in document.sections if section.kind in PEOPLE and not section.inline]
