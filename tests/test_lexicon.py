"""What the lexicon knows, and what an unknown word is taken for."""

from __future__ import annotations

import pytest

from fruslint.data import data_folder
from fruslint.language.known_words import KnownWords
from fruslint.language.lexicon import COMMON, FREQUENT, common_words, frequent_words, is_frequent, is_word, rank
from fruslint.language.meant_words import meant_by
from fruslint.language.unknown_words import UnknownWords
from fruslint.language.word_list import word_set

WORDS = data_folder("rules") / "words"
KNOWN = KnownWords(["Government", "Committee", "Central", "National"])


@pytest.mark.parametrize("word", ["harbor", "harbour", "a", "attaches", "demarche", "reftel", "wouldn"])
def test_words_of_english_and_of_telegrams_are_known(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["harbr", "", "|", "#", "harbor harbors", "Harbor"])
def test_what_is_no_word(word: str) -> None:
    assert not is_word(word)


def test_frequent_words_are_told_from_common_ones() -> None:
    assert rank("between") == FREQUENT
    assert rank("archipelago") == COMMON
    assert rank("abampere") is None
    assert rank("harbr") is None
    assert is_frequent("between")
    assert "between" in frequent_words()
    assert not is_frequent("archipelago")
    assert {"between", "betray"} <= set(common_words("betwixt"))
    assert "betwixt" not in common_words("bet")


def test_every_word_of_the_lists_is_in_small_letters_and_stands_once() -> None:
    for file in WORDS.glob("*.txt"):
        if file.name != "LICENSE.txt":
            lines = [line for line in file.read_text(encoding="ascii").splitlines() if not line.startswith("#")]
            ranks = [line.partition("|")[2] if "|" in line else line for line in lines]
            words = [word for line in ranks for word in line.replace("|", "").split()]
            assert all(word.isalpha() and word.islower() for word in words), file
            assert len(words) == len(set(words)), [word for word in words if words.count(word) > 1]


def test_the_words_of_diplomacy_are_none_of_english() -> None:
    lines = (WORDS / "diplomatic.txt").read_text(encoding="ascii").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    english = (WORDS / "english.txt").read_text(encoding="ascii")
    assert [word for word in words if f" {word} " in english] == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("betweeen", "between"),
        ("controling", "controlling"),
        ("peroid", "period"),
        ("urther", "further"),
        ("achipelago", "archipelago"),
        ("admininstration", "administration"),
        ("patriotiam", "patriotism"),
        ("dbjective", "objective"),
        ("govemment", "government"),
        ("forsee", "foresee"),
        ("ofthe", "of the"),
        ("apublic", "a public"),
        ("cometo", "come to"),
        ("beenanswered", "been answered"),
        ("theywould", "they would"),
        ("batallion", "battalion"),
        ("tommorow", "tomorrow"),
        ("proferred", "proffered"),
        ("quantitive", "quantitative"),
        ("pararagraph", "paragraph"),
        ("severence", "severance"),
        ("tendancy", "tendency"),
    ],
)
def test_a_slip_is_taken_for_the_word_that_is_meant(word: str, meant: str) -> None:
    assert meant_by(word) == meant


def test_a_word_of_few_letters_can_mean_anything() -> None:
    assert [meant_by(word) for word in ("q", "qx", "qxz")] == [None, None, None]


@pytest.mark.parametrize(
    "word", ["unsoluble", "launchings", "rightwing", "airsoft", "persecuter", "zzzzzz", "grosskopf", "assessmt"]
)
def test_words_that_may_be_right_or_anything(word: str) -> None:
    assert meant_by(word) is None


def slips(text: str, *right: str) -> list[str]:
    return [
        f"{text[start:end]} > {meant}"
        for start, end, meant in UnknownWords({*right}, KNOWN).slips(text, word_set(text))
    ]


def test_slips_of_a_text() -> None:
    assert slips("The fleet was betweeen (in the achipelago) the islands.") == ["betweeen > between"]
    assert slips("The fleet was in the “achipelago.”") == ["achipelago > archipelago"]
    assert slips("He spoke with i nterest of it.") == ["i nterest > interest"]
    assert slips("The Givernment paid Mr. Lightner.") == ["Givernment > Government"]
    assert slips("The Givernment paid, the Givernment did.") == []
    assert slips("The govern ment paid.") == ["govern ment > government"]
    assert slips("It is apublic affair, and an-apublic one, and organi- zation.") == ["apublic > a public"]


def test_words_of_an_edition_and_words_that_come_twice_are_right() -> None:
    assert slips("The tahsil paid the likings to the controling officer.", "controling") == []
    assert slips("It is controling the harbor, and he is controling it too.") == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Givernment", "Government"),
        ("Commitee", "Committee"),
        ("Governmnet", "Government"),
        ("Government", None),
        ("Governments", None),
        ("Lightner", None),
        ("Centrale", None),
        ("Nacional", None),
    ],
)
def test_what_a_word_with_a_capital_letter_means(word: str, meant: str | None) -> None:
    assert KNOWN.meant_by(word) == meant


def test_another_language_and_a_list_of_unknown_words_are_left_alone() -> None:
    assert slips("Il doit etre procede a la reduction des effectifs fonction realisee par gouvernemen.") == []
    assert slips(" ".join(f"betweeen{letter}{other}x" for letter in "abcdefghijklm" for other in "nopqrstuvwxyz")) == []
