"""Takes names of persons apart, and tells when two spellings are of the same name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from fruslint.language.vocabulary import is_side
from fruslint.patterns import late
from fruslint.record import Record

NAME = late(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[-’'][A-Za-zÀ-ÿ][^\W\d_]+)*")
"""A capitalised word of two letters or more, with what is joined to it by a hyphen or an apostrophe."""

_OFFICES = """
Mr Mrs Miss Ms Messrs Dr Prof Professor Sir Lord Lady Dame Monsieur Madame Herr Señor Don Father President Presidents
Vice Premier Prime Minister Ministers Chancellor Secretary Secretaries Under Deputy Assistant Acting Associate Special
Ambassador Ambassadors Chargé Charge Counselor Counsellor Counselors Attaché Attache Consul Consuls Envoy Commissioner
Representative Representatives Delegate Delegates General Generals Admiral Admirals Colonel Captain Commander
Commodore Major Lieutenant Brigadier Marshal Sergeant Gen Adm Col Capt Maj Lt Brig Amb Sen Rep Gov Sec Senator
Senators Congressman Congressmen Governor Mayor Judge Justice Attorney Speaker Chairman Director Directors Chief Head
Officer Officers Official Officials Adviser Advisers Advisor Advisors Expert Experts Administrator Coordinator
Assistants Aide Aides Interpreter Interpreters Translator Observer Observers Notetaker Taker Member Members
Participant Participants Attendees Others Party Group Staff Delegation Delegations Mission Missions Embassy Legation
Department Ministry Bureau Office Division Section Desk Agency Service Council Committee Commission Board Bank Fund
Company Corporation Association Institute University Library Congress Senate House Parliament Assembly Cabinet
Government Governments Union Republic Kingdom State States Nations National Nation International Foreign Affairs
Affaires Defense Defence Treasury Commerce Agriculture Trade Finance Economy Interior Labor Health Security Planning
Policy Protocol Press Information Intelligence Operations Relations Military Naval Political Economic Commercial
Financial Legal Cultural Army Navy Force Forces Excellency Highness Majesty King Queen Prince Princess Shah Emperor
Emir Amir Sultan Sheikh Shaikh Crown Count Baron Earl Duke Bishop Archbishop Cardinal Pope Honorable Meeting
Conference Conversation Session Visit Dinner Luncheon
"""
OFFICES = frozenset(_OFFICES.split())
"""Words that stand before a name, or in the place of one: titles, offices, and what offices are named after."""

_BEHIND = late(r",?\s+(?:Jr|Sr|Esq|II|III|IV)\b\.?")
_WORD = late(r"[^\W\d_]+")
_OF = late(r"\s(?:of|for|to)\s")
_JOINTS = str.maketrans("", "", "-’'ʼ‘")
_TWO_LETTERS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("iy", "y"), ("ij", "y"))


class PersonName(Record):
    """The surname of a person, and the given names and initials; empty where a list names an office alone."""

    last: str
    given: frozenset[str]


NOBODY = PersonName("", frozenset())


@lru_cache(4096)
def split_name(name: str) -> PersonName:
    """The parts of a name without its titles.

    The surname is the last capitalised word, unless that is a title, an office or a country: ``Ambassador Morel of the
    French Republic`` is Morel, ``The Secretary of State`` is nobody.
    """
    plain = _BEHIND.sub("", name) if name[-1:] in ".IVqr" else name
    for part in (plain, _OF.split(plain, maxsplit=1)[0]):
        words = NAME.findall(part)
        if words and words[-1] not in OFFICES and not is_side(words[-1]):
            return PersonName(words[-1], _given_names(name, words[-1]))
    return NOBODY


def _given_names(name: str, last: str) -> frozenset[str]:
    words = _WORD.findall(name)
    return frozenset(word for word in words if word != last and word[0].isupper() and word not in OFFICES)


def spelling_key(name: str) -> str:
    """The same for two spellings that differ by accents, hyphens, apostrophes, capitals or a transliteration only."""
    plain = "".join(_bare(name.casefold().translate(_JOINTS)))
    for two, one in _TWO_LETTERS:
        plain = plain.replace(two, one)
    return plain


def _bare(word: str) -> Iterator[str]:
    return (letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def is_inflected(one: str, other: str) -> bool:
    """Whether one word is the other with the ending of a plural, a people or an adjective: Johnsons, Korean."""
    short, long = sorted((one, other), key=len)
    return any(long == short + ending for ending in ("s", "es", "n", "an", "ns", "ian")) or (
        short.endswith("y") and long == short[:-1] + "ies"
    )
