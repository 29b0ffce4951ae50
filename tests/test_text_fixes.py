"""What the fixes of plain-text memoranda make of them: the slip is put right, and nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.engine import Engine
from fruslint.findings import Finding
from fruslint.fixing.fixes import apply_edits
from fruslint.readers import read_source
from fruslint.rules import builtin_rules, select
from fruslint.source import Source

SOUND = """\
326. Memorandum of Conversation, Lisbon, October 24, 19581

SUBJECT

  • Fishing limits

PARTICIPANTS

  • Portugal
    • Mr. Amaral, Minister of Fisheries
    • Dr. Pires—Counselor
  • United States
    • FIS—Mr. Harlan

The Minister said that he [Page 20] had read our note.2 The limits, he said, [Page 21] were set in 1958.3

[Page 22]

Mr. Harlan thanked him.4

  1. Source: Department of State, Central Files, 600.413/5–860. Secret. Drafted by Harlan.
  2. The note was read at the Ministry.
  3. See Document 12.
  4. Not printed.
"""

ENGINE = Engine(select(builtin_rules(), [], [], []))


def findings(text: str) -> list[Finding]:
    report = ENGINE.check(read_source(Source("d326.txt", text)))
    return [*report.findings, *ENGINE.conclude([report])]


def fixed(text: str, *, unsafe: bool = False) -> str:
    """The text with its fixes made one after the other."""
    for _ in range(50):
        fixes = [finding.fix for finding in findings(text) if finding.fix and (finding.fix.safe or unsafe)]
        if not fixes:
            return text
        text = apply_edits(text, fixes[0].edits)
    raise AssertionError(f"the fixes come to no end: {text!r}")


def test_the_sound_memorandum_is_sound() -> None:
    assert findings(SOUND) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  2. The", "2. The"),
        ("  2. The", "    2. The"),
        ("  2. The", "\t2. The"),
        ("  2. The", "  2 . The"),
        ("  2. The", "  2: The"),
        ("  2. The", "  2) The"),
        ("  2. The", "  2 The"),
        ("  2. The", "  2.The"),
        ("  2. The", "  2.  The"),
        ("read at the", "read at\nthe"),
        ("read at the", "read at  \n  the"),
        ("Central Files, 600", "Central Files,\n600"),
        ("Ministry.\n  3.", "Ministry.\n\n  3."),
        ("Ministry.\n  3.", "Ministry.  \n \n  3."),
        ("[Page 21]", "[Page 2l]"),
        ("[Page 21]", "[Page Z1]"),
        ("[Page 21]", "[Page 2g]"),
        ("[Page 21]", "[Pg. 21]"),
        ("[Page 21]", "[page 21]"),
        ("[Page 21]", "[Page21]"),
        ("he [Page 20] had", "he[Page 20] had"),
        ("said, [Page 21] were", "said,[Page 21]were"),
        ("note.2", "note.[2]"),
        ("note.2", "note.²"),
        ("note.2", "note. 2"),
        ("  • Fishing", "  - Fishing"),
        ("  • Fishing", " • Fishing"),
        ("    • Dr. Pires", "\t• Dr. Pires"),
        ("    • Mr. Amaral", "        • Mr. Amaral"),
        ("    • Dr. Pires", "    Dr. Pires"),
        ("SUBJECT\n", "SUBJETC\n"),
        ("PARTICIPANTS\n", "  PARTICIPANTS  \n"),
        ("PARTICIPANTS\n\n", "  • PARTICIPANTS\n"),
        ("Mr. Harlan thanked", "\tMr. Harlan thanked"),
        ("Mr. Harlan thanked", "Mr. Harlan\tthanked"),
        ("Source: Dep", "Source; Dep"),
        ("Source: Dep", "Source Dep"),
        ("326. Mem", "326.Mem"),
        ("326. Mem", "326 — Mem"),
        ("Lisbon, October", "Lisbon,\nOctober"),
        ("19581\n", "1958\n1\n"),
        ("  • Fishing", "  •Fishing"),
        ("  • Fishing", "  ••Fishing"),
        ("    • Dr. Pires", "    \uf0b7 Dr. Pires"),
        ("    • Dr. Pires", "    ? Dr. Pires"),
        ("\n[Page 22]", "\n    [Page 22]"),
        ("[Page 21]", "［Page 21］"),
        ("  2. The", "  ². The"),
        ("  2. The", "  02. The"),
        ("Source: Dep", "Source:: Dep"),
    ],
)
def test_a_slip_is_put_right(right: str, wrong: str) -> None:
    assert SOUND.count(right) == 1
    assert fixed(SOUND.replace(right, wrong)) == SOUND


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Amaral, Minister", "Amaral,\nMinister"),
        ("Source: Dep", "Souce: Dep"),
        ("  • Fishing", "  &bull; Fishing"),
        ("  • Fishing", "  1. Fishing"),
        ("PARTICIPANTS\n", "PARTICIPANT5\n"),
        ("note.2", "note.fn2"),
        ("note.2", "note.2 2"),
        ("note.2", "note.<sup>2</sup>"),
    ],
)
def test_what_needs_a_judgement_is_put_right_on_demand(right: str, wrong: str) -> None:
    text = SOUND.replace(right, wrong)
    assert fixed(text) == text
    assert fixed(text, unsafe=True) == SOUND


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  3. See", "  See"),
        ("  3. See", "See"),
        ("  3. See", "  c. See"),
        ("  3. See", "  iii. See"),
        ("  3. See", "  • See"),
        ("  3. See", "> 3. See"),
        ("  3. See", "  * See"),
        ("  1. Source", "  Source"),
        ("Ministry.\n", "Ministry.\n[Page 23]\n"),
        ("Document 12.", "Document ."),
        ("by Harlan.", "by  and by Harlan."),
        ("SUBJECT\n", "SUBJE-\nCT\n"),
        ("SUBJECT\n", "SUBJECT\n-------\n"),
        ("that he [", "that )he( ["),
        ("had read", "ha[ read"),
        ("\n[Page 22]\n", "\n  3. See Document 12.\n\n[Page 22]\n"),
    ],
)
def test_what_shows_that_something_is_lost_is_left(right: str, wrong: str) -> None:
    text = SOUND.replace(right, wrong)
    if wrong.startswith("\n  3."):
        text = "".join(text.rsplit("  3. See Document 12.\n", 1))
    assert findings(text)
    assert fixed(text) == text


def test_notes_that_stand_behind_the_title_are_said_once_and_left() -> None:
    notes = SOUND.index("  1. Source")
    title = SOUND.index("SUBJECT")
    text = SOUND[:title] + SOUND[notes:] + "\n" + SOUND[title : notes - 1]
    said = [finding for finding in findings(text) if finding.rule.startswith(("NOTE", "SRC", "FILE"))]
    assert [finding.message for finding in said] == [
        "Note 1 and the 3 behind it: they stand among the text, and not in the list of notes at the end."
    ]
    assert fixed(text) == text


@pytest.mark.parametrize("wrong", ["[Page 3O]", "[Page 3g]"])
def test_a_page_number_that_does_not_fit_is_left(wrong: str) -> None:
    text = SOUND.replace("[Page 21]", wrong)
    assert fixed(text) == text


def test_a_second_document_in_the_file_is_left() -> None:
    text = SOUND + "\n\n\n327. Telegram From the Embassy in Portugal1\n\nHe left .2\n\n\n  1. Secret.\n\n"
    assert fixed(text, unsafe=True) == text


@pytest.mark.parametrize("number", ["3l6.", "3O6.", "32w6."])
def test_a_misread_number_of_a_heading_is_reported_and_not_cut(number: str) -> None:
    text = SOUND.replace("326.", number, 1)
    assert "DOC001" in {finding.rule for finding in findings(text)}
    assert fixed(text) == text


def test_a_number_in_a_split_note_is_no_note() -> None:
    text = SOUND.replace("Central Files, 600.413/5–860", "Central Files, Lot\n888. D")
    assert [note.label.text for note in read_source(Source("d326.txt", text)).documents[0].notes] == list("1234")


@pytest.mark.parametrize(
    "items",
    [
        ("Mr. Morel", "Mr. Orme", "Mr. Hale, Consul at Brest."),  # a printer may close a list with a period
        ("Fisheries Minister,", "Alain Morel", "Mr. Hale"),
    ],
)
def test_punctuation_that_may_be_meant_is_left(items: tuple[str, ...]) -> None:
    text = "12. Memorandum of Conversation1\n\nPARTICIPANTS\n\n" + "".join(f"  • {item}\n" for item in items)
    text += "\nThe Minister had read our note.\n"
    assert fixed(text) == text
    assert [found.rule for found in findings(text) if found.rule == "PART004"]


def test_headings_of_papers_that_were_typed_in_two_ways_are_left() -> None:
    def fixes(*headings: str) -> list[tuple[str, bool]]:
        files = [
            f"{number}. Memorandum of Conversation1\n\n{heading}\n\n  • Fishing limits\n\nThe Minister came.\n"
            for number, heading in enumerate(headings, 1)
        ]
        sources = [Source(f"d{number}.txt", text) for number, text in enumerate(files, 1)]
        found = ENGINE.conclude([ENGINE.check(read_source(source)) for source in sources])
        return [(one.place.path, one.fix.safe) for one in found if one.rule == "SEC007" and one.fix]

    capitals = ["SUBJECT"] * 12
    assert fixes(*capitals, "Subject") == [("d13.txt", True)]
    assert fixes(*capitals, "Subject", "Subject", "subject") == [
        ("d13.txt", False),
        ("d14.txt", False),
        ("d15.txt", True),
    ]


def test_line_ends_are_kept_where_lines_are_joined_or_parted() -> None:
    text = (
        SOUND.replace("\n", "\r\n").replace("SUBJECT\r\n\r\n", "SUBJECT\r\n").replace("2. The note", "2. The\r\nnote")
    )
    text = text.replace("Ministry.\r\n", "Ministry.\r\n\r\n")
    engine_fixes = [f.fix for f in findings(text) if f.fix and f.rule != "FILE006"]
    result = apply_edits(text, [edit for fix in engine_fixes for edit in fix.edits])
    assert result == SOUND.replace("\n", "\r\n")


BODY = SOUND.index("The Minister said")
SLIPS = st.sampled_from(["", " ", "  ", "\t", "\n", "\n\n", "\r\n", "•", "- ", "[", ".", "\u00ad", "\u00a0", "e\u0301"])


@given(st.lists(st.tuples(st.integers(BODY, len(SOUND)), SLIPS), min_size=1, max_size=3))
def test_fixes_come_to_an_end_and_keep_the_letters(slips: list[tuple[int, str]]) -> None:
    text = SOUND
    for place, slip in slips:
        text = text[:place] + slip + text[place:]
    assert _letters(fixed(text)) == _letters(text)


def _letters(text: str) -> str:
    """All letters and digits in order; accents may be composed, and so are left out with their letter."""
    return re.sub(r"[\W_\u0301éeáaóoúuíi]", "", text)
