"""Which hyphens stand in a word, and which between two."""

from __future__ import annotations

import pytest

from fruslint.language.hyphened_words import are_apart, are_parts, is_parted_name


@pytest.mark.parametrize(
    "word", ["pres-ent", "Treas-ury", "meas-ures", "ev-eryone", "long-est", "re-sponse", "pre-sumably", "de-velopment"]
)
def test_the_halves_of_a_word_are_known(word: str) -> None:
    assert are_parts(*word.split("-"))


@pytest.mark.parametrize(
    "word",
    [
        *(
            "co-operate",
            "co-ordinated",
            "re-enter",
            "re-inforcement",
            "pre-empted",
            "sub-committee",
            "one-man",
            "to-day",
        ),
        *("luke-warm", "hodge-podge", "out-moded", "anti-semitism", "Hack-worth", "Ba-th", "zzz-zzz"),
    ],
)
def test_two_words_or_none(word: str) -> None:
    assert not are_parts(*word.split("-"))


def test_two_words_that_make_none_are_apart() -> None:
    """As ‘these[calamities]’ is, and not ‘can[not]’, ‘moral[e]’ and ‘Republican[s]’."""
    assert are_apart("these", "calamities")
    assert are_apart("He", "the")
    assert not any(are_apart(*word.split("-")) for word in ("can-not", "moral-e", "Republican-s", "live-ly", "zzz-the"))


def test_a_name_is_parted_where_it_stands_in_one_word_and_more_often() -> None:
    content = "More-lia, Morelia, Morelia; Orme-dale, Ormedale; Bao-lin, Baolin, Baolin; Sand-bank, Sandbank, Sandbank."
    assert is_parted_name("More", "lia", content)
    parted = [name.partition("-") for name in ("Orme-dale", "Bao-lin", "Sand-bank", "More-li")]
    assert not any(is_parted_name(before, after, content) for before, _, after in parted)
