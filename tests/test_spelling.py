"""How far apart two spellings are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.language.spelling import closest, distance

WORDS = st.text(alphabet="abc", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("Guthrie", "Guthrie", 0),
        ("Guthrie", "Gutherie", 1),
        ("Page", "Paeg", 1),
        ("Holdridge", "Holrdidge", 1),
        ("SUBJECT", "SUJBECTS", 2),
        ("PARTICIPANTS", "PRESENT", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted_up_to_the_limit(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips


def by_definition(one: str, other: str) -> int:
    """The distance as it is defined, slowly."""
    if not one or not other:
        return len(one) + len(other)
    found = [
        by_definition(one[:-1], other) + 1,
        by_definition(one, other[:-1]) + 1,
        by_definition(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if one[-2:] == other[-2:][::-1] and len(one) > 1:
        found.append(by_definition(one[:-2], other[:-2]) + 1)
    return min(found)


@given(WORDS, WORDS, st.integers(0, 3))
def test_the_distance_is_the_one_defined(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(by_definition(one, other), limit + 1)


def test_the_nearest_word_is_the_first_of_the_closest() -> None:
    assert closest("PARTICPANTS", ["SUBJECT", "PARTICIPANTS", "PARTICIPANT"], 2) == "PARTICIPANTS"
    assert closest("PLACE", ["SUBJECT"], 2) is None
