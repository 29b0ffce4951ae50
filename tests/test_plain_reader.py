"""The plain-text reader: what it makes of a sound memorandum, and that nothing breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.model import Document, DocumentKind
from fruslint.readers import read_bytes, read_source
from fruslint.source import Source
from fruslint.text import BlockKind, Text

MEMORANDUM = """\
326. Memorandum of Conversation, Lisbon, October 24, 19571

SUBJECT

  • Fishing limits

PARTICIPANTS

  • Portugal
    • Mr. Amaral, Minister of Fisheries
    • Dr. Pires—Counselor
  • US
    • FIS—Mr. Harlan

The Minister [Page 20] had read our note.2 He would re[Page 21]ply in 1958.

[Page 22]

    “The fleet has left.”

  1. Source: Department of State, Central Files. Secret.
  2. The note reads:

    “We regret the delay.”
"""


def read(text: str, path: str = "frus1955-57v99/d326.txt") -> Document:
    return read_source(Source(path, text)).documents[0]


def test_the_parts_of_a_memorandum() -> None:
    document = read(MEMORANDUM)
    assert document.number is not None
    assert document.title is not None
    assert (document.number.text, document.title.text.content) == (
        "326",
        "Memorandum of Conversation, Lisbon, October 24, 1957",
    )
    assert (document.id, document.volume, document.year, document.kind) == (
        "d326",
        "frus1955-57v99",
        1957,
        DocumentKind.MEMCON,
    )
    assert [(section.kind, len(section.items)) for section in document.sections] == [
        ("subject", 1),
        ("participants", 5),
    ]
    assert document.anomalies == ()


def test_participants_have_name_office_and_side() -> None:
    people = [(p.name.text, p.office and p.office.text, p.side) for p in read(MEMORANDUM).participants]
    assert people == [
        ("Mr. Amaral", "Minister of Fisheries", "Portugal"),
        ("Dr. Pires", "Counselor", "Portugal"),
        ("Mr. Harlan", "FIS", "US"),
    ]


def test_markers_notes_and_pages() -> None:
    document = read(MEMORANDUM)
    assert [(marker.label.text, marker.note) for marker in document.markers] == [("1", 0), ("2", 1)]
    assert [note.text.content for note in document.notes] == [
        "Source: Department of State, Central Files. Secret.",
        "The note reads:\n“We regret the delay.”",
    ]
    assert [(page.label.text, page.in_word) for page in document.page_breaks] == [
        ("20", False),
        ("21", True),
        ("22", False),
    ]


def test_a_page_above_the_heading() -> None:
    document = read("[Page 20]\n\n" + MEMORANDUM.replace("[Page 20]", ""))
    assert document.title is not None
    assert document.title.text.content == "Memorandum of Conversation, Lisbon, October 24, 1957"
    assert (document.span.start, document.page_breaks[0].span) == (0, (0, 9))


def test_words_are_what_a_reader_sees() -> None:
    view = read(MEMORANDUM).view(frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE}))
    assert view.text.content == "The Minister had read our note. He would reply in 1958.\n“The fleet has left.”"
    start = view.text.content.index("reply")
    span = view.text.span(start, start + 5)
    assert MEMORANDUM[span.start : span.end] == "re[Page 21]ply"
    assert view.block_at(len(view.text.content) - 1).kind is BlockKind.QUOTE


def test_a_stretch_of_several_blocks_stands_where_its_pieces_do() -> None:
    text = read(MEMORANDUM).view(frozenset(BlockKind)).text
    plain = Text(text.content, text.pieces)
    places = range(len(text.content) + 1)
    assert all(
        text.span(start, end) == plain.span(start, end) for start in places[:-1] for end in places[start : start + 40]
    )


@pytest.mark.parametrize(
    ("body", "markers"),
    [
        ("He had 20,000 boats, 2.0 to 3.5 percent.2 At 11:37 he left.3", ["1", "2", "3"]),
        ("They met on October 24, 19572 and on April 163 at noon.", ["1", "2", "3"]),
        ("He cited IL-28, MIG-21, U2, S/S1, 1/63-3/63 and 6:10.2", ["1", "2"]),
        ("Some 50,0002 people, at 5:303 in the Hall.", ["1", "2", "3"]),
        ("Of the note”2—and (of the answer)3 he said", ["1", "2", "3"]),
        ("In August 1954 the limits were set.2 He left in June 1959.", ["1", "2"]),
        ("He read it on May 4,2 and again.3He left.", ["1", "2", "3"]),
        ("It opens by 31 March 62, and the pier later.\n\nH.O.2", ["1", "2"]),
        ("He had read the estimate (NIE 11–4–572) in May 623.", ["1", "2", "3"]),
    ],
)
def test_numbers_are_told_from_markers(body: str, markers: list[str]) -> None:
    notes = "".join(f"  {number}. Not printed.\n" for number in markers)
    document = read(f"12. Memorandum of Conversation1\n\n{body}\n\n{notes}")
    assert [marker.label.text for marker in document.markers] == markers
    assert all(marker.note is not None for marker in document.markers)
    assert document.strays == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("12. Memorandum\n\nPARTICIPANTS  \n\n  • Mr. Harlan\n", {"heading-blanks"}),
        ("12. Memorandum\n\nPARTICIPANTS\n\n  - Mr. Harlan\n", {"item-bullet"}),
        ("12. Memorandum\n\nPARTICIPANTS\n\n   • Mr. Harlan\n", {"item-indent"}),
        ("12. Memorandum\n\nPARTICIPANTS\n\n  • Mr. Harlan,\nMinister\n  • Mr. Pell\n", {"item-split"}),
        ("12. Memorandum\n\nPARTICIPANTS\n\n  •\n  • Mr. Pell\n", {"item-empty"}),
        ("12. Memorandum\n\nHe left [Pg 20] today.\n", {"page-malformed"}),
        ("12. Memorandum\n\nHe left [Page 20]today.\n", {"page-glued"}),
        ("12. Memorandum1\n\nHe left.\n\n 1. Not printed.\n", {"note-format"}),
        ("12. Memorandum1\n\nHe left.[2]\n\n  1. Not printed.\n  2. Nor this.\n", {"marker-form"}),
        ("\n12. Memorandum\n\nHe left.\n", {"blank-before-title"}),
    ],
)
def test_what_departs_from_the_format_is_an_anomaly(text: str, kinds: set[str]) -> None:
    assert {anomaly.kind for anomaly in read(text).anomalies} == kinds


@pytest.mark.parametrize("text", ["", "\n\n", "Buy more paper.\n", "{}"])
def test_what_is_no_memorandum_has_no_document(text: str) -> None:
    volume = read_source(Source("todo.txt", text))
    assert volume.documents == ()
    assert [anomaly.kind for anomaly in volume.anomalies] == ["not-edition-file"]


def test_a_second_document_in_a_file_is_not_read() -> None:
    first = read(MEMORANDUM)
    both = read(f"{MEMORANDUM}\n326a. Telegram From the Department of State1\n\nHe left.2\n\n  1. Secret.\n")
    anomaly = both.anomalies[-1]
    assert anomaly.kind == "second-document"
    assert anomaly.values["found"] == "326a. Telegram From the Department of State1"
    assert [note.label for note in both.notes] == [note.label for note in first.notes]
    assert [marker.label for marker in both.markers] == [marker.label for marker in first.markers]
    assert [block.text.content for block in both.blocks] == [block.text.content for block in first.blocks]


@pytest.mark.parametrize(
    "lines",
    [
        "He had three papers:\n\n1. Memorandum of 1958.\n\n2. Telegram from Lisbon.\n",
        "PARTICIPANTS\n\n  • 1. Mr. Harlan\n\nHe left.\n\n2. Telegram from Lisbon.\n",
        "He left.\n\n  1. Not printed.\n\n    13. Telegram from Lisbon.\n",
        "He left.\n\n  1. Not printed.\n\n13. Minutes later he left.\n",
    ],
)
def test_what_begins_like_a_document_is_none_before_the_notes_end(lines: str) -> None:
    assert "second-document" not in {one.kind for one in read(f"12. Memorandum of Conversation1\n\n{lines}").anomalies}


def test_notes_are_found_where_there_are_no_blank_lines() -> None:
    document = read("12. Memorandum of Conversation1\nPLACE\n  • Oslo\nHe left.2\n  1. Secret.\n  2. Not printed.\n")
    assert [note.label.text for note in document.notes] == ["1", "2"]
    assert {anomaly.kind for anomaly in document.anomalies} == {"blank-missing"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_unfinished_merge_is_not_read(line_end: str) -> None:
    lines = ["12. Memorandum", "", "<<<<<<< HEAD", "He left.", "=======", "He came.", ">>>>>>> 1f2e (Proofs)", ""]
    volume = read_source(Source("d12.txt", line_end.join(lines)))
    assert volume.documents == ()
    (anomaly,) = volume.anomalies
    assert volume.source.text[slice(*anomaly.span)] == "<<<<<<< HEAD"
    assert anomaly.values["detail"].endswith("down to line 7")


PARTS = st.sampled_from(
    [*MEMORANDUM.splitlines(True), "\n", "\r\n", " ", "[Page 1", "3", ".2 ", "  • ", "\t", "  2. ", "•", "é", "\x00"]
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_every_word_comes_from_where_it_says(text: str) -> None:
    """Whatever the file holds, each character of a text stands in the source at its origin."""
    for document in read_source(Source("d1.txt", text)).documents:
        for block in document.blocks:
            for index, char in enumerate(block.text.content):
                origin = block.text.origin(index)
                broken = char == " " and text[origin].isspace()
                assert char == text[origin] or broken or (char == "\n" and block.kind is BlockKind.NOTE)


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    volume = read_bytes("d1.txt", data)
    assert volume.documents or volume.anomalies


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    read_source(Source("d1.txt", "1. Memorandum of Conversation1\n\n" + text))


@given(st.lists(PARTS, max_size=60).map("".join))
def test_places_lie_in_the_file(text: str) -> None:
    for document in read_source(Source("d1.txt", text)).documents:
        spans = [anomaly.span for anomaly in document.anomalies]
        spans += [edit for anomaly in document.anomalies for edit, _ in anomaly.edits]
        spans += [marker.label.span for marker in (*document.markers, *document.strays)]
        spans += [page.span for page in document.page_breaks]
        assert all(0 <= start <= end <= len(text) for start, end in spans)
