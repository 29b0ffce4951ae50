"""Follows the images of the pages of a volume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless, RelatedSpan
from fruslint.markup import Markup
from fruslint.model import Volume
from fruslint.record import Record

_LONGEST = 9


class _Page(Record):
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
        for before, page in _slips(tuple(_pages(volume, markup))):
            yield _hit(markup, before, page)


def _slips(pages: Sequence[_Page]) -> Iterator[tuple[_Page, _Page]]:
    """Each page whose image is wrong, with the page before it.

    Where the images go on as if it were right, it is the only one that is wrong: 0024, 0029, 0026.
    """
    before = pages[0] if pages else None
    for page, behind in zip_longest(pages[1:], pages[2:]):
        if before is not None and not _fits(before, page):
            yield before, page
            meant = page._replace(image=before.image + 1)
            goes_on = behind is not None and behind.image == meant.image + 1 and _fits(meant, behind)
            before = meant if goes_on else page
        else:
            before = page


def _fits(before: _Page, page: _Page) -> bool:
    follows = before.number is not None and page.number == before.number + 1
    return page.image > before.image and (not follows or page.image == before.image + 1)


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
