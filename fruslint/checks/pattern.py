"""Reports what matches a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from fruslint.checks import field
from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.field import Field, is_whole
from fruslint.model import Document, Text

PATTERNS: dict[str, Any] = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
WORDS: dict[str, Any] = {
    "description": "Lists of words by name; {name} in a pattern stands for any word of the list.",
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
}
_NAME = re.compile(r"\{([a-z_]+)\}")
_HERE = "here"
_REACH = 120


def compile_pattern(pattern: str, words: Mapping[str, Sequence[str]], ignore_case: bool = False) -> re.Pattern[str]:
    """The pattern with its ``{name}`` replaced by the words of that name; ``^`` and ``$`` are the ends of a block."""

    def alternatives(found: re.Match[str]) -> str:
        chosen = sorted(words[found[1]], key=len, reverse=True)
        return f"(?:{'|'.join(map(re.escape, chosen))})"

    return re.compile(_NAME.sub(alternatives, pattern), re.MULTILINE | (re.IGNORECASE if ignore_case else 0))


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
    of which one must occur, or the patterns are not tried. ``except``: a hit is dropped where one of these patterns
    matches a stretch that touches it. ``replace``: a template (``\g<name>``) for what should stand there.
    ``at_cuts: false`` drops hits that touch the place of a marker or page break.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "patterns"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "patterns": PATTERNS,
            "except": PATTERNS,
            "literals": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            "words": WORDS,
            "ignore_case": {"type": "boolean"},
            "replace": {"type": "string"},
            "at_cuts": {"type": "boolean"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset(
        {"found", "expected", "before", "after", "word", "other", "number", "label", "name", "detail"}
    )

    def __init__(self, parameters: Parameters) -> None:
        words, ignore_case = parameters.get("words", {}), parameters.get("ignore_case", False)
        self._field = Field(parameters["in"])
        self._patterns = tuple(compile_pattern(pattern, words, ignore_case) for pattern in parameters["patterns"])
        self._except = Exceptions(parameters.get("except", ()), words, ignore_case)
        self._literals: tuple[str, ...] = tuple(parameters.get("literals", ()))
        self._replace: str | None = parameters.get("replace")
        self._at_cuts: bool = parameters.get("at_cuts", True)
        self._refuse_unknown_groups()

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each match."""
        text = self._field.text(document)
        if self._literals and not any(literal in text.content for literal in self._literals):
            return ()
        return self._hits(text)

    def _refuse_unknown_groups(self) -> None:
        known = self.VALUES | {_HERE}
        unknown = {name for pattern in self._patterns for name in pattern.groupindex} - known
        if unknown:
            raise ValueError(f"no value of this check is called `{min(unknown)}`; known are {', '.join(sorted(known))}")

    def _hits(self, text: Text) -> Iterator[Hit]:
        last = -1
        for found in self._matches(text.content):
            start, end = _here(found)
            if start >= last and self._counts(text, start, end):
                last = end
                yield self._hit(text, found)

    def _matches(self, content: str) -> Iterable[re.Match[str]]:
        if len(self._patterns) == 1:
            return self._patterns[0].finditer(content)
        found = [match for pattern in self._patterns for match in pattern.finditer(content)]
        return sorted(found, key=_here)

    def _counts(self, text: Text, start: int, end: int) -> bool:
        return (self._at_cuts or _apart(text, start, end)) and not self._except.touch(text.content, start, end)

    def _hit(self, text: Text, found: re.Match[str]) -> Hit:
        start, end = _here(found)
        values = {name: value or "" for name, value in found.groupdict().items() if name != _HERE}
        values.setdefault("found", text.content[start:end])
        edits: Edits = ()
        if self._replace is not None:
            values["expected"] = found.expand(self._replace)
            edits = ((text.span(start, end), values["expected"]),) if is_whole(text, start, end) else ()
        return Hit(text.span(start, end), values, edits=edits)


def _here(found: re.Match[str]) -> tuple[int, int]:
    return found.span(_HERE) if _HERE in found.re.groupindex and found[_HERE] is not None else found.span()


def _apart(text: Text, start: int, end: int) -> bool:
    """Whether nothing was taken out of the text inside of the stretch or right beside it."""
    content = text.content
    low = start - 1 if start > 0 and content[start - 1] != "\n" else start
    high = end + 1 if end < len(content) and content[end] != "\n" else end
    return is_whole(text, low, high)
