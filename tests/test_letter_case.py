"""Words with a capital inside: fruslint.language.letter_case."""

from __future__ import annotations

import pytest

from fruslint.language.letter_case import recased


@pytest.mark.parametrize(
    ("word", "content", "expected"),
    [
        ("thoUght", "", "thought"),
        ("GOvernment", "", "Government"),
        ("BranDt", "Mr. Brandt and Mr. BranDt", "Brandt"),
        ("BranDt", "Mr. Brandts and Mr. BranDt", ""),
        ("Brandt", "Mr. Brandt", ""),
        ("", "", ""),
    ],
)
def test_inner_capitals_become_small_where_that_makes_a_word(word: str, content: str, expected: str) -> None:
    assert recased(word, content) == expected
