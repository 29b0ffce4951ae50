"""Words that the readers know: section labels, kinds of documents, sides at a table, months.

Sources: the list heads and document heads of the published volumes of *Foreign Relations of the United States*.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fruslint.model import DocumentKind
from fruslint.patterns import late

SOURCE_LEAD = "Source:"
"""What the source note of a document begins with."""
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The names of the months, in order."""
ANY_MONTH = "|".join(MONTHS)
"""The same for a pattern."""

# what a section is -> its labels, in capitals and without their colons, parted by semicolons
_LABELS = {
    "subject": (
        "SUBJECT; SUBJECTS; SUBJ; GENERAL SUBJECT; GENERAL SUBJECTS; GENERAL SUBJECT(S); SUBJECT DISCUSSED; "
        "SUBJECTS DISCUSSED; TITLE; TOPIC; TOPICS; RE; AGENDA"
    ),
    "participants": (
        "PARTICIPANTS; PARTICIPANT; PARTICIPATION; PRESENT; PRESENT WERE; THOSE PRESENT; THOSE PRESENT WERE; "
        "PRINCIPAL PARTICIPANTS; LIST OF PARTICIPANTS; PERSONS PRESENT; MEMBERS PRESENT; ATTENDANCE; ATTENDEES; "
        "ATTENDING; IN ATTENDANCE; CONFEREES; THOSE ATTENDING; THOSE ATTENDING THE MEETING WERE; U.S. PARTICIPANTS; "
        "US PARTICIPANTS; AMERICAN PARTICIPANTS; BRITISH PARTICIPANTS; FRENCH PARTICIPANTS; GERMAN PARTICIPANTS; "
        "ISRAELI PARTICIPANTS"
    ),
    "others-present": "OTHERS PRESENT; OTHER PARTICIPANTS; OTHERS ATTENDING",
    "also-present": "ALSO PRESENT; ALSO ATTENDING; INTERPRETERS; INTERPRETER; OBSERVERS",
    "place": "PLACE; LOCATION",
    "date": "DATE; DATES",
    "time": "TIME",
    "date-and-time": (
        "DATE AND TIME; DATE & TIME; DATE/TIME; DATE, TIME AND PLACE; DATE AND PLACE; TIME AND PLACE; "
        "PLACE AND TIME; PLACE AND DATE; DATE, TIME & PLACE"
    ),
    "reference": "REF; REFS; REFERENCE; REFERENCES",
    "distribution": "COPIES TO; COPIES; DISTRIBUTION; CC; INFO; COPY TO",
    "address": "TO; FROM; THROUGH; THRU; FM; ACTION; MEMORANDUM FOR",
    "other": "CONFERENCE; SUMMARY; COMMENT; DISCUSSION; ENCLOSURE; ATTACHMENT",
}
SECTION_LABELS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("; ")}
"""What a section is, by its label in capitals and without its colon."""
PEOPLE = frozenset({"participants", "others-present", "also-present"})
"""The kinds of sections that list people."""

# Labels that open a paragraph of the body as often as a section: known only where a list follows them.
LOOSE_KINDS = frozenset({"address", "other", "reference", "distribution"})

_KIND_PATTERNS = (
    (DocumentKind.EDITORIAL_NOTE, r"Editorial Notes?\b"),
    (DocumentKind.TELEPHONE, r"(?:Memorandum of (?:an? )?)?(?:Tele(?:phone|con)|Notes? of (?:an? )?Telephone)"),
    (
        DocumentKind.MEMCON,
        r"(?:[\w.\-]+ ){0,3}(?:Memorand(?:um|a)|Record|Report|Summary|Draft|Notes?|Minutes) of (?:an? |the )?"
        r"(?:[\w\-]+ ){0,2}(?:Conversations?|Conference|Meetings?|Talks?|Discussions?)\b",
    ),
    (DocumentKind.MINUTES, r"(?:[\w.\-]+ ){0,3}Minutes\b"),
    (DocumentKind.TELEGRAM, r"(?:[\w.\-]+ ){0,3}(?:Tele|Air)gram\b|Circular|Message\b"),
    (DocumentKind.LETTER, r"(?:[\w.\-]+ ){0,3}Letter\b"),
    (DocumentKind.MEMORANDUM, r"(?:[\w.\-]+ ){0,4}Memorand(?:um|a)\b"),
)
_KINDS = tuple((kind, late(pattern, re.IGNORECASE)) for kind, pattern in _KIND_PATTERNS)


# "Participants for Pakistan", "Present at the breakfast were": a list of people under a heading of its own wording
_PEOPLE_LABEL = late(
    r"PARTICIPANTS FOR .+|PRESENT FOR .+|(?:THOSE )?(?:PRESENT|ATTENDING|PARTICIPATING)\b.* (?:WERE|WAS|INCLUDED)$"
)


USUAL_TITLES = {
    title.casefold(): title
    for title in (
        "Memorandum of Conversation",
        "Memorandum of a Conversation",
        "Memorandum of Telephone Conversation",
        "Memorandum of a Telephone Conversation",
        "Memorandum of Discussion",
        "Memorandum for the Record",
        "Editorial Note",
    )
}
"""Titles that are the same in most documents, by themselves in small letters."""


def document_kind(title: str) -> DocumentKind:
    """What a document is, as its title (without the number) says."""
    return next((kind for kind, pattern in _KINDS if pattern.match(title)), DocumentKind.OTHER)


def section_kind(label: str) -> str:
    """What a section with this label is, or an empty string; case, colon and blanks do not matter."""
    plain = " ".join(label.upper().strip("[] :").split())
    return SECTION_LABELS.get(plain) or ("participants" if _PEOPLE_LABEL.match(plain) else "")


_COUNTRIES = """
Afghanistan Albania Algeria Argentina Australia Austria Belgium Bolivia Brazil Britain Bulgaria Burma Cambodia Cameroon
Canada Ceylon Chad Chile China Colombia Congo Cuba Cyprus Czechoslovakia Denmark Ecuador Egypt England Ethiopia Finland
France Gabon Germany Ghana Greece Guatemala Guinea Guyana Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland
Israel Italy Jamaica Japan Jordan Kenya Korea Kuwait Laos Lebanon Liberia Libya Luxembourg Malaya Malaysia Mali Mauritania
Mexico Morocco Nepal Netherlands Nicaragua Niger Nigeria Norway Pakistan Panama Paraguay Peru Philippines Poland Portugal
Rhodesia Romania Rumania Rwanda Senegal Singapore Somalia Spain Sudan Sweden Switzerland Syria Taiwan Tanganyika Tanzania
Thailand Tunisia Turkey Uganda Ukraine Uruguay Venezuela Vietnam Viet-Nam Yemen Yugoslavia Zaire Zambia
"""
_NATIONS = """
American Americans Argentine Australian Austrian Belgian Brazilian British Bulgarian Burmese Cambodian Canadian Chilean
Chinese Cuban Czech Danish Dutch Egyptian Ethiopian Finnish French German Germans Ghanaian Greek Hungarian Icelandic Indian
Indonesian Iranian Iraqi Irish Israeli Israelis Italian Italians Japanese Jordanian Korean Laotian Lebanese Libyan Malaysian
Mexican Moroccan Nigerian Norwegian Pakistani Panamanian Philippine Polish Portuguese Romanian Russian Russians Saudi
Soviet Soviets Spanish Sudanese Swedish Swiss Syrian Thai Tunisian Turkish Venezuelan Vietnamese Yemeni Yugoslav Yugoslavs
"""
_OTHER_SIDES = (
    "US", "U.S.", "USA", "U.S.A.", "United States", "United States of America", "USSR", "U.S.S.R.", "Soviet Union", "UK",
    "U.K.", "United Kingdom", "Great Britain", "UN", "U.N.", "United Nations", "FRG", "F.R.G.", "GDR", "GRC", "PRC", "UAR",
    "U.A.R.", "United Arab Republic", "NATO", "EEC", "Euratom", "ECSC", "GVN", "South Africa", "South Vietnam",
    "South Viet-Nam", "Vietnam", "Viet Nam", "Saudi Arabia", "New Zealand", "Costa Rica", "El Salvador", "Dominican Republic",
    "Federal Republic of Germany", "Federal Republic", "West Germany", "East Germany", "Republic of China",
    "Republic of Korea", "Republic of the Congo", "Ivory Coast", "Sierra Leone", "Upper Volta", "Central African Republic",
    "Malagasy Republic", "State", "Defense", "Treasury", "CIA", "AEC", "White House", "Department of State", "Foreign",
    "Department of Defense", "JCS", "AID", "USIA", "Agriculture", "Commerce", "Labor", "Interior", "Justice", "Congress",
)  # fmt: skip
_SIDE_TAIL = late(r"\s*(?:side|delegation|group|participants|representatives|team|government)s?$", re.IGNORECASE)
_LONGEST_SIDE = 60
_SIDE_HEAD = late(r"^(?:for|from|on)\s+|^(?:the|ussr|us)\s+(?=\S)", re.IGNORECASE)


def _plain(label: str) -> str:
    return label.strip(" :()[].—-").casefold()


COUNTRIES = frozenset(_COUNTRIES.split())
"""Names of countries in one word."""

SIDES = frozenset(_plain(name) for name in (*_COUNTRIES.split(), *_NATIONS.split(), *_OTHER_SIDES))


def is_side(label: str) -> bool:
    """Whether an item of a list of participants is the name of a country or a side, and not of a person."""
    return len(label) <= _LONGEST_SIDE and _is_side(label)


@lru_cache(maxsize=4096)
def _is_side(label: str) -> bool:
    plain = _plain(label)
    if plain in SIDES:
        return True
    shorter = _SIDE_TAIL.sub("", _SIDE_HEAD.sub("", _SIDE_HEAD.sub("", plain)))
    return shorter in SIDES or (not shorter and plain != "")


_PERSON = late(
    r"(?:The (?:President|Secretary|Ambassador|Under|Prime|Foreign|Vice|Acting)|Mr|Mrs|Miss|Dr|Sir|Lord|General|Admiral|"
    r"Ambassador|Secretary|Minister|President|Senator|Assistant Secretary|Under Secretary|Deputy|Prime Minister|Foreign "
    r"Minister|Chancellor|M|Colonel|Col|Gen|Captain|Governor|Counselor|King|Prince)\b\.?"
)
_NAME_AND_OFFICE = late(r"[^,—]{3,40}(?:, |—)[A-Z]")


def is_person(label: str) -> bool:
    """Whether an item of a list begins like the name of a person: with a title, or with a name and an office behind it."""
    return bool(_PERSON.match(label) or _NAME_AND_OFFICE.match(label))


def has_title(label: str) -> bool:
    """Whether an item of a list begins with the title of a person."""
    return _PERSON.match(label) is not None
