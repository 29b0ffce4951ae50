"""Regular expressions that are compiled when they are first needed.

Compiling all patterns of all rules takes longer than checking a memorandum with them, and half of them are never needed for
one: a cheaper look says that they cannot match. A rule that is validated has its patterns compiled at once, so that a
mistake in one is found when the rule is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

_METHODS = ("finditer", "search", "match", "fullmatch", "findall", "sub", "split", "groupindex", "groups", "pattern")
_at_once = False


@contextmanager
def compiled_at_once() -> Iterator[None]:
    """Within this, patterns are compiled when they are made."""
    global _at_once  # noqa: PLW0603 - one switch for all that makes patterns below a call
    before, _at_once = _at_once, True
    try:
        yield
    finally:
        _at_once = before


def is_validating() -> bool:
    """Whether patterns are compiled when they are made, so that what is asked of them costs nothing more."""
    return _at_once


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``pattern``, compiled now or on first use; raises re.error when it is compiled.

    At once also refuses one that may never come to an end: it is that of someone else.
    """
    if not _at_once:
        return cast("re.Pattern[str]", _Late(pattern, flags))
    from fruslint.explosive import refuse_explosive

    compiled = re.compile(pattern, flags)
    refuse_explosive(pattern, flags)
    return compiled


class _Late:
    """Has the methods of a compiled pattern as soon as one of them is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        # From here on they are attributes of the object, and this method is not called again.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
