"""Reports people that stand under the subject, and a subject that stands among the participants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless
from fruslint.checks.search.sieve import Needs
from fruslint.language.vocabulary import has_title, is_person, is_side
from fruslint.model import Document, Section
from fruslint.patterns import late
from fruslint.text import Block

# Of so many people under the subject and one item under the participants, these may be the subject, whatever it begins with.
_MANY = 3
# A person and his office; a subject says what he did, or what is his.
_ONE_PERSON = late(
    r"(?:(?:Mr|Mrs|Miss|Dr)\.|Ambassador|Foreign Minister|Prime Minister|General|Senator|Under Secretary|Assistant Secretary)"
    r" [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}(?:, [A-Z][^’';:]{1,70})?"
    r"|The (?:Acting |Under )?(?:President|Secretary|Ambassador|Vice President|Foreign Minister|Prime Minister)(?: of State)?"
    r"|(?:US|U\.S\.|United States)(?: Side)?:?"
)
_OF_SUBJECT = late(
    r"[’']s?\b|\b(?:Call|Visit|Meeting|Conversation|Talk|Trip|Discussion|Letter|Message|Proposal|Views|Remarks)s?\b"
)


class ExchangedSectionsCheck(Parameterless):
    """Compares the list of the subject with that of the participants, where a document has one of each.

    Values: ``found`` is a heading or an item, ``detail`` what is the matter with it.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})
    needs = Needs(part="sections")

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit at each of the two headings, or at each item of the subject that stands among the people."""
        subject, people = _only(document, "subject"), _only(document, "participants")
        if subject is None or people is None:
            return
        if _are_people(subject.items) and (
            not any(map(_may_be_person, people.items)) or _is_one_subject(subject.items, people.items)
        ):
            yield from _at_heading(subject, "stands above a list of people")
            yield from _at_heading(people, "stands above a subject")
            return
        yield from _people_among(subject.items)
        subjects = {item.text.content for item in subject.items}
        for item in people.items:
            if item.text.content in subjects and not is_side(item.text.content):
                values = {"found": f"‘{item.text.content}’", "detail": "is the subject, and stands among the people"}
                yield Hit(item.text.whole(), values)


def _only(document: Document, kind: str) -> Section | None:
    """The section of a kind with a heading and a list of its own; None if there is none, or several."""
    found = [one for one in document.sections if one.kind == kind and one.heading and one.items and not one.inline]
    return found[0] if len(found) == 1 else None


def _are_people(items: Sequence[Block]) -> bool:
    """Whether there are several, and most of them begin like names: a subject may begin so by itself."""
    people = sum(is_person(item.text.content) for item in items)
    sides = sum(is_side(item.text.content) for item in items) if people else 0
    return people + sides > 1 and 2 * (people + sides) > len(items)


def _is_one_subject(subject: Sequence[Block], people: Sequence[Block]) -> bool:
    """Whether many stand under the subject, and one item under the participants that begins with no title of a person."""
    only = people[0].text.content
    return (
        len(subject) >= _MANY
        and len(people) == 1
        and not has_title(only)
        and not is_side(only)
        and only[:1] not in "[("
    )


def _people_among(items: Sequence[Block]) -> Iterator[Hit]:
    """The persons among the subjects, the first of which is one."""
    for item in items[1:]:
        content = item.text.content
        if _ONE_PERSON.fullmatch(content) and not _OF_SUBJECT.search(content):
            yield Hit(
                item.text.whole(), {"found": f"‘{content}’", "detail": "is a person, and stands among the subjects"}
            )


def _may_be_person(item: Block) -> bool:
    content = item.text.content
    return is_person(content) or is_side(content) or "[" in content or "(" in content


def _at_heading(section: Section, detail: str) -> Iterator[Hit]:
    if section.heading is not None:
        text = section.heading.text
        yield Hit(text.whole(), {"found": text.content, "detail": detail})
