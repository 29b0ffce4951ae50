"""Reports what matches a regular expression."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, ClassVar

from fruslint.checks import field
from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.edits import parted, rewritten
from fruslint.checks.field import Field, is_whole
from fruslint.checks.invisible import invisible
from fruslint.checks.shape import Shape, pairs_besides, shape_around, wanted_shape, words_around, words_with
from fruslint.checks.sieve import Needs, needed
from fruslint.findings import Severity
from fruslint.model import Document
from fruslint.occurrences import occurrences
from fruslint.patterns import is_validating, late
from fruslint.record import Record
from fruslint.text import Text

PATTERNS: dict[str, Any] = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
WORDS: dict[str, Any] = {
    "description": "Lists of words by name; {name} in a pattern stands for any word of the list.",
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
}
SHAPES: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "string",
        "pattern": r"""^[aA0?\s!"#$%&'()*+,./<=>@[\\\]^_`{|}~£§«»°·½—‘’“”†‡•…-]+$""",
        "examples": ["aA", "0A", "?", " ,"],
    },
    "minItems": 1,
}
NEAR: dict[str, Any] = {"type": "string", "minLength": 1}
_PATTERN: dict[str, Any] = {
    "type": ["string", "object"],
    "minLength": 1,
    "required": ["pattern"],
    "additionalProperties": False,
    "properties": {
        "pattern": {"type": "string", "minLength": 1},
        "replace": {"type": "string"},
        "shapes": SHAPES,
        "near": NEAR,
        "beside": PATTERNS,
        "severity": {"enum": [severity.label for severity in Severity]},
        "unsafe": {"type": "boolean"},
        "lone": {"type": "boolean"},
    },
}
_NAME = late(r"\{([a-z_]+)\}")
HERE = "here"
"""The group of a pattern that narrows a place down."""
_WORD_TAG = late(r"</?(?:hi|persName|placeName|orgName|gloss|term|date|ref|title|foreign|q|seg)\b[^<>]*>")
_SEARCHED = ("unprintable", "shapes", "near", "beside")
_COMMON = ("replace", *_SEARCHED)
_NAMED = "(?P"
_REACH = 120
_AHEAD = 8
# So many searches are worth a look at which of them may find something.
_MANY = 4
_LONGEST = 60


def compile_pattern(pattern: str, words: Mapping[str, Sequence[str]], ignore_case: bool = False) -> re.Pattern[str]:
    """The pattern with its ``{name}`` replaced by the words of that name; ``^`` and ``$`` are the ends of a block."""

    def written() -> str:
        return _NAME.sub(lambda found: _any_listed(tuple(words[found[1]])), pattern)

    return late(written if "{" in pattern else pattern, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first; what they begin with alike is looked at only once."""
    endings: dict[str, list[str]] = {}
    for word in words:
        endings.setdefault(word[:1], []).append(word[1:])
    may_end = endings.pop("", None) is not None
    parts = [_begun(letter, rest) for letter, rest in endings.items()]
    return f"(?:{'|'.join(parts)}){'?' if may_end else ''}"


_any_listed = lru_cache(64)(any_of)
"""The same for a list that several patterns have."""


def _begun(letter: str, endings: list[str]) -> str:
    """A pattern for this letter and any of the endings behind it."""
    if len(endings) == 1:
        return re.escape(letter + endings[0])
    return re.escape(letter) + (any_of(endings) if any(endings) else "")


class _Pattern(Record):
    """A pattern, and the template for what should stand where it matches.

    ``severity`` is given where it is less or more certain than the rule, ``unsafe`` where its edits are less so, ``lone``
    where they are if the same words are found elsewhere in the document too.
    """

    pattern: re.Pattern[str]
    replace: str | None
    severity: Severity | None
    unsafe: bool
    lone: bool


_Match = tuple[re.Match[str], _Pattern]


class _Where(Record):
    """Where it is worth trying a pattern: around characters that cannot be printed, in words with these shapes, near
    what matches another pattern, or beside one of these texts.
    """

    unprintable: bool
    shapes: tuple[Shape, ...]
    near: re.Pattern[str] | None
    beside: tuple[str, ...]

    def stretches(self, content: str) -> Sequence[tuple[int, int]]:
        """Where that is in ``content``; all of it, where nothing narrows it down."""
        if self.unprintable:
            return invisible(content)
        if self.near is not None:
            return words_around(content, (found.span() for found in self.near.finditer(content)))
        if self.beside:
            places = ((start, start + len(text)) for text in self.beside for start in occurrences(content, text))
            return words_around(content, sorted(places))
        return words_with(content, self.shapes) if self.shapes else ((0, len(content)),)


class _Search(Record):
    """Patterns that are tried in the same stretches of a text. ``pairs`` are those of their shapes (`pairs_besides`), of
    which a text must have one; None if there is no such pair in one of them.
    """

    where: _Where
    patterns: tuple[_Pattern, ...]
    pairs: frozenset[int] | None

    def matches(self, content: str) -> list[_Match]:
        """Where they match, each match with its pattern."""
        stretches = self.where.stretches(content)
        if not stretches:
            return []
        return [
            (found, one)
            for one in self.patterns
            for start, end in stretches
            for found in one.pattern.finditer(content, start, _stop(content, end))
            if found.start() < end
        ]


def _stop(content: str, end: int) -> int:
    """Where to stop looking for what begins before ``end``: not within a word, where ``$`` would match."""
    least = end + _AHEAD
    blank = content.find(" ", least, least + _LONGEST)
    return blank if blank >= 0 else least + _LONGEST


class Exceptions:
    """Patterns that excuse what they touch; they look at the words around a hit only."""

    __slots__ = ("_patterns",)

    def __init__(self, patterns: Sequence[str], words: Mapping[str, Sequence[str]], ignore_case: bool = False) -> None:
        self._patterns = tuple(compile_pattern(pattern, words, ignore_case) for pattern in patterns)

    def touch(self, content: str, start: int, end: int) -> bool:
        """Whether one of the patterns matches a stretch that overlaps or borders ``content[start:end]``."""
        low, high = max(0, start - _REACH), end + _REACH
        return any(
            found.start() <= end and found.end() >= start
            for pattern in self._patterns
            for found in pattern.finditer(content, low, high)
        )


class PatternCheck:
    r"""Searches ``in`` for ``patterns``.

    A named group of a pattern is a value of the message; the group ``here`` narrows the place down. ``literals``: texts
    of which one must occur, or the patterns are not tried. ``shapes``: the patterns are tried only in words that have
    one of these shapes in them (``aA``: a small letter and a capital, ``0``: a digit from 0 to 9, ``?``: a foreign letter).
    ``near``: they are tried only in the words in or beside which this pattern matches, one that is found faster; a
    pattern can be tried only in those ``beside`` one of its own texts.
    ``quick``: none is tried unless this pattern, which is found faster, matches somewhere in the text.
    ``unprintable``: they are tried only where there is a character that cannot be printed. ``except``: a hit is dropped
    where one of these patterns matches a stretch that touches it. ``replace``: a template (``\g<name>``) for what
    should stand there. ``blank_behind``: a blank should stand behind it. A pattern can have a template, shapes and a
    severity of its own, and be ``unsafe`` to replace, or safe only where what it finds is ``lone``. ``substitutes``:
    what to write for each character of a hit instead. ``at_cuts: false`` drops hits that touch the place of a marker or
    page break, ``unique: true`` those whose value ``found`` stands more than once in the text. More than ``at_most``
    matches are the habit of a document, and none of them is reported.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "patterns"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "patterns": {"type": "array", "items": _PATTERN, "minItems": 1},
            "except": PATTERNS,
            "shapes": SHAPES,
            "near": NEAR,
            "quick": {"type": "string", "minLength": 1},
            "literals": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            "words": WORDS,
            "ignore_case": {"type": "boolean"},
            "replace": {"type": "string"},
            "blank_behind": {"type": "boolean"},
            "substitutes": {"type": "object", "additionalProperties": {"type": "string"}},
            "unprintable": {"type": "boolean"},
            "unique": {"type": "boolean"},
            "at_most": {"type": "integer", "minimum": 1},
            "at_cuts": {"type": "boolean"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset(
        {"found", "expected", "before", "after", "word", "other", "number", "label", "name", "detail", "character"}
    )

    def __init__(self, parameters: Parameters) -> None:
        words, ignore_case = parameters.get("words", {}), parameters.get("ignore_case", False)
        common = {name: parameters[name] for name in _COMMON if name in parameters}
        self._field = Field(parameters["in"])
        given = [{**common, **_named(one)} for one in parameters["patterns"]]
        groups = [_joined(group) for _, group in groupby(given, _searched)]
        self._searches = tuple(
            _search(_where(group[0], words, ignore_case), [_pattern(one, words, ignore_case) for one in group])
            for group in groups
        )
        self._other_pairs = _all_but(one.pairs for one in self._searches) if len(self._searches) >= _MANY else None
        self._patterns = tuple(one for search in self._searches for one in search.patterns)
        self._except = Exceptions(parameters.get("except", ()), words, ignore_case)
        self._literals: tuple[str, ...] = tuple(parameters.get("literals", ()))
        self._quick = compile_pattern(parameters["quick"], words, ignore_case) if "quick" in parameters else None
        self._substitutes: Mapping[str, str] = parameters.get("substitutes", {})
        self._blank_behind: bool = parameters.get("blank_behind", False)
        self._unique: bool = parameters.get("unique", False)
        self._at_most: int = parameters.get("at_most", 0)
        self._at_cuts: bool = parameters.get("at_cuts", True)
        self.needs = self._needs()
        self._refuse_unknown_groups()

    def _needs(self) -> Needs | None:
        """What a document must have to be worth a look; None where only a look can tell."""
        if self._field.is_source and all(search.where.unprintable for search in self._searches):
            return Needs(unprintable=True)
        if self._literals:
            return needed(self._field, literals=self._literals)
        places = [search.where for search in self._searches]
        if not all(where.shapes or where.beside for where in places):
            return None
        texts, shapes = (chain.from_iterable(map(attrgetter(name), places)) for name in ("beside", "shapes"))
        return needed(self._field, texts, shapes)

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each match."""
        text = self._field.text(document)
        content = text.content
        if not self._may_match(content):
            return ()
        matches = [match for search in self._worth(content) for match in search.matches(content)]
        if not matches or 0 < self._at_most < len(set(map(_place, matches))):
            return ()
        return self._hits(document, text, sorted(matches, key=_place))

    def _worth(self, content: str) -> Iterable[_Search]:
        """The searches that may find something: of many, those whose pairs occur, by one look for all."""
        if self._other_pairs is None:
            return self._searches
        there = pairs_besides(content, self._other_pairs)
        return [one for one in self._searches if one.pairs is None or not there.isdisjoint(one.pairs)]

    def _may_match(self, content: str) -> bool:
        """A quick look at what the patterns need; where there are no words, there is nothing to find."""
        if not content or (self._literals and not any(literal in content for literal in self._literals)):
            return False
        return self._quick is None or self._quick.search(content) is not None

    def _refuse_unknown_groups(self) -> None:
        if not is_validating():
            return
        known = self.VALUES | {HERE}
        unknown = {name for one in self._patterns for name in one.pattern.groupindex} - known
        if unknown:
            raise ValueError(f"no value of this check is called `{min(unknown)}`; known are {', '.join(sorted(known))}")

    def _hits(self, document: Document, text: Text, matches: Sequence[_Match]) -> Iterator[Hit]:
        last = -1
        repeated = _repeated(text.content, matches) if any(one.lone for one in self._patterns) else ()
        for found, pattern in matches:
            start, end = _here(found)
            if (
                start >= last
                and self._counts(document, text, start, end)
                and not self._is_repeated(text.content, found)
            ):
                last = end
                hit = _hit(document, text, found, self._expected(found, pattern.replace), pattern)
                if pattern.lone and text.content[start:end] in repeated:
                    hit = hit._replace(unsafe=True)
                yield hit._replace(edits=parted(document, text, end)) if self._blank_behind else hit

    def _is_repeated(self, content: str, found: re.Match[str]) -> bool:
        if not self._unique:
            return False
        words = _found(found)
        return content.find(words, content.find(words) + 1) >= 0  # the first two are soon found where there are many

    def _expected(self, found: re.Match[str], replace: str | None) -> str | None:
        """What should stand where ``found`` was found, None if nobody can say."""
        if replace is not None:
            return found.expand(replace)
        letters = [self._substitutes.get(char) for char in found.string[slice(*_here(found))]]
        return "".join(filter(None, letters)) if self._substitutes and None not in letters else None

    def _counts(self, document: Document, text: Text, start: int, end: int) -> bool:
        return (self._at_cuts or _apart(document, text, start, end)) and not self._except.touch(
            text.content, start, end
        )


def _named(given: str | Parameters) -> Parameters:
    return {"pattern": given} if isinstance(given, str) else given


def _searched(given: Parameters) -> list[Any]:
    return [given.get(name) for name in _SEARCHED]


def _joined(given: Iterable[Parameters]) -> list[Parameters]:
    """The patterns, those side by side that differ in nothing else as one: a text is searched once for all of them.

    Those with names in them stay apart, since no two groups of a pattern may have one name.
    """
    found: list[Parameters] = []
    for one in given:
        rest = {**one, "pattern": ""}
        if found and _NAMED not in one["pattern"] + found[-1]["pattern"] and rest == {**found[-1], "pattern": ""}:
            found[-1] = {**rest, "pattern": f"{found[-1]['pattern']}|{one['pattern']}"}
        else:
            found.append(one)
    return found


def _search(where: _Where, patterns: Iterable[_Pattern]) -> _Search:
    shapes = (*where.shapes, *map(shape_around, where.beside))
    pairs = frozenset(b"".join(shape.pair for shape in shapes)) if shapes and all(one.pair for one in shapes) else None
    return _Search(where, tuple(patterns), pairs)


def _all_but(pairs: Iterable[frozenset[int] | None]) -> bytes:
    """All pairs but these."""
    return bytes(set(range(256)).difference(*(some for some in pairs if some is not None)))


def _where(given: Parameters, words: Mapping[str, Sequence[str]], ignore_case: bool) -> _Where:
    shapes = tuple(map(wanted_shape, given.get("shapes", ())))
    near = compile_pattern(given["near"], words, ignore_case) if "near" in given else None
    return _Where(given.get("unprintable", False), shapes, near, tuple(given.get("beside", ())))


def _pattern(given: Parameters, words: Mapping[str, Sequence[str]], ignore_case: bool) -> _Pattern:
    severity = Severity[given["severity"].upper()] if "severity" in given else None
    pattern = compile_pattern(given["pattern"], words, ignore_case)
    return _Pattern(pattern, given.get("replace"), severity, given.get("unsafe", False), given.get("lone", False))


def _hit(document: Document, text: Text, found: re.Match[str], expected: str | None, pattern: _Pattern) -> Hit:
    start, end = _here(found)
    values = {name: value or "" for name, value in found.groupdict().items() if name != HERE}
    values["found"] = _found(found)
    values["character"] = _character(values["found"][:1])
    edits: Edits = ()
    if expected is not None:
        values["expected"] = expected
        edits = rewritten(document, text, start, end, expected)
    return Hit(text.span(start, end), values, edits=edits, severity=pattern.severity, unsafe=pattern.unsafe)


def _found(found: re.Match[str]) -> str:
    """The value of that name: what the group ``found`` holds, and the words that are marked where there is none."""
    group = found["found"] if "found" in found.re.groupindex else None
    return group or found.string[slice(*_here(found))]


def _character(char: str) -> str:
    """``U+200B ZERO WIDTH SPACE``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() if char else ""


def _repeated(content: str, matches: Iterable[_Match]) -> Set[str]:
    """What was found in more than one place."""
    places = Counter(content[start:end] for start, end in set(map(_place, matches)))
    return {words for words, count in places.items() if count > 1}


def _place(match: _Match) -> tuple[int, int]:
    return _here(match[0])


def _here(found: re.Match[str]) -> tuple[int, int]:
    return found.span(HERE) if HERE in found.re.groupindex and found[HERE] is not None else found.span()


def _apart(document: Document, text: Text, start: int, end: int) -> bool:
    """Whether nothing but tags of words was taken out of the text inside of the stretch or right beside it."""
    content = text.content
    low = start - 1 if start > 0 and content[start - 1] != "\n" else start
    high = end + 1 if end < len(content) and content[end] != "\n" else end
    if is_whole(text, low, high):
        return True
    source = document.source.text[slice(*text.span(low, high))]
    return _WORD_TAG.search(source) is not None and "<" not in _WORD_TAG.sub("", source)
