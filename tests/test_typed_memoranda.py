"""Memoranda as an editing office types them: a dateline under the heading, and lists without bullets."""

from __future__ import annotations

import pytest

from fruslint.engine import Engine
from fruslint.model import Document
from fruslint.readers.plain import read_plain
from fruslint.rules import builtin_rules
from fruslint.source import Source
from fruslint.text import BlockKind

HEAD = "14. Memorandum of Conversation1\n\n"
END = (
    "He asked for cork.\n\n  1. Source: Department of State, Central Files, 852.33/1–763. Secret. Drafted by Aldous.\n"
)


def _document(text: str) -> Document:
    return read_plain(Source("memoranda/d14.txt", text)).documents[0]


def _found(text: str) -> list[tuple[str, int]]:
    """The rules that speak, with their lines."""
    engine = Engine([rule for rule in builtin_rules() if rule.default])
    report = engine.closed(engine.check(read_plain(Source("memoranda/d14.txt", text))))
    findings = [*report.findings, *engine.conclude([report])]
    return [(one.rule, one.place.start.line) for one in findings]


@pytest.mark.parametrize(
    "line",
    [
        "Washington, March 12, 1962.",
        "Washington, March 12, 1962, 3:30 p.m.",
        "Reykjavik, March 7, 1962—6 p.m.",
        "[Washington,] March 12, 1962.",
        "New York, March 12–14, 1962",
        "March 12, 1962, 11 a.m.–noon",
        "Washington, undated.",
        "Washington, March 12, 1962.2",
    ],
)
def test_a_place_and_a_date_under_the_heading_are_a_dateline(line: str) -> None:
    text = f"{HEAD}{line}\n\n{END}"
    document = _document(text)
    assert [block.kind for block in document.blocks[1:3]] == [BlockKind.DATELINE, BlockKind.PARAGRAPH]
    assert document.year == (None if "undated" in line else 1962)
    assert not [rule for rule, _ in _found(text) if rule == "SEC011"]


@pytest.mark.parametrize(
    "line",
    [
        "In Washington, March 12, 1962, was a cold day.",
        "He left on March 12, 1962. They stayed.",
        "Washington, March 12",
    ],
)
def test_a_sentence_with_a_date_is_no_dateline(line: str) -> None:
    assert BlockKind.DATELINE not in [block.kind for block in _document(f"{HEAD}{line}\n\n{END}").blocks]


def test_a_place_and_a_date_in_the_text_are_no_dateline() -> None:
    text = f"{HEAD}He read the note to me.\n\nWashington, March 12, 1962.\n\n{END}"
    assert BlockKind.DATELINE not in [block.kind for block in _document(text).blocks]


def test_a_subject_right_below_its_heading_is_the_subject() -> None:
    text = f"{HEAD}SUBJECT\nFishing Limits\n\n{END}"
    (subject,) = _document(text).sections
    assert [item.text.content for item in subject.items] == ["Fishing Limits"]
    assert [found for found in _found(text) if found[0] in ("SEC005", "PART006")] == [("PART006", 4)]


def test_a_list_behind_such_a_subject_has_lost_its_heading() -> None:
    text = f"{HEAD}SUBJECT\nFishing Limits\n\n  • Iceland\n    • Ambassador Steinarsson\n\n{END}"
    assert [section.kind for section in _document(text).sections] == ["subject", "participants"]
    assert ("SEC002", 6) in _found(text)


def test_a_sentence_right_below_a_heading_is_no_subject() -> None:
    text = f"{HEAD}SUBJECT\nThe Minister said that he would not come.\n\n{END}"
    assert [section.items for section in _document(text).sections] == [()]


def test_names_behind_tabs_are_people_of_their_own() -> None:
    text = (
        f"{HEAD}PARTICIPANTS: Secretary Hadley\n\tAmbassador Winfield\n\tMr. Roger Maxim,\n\tBritish Embassy\n\n{END}"
    )
    (people,) = _document(text).sections
    assert len(people.items) == 3
    assert people.items[2].text.content.startswith("Mr. Roger Maxim,")


def test_a_note_without_full_stop_ends_where_the_next_one_begins() -> None:
    notes = "1. Source: Department of State, Central Files. Secret. Drafted by Aldous\n2. See Document 9.\n"
    document = _document(f"{HEAD}He asked for cork.2\n\n{notes}")
    assert [note.label.text for note in document.notes] == ["1", "2"]


def test_a_bullet_with_its_indentation_is_one_slip() -> None:
    text = f"{HEAD}SUBJECT\n\n- Cork\n\nPARTICIPANTS\n\n-  Mr. Olmo\n  • Mr. Aldous\n\n{END}"
    anomalies = [one for one in _document(text).anomalies if one.kind.startswith("item-")]
    assert [one.values["found"] for one in anomalies] == [
        "no indentation and the bullet ‘-’",
        "no indentation and the bullet ‘-’ and 2 blanks behind its bullet",
    ]
    assert [edit[1] for one in anomalies for edit in one.edits] == ["  • ", "  • "]


@pytest.mark.parametrize("form", ["¹²", "[1][2]"])
def test_raised_and_bracketed_notes_are_the_list(form: str) -> None:
    first, second = form[: len(form) // 2], form[len(form) // 2 :]
    source = "Source: Department of State, Central Files. Secret. Drafted by Aldous."
    text = f"14. Memorandum of Conversation{first}\n\nHe asked for cork.{second}\n\n{first} {source}\n{second} Not printed.\n"
    document = _document(text)
    assert [note.label.text for note in document.notes] == ["1", "2"]
    assert [marker.note for marker in document.markers] == [0, 1]
    edits = [edit for one in document.anomalies if one.kind == "note-format" for edit in one.edits]
    assert [(text[slice(*span)], new) for span, new in edits] == [(f"{first} ", "  1. "), (f"{second} ", "  2. ")]
    assert "NOTE001" not in [rule for rule, _ in _found(text)]


def test_a_bracketed_number_in_the_text_is_no_note() -> None:
    text = f"{HEAD}He asked for cork.\n\n[2] ships came.\n\n{END}"
    assert len(_document(text).notes) == 1


def test_a_line_may_announce_the_notes() -> None:
    text = (
        "14. Memorandum of Conversation1\n\nHe asked for cork.2\n\nNotes:\n1. Source: Files. Secret.\n2. Not printed.\n"
    )
    assert [note.label.text for note in _document(text).notes] == ["1", "2"]
