"""Which checks are called for a document: none that finds something is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.checks import check_class
from fruslint.checks.apparatus import ApparatusCheck
from fruslint.checks.broken_paragraph import BrokenParagraphCheck
from fruslint.checks.pattern import PatternCheck
from fruslint.checks.search.shape import wanted_shape
from fruslint.checks.search.sieve import Needs, Part, Sieve, needs_of
from fruslint.engine import Engine
from fruslint.model import Document, Medium
from fruslint.readers import read_bytes
from fruslint.rules import builtin_rules

CORPUS = Path(__file__).parent.parent / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*.*") if path.suffix in (".txt", ".xml"))
WORDS = ("said", "The", "of", "U.S.", "12", "1961", "TheMinister", "off-icial", "m1nister", "l0", "10O", "p.m.", "3:75")
SIGNS = (*" ,-–“”{&<[]é", "\n\n", ". ", " ,", "( ", " )", "..", ",.", "’’", "при")


def memorandum(body: str) -> Document:
    return read_bytes("d7.txt", f"7. Memorandum of Conversation\n\n{body}\n".encode()).documents[0]


def checks() -> list[Any]:
    """The checks of all rules that look at one document at a time."""
    made = [check_class(rule.kind)(rule.parameters) for rule in builtin_rules()]
    return [check for check in made if hasattr(check, "check_document") or hasattr(check, "collect")]


ALL = checks()
NEEDS = [needs_of(check, Medium.TEXT) for check in ALL]


def assert_none_is_left_out(document: Document) -> None:
    chosen = Sieve([needs_of(check, document.medium) for check in ALL]).chosen(document)
    left_out = [check for check, is_chosen in zip(ALL, chosen, strict=True) if not is_chosen]
    assert not [hit for check in left_out if hasattr(check, "check_document") for hit in check.check_document(document)]
    assert not [check for check in left_out if hasattr(check, "collect") and check.collect(document) is not None]


@given(st.lists(st.sampled_from((*WORDS, *SIGNS)), max_size=60).map("".join))
def test_no_check_that_finds_something_is_left_out(body: str) -> None:
    assert_none_is_left_out(memorandum(body))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_none_is_left_out_for_a_file_of_the_corpus(path: Path) -> None:
    for document in read_bytes(str(path), path.read_bytes()).documents:
        assert_none_is_left_out(document)


def test_most_of_what_a_plain_memorandum_does_not_need_is_left_out() -> None:
    chosen = Sieve(NEEDS).chosen(memorandum("The Secretary said that he agreed."))
    # behind a title without a full stop there is a line end like that in a broken paragraph, but no line begins with a number
    needed = [need is None or any(b"\n" in s.wanted and b"0" not in s.wanted for s in need.shapes) for need in NEEDS]
    assert needed.count(False) > 10
    assert sum(chosen) == sum(needed)


@pytest.mark.parametrize(
    ("needs", "body", "expected"),
    [
        (None, "anything", 1),
        (Needs(literals=("{", "}")), "a } b", 1),
        (Needs(literals=("{", "}")), "a b", 0),
        (Needs(literals=("a.Ha",)), "it was sa.Ha", 1),
        (Needs(literals=("a.Ha",)), "it was sa.He", 0),
        (Needs(shapes=(wanted_shape("aA"),)), "theMinister", 1),
        (Needs(shapes=(wanted_shape("aA"),)), "the Minister", 0),
        (Needs(shapes=(wanted_shape("a a"),)), "the minister", 1),
        (Needs(shapes=(wanted_shape("a, 0"),)), "the minister", 0),
        (Needs(part="page_breaks"), "the minister [Page 12] left", 1),
        (Needs(part="page_breaks"), "the minister left", 0),
    ],
    ids=[
        "nothing",
        "a text",
        "no text",
        "a text of a rare shape",
        "its shape",
        "a rare shape",
        "no rare shape",
        "a usual shape",
        "no usual shape",
        "a part",
        "no part",
    ],
)
def test_what_is_needed_is_looked_for(needs: Needs | None, body: str, expected: int) -> None:
    assert list(Sieve([needs]).chosen(memorandum(body))) == [expected]


@pytest.mark.parametrize("part", get_args(Part))
def test_the_parts_that_are_needed_are_parts_of_a_document(part: Part) -> None:
    assert list(Sieve([Needs(part=part)]).chosen(memorandum("He left."))) in ([0], [1])


def pattern(**parameters: Any) -> PatternCheck:
    return PatternCheck({"patterns": ["x"], **parameters})


def test_a_pattern_says_what_it_needs() -> None:
    assert pattern(**{"in": ["words"]}).needs is None
    assert pattern(**{"in": ["title"], "literals": ["x"]}).needs == Needs(literals=("x",))
    assert pattern(**{"in": ["title"], "shapes": ["aA"]}).needs == Needs(shapes=(wanted_shape("aA"),))
    assert pattern(**{"in": ["title"], "patterns": ["x", {"pattern": "y", "shapes": ["aA"]}]}).needs is None


@pytest.mark.parametrize(
    ("quick", "body", "found"),
    [
        ("left", "The x left.", 1),
        ("left", "The x stayed.", 0),
        ("LEFT", "The x left.", 1),
        (r"\b{verb}\b", "The x went.", 1),
        (r"\b{verb}\b", "The x stayed.", 0),
    ],
)
def test_no_pattern_is_tried_unless_the_quick_one_matches(quick: str, body: str, found: int) -> None:
    check = pattern(**{"in": ["words"], "quick": quick, "words": {"verb": ["left", "went"]}, "ignore_case": True})
    assert len(list(check.check_document(memorandum(body)))) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("He said to the Minister that he\n\nwould go there.", 1),
        ("He said to the Minister that he\n\nWould go there.", 0),
        ("He said to the Minister that he.\n\nThen he left.", 0),
    ],
)
def test_a_broken_paragraph_is_looked_for_where_its_shape_is(body: str, found: int) -> None:
    check = BrokenParagraphCheck({"ends": "[a-z]$", "begins": "[a-z]", "shapes": ["a\na"]})
    document = memorandum(body)
    assert list(Sieve([check.needs]).chosen(document)) == [found]
    assert len(list(check.check_document(document))) == found


def test_stray_markers_are_what_is_typed_in_a_volume_alone() -> None:
    check = ApparatusCheck({"report": "stray-marker", "typed": {"in": ["words"], "patterns": ["x"], "shapes": ["a0"]}})
    assert needs_of(check, Medium.TEI) is not None
    assert needs_of(check, Medium.TEXT) is None


def test_what_is_no_part_of_the_words_is_always_looked_at() -> None:
    assert pattern(**{"in": ["source"], "literals": ["x"]}).needs is None
    assert pattern(**{"in": ["source-note"], "shapes": ["aA"]}).needs is None


def test_what_nobody_can_see_is_looked_for_in_files_that_have_some() -> None:
    needs = pattern(**{"in": ["source"], "unprintable": True}).needs
    assert needs == Needs(unprintable=True)
    assert list(Sieve([needs]).chosen(memorandum("as it\u00a0is"))) == [1]
    assert list(Sieve([needs]).chosen(memorandum("as “it” is"))) == [0]
    assert pattern(**{"in": ["words"], "unprintable": True}).needs is None, "a reference can stand for a character"


def test_what_reaches_over_a_line_end_is_always_looked_at() -> None:
    """A check that sees the title and the body sees them one behind the other, whatever stands between them."""
    assert pattern(**{"in": ["title"], "literals": ["x\ny"]}).needs is None
    assert pattern(**{"in": ["title"], "literals": ["x\n"]}).needs == Needs(literals=("x\n",))
    assert pattern(**{"in": ["title"], "shapes": ["a\nA"]}).needs is None


def test_where_the_sieve_breaks_all_checks_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    volume = read_bytes("d7.txt", b"7. Memorandum of Conversation\n\nThe Under Secretary saw theMinister.\n")
    rules = [rule for rule in builtin_rules() if rule.kind == "pattern"]
    expected = Engine(rules).check(volume).findings
    monkeypatch.setattr(Sieve, "chosen", broken)
    assert Engine(rules).check(volume).findings == expected != ()
