"""Compares the words of tagged names and terms with the entries of the lists they refer to."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.elements.pointers import pointers
from fruslint.language.spelling import distance
from fruslint.markup.elements import Markup
from fruslint.model import Entry, Volume
from fruslint.names.people import OFFICES, is_inflected, spelling_key
from fruslint.patterns import late
from fruslint.record import Record

_WORD = late(r"[^\W\d_]+")
_BRACKETED = late(r"[\[\](){}]|[’'ʼ‘`]|(?<=\w)-\s?(?=[a-zà-ÿ])")
_INITIALS = late(r"[^\W\d_]{1,3}(?:[.\s]+[^\W\d_]{1,3})*[.\s]*,?")
_SOUNDS = (
    ("ph", "f"),
    ("kh", "k"),
    ("ck", "k"),
    ("c", "k"),
    ("y", "i"),
    ("ou", "u"),
    ("dh", "d"),
    ("th", "t"),
    ("w", "v"),
)
_DOUBLED = late(r"(\w)\1")
_FEW = 3
_LONG_ENOUGH = 5
_LONG = 8
_SHOWN = 80
_LONGEST = 40
# No name has as many elements in it.
_MOST_INSIDE = 200


class _Group(Record):
    """The tags that refer to one entry with the same words."""

    entry: Entry
    words: str
    numbers: list[int]


class TaggedNamesCheck:
    """Looks at the elements that refer to the lists of ``persons`` or ``terms``, as ``entries`` says.

    ``element`` and ``attribute``: what refers to them, if not as in the published volumes.

    ``report``: a ``mismatch``, where no word of the name or term is one of the entry, or like one; a ``spelling`` that is
    almost that of the entry; an ``unused`` entry that nothing refers to; an ``untagged`` name without a reference, whose
    surname exactly one entry has. ``also``: further elements that refer to entries. ``nicknames`` and, for persons, the
    names of offices say nothing about who is meant.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report", "entries"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["mismatch", "spelling", "unused", "untagged"]},
            "entries": {"enum": ["persons", "terms"]},
            "element": {"type": "string"},
            "attribute": {"type": "string"},
            "also": {"type": "object", "additionalProperties": {"type": "string"}},
            "nicknames": {"type": "array", "items": {"type": "string"}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "entry", "id", "detail", "count"})

    def __init__(self, parameters: Parameters) -> None:
        looks: dict[str, Callable[[Markup, Sequence[Entry]], Iterator[Hit]]] = {
            "mismatch": self._mismatch,
            "spelling": self._spelling,
            "unused": self._unused,
            "untagged": self._untagged,
        }
        self._look = looks[parameters["report"]]
        self._terms: bool = parameters["entries"] == "terms"
        self._element: str = parameters.get("element", "gloss" if self._terms else "persName")
        self._attribute: str = parameters.get("attribute", "target" if self._terms else "corresp")
        self._also: Mapping[str, str] = parameters.get("also", {})
        self._nicknames = frozenset(map(str.casefold, parameters.get("nicknames", ())))

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each name or entry."""
        entries = volume.terms if self._terms else volume.persons
        return self._look(volume.markup, entries) if volume.markup is not None and entries else ()

    def _mismatch(self, markup: Markup, entries: Sequence[Entry]) -> Iterator[Hit]:
        odd = [group for group in self._groups(markup, entries) if not self._fits(group.words, group.entry)]
        surnames = _by_surname(entries) if odd else {}
        for group in odd:
            yield _hit(markup, group, _meant(group.words, surnames))

    def _spelling(self, markup: Markup, entries: Sequence[Entry]) -> Iterator[Hit]:
        for group in self._groups(markup, entries):
            if self._is_misspelt(group.words, group.entry):
                yield _hit(markup, group, "")

    def _is_misspelt(self, words: str, entry: Entry) -> bool:
        """Whether a word is a slip or two away from one of the name in the entry, and is not another form of it."""
        every, known = _words(words), _words(entry.name.content)
        said = [word for word in every if word not in known and self._says_something(word)]
        if not said or "[" in words or "(" in entry.name.content or _have_in_common(said, _words(entry.text.content)):
            return False
        return any(_is_slip(word, other) for word in said for other in known if other not in every)

    def _groups(self, markup: Markup, entries: Sequence[Entry]) -> Iterable[_Group]:
        """The tagged names by the entry they refer to and their words, as they are in the file."""
        by_id = {entry.id: entry for entry in entries if entry.id}
        groups: dict[tuple[str, str], _Group] = {}
        for value, by_words in markup.by_words(self._element, self._attribute).items():
            entry = by_id.get(value.strip("# ")) if value is not None else None
            if entry is not None:
                for same in by_words.values():
                    words = " ".join(markup.inner_text(same[0]).split())
                    groups.setdefault((entry.id, words), _Group(entry, words, [])).numbers.extend(same)
        return groups.values()

    def _fits(self, words: str, entry: Entry) -> bool:
        """Whether the words may name the entry; what says nothing about it, such as an office or initials, does."""
        if len(words) >= _FEW and words in entry.name.content:
            return True
        shortest = 1 if self._terms else 2
        every = [word for word in _words(words) if len(word) >= shortest]
        said = list(filter(self._says_something, every))
        if not said or _have_in_common(every, _words(entry.name.content.partition(",")[0])):
            return True
        known = _words(entry.text.content)
        if _have_in_common(said, known) or self._are_initials(words):
            return True
        return _any_alike([*said, "".join(said)], known) or self._is_joined(said, known)

    def _are_initials(self, words: str) -> bool:
        return not self._terms and _INITIALS.fullmatch(words) is not None

    def _says_something(self, word: str) -> bool:
        return word not in self._nicknames and (self._terms or word.capitalize() not in OFFICES)

    def _is_joined(self, said: Sequence[str], known: Sequence[str]) -> bool:
        """Whether the words stand in the entry when blanks and signs are left out."""
        together = "".join(said)
        whole = "".join(known)
        if together in whole or together.removesuffix("s") in whole:
            return True
        if self._terms:
            return len(known[0]) >= _FEW and together.startswith(known[0]) if known else True
        return len(said) == 1 and any(len(word) > _FEW and word in together for word in known)

    def _unused(self, markup: Markup, entries: Sequence[Entry]) -> Iterator[Hit]:
        used: set[str] = set()
        sources = {self._element: self._attribute, **self._also}
        for element, attribute in sources.items():
            for value in markup.by_value(element, attribute):
                used.update(one.lstrip("#") for one in (value or "").split())
        for entry in entries:
            if entry.id and entry.id not in used:
                yield Hit(entry.name.whole(), _values(entry.name.content, entry))

    def _untagged(self, markup: Markup, entries: Sequence[Entry]) -> Iterator[Hit]:
        surnames = _by_surname(entries)
        listed = [entry.span for entry in entries]
        first, last = (listed[0].start, listed[-1].end) if listed else (0, 0)
        for pointer in pointers(markup, self._element, self._attribute, lambda value: value is None):
            if markup.after[pointer.number] - pointer.number > _MOST_INSIDE:
                continue
            words = markup.inner_text(pointer.number).strip()
            bearers = surnames.get(words.casefold(), [])
            span = markup.words_span(pointer.number)
            if len(bearers) == 1 and bearers[0].id and not first <= span.start < last:
                yield Hit(span, _values(words, bearers[0]), (RelatedSpan(bearers[0].span, "the entry"),))


def _hit(markup: Markup, group: _Group, meant: str) -> Hit:
    """The first place of a group, with its entry and other places."""
    first, *others = sorted(group.numbers)
    count = len(group.numbers)
    values = {**_values(group.words, group.entry), "count": str(count)}
    values["detail"] = (f", {count} times in all" if count > 1 else "") + meant
    related = [RelatedSpan(group.entry.span, "the entry")]
    related += [RelatedSpan(markup.content(one), "another place") for one in others[:_FEW]]
    return Hit(markup.words_span(first), values, tuple(related))


def _by_surname(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries by what stands before the first comma."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.name.content.partition(",")[0].strip().casefold(), []).append(entry)
    return found


def _meant(words: str, surnames: Mapping[str, Sequence[Entry]]) -> str:
    """The entries that may be meant instead."""
    last = words.rpartition(" ")[2].strip(".,;:’'").casefold()
    bearers = surnames.get(words.strip(".,;: ").casefold()) or surnames.get(last, ())
    return f" (perhaps #{bearers[0].id} is meant)" if len(bearers) == 1 and bearers[0].id else ""


def _values(words: str, entry: Entry) -> dict[str, str]:
    return {"found": words[:_SHOWN], "entry": " ".join(entry.name.content.split()).rstrip(",")[:_SHOWN], "id": entry.id}


def _words(text: str) -> list[str]:
    """The words without accents, in small letters; signs inside of a word are left out."""
    plain = text
    if not text.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return _WORD.findall(_BRACKETED.sub("", plain).casefold())


def _have_in_common(some: Iterable[str], others: Sequence[str]) -> bool:
    return any(word in others for word in some)


def _any_alike(words: Iterable[str], others: Iterable[str]) -> bool:
    return any(_alike(word, other) for word in words for other in others)


def _alike(word: str, other: str) -> bool:
    """Whether two words may be spellings of one name, or one is the beginning of the other."""
    if not (_FEW <= len(word) <= _LONGEST and _FEW <= len(other) <= _LONGEST):
        return False
    if other.startswith((word, word[: max(_FEW, len(word) - 2)])) or (len(other) > _FEW and word.startswith(other)):
        return True
    one, two = _sound(word), _sound(other)
    limit = 1 if min(len(one), len(two)) < 6 else min(len(one), len(two)) // 3
    return distance(one, two, limit) <= limit


def _is_slip(word: str, other: str) -> bool:
    """Whether one word is the other with a slip in it, and no other spelling, transliteration or ending of it."""
    shorter = min(len(word), len(other))
    if shorter < _LONG_ENOUGH or is_inflected(word, other) or spelling_key(word) == spelling_key(other):
        return False
    limit = 1 if shorter < _LONG else 2
    return distance(word, other, limit) <= limit and _plain_sound(word) != _plain_sound(other)


def _plain_sound(word: str) -> str:
    """What two spellings have in common that come from two ways to write a foreign name."""
    return _DOUBLED.sub(r"\1", _sound(word))


def _sound(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return word
