"""Fixes in TEI volumes: a slip is put right exactly, and what no one can be sure of is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers_tei import read
from helpers_words import document_words
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fruslint.checks.search.edits import parted, rewritten, stands_plain
from fruslint.engine import Engine
from fruslint.findings import Edit, Finding
from fruslint.fixing.fixes import apply_edits, choose
from fruslint.markup.wellformed import find_fault
from fruslint.model import Document, Volume
from fruslint.readers import read_source
from fruslint.rules import builtin_rules, select
from fruslint.source import Source
from fruslint.text import BlockKind, Text

NAME = "frus1964-68v90.xml"
SOUND = (Path(__file__).parents[1] / "corpus" / "sound" / NAME).read_text(encoding="utf-8")
ENGINE = Engine(rule for rule in select(builtin_rules(), extend_select=["NOTE018", "TYPO023", "REF014"]) if rule.fix)


def volume(text: str) -> Volume:
    return read_source(Source(NAME, text))


def findings(text: str) -> list[Finding]:
    report = ENGINE.check(volume(text))
    return [*report.findings, *ENGINE.conclude([report])]


def fixed(text: str, *, unsafe: bool = False) -> str:
    """The text after as many passes as there is something to do in."""
    for _ in range(9):
        chosen = choose(found for found in findings(text) if found.fix and (found.fix.safe or unsafe))
        if not chosen:
            return text
        text = apply_edits(text, [edit for found in chosen if found.fix for edit in found.fix.edits])
    raise AssertionError(f"the fixes come to no end: {text!r}")


def test_there_is_nothing_to_fix_in_the_sound_volume() -> None:
    assert [found for found in findings(SOUND) if found.fix] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('xml:id="d2fn1" type="source"', 'xml:id="d2fn1"'),
        ('xml:id="d2fn1" type="source">Source:', 'xml:id="d2fn1">Source:'),
        ("Source: National Archives, RG 59, Central Files 1967", "Source; National Archives, RG 59, Central Files 1967"),
        ("Source: National Archives, RG 59, Central Files 1967", "Source National Archives, RG 59, Central Files 1967"),
        ('<list type="subject">\n<head>SUBJECT</head>\n<item>Traffic', "<list>\n<head>SUBJECT</head>\n<item>Traffic"),
        (
            '<list type="subject">\n<head>SUBJECT</head>\n<item>Traffic',
            '<list type="participants">\n<head>SUBJECT</head>\n<item>Traffic',
        ),
        ("<head>SUBJECT</head>\n<item>Traffic", "<head>SUBJETC</head>\n<item>Traffic"),
        ("<head>SUBJECT</head>\n<item>Traffic", "<head>Subject</head>\n<item>Traffic"),
        ("Portuguese Ambassador</item>", "Portuguese Ambassador,</item>"),
        ('xml:id="pg_5"', 'xml:id="pg_55"'),
        ('target="#d2">Document 2</ref>.', 'target="d2">Document 2</ref>.'),
        ('corresp="#p_HGT1">Hadley</persName>’s', 'corresp="p_HGT1">Hadley</persName>’s'),
        ('27#pg_410"><hi rend="italic">Foreign Relations,</hi> 1955–1957, vol. XXVII, p. 410</ref>',
         '27"><hi rend="italic">Foreign Relations,</hi> 1955–1957, vol. XXVII</ref>, p. 410'),
        ('1<hi rend="italic">n</hi></ref>', '1</ref><hi rend="italic">n</hi>'),
        ('there.<note n="2"', 'there. <note n="2"'),
        ('there.<note n="2"', 'there.\n    <note n="2"'),
        ("1893.</note>", "1893. </note>"),
        ("</gloss> for a license and", " </gloss>for a license and"),
        ("eleven times", "eleven\u00a0times"),
        ("eleven times", "eleven \u2009 times"),
        ("eleven times", "ele\u00adven times"),
        ("eleven times", "eleven times\u200b"),
        ("between the soup", "between the s\u043eup"),
        ("“renewable.”", "â€œrenewable.”"),
    ],
)  # fmt: skip
def test_a_slip_is_put_right(right: str, wrong: str) -> None:
    assert right in SOUND
    assert fixed(SOUND.replace(right, wrong, 1)) == SOUND


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Source: National Archives, RG 59, Central Files 1967", "Souce: National Archives, RG 59, Central Files 1967"),
        ("<head>SUBJECT</head>\n<item>Traffic", "<item>Traffic"),
        ("<head>SUBJECT</head>\n<item>Traffic", "<head/>\n<item>Traffic"),
        ("word “renewable.”", 'word "renewable."'),
        ("Mr. <persName", "Mr <persName"),
        ("Mr. <persName", "Mr.<persName"),
        ("growing old as well", "growing o1d as well"),
        ("National Archives, RG 59, Central Files 1967", "National Archvies, RG 59, Central Files 1967"),
        ("Lisbon</placeName>, <date", "Lisbon</placeName>,<date"),
        ('corresp="#p_HGT1">Hadley</persName>’s', 'corresp="#pHGT1">Hadley</persName>’s'),
    ],
)
def test_what_needs_a_judgement_is_put_right_on_demand(right: str, wrong: str) -> None:
    text = SOUND.replace(right, wrong, 1)
    assert text != SOUND
    assert fixed(text) == text
    assert fixed(text, unsafe=True) == SOUND


def test_the_id_of_a_page_is_left_where_a_reference_to_it_means_another_page() -> None:
    text = SOUND.replace('xml:id="pg_4"', 'xml:id="pg_44"').replace(
        '<ref target="#pg_4">4<', '<ref target="#pg_44">44<'
    )
    assert fixed(text) == text


def test_the_references_to_a_page_move_with_its_id() -> None:
    text = SOUND.replace('xml:id="pg_4"', 'xml:id="pg_44"').replace('"#pg_4">4<', '"#pg_44">4<')
    assert fixed(text) == SOUND


@pytest.mark.parametrize(("char", "kept"), [("\u00a0", " "), ("\u200b", "")])
def test_what_cannot_be_seen_hides_no_number_of_a_document(char: str, kept: str) -> None:
    text = SOUND.replace("<head>4. ", f"<head>{char}4. ")
    assert words(text) == words(SOUND)
    assert fixed(text) == SOUND.replace("<head>4. ", f"<head>{kept}4. ")


def test_a_note_that_is_printed_twice_without_the_sign_of_its_reference_needs_a_judgement() -> None:
    note = '<note n="2" target="d2fn2">See the other.</note> A fee by the mile'
    text = SOUND.replace(" A fee by the mile", note).replace('corresp="#p_RJ1"', 'corresp="p_RJ1"', 1)
    assert fixed(text) == SOUND.replace(" A fee by the mile", note)
    assert fixed(text, unsafe=True) == SOUND.replace(" A fee by the mile", note.replace('"d2fn2"', '"#d2fn2"'))


LINES = st.sampled_from(
    ["", " ", "\n", "  ", "\r\n", "\u00a0", "\u200b", "<!-- a word -->", "&amp;", "<lb/>", "e\u0301"]
)
BODY = SOUND.index("<body>")
GAPS = [index for index in range(BODY, SOUND.index("</body>")) if SOUND[index - 1] == ">" or SOUND[index] == "<"]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(GAPS), LINES), min_size=1, max_size=4))
@example([(SOUND.index("SUBJECT</head>"), "\u00a0"), (SOUND.index("SUBJECT</head>"), "e\u0301")])
@example([(SOUND.index("SUBJECT</head>"), char) for char in "\u00a0\u00a0\u200b"])
def test_whatever_stands_at_tags_the_result_is_well_formed_and_says_the_same(slips: list[tuple[int, str]]) -> None:
    text = SOUND
    for place, slip in sorted(slips, reverse=True):
        text = text[:place] + slip + text[place:]
    result = fixed(text)
    assert find_fault(result) is None
    assert words(result) == words(text)
    assert fixed(result) == result


def words(text: str) -> list[list[str]]:
    return [document_words(one) for one in volume(text).documents]


def paragraph(content: str) -> tuple[Document, Text]:
    one = read(f"<head>7. Letter</head>\n<p>{content}</p>")
    return one, next(block.text for block in one.blocks if block.kind is BlockKind.PARAGRAPH)


def edited(content: str, words_: str, new: str) -> str | None:
    """The paragraph with some of its words rewritten; None where there is no edit."""
    one, text = paragraph(content)
    start = text.content.index(words_)
    edits = [Edit(*edit) for edit in rewritten(one, text, start, start + len(words_), new)]
    result = apply_edits(one.source.text, edits)
    return result[result.index("<p>") + 3 : result.index("</p>")] if edits else None


@pytest.mark.parametrize(
    ("content", "words_", "new", "expected"),
    [
        ("not declasified", "declasified", "declassified", "not declassified"),
        ("not\n   declasified", "not declasified", "not declassified", "not\n   declassified"),
        ("A <hi>CDA</hi> man", "CDA", "ACDA", "A <hi>ACDA</hi> man"),
        ("soup &amp; coffee", "soup", "soup < tea & milk", "soup &lt; tea &amp; milk &amp; coffee"),
        ("word<note n='1'>A</note> x", "word", "words", "words<note n='1'>A</note> x"),
        ("s&amp;p", "s&p", "s and p", None),
        ("dec<pb n='3'/>lasified", "declasified", "declassified", None),
        ("dec<hi>las</hi>ified", "declasified", "declassified", None),
        ("a<note n='1'>A</note>b", "ab", "a b", None),
        ("right", "right", "right", None),
    ],
)
def test_words_are_rewritten_where_they_stand_plain(content: str, words_: str, new: str, expected: str | None) -> None:
    assert edited(content, words_, new) == expected


def test_only_what_differs_is_replaced() -> None:
    one, text = paragraph("not declasified yet")
    (edit,) = rewritten(one, text, 4, 15, "declassified")
    assert (one.source.text[edit[0].start - 2 : edit[0].end + 2], edit[1]) == ("asif", "s")


def test_words_over_the_end_of_a_block_do_not_stand_plain() -> None:
    one = read("<head>7. Letter</head>\n<p>One</p>\n<p>Two</p>")
    view = one.view(frozenset({BlockKind.PARAGRAPH})).text
    assert view.content == "One\nTwo"
    assert not stands_plain(one, view.span(2, 5), view.content[2:5])
    assert stands_plain(one, view.span(0, 3), view.content[:3])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("one,two", "one, two"),
        ("<hi>one,</hi>two", "<hi>one,</hi> two"),
        ("one,<hi>two</hi>", "one, <hi>two</hi>"),
        ("<q><hi>one,</hi></q><hi>two</hi>", "<q><hi>one,</hi></q> <hi>two</hi>"),
        ('one,<note n="1">A.</note>two', 'one,<note n="1">A.</note> two'),
        ('one,<note n="1">A.</note><note n="2">B.</note><hi>two</hi>',
         'one,<note n="1">A.</note><note n="2">B.</note> <hi>two</hi>'),
        ('one,<pb n="3"/>two', 'one, <pb n="3"/>two'),
    ],
)  # fmt: skip
def test_a_blank_is_set_behind_what_belongs_to_the_word_before(content: str, expected: str) -> None:
    one, text = paragraph(content)
    place = text.content.index(",") + 1
    result = apply_edits(one.source.text, [Edit(*edit) for edit in parted(one, text, place)])
    assert f"<p>{expected}</p>" in result
