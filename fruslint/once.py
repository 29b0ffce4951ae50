"""What several checks work out of a document, worked out once and kept with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from fruslint.model import Document

_Found = TypeVar("_Found")


def once(function: Callable[[Document], _Found]) -> Callable[[Document], _Found]:
    """``function``, called once for each document; what it returns must not be changed by those who ask."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def ask(document: Document) -> _Found:
        kept = document.kept
        if name not in kept:
            kept[name] = function(document)
        return cast("_Found", kept[name])

    return ask
