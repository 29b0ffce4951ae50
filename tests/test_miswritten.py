"""Surnames that are not written as names: fruslint.names.miswritten."""

from __future__ import annotations

import pytest

from fruslint.language.word_list import word_set
from fruslint.names.miswritten import is_slip, miswritten, shouted


@pytest.mark.parametrize(
    ("surname", "content", "expected"),
    [
        ("Kaissari", "when kaissari left", {("kaissari", "Kaissari")}),
        ("Kaissari", "Mr. Kai ssari left", {("Kai ssari", "Kaissari")}),
        ("Kaissari", "Mr. Kaissariasked", {("Kaissariasked", "Kaissari asked")}),
        ("DeLange", "De Lange left", set()),
        ("Goodman", "a Good man left", set()),
        ("Mercer", "a mercer left", set()),
        ("Hart", "hart", set()),
        ("", "", set()),
    ],
)
def test_a_surname_is_known_in_small_letters_in_pieces_and_glued(
    surname: str, content: str, expected: set[tuple[str, str]]
) -> None:
    assert set(miswritten(surname, word_set(content))) == expected


@pytest.mark.parametrize(
    ("content", "is_found"),
    [
        ("MORELLI said so to Morelli, and Morelli left", True),
        ("MORELLI said so to Morelli", False),
        ("MORELLI, MORELLI and MORELLI, and Morelli, Morelli", False),
    ],
)
def test_capitals_are_reported_where_they_are_few(content: str, is_found: bool) -> None:
    assert list(shouted("Morelli", word_set(content), content)) == ([("MORELLI", "Morelli")] if is_found else [])


@pytest.mark.parametrize(
    ("written", "is_one"),
    [("Kasisari", True), ("Kaisari", True), ("Kaissari", False), ("Kaissaru", False), ("", False)],
)
def test_a_slip_exchanges_two_letters_or_leaves_one_out(written: str, is_one: bool) -> None:
    assert is_slip(written, "Kaissari") is is_one
