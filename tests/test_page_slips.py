"""One slip in the pages is one finding, that of the page which stands in the wrong place or bears the wrong number."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fruslint.apparatus.page_slips import slips
from fruslint.model import Label, PageBreak
from fruslint.source import Span


def told(numbers: Sequence[int]) -> list[tuple[int, int, str]]:
    """Each slip in these pages: the page, what is expected, and where it belongs if that is known."""
    pages = [(number, _page(place, number)) for place, number in enumerate(numbers)]
    found = slips(pages)
    return [(slip.page[0], slip.expected, slip.home.page.label.text if slip.home else "") for slip in found]


def _page(place: int, number: int) -> PageBreak:
    span = Span(place, place)
    return PageBreak(Label(str(number), span), span)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([363, 365, 366, 364, 367], [(364, 367, "363")]),
        ([363, 366, 364, 365, 367], [(366, 364, "365")]),
        ([201, 203, 202, 204], [(202, 204, "201")]),
        ([201, 203, 202], [(202, 204, "201")]),
        ([366, 364, 365, 367, 368], [(366, 364, "365")]),
        ([201, 204, 205, 202, 203, 206], [(202, 206, "201")]),
        ([363, 365, 366, 367, 368, 369, 364, 370], [(364, 370, "363")]),
        ([201, 203, 204], [(203, 202, "")]),
        ([201, 299, 202, 203], [(299, 202, "")]),
        ([716, 719, 718], [(719, 717, "")]),
        ([291, 202, 203], [(291, 201, "")]),
        ([717, 791, 792, 720], [(791, 718, ""), (792, 719, "")]),
    ],
)
def test_pages_out_of_sequence(numbers: Sequence[int], expected: list[tuple[int, int, str]]) -> None:
    assert told(numbers) == expected


@given(st.integers(4, 30), st.data())
def test_a_page_in_the_wrong_place_is_one_slip(length: int, data: st.DataObject) -> None:
    numbers = list(range(101, 101 + length))
    moved = numbers.pop(data.draw(st.integers(1, length - 1)))
    numbers.insert(data.draw(st.integers(1, length - 1)), moved)
    assume(numbers != sorted(numbers))
    assert len(told(numbers)) == 1


@given(st.integers(4, 30), st.data())
def test_a_page_too_many_is_one_slip(length: int, data: st.DataObject) -> None:
    numbers = list(range(101, 101 + length))
    numbers.insert(data.draw(st.integers(1, length - 1)), data.draw(st.integers(500, 600)))
    assert len(told(numbers)) == 1
