"""Applying edits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.findings import Edit, Finding, Fix, Severity, place
from fruslint.fixing.fixes import OverlapError, apply_edits, choose, spelled_out
from fruslint.source import LINE_ENDS, Source, Span


def edit(start: int, end: int, replacement: str = "") -> Edit:
    return Edit(Span(start, end), replacement)


@pytest.mark.parametrize(
    ("edits", "result"),
    [
        ([], "abcdef"),
        ([edit(1, 2)], "acdef"),
        ([edit(4, 6, "X"), edit(0, 1, "YY")], "YYbcdX"),
        ([edit(2, 2, "-")], "ab-cdef"),
        ([edit(2, 4, "X"), edit(2, 2, "-")], "ab-Xef"),
        ([edit(0, 2, "X"), edit(2, 2, "-"), edit(2, 4, "Y")], "X-Yef"),
        ([edit(1, 3, "X"), edit(1, 3, "X")], "aXdef"),
        ([edit(6, 6, "!")], "abcdef!"),
    ],
)
def test_edits_are_made(edits: list[Edit], result: str) -> None:
    assert apply_edits("abcdef", edits) == apply_edits("abcdef", edits[::-1]) == result


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, 3), edit(2, 4)],
        [edit(0, 6), edit(2, 3, "x")],
        [edit(1, 3, "x"), edit(1, 3, "y")],
        [edit(1, 1, "x"), edit(1, 1, "y")],
        [edit(0, 0, "x"), edit(0, 0, "y")],
        [edit(1, 3), edit(1, 4)],
        [edit(1, 3), edit(2, 2, "x")],
    ],
)
def test_edits_that_overlap_are_refused(edits: list[Edit]) -> None:
    for order in (edits, edits[::-1]):
        with pytest.raises(OverlapError):
            apply_edits("abcdef", order)


@pytest.mark.parametrize("wrong", [edit(5, 7), edit(-1, 0), edit(3, 2)])
def test_an_edit_outside_the_text_is_refused(wrong: Edit) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        apply_edits("abcdef", [wrong])


@given(st.text(alphabet="ab\r\n", max_size=20))
def test_one_edit_stands_for_all_line_ends(text: str) -> None:
    everywhere = Edit(LINE_ENDS, "\n")
    assert apply_edits(text, [everywhere]) == re.sub("\r\r\n|\r\n?", "\n", text)
    assert all(text[slice(*span)] in ("\r", "\r\n", "\r\r\n") for span, _ in spelled_out(text, [everywhere]))


def test_line_ends_are_changed_first_and_alone() -> None:
    source = Source("d1.txt", "abcdef")
    findings = [
        Finding("TYPO001", Severity.INFO, place(source, one.span), "", "", fix=Fix((one,), True))
        for one in (edit(1, 2, "x"), Edit(LINE_ENDS, "\n"), edit(3, 4, "y"))
    ]
    assert choose(findings) == [findings[1]]
    assert choose([findings[0], findings[2]]) == [findings[0], findings[2]]


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3), st.text(max_size=3))))
def test_what_no_edit_covers_stays(parts: list[tuple[str, str, str]]) -> None:
    text, result, edits = "", "", []
    for kept, old, new in parts:
        text += kept + "|"
        edits.append(edit(len(text), len(text) + len(old), new))
        text += old
        result += kept + "|" + new
    assert apply_edits(text, edits) == result
