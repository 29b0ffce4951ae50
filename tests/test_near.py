"""The right word for a wrong one, as errors propose it."""

from __future__ import annotations

import pytest

from fruslint.near import did_you_mean, did_you_mean_rule, nearest


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


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("note1", "did you mean `NOTE001`?"),
        ("NOTE-002", "did you mean `NOTE002`?"),
        ("NOET001", "did you mean `NOTE001`?"),
        ("he-for-me", "did you mean `he-for-be`?"),
        ("HOUSE001", ""),
    ],
)
def test_the_id_of_a_rule_is_meant_for_one_of_a_family_like_its_own(word: str, found: str) -> None:
    assert did_you_mean_rule(word, {"NOTE001", "NOTE002", "SEC001", "he-for-be"}) == found
