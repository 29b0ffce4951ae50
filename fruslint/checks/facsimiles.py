"""Follows the images of the pages of a volume."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.markup import Markup
from fruslint.model import Volume
from fruslint.source import Span

_LONGEST = 9


class _Page(NamedTuple):
    """A page break with the number of its image, and that of the page where it is arabic."""

    image: int
    found: str
    span: Span
    number: int | None


class FacsimilesCheck:
    """Reports an image that does not come after the one before, or is not the next one although the page is.

    Values: ``found``, ``before`` (the image before), ``expected``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {"type": "object", "additionalProperties": False, "properties": {}}
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "before", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        pass

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each page break whose image is not the one that must come."""
        if volume.markup is None:
            return
        pages = list(_pages(volume.markup))
        for before, page in pairwise(pages):
            follows = before.number is not None and page.number == before.number + 1
            if page.image <= before.image or (follows and page.image != before.image + 1):
                expected = str(before.image + 1).zfill(len(page.found))
                values = {"found": page.found, "before": before.found, "expected": expected}
                yield Hit(page.span, values, (RelatedSpan(before.span, "the image before"),))


def _pages(markup: Markup) -> Iterator[_Page]:
    for number in markup.named("pb"):
        located = markup.located(number, "facs")
        image = _value(located[0]) if located is not None else None
        if located is not None and image is not None:
            yield _Page(image, *located, _value((markup.value(number, "n") or "").strip(" []")))


def _value(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
