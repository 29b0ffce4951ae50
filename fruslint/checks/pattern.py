"""Reports what matches a regular expression."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from operator import attrgetter
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITY, TEXTS, Edits, Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.edits import parted, rewritten
from fruslint.checks.search.expressions import HERE, PATTERNS, WORDS, compile_pattern
from fruslint.checks.search.field import Field, block_kinds, is_whole
from fruslint.checks.search.searches import COMMON, NEAR, SHAPES, Exceptions, Match, Pattern, Searches
from fruslint.checks.search.sieve import Needs, needed
from fruslint.language.hyphened_words import are_apart, are_parts, is_parted_name
from fruslint.language.letter_case import is_no_compound, recased
from fruslint.model import Document
from fruslint.patterns import is_validating, late
from fruslint.text import Text

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
        "severity": SEVERITY,
        "unsafe": {"type": "boolean"},
        "lone": {"type": "boolean"},
        "from_year": {"type": "integer"},
        "unless": {"type": "string", "minLength": 1},
        "parted": {"type": "boolean"},
        "apart": {"type": "boolean"},
        "recased": {"type": "boolean"},
    },
}
_WORDS = block_kinds(["words"])
_WORD_TAG = late(r"</?(?:hi|persName|placeName|orgName|gloss|term|date|ref|title|foreign|q|seg)\b[^<>]*>")


class PatternCheck:
    r"""Searches ``in`` for ``patterns``. A named group of a pattern is a value of the message; the group ``here`` narrows the
    place down.

    Where the patterns are tried, which keeps a run fast:

    - ``literals``: nowhere, unless one of these texts occurs;
    - ``quick``: nowhere, unless this pattern, or one of these, which are found faster, matches somewhere in the text;
    - ``shapes``: only in words that have one of these shapes in them (``aA``: a small letter and a capital, ``0``: a digit
      from 0 to 9, ``?``: a foreign letter);
    - ``near``: only in the words in or beside which this pattern matches, one that is found faster;
    - ``unprintable``: only where there is a character that cannot be printed.

    What counts:

    - ``ignore_case``: capitals make no difference;
    - ``except``: a hit is dropped where one of these patterns matches a stretch that touches it;
    - ``at_cuts: false``: and one that touches the place of a marker or page break;
    - ``unique: true``: and one whose value ``found`` stands more than once in the text;
    - ``at_most``: more matches than these are the habit of a document, and none of them is reported.

    What should stand there:

    - ``replace``: a template (``\g<name>``) for it;
    - ``substitutes``: what to write for each character of a hit;
    - ``blank_behind``: a blank behind it.

    A pattern can be a table, with a template, shapes, a pattern ``near`` and a severity of its own, and with more:

    - ``beside``: it is tried only in the words beside one of these texts;
    - ``from_year``: it is passed over in documents of a time before;
    - ``unless``: it is passed over in documents that have this pattern anywhere in their words, notes included;
    - ``parted``: what it finds counts only if ``before`` and ``after`` make one word of the lexicon, and are not two,
      or a name that the text has in one word;
    - ``apart``: only if they are two, and make none;
    - ``recased``: only if its group ``found`` is a word of the lexicon or of the text once its inner letters are small, and
      that is what should stand there;
    - ``unsafe``: to replace it needs a judgement; ``lone``: only where the same words are found elsewhere in the document,
      too.
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
            "quick": {"oneOf": [{"type": "string", "minLength": 1}, PATTERNS]},
            "literals": TEXTS,
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
        common = {name: parameters[name] for name in COMMON if name in parameters}
        self._field = Field(parameters["in"])
        given = [{**common, **_named(one)} for one in parameters["patterns"]]
        self._searches = Searches(given, words, ignore_case)
        self._except = Exceptions(parameters.get("except", ()), words, ignore_case)
        self._literals: tuple[str, ...] = tuple(parameters.get("literals", ()))
        quick = parameters.get("quick", ())
        self._quick = [
            compile_pattern(one, words, ignore_case) for one in ([quick] if isinstance(quick, str) else quick)
        ]
        self._substitutes: Mapping[str, str] = parameters.get("substitutes", {})
        self._blank_behind: bool = parameters.get("blank_behind", False)
        self._unique: bool = parameters.get("unique", False)
        self._at_most: int = parameters.get("at_most", 0)
        self._at_cuts: bool = parameters.get("at_cuts", True)
        self.needs = self._needs()
        self._refuse_unknown_groups()

    def _needs(self) -> Needs | None:
        """What a document must have to be worth a look; None where only a look can tell."""
        if self._field.is_source and all(where.unprintable for where in self._searches.places):
            return Needs(unprintable=True)
        if self._field.is_of_items:  # which are few words, looked through sooner than all words are for its texts
            return Needs(part="sections")
        if self._field.is_of_notes and self._quick:  # which finds out sooner than all the texts are looked for
            return Needs(part="notes")
        return needed(self._field, literals=self._literals) if self._literals else self._needs_of_places()

    def _needs_of_places(self) -> Needs | None:
        """What all the places have at which the patterns are tried."""
        places = self._searches.places
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
        matches = _meant(document, self._searches.matches(content))
        if not matches or 0 < self._at_most < len(set(map(_place, matches))):
            return ()
        return self._hits(document, text, sorted(matches, key=_place))

    def _may_match(self, content: str) -> bool:
        """A quick look at what the patterns need; where there are no words, there is nothing to find."""
        if not content or (self._literals and not any(literal in content for literal in self._literals)):
            return False
        return not self._quick or any(one.search(content) for one in self._quick)

    def _refuse_unknown_groups(self) -> None:
        if not is_validating():
            return
        known = self.VALUES | {HERE}
        unknown = {name for one in self._searches.patterns for name in one.pattern.groupindex} - known
        if unknown:
            raise ValueError(f"no value of this check is called `{min(unknown)}`; known are {', '.join(sorted(known))}")

    def _hits(self, document: Document, text: Text, matches: Sequence[Match]) -> Iterator[Hit]:
        last = -1
        repeated = _repeated(text.content, matches) if any(one.lone for one in self._searches.patterns) else ()
        for found, pattern in matches:
            start, end = _here(found)
            if (
                start >= last
                and _suits(document, found, pattern)
                and self._counts(document, text, found, pattern)
                and not self._is_repeated(text.content, found)
            ):
                last = end
                hit = _hit(document, text, found, self._expected(found, pattern), pattern)
                if pattern.lone and text.content[start:end] in repeated:
                    hit = hit._replace(unsafe=True)
                yield hit._replace(edits=parted(document, text, end)) if self._blank_behind else hit

    def _is_repeated(self, content: str, found: re.Match[str]) -> bool:
        if not self._unique:
            return False
        words = _found(found)
        return content.find(words, content.find(words) + 1) >= 0  # the first two are soon found where there are many

    def _expected(self, found: re.Match[str], pattern: Pattern) -> str | None:
        """What should stand where ``found`` was found, None if nobody can say."""
        if pattern.recased:
            return recased(found["found"], found.string)
        if pattern.replace is not None:
            return found.expand(pattern.replace)
        letters = [self._substitutes.get(char) for char in found.string[slice(*_here(found))]]
        return "".join(filter(None, letters)) if self._substitutes and None not in letters else None

    def _counts(self, document: Document, text: Text, found: re.Match[str], pattern: Pattern) -> bool:
        start, end = _here(found)
        if not (self._at_cuts or _apart(document, text, start, end)):
            return False
        return (pattern.recased and is_no_compound(found["found"])) or not self._except.touch(text.content, start, end)


def _named(given: str | Parameters) -> Parameters:
    return {"pattern": given} if isinstance(given, str) else given


def _meant(document: Document, matches: list[Match]) -> list[Match]:
    """The matches of patterns that have a meaning in a document with these words."""
    excused = {pattern.unless for _, pattern in matches if pattern.unless is not None}
    if not excused:  # nearly always
        return matches
    words = document.view(_WORDS).text.content
    excused = {one for one in excused if one.search(words)}
    return [match for match in matches if match[1].unless not in excused]


def _suits(document: Document, found: re.Match[str], pattern: Pattern) -> bool:
    """Whether what the pattern found is wrong in a document of that time, and the word, or the two words, that it must be."""
    if pattern.recased:
        return recased(found["found"], found.string) != ""
    is_late = not pattern.from_year or document.year is None or document.year >= pattern.from_year
    if pattern.apart and not are_apart(found["before"], found["after"]):
        return False
    return is_late and (not pattern.parted or _is_one_word(found))


def _is_one_word(found: re.Match[str]) -> bool:
    """Whether what stands before and after make one word, or a name that the text has in one."""
    before, after = found["before"], found["after"]
    return are_parts(before, after) or is_parted_name(before, after, found.string)


def _hit(document: Document, text: Text, found: re.Match[str], expected: str | None, pattern: Pattern) -> Hit:
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


def _repeated(content: str, matches: Iterable[Match]) -> Set[str]:
    """What was found in more than one place."""
    places = Counter(content[start:end] for start, end in set(map(_place, matches)))
    return {words for words, count in places.items() if count > 1}


def _place(match: Match) -> tuple[int, int]:
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
