"""Regular expressions that are compiled when they are first needed.

Compiling all patterns of all rules takes longer than checking a memorandum with them, and half of them are never needed for
one: a cheaper look says that they cannot match. Those that are needed can be kept for the next run. A rule that is
validated has its patterns compiled at once, so that a mistake in one is found when the rule is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from fruslint.patterns.store import PatternStore

_METHODS = ("finditer", "search", "match", "fullmatch", "findall", "sub", "split", "groupindex", "groups", "pattern")
_at_once = False
_store: PatternStore | None = None


@contextmanager
def kept_patterns(folder: Path | None) -> Iterator[None]:
    """Within this, patterns are taken from a store in ``folder``, and those that it has not are put there at the end."""
    global _store  # noqa: PLW0603 - patterns are made where modules are loaded, which nobody gives anything to
    if folder is None:
        yield
        return
    from fruslint.patterns.store import PatternStore, store_file

    before, _store = _store, PatternStore(store_file(folder))
    try:
        yield
        keep_patterns()
    finally:
        _store = before


def keep_patterns() -> None:
    """Put the patterns that this process had to compile into the store, if there is one."""
    if _store is not None:
        _store.save()


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


def late(pattern: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """``pattern``, or what it gives when it is called, compiled now or on first use; raises re.error when it is compiled.

    At once also refuses one that may never come to an end: it is that of someone else.
    """
    if not _at_once:
        return cast("re.Pattern[str]", _Late(pattern, flags))
    from fruslint.patterns.explosive import refuse_explosive

    written = _written(pattern)
    compiled = re.compile(written, flags)
    refuse_explosive(written, flags)
    return compiled


def _written(pattern: str | Callable[[], str]) -> str:
    return pattern if isinstance(pattern, str) else pattern()


class _Late:
    """Has the methods of a compiled pattern as soon as one of them is asked for."""

    def __init__(self, pattern: str | Callable[[], str], flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        pattern, flags = self._given
        written = _written(pattern)
        compiled = re.compile(written, flags) if _store is None else _store.compile(written, flags)
        # From here on they are attributes of the object, and this method is not called again.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
