"""Follows the images of the pages of a volume."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar, NamedTuple

from fruslint.checks.base import Hit, Parameterless, RelatedSpan
from fruslint.markup import Markup
from fruslint.model import Volume

_LONGEST = 9


class _Page(NamedTuple):
    """A page break with the number of its image, and that of the page where it is arabic."""

    image: int
    element: int
    number: int | None


class FacsimilesCheck(Parameterless):
    """Reports an image that does not come after the one before, or is not the next one although the page is.

    Values: ``found``, ``before`` (the image before), ``expected``.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "before", "expected"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each page break whose image is not the one that must come."""
        markup = volume.markup
        if markup is None:
            return
        for before, page in pairwise(_pages(volume, markup)):
            follows = before.number is not None and page.number == before.number + 1
            if page.image <= before.image or (follows and page.image != before.image + 1):
                yield _hit(markup, before, page)


def _pages(volume: Volume, markup: Markup) -> Iterator[_Page]:
    for number, page in zip(markup.named("pb"), volume.page_breaks, strict=True):
        image = _value(markup.value(number, "facs") or "")
        if image is not None:
            yield _Page(image, number, _value(page.label.text.strip("[]")))


def _hit(markup: Markup, before: _Page, page: _Page) -> Hit:
    found, span = markup.located(page.element, "facs") or ("", markup.start_tag(page.element))
    first, place = markup.located(before.element, "facs") or ("", markup.start_tag(before.element))
    values = {"found": found, "before": first, "expected": str(before.image + 1).zfill(len(found))}
    return Hit(span, values, (RelatedSpan(place, "the image before"),))


def _value(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
