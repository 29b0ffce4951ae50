"""The checks on characters and words: what they share, and that a hostile text does not hold them up."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from itertools import product
from time import perf_counter
from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fruslint.checks import check_class
from fruslint.checks.base import Hit
from fruslint.checks.calendar import CalendarCheck
from fruslint.checks.file_form import stands_alone
from fruslint.checks.search.expressions import any_of
from fruslint.checks.search.marks import EvenMarks
from fruslint.checks.search.shape import shape_of, wanted_shape, words_around, words_with
from fruslint.checks.search.sieve import Sieve
from fruslint.model import Document
from fruslint.patterns import compiled_at_once
from fruslint.readers import read_bytes
from fruslint.rules import builtin_rules
from fruslint.text import Text

SAYS = {"unclosed": "is never closed", "unopened": "closes nothing", "reversed": "is turned round"}


def memorandum(body: str, *notes: str) -> Document:
    numbered = "".join(f"  {number}. {note}\n" for number, note in enumerate(notes, start=1))
    text = f"7. Memorandum of Conversation\n\n{body}\n" + (f"\n{numbered}" if notes else "")
    return read_bytes("d7.txt", text.encode()).documents[0]


def hits(kind: str, parameters: dict[str, Any], document: Document) -> list[Hit]:
    check: Any = check_class(kind)(parameters)
    found: Iterable[Hit] = check.check_document(document)
    return list(found)


def marked(kind: str, parameters: dict[str, Any], document: Document) -> list[str]:
    return [document.source.text[slice(*hit.span)] for hit in hits(kind, parameters, document)]


class TestShape:
    def test_tells_the_kinds_of_characters(self) -> None:
        assert shape_of("Žižek’s F–16; привет é") == b"Aaaaa\x92a A-00, " + b"\x7f" * 6 + b" a"

    def test_is_as_long_as_the_text(self) -> None:
        text = "\U0001f600 \u200b\ufb01\x96 ½"
        assert len(shape_of(text)) == len(text)

    def test_gives_each_word_once(self) -> None:
        text = "the fooBarBaz and\nMcGhee went"
        assert [text[start:end] for start, end in words_with(text, (wanted_shape("aA"),))] == ["fooBarBaz", "McGhee"]

    def test_gives_the_words_on_both_sides_of_a_blank(self) -> None:
        text = "one two , three"
        assert [text[start:end] for start, end in words_with(text, (wanted_shape("a ,"),))] == ["two ,"]

    def test_gives_the_words_around_places(self) -> None:
        text = "take a look at x and a b too"
        places = [found.span() for found in re.finditer(" [bx] ", text)]
        assert [text[start:end] for start, end in words_around(text, places)] == ["at x and", "a b too"]

    @given(st.text("abA0;,.- \n’”é€/*", max_size=40), st.text("aA0,.- \n*)", min_size=1, max_size=4))
    @example("a", "*")
    def test_finds_every_place_of_a_shape(self, text: str, shape: str) -> None:
        begins = [index for index in range(len(text)) if shape_of(text).startswith(shape.encode(), index)]
        words = words_with(text, (wanted_shape(shape),))
        assert all(any(start <= index < end for start, end in words) for index in begins)
        assert not words or begins


class TestPattern:
    @pytest.mark.parametrize("words", [["the", "their", "there", "a"], ["ab", "abc", "b"], ["x.y", "x(y"]])
    def test_a_list_of_words_matches_each_of_them_whole(self, words: list[str]) -> None:
        pattern = re.compile(any_of(words))
        assert [word for word in words if not pattern.fullmatch(word)] == []
        assert not pattern.fullmatch("thei")

    @given(st.lists(st.text("ab.", max_size=4), min_size=1, max_size=8))
    def test_a_list_of_words_matches_no_other(self, words: list[str]) -> None:
        pattern = re.compile(any_of(words))
        tried = {"".join(letters) for length in range(6) for letters in product("ab.", repeat=length)}
        assert {word for word in tried if pattern.fullmatch(word)} == set(words)

    def test_exceptions_excuse_what_they_touch(self) -> None:
        parameters = {"in": ["words"], "patterns": ["[<>]"], "except": ["< [0-9]"]}
        assert marked("pattern", parameters, memorandum("He had < 5 ships > 3.")) == [">"]

    def test_hits_beside_a_cut_can_be_dropped(self) -> None:
        parameters = {"in": ["words"], "patterns": [" {2,}"]}
        document = memorandum("He  came  [Page 3] late.")
        assert len(hits("pattern", parameters, document)) == 2
        assert len(hits("pattern", {**parameters, "at_cuts": False}, document)) == 1

    def test_no_edit_where_something_was_taken_out(self) -> None:
        parameters = {"in": ["words"], "patterns": ["to the"], "replace": "to a"}
        (hit,) = hits("pattern", parameters, memorandum("He went to [Page 3] the harbor."))
        assert hit.edits == ()

    def test_a_group_without_a_value_is_refused(self) -> None:
        with compiled_at_once(), pytest.raises(ValueError, match="`colour`"):
            check_class("pattern")({"in": ["words"], "patterns": ["(?P<colour>red)"]})

    def test_the_source_is_searched_between_the_blocks_too(self) -> None:
        parameters = {"in": ["source"], "patterns": ["\u200b"], "unprintable": True}
        document = memorandum("SUBJECT\n\n  \u200b• Dues\n\nHe left.")
        assert len(hits("pattern", parameters, document)) == 1

    def test_a_word_that_is_looked_at_does_not_end_within_the_next(self) -> None:
        parameters = {"in": ["body"], "patterns": [r"[a-z]+(?P<here>[0-9]+)(?=\s|$)"], "shapes": ["a0"]}
        assert marked("pattern", parameters, memorandum("He left word4x note7521 there.")) == ["7521"]

    def test_nothing_is_tried_without_what_is_found_quickly(self) -> None:
        parameters = {"in": ["body"], "patterns": ["[a-z]+ed"], "quick": "[,;]$"}
        assert marked("pattern", parameters, memorandum("He stayed;")) == ["stayed"]
        assert marked("pattern", parameters, memorandum("He stayed.")) == []


class TestPairs:
    PARENTHESES: ClassVar[dict[str, Any]] = {"in": ["words"], "open": "(", "close": ")", "over": "run", "says": SAYS}
    LABELS: ClassVar[dict[str, Any]] = {**PARENTHESES, "alone": [r"(?:^|(?<=\s))(?P<label>[a-z]|\d{1,2})\)"]}

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("He (who came) left.", []),
            ("He (who came left.\n\nShe) stayed.", ["(", ")"]),
            ("He left. (She stayed.\n\nThey came.)", []),
            ("There are a) ships and b) docks.", []),
            ("There are (a) ships and b) docks.", [")"]),
            ("See box 12) there.", [")"]),
            ("See (point a) above) and b) below.", []),
        ],
    )
    def test_parentheses(self, body: str, expected: list[str]) -> None:
        assert marked("balance-of-pairs", self.LABELS, memorandum(body)) == expected

    def test_each_note_is_counted_for_itself(self) -> None:
        document = memorandum("He left.", "Source: (Department of State. Secret.", "Not) printed.")
        assert marked("balance-of-pairs", self.PARENTHESES, document) == ["(", ")"]

    @given(st.text("()[\n a\u0093\u0094“”", max_size=12))
    @example("()(\n)")
    def test_what_is_seen_to_be_even_at_once_is_even(self, words: str) -> None:
        for opening, closing in ("()", "“”"):
            if EvenMarks(opening, closing).are_in(words):
                assert all(line.count(opening) == line.count(closing) for line in words.split("\n"))
                marks = "".join(mark for mark in words if mark in opening + closing)
                assert marks == (opening + closing) * (len(marks) // 2)

    def test_marks_that_stand_for_others_are_not_seen_at_once(self) -> None:
        assert not EvenMarks(";", ":").are_in("")
        assert EvenMarks("“", "”").are_in("“left.”")
        assert not EvenMarks("“", "”").are_in("\u0093left.”")
        assert not EvenMarks("“", "”").are_in("“left\u0094 and “came”")


class TestQuotes:
    PARAMETERS: ClassVar[dict[str, Any]] = {"in": ["words"], "open": "“", "close": "”", "says": SAYS}

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("“One.\n\n“Two.\n\n“Three.”\n\nFour.", []),
            ("He said: “One.\n\n(a) Two “three” four;\n\n(b) five.”", []),
            ("He said “one.\n\nTwo.", ["“"]),
            ("He said one” and “two.”", ["”"]),
            ("He said “one“ and “two.”", ["“"]),
            ("He said ”one” and “two.”", ["”"]),
            ("He said “the “inner” plan” twice.", []),
            ("He said “one\n\n“Two” and three” four.", ["”"]),
        ],
    )
    def test_curly_marks(self, body: str, expected: list[str]) -> None:
        assert marked("balance-of-quotes", self.PARAMETERS, memorandum(body)) == expected


class TestHabit:
    PARAMETERS: ClassVar[dict[str, Any]] = {
        "in": ["words"],
        "styles": [{"name": "curly", "literals": ["“", "”"]}, {"name": "straight", "pattern": '"', "literals": ['"']}],
    }

    def conclude(self, *bodies: str, **more: Any) -> list[tuple[str, str]]:
        check: Any = check_class("habit")({**self.PARAMETERS, **more})
        noted = [tally for body in bodies if (tally := check.collect(memorandum(body))) is not None]
        facts = check.settle(noted, False)
        assert list(check.conclude(check.settle(noted, True))) == list(check.conclude(facts))
        return [(hit.values["found"], hit.values["majority"]) for hit in check.conclude(facts)]

    def test_the_minority_of_a_document(self) -> None:
        assert self.conclude('“a” “b” “c” "d') == [('"', "curly")]

    def test_a_document_with_a_habit_of_its_own(self) -> None:
        bodies = ("“a” “b” “c” “d”", '"a" "b"')
        assert self.conclude(*bodies) == []
        assert self.conclude(*bodies, by_document=False, share=0.6) == [('"', "curly")]

    def test_no_habit_no_findings(self) -> None:
        assert self.conclude('“a” “b” "c" "d" “e” "f"') == []

    def test_literals_of_several_characters(self) -> None:
        styles = [{"name": "words", "literals": ["per cent", "percent"]}, {"name": "signs", "literals": ["%"]}]
        assert self.conclude("5 percent, 6 per cent, 7 percent, 8 percent, 9%", styles=styles) == [("%", "words")]
        assert self.conclude("5%, 6%, 7%, 8%, 9 per cent", styles=styles) == [("per cent", "signs")]

    def test_patterns_are_tried_where_their_shape_begins(self) -> None:
        styles = [
            {"name": "small", "pattern": r"\d (?P<here>[ap]m)\b"},
            {"name": "large", "pattern": r"\d (?P<here>[AP]M)\b"},
        ]
        where = {"shapes": ["0 a", "0 A"], "near": r"\d [apAP][mM]", "styles": styles}
        assert self.conclude("5 am, 6 pm, 7 am, 8 pm, 9 PM, 10 a bit later", **where) == [("PM", "small")]
        check: Any = check_class("habit")({**self.PARAMETERS, **where})
        assert check.collect(memorandum("He left in 5 minutes.")) is None
        assert Sieve([check.needs]).chosen(memorandum("He left.")) == bytes(1)

    def test_matches_from_places_side_by_side_do_not_overlap(self) -> None:
        styles = [{"name": "x", "pattern": "[a-z]+x"}, {"name": "y", "pattern": "[a-z]+y"}]
        where = {"shapes": ["aa"], "near": "{half}", "words": {"half": ["f", "o"]}, "styles": styles}
        check: Any = check_class("habit")({**self.PARAMETERS, **where})
        tally = check.collect(memorandum("foox foox foox ogy oy"))
        assert tally.counts == (3, 2)
        assert self.conclude("foox foox foox foox oy", **where) == [("oy", "x")]

    def test_signs_cannot_be_tried_at_places(self) -> None:
        with pytest.raises(ValueError, match="needs a `pattern`"):
            check_class("habit")({**self.PARAMETERS, "shapes": ["0a"], "near": "[0-9]"})

    def test_facts_stay_small(self) -> None:
        check: Any = check_class("habit")(self.PARAMETERS)
        (fact,) = check.settle([check.collect(memorandum('“a” "b" ' * 500))], False)
        assert sum(map(len, fact.uses)) <= 40

    def test_a_whole_volume_keeps_only_what_departs_from_it(self) -> None:
        check: Any = check_class("habit")(self.PARAMETERS)
        tallies = [check.collect(memorandum(body)) for body in ("“a” “b”", "“c”", '“d" “e”')]
        uses = [use.found for fact in check.settle(tallies, True) for style in fact.uses for use in style]
        assert uses == ['"']


MANY = 8_000
HOSTILE = {
    "brackets": "[" * MANY,
    "parentheses": "(\n\n" * MANY,
    "labels": "x a) " * MANY,
    "quotes": "“a\n\n" * MANY,
    "capitals": "fooBar" * MANY,
    "one word": "a" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("balance-of-pairs", TestPairs.LABELS),
        ("balance-of-pairs", {**TestPairs.PARENTHESES, "open": "[", "close": "]", "over": "document"}),
        ("balance-of-quotes", TestQuotes.PARAMETERS),
        ("pattern", {"in": ["words"], "patterns": ["[a-z]+[A-Z][a-z]+"], "shapes": ["aA"]}),
    ],
)
def test_a_hostile_text_takes_seconds_at_most(name: str, kind: str, parameters: dict[str, Any]) -> None:
    document = memorandum(HOSTILE[name])
    began = perf_counter()
    hits(kind, parameters, document)
    assert perf_counter() - began < 10


def test_characters_that_stand_alone_are_normalised_wherever_they_stand() -> None:
    """What a character can be composed with is never one of those that the look at a whole file passes over."""
    decomposed = (unicodedata.decomposition(chr(code)).split() for code in range(sys.maxunicode + 1))
    behind = {chr(int(parts[1], 16)) for parts in decomposed if len(parts) == 2 and not parts[0].startswith("<")}
    assert behind
    assert not any(map(stands_alone, behind))
    assert not any(map(stands_alone, map(chr, range(0x1161, 0x11C3)))), "parts of Korean syllables"


@given(
    st.integers(1, 40), st.integers(1600, 2100), st.sampled_from(("May 30–", "May ", "May", "30 ", " ")), st.booleans()
)
@example(29, 1961, "February ", False)
def test_a_date_that_is_passed_over_is_a_possible_one(day: int, year: int, before: str, is_short: bool) -> None:
    check = CalendarCheck({"in": ["words"], "report": "impossible", "first_year": 1700, "last_year": 2030})
    content = f"It was of {before}{day if is_short else f'{day:02}'}, {year}."
    document = read_bytes("d7.txt", f"7. Memorandum of Conversation\n\n{content}\n".encode()).documents[0]
    end = content.rindex(",") - 1
    if check._is_possible(content, end):
        with patch.object(CalendarCheck, "_is_possible", return_value=False):
            assert not list(check._find(Text(content), document))


def test_given_names_are_compared_in_the_notes_alone() -> None:
    body = "Captain Brandt said that Gerard Marlowe agreed."
    document = read_bytes(
        "d7.txt",
        f"7. Memorandum of Conversation1\n\nPARTICIPANTS\n\n  • Gerald Marlowe, Bureau of Commerce\n\n{body}\n\n"
        f"  1. Source: Department of State, Central Files. Confidential. Drafted by Ames. {'Not printed. ' * 9}\n".encode(),
    ).documents[0]
    rule = next(rule for rule in builtin_rules() if rule.kind == "name-variant")
    for kinds in (["paragraph"], ["prose"]):
        assert hits("name-variant", {**rule.parameters, "in": kinds}, document) == []
