"""Follows the page numbers of a memorandum, and of a TEI volume from one end to the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any, ClassVar

from fruslint.apparatus.page_slips import Home, Numbered, Slip, slips
from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.search.sieve import Needs
from fruslint.documents import Sketch, sketches
from fruslint.model import Document, Medium, PageBreak, Volume, numbered
from fruslint.patterns import late
from fruslint.source import Span

_EARLY = 2
_ID = late(r"d([0-9]{1,6})")
_ROMAN = late(r"[ivxlcdm]+", re.IGNORECASE)


class PageSequenceCheck:
    """``report``: ``gap``, ``repeated`` or ``backwards``. Roman numbers are passed over.

    Where the sequence goes on as before after a wrong page, only the wrong page is reported: 716, 719, 718 has one. So
    it does where breaks without an arabic number take the places of the pages that seem to be missing: of those, roman
    numbers are what is wrong. Of pages that changed places, as 365, 366 and 364 in 363, 365, 366, 364, 367, the first of
    the fewer ones is reported.
    Values: ``label`` is the page it is about, ``before`` the one before it, ``expected`` what should stand there;
    ``due`` is "... is expected", or where the page belongs that stands in the wrong place; ``follows`` is "follows", or
    "comes before" where the first page is wrong, and ``before`` the second.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {"report": {"enum": ["gap", "repeated", "backwards"]}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "before", "expected", "due", "follows"})
    needs = Needs(part="page_breaks")

    def __init__(self, parameters: Parameters) -> None:
        self._report = parameters["report"]

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit at each page break of a text that is not the one that should follow."""
        if document.medium is Medium.TEI:
            return ()
        return self._hits(document.page_numbers, document.page_breaks)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """The same for all pages of a TEI volume, those between its documents and behind them, too."""
        if volume.medium is not Medium.TEI:
            return
        before: Numbered | None = None
        for pages, follows in _runs(volume):
            goes_back = before is not None and follows and pages[0][0] <= before[0]
            yield from self._hits([before, *pages] if before is not None and goes_back else pages, volume.page_breaks)
            before = pages[-1]

    def _hits(self, pages: Sequence[Numbered], breaks: Sequence[PageBreak]) -> Iterator[Hit]:
        for slip in slips(pages):
            if _kind(slip.page[0] - slip.before[0]) == self._report:
                yield from (_hit(page, slip) for page in _blamed(breaks, slip))


def _runs(volume: Volume) -> Iterator[tuple[Sequence[Numbered], bool]]:
    """The pages with an arabic number that follow each other, and whether they should be above those of the run before.

    A run ends where the next document is not the neighbour of the one before: a file may hold some documents only. One that
    goes back took its pages along, and is a matter of the rules about documents.
    In a volume whose documents each count their pages from 1 each of them is a run.
    """
    documents = sketches(volume.documents)
    pages = numbered(volume.page_breaks)
    starts = [document.span.start for document in documents]
    places = [bisect_right(starts, page.span.start) for _, page in pages]
    restarts = _is_restarting(places, pages)
    cuts, back = _cuts(documents)
    keys = _restarts(places, pages) if restarts else [(bisect_right(cuts, place), 0) for place in places]
    for (cut, _), group in groupby(zip(keys, pages, strict=True), key=itemgetter(0)):
        yield [page for _, page in group], not restarts and not (cut and cuts[cut - 1] in back)


def _restarts(places: Sequence[int], pages: Sequence[Numbered]) -> list[tuple[int, int]]:
    """What is new with each document and with each page 1, which may stand in front of its document."""
    return list(zip(places, accumulate(number == 1 for number, _ in pages), strict=True))


def _is_restarting(places: Sequence[int], pages: Sequence[Numbered]) -> bool:
    """Whether the first pages of most documents are low; a place is the number of documents that have begun."""
    firsts = {place: number for place, (number, _) in zip(reversed(places), reversed(pages), strict=True) if place}
    return sum(number <= _EARLY for number in firsts.values()) * 2 > len(firsts) > 1


def _cuts(documents: Sequence[Sketch]) -> tuple[list[int], set[int]]:
    """How many documents have begun with each one that is not the neighbour of the one before it; those that go back."""
    numbers = [int(found[1]) if (found := _ID.fullmatch(document.id)) else None for document in documents]
    pairs = enumerate(pairwise(numbers), 2)
    steps = [
        (place, two - one) for place, (one, two) in pairs if one is not None and two is not None and two != one + 1
    ]
    return [place for place, _ in steps], {place for place, step in steps if step < 0}


def _blamed(breaks: Sequence[PageBreak], slip: Slip) -> Sequence[PageBreak]:
    """Which page break is wrong where a page does not follow the one before it: mostly the page.

    Where breaks without an arabic number take the places of the pages between, those with a roman one.
    """
    (last, before), (number, page) = slip.before, slip.page
    begin = bisect_right(breaks, before.span, key=_span)
    others = [one for one in breaks[begin : bisect_right(breaks, page.span, key=_span)] if one.label.number is None]
    if slip.home is not None or not others or number - last - 1 != len(others):
        return [page]
    return [one for one in others if _ROMAN.fullmatch(one.label.text)]


def _span(page: PageBreak) -> Span:
    return page.span


def _hit(page: PageBreak, slip: Slip) -> Hit:
    before = slip.before[1]
    follows = before.span < page.span
    values = {
        "label": page.label.text,
        "before": before.label.text,
        "expected": str(slip.expected),
        "due": f"{slip.expected} is expected" if slip.home is None else _belongs(page, slip.home),
        "follows": "follows" if follows else "comes before",
    }
    related = RelatedSpan(before.span, "the page before" if follows else "the page after")
    if slip.home is None:
        return Hit(page.span, values, (related,))
    return Hit(page.span, values, (related, RelatedSpan(slip.home.page.span, "it belongs behind this page")))


def _belongs(page: PageBreak, home: Home) -> str:
    pages = "it belongs" if home.last is page else f"pages {page.label.text} to {home.last.label.text} belong"
    return f"{pages} behind page {home.page.label.text}"


def _kind(step: int) -> str:
    return "gap" if step > 0 else "repeated" if step == 0 else "backwards"
