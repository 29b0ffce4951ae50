"""What a report learns of a file beyond its findings: documents, pages, and on which page something stands."""

from __future__ import annotations

from fruslint.discovery import Found
from fruslint.engine import Engine
from fruslint.files import Task, check_file
from fruslint.outline import OutlinedDocument, OutlinedPage, outline
from fruslint.readers import read_bytes

MEMORANDUM = "42. Memorandum of Conversation1\n\nHe said it. [Page 101] And again. [Page 102] And left.\n\n  1. None.\n"
VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1"><text><body>
<pb n="1"/><div type="document" xml:id="d1" n="1"><head>1. Letter</head><p>One.<note n="1">See <pb n="9"/>it.</note></p></div>
<div type="document" xml:id="d2" n="2"><head>2. Telegram</head><p>Two. <pb n="2"/>Three.</p></div>
</body></text></TEI>"""


def test_a_memorandum_begins_on_the_page_before_its_first_break() -> None:
    made = outline(read_bytes("frus9/d42.txt", MEMORANDUM.encode()))
    assert made.volume == "frus9"
    (document,) = made.documents
    assert document == OutlinedDocument(
        "d42", "42", "Memorandum of Conversation", document.kind, 0, len(MEMORANDUM) - 1
    )
    assert [page.label for page in made.pages] == ["100", "101", "102"]
    for words, label in (("He said", "100"), ("And again", "101"), ("And left", "102")):
        assert made.pages[made.page_at(MEMORANDUM.index(words))].label == label


def test_a_volume_knows_its_documents_and_leaves_out_the_breaks_of_notes() -> None:
    made = outline(read_bytes("frus1.xml", VOLUME.encode()))
    assert [(one.id, one.number, one.title) for one in made.documents] == [
        ("d1", "1", "Letter"),
        ("d2", "2", "Telegram"),
    ]
    assert [page.label for page in made.pages] == ["1", "2"]
    assert made.page_at(0) == -1
    assert made.pages[made.page_at(VOLUME.index("Three"))].label == "2"


def test_what_has_no_pages_has_none() -> None:
    made = outline(read_bytes("d1.txt", b"1. Letter\n\nShort.\n"))
    assert made.pages == ()
    assert made.page_at(5) == -1


def test_an_outline_is_made_only_where_it_is_asked_for() -> None:
    task = Task(Found("d42.txt", "-"), data=MEMORANDUM.encode())
    assert check_file(Engine([]), task).outline is None
    asked = check_file(Engine([]), task._replace(outlined=True)).outline
    assert asked is not None
    assert asked.pages[0] == OutlinedPage(0, "100")
