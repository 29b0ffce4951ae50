"""Regular expressions as rules write them: with lists of words by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from fruslint.checks.base import TEXTS
from fruslint.patterns import late

PATTERNS = TEXTS
"""The schema of a parameter that lists regular expressions."""
WORDS: dict[str, Any] = {
    "description": "Lists of words by name; {name} in a pattern stands for any word of the list.",
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
}
_NAME = late(r"\{([a-z_]+)\}")
HERE = "here"
"""The group of a pattern that narrows a place down."""


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
