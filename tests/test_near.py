"""The right word for a wrong one, as errors propose it."""

from __future__ import annotations

import pytest

from fruslint.near import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("sumary", "summary"),
        ("SUMMARY", "summary"),
        ("note01", "NOTE001"),
        ("zzz", None),
        ("", None),
        ("x" * 9999, None),
    ],
)
def test_the_nearest_word_is_found_whatever_its_case(word: str, found: str | None) -> None:
    assert nearest(word, ["summary", "message", "NOTE001"]) == found


def test_a_hint_is_empty_where_nothing_is_near() -> None:
    assert (did_you_mean("sumary", ["summary"]), did_you_mean("zzz", ["summary"])) == ("did you mean `summary`?", "")
