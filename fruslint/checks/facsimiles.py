"""Follows the images of the pages of a volume."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless, RelatedSpan
from fruslint.checks.elements.words import plain_number
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.record import Record

# The number of no image has more digits.
_LONGEST = 9
_LONGEST_SHOWN = 40
# Of the pages of a volume, so many at the most have an image of another form by mistake.
_MOST_ODD = 0.1


class _Page(Record):
    """A page break with the number of its image, and that of the page where it is arabic."""

    image: int
    element: int
    number: int | None


class FacsimilesCheck(Parameterless):
    """Reports an image that does not come after the one before, or is not the next one although the page is.

    Where nearly all images of a volume are numbers of one length, those that are none, or of another length, are
    reported, too, and pages without an image. Values: ``found`` (the image, or that there is none), ``before`` (the
    image before), ``expected``.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "before", "expected"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each page break whose image is not the one that must come."""
        markup = volume.markup
        if markup is None:
            return
        for before, page in _slips(tuple(_pages(volume, markup))):
            yield _hit(markup, before, page)
        yield from _misshapen(markup)


def _misshapen(markup: Markup) -> Iterator[Hit]:
    """What is no number as the other images are, where there are enough of those to tell."""
    numbers = markup.named("pb")
    values = [markup.value(number, "facs") or "" for number in numbers]
    width = _usual_width(values)
    if not width:
        return
    before = None
    for number, value in zip(numbers, values, strict=True):
        image = plain_number(value, _LONGEST)
        if image is not None and len(value) == width:
            before = _Page(image, number, None)
        elif before is not None:
            before = before._replace(image=before.image + 1)
            yield _odd_hit(markup, number, value, str(before.image).zfill(width))


def _usual_width(values: Sequence[str]) -> int:
    """How many digits most of the images have; 0 where all have, or too many have not."""
    widths = Counter(len(value) for value in values if plain_number(value, _LONGEST) is not None)
    (width, count) = widths.most_common(1)[0] if widths else (0, 0)
    odd = len(values) - count
    return width if 0 < odd <= _MOST_ODD * len(values) else 0


def _odd_hit(markup: Markup, number: int, value: str, expected: str) -> Hit:
    _, span = markup.located(number, "facs") or ("", markup.name_span(number))
    found = f"Image {value[:_LONGEST_SHOWN]}" if value else "A page without an image"
    if span.end == span.start:
        span = markup.name_span(number)
    values = {"found": found, "before": str(int(expected) - 1).zfill(len(expected)), "expected": expected}
    return Hit(span, values)


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
    back = before.number - page.number if before.number is not None and page.number is not None else -1
    if back >= 0 and back == before.image - page.image:
        return True  # the same page break again, or a page in the wrong place, of which the rules for pages speak
    return page.image > before.image and (not follows or page.image == before.image + 1)


def _pages(volume: Volume, markup: Markup) -> Iterator[_Page]:
    for number, page in zip(markup.named("pb"), volume.page_breaks, strict=True):
        image = plain_number(markup.value(number, "facs") or "", _LONGEST)
        if image is not None:
            yield _Page(image, number, plain_number(page.label.text.strip("[]"), _LONGEST))


def _hit(markup: Markup, before: _Page, page: _Page) -> Hit:
    found, span = markup.located(page.element, "facs") or ("", markup.start_tag(page.element))
    first, place = markup.located(before.element, "facs") or ("", markup.start_tag(before.element))
    values = {"found": f"Image {found}", "before": first, "expected": str(before.image + 1).zfill(len(found))}
    return Hit(span, values, (RelatedSpan(place, "the image before"),))
