"""What is told of the documents of a TEI volume before they are read."""

from __future__ import annotations

from helpers_tei import document, tei

from fruslint.checks import check_class
from fruslint.documents import Documents, sketches
from fruslint.model import Document, DocumentKind, Medium, Volume
from fruslint.readers import read_source
from fruslint.rules import builtin_rules
from fruslint.source import Source

PEOPLE = '<list type="participants"><head>PARTICIPANTS</head><item>Mr. Pires</item></list>'
PERSONS = (
    '<div xml:id="persons"><list type="names"><item><persName xml:id="p_PR1">Pires, Rui</persName></item></list></div>'
)
INNER = document("<head>Letter From Pires</head>", 'n="7"')
BODY = "\n".join(
    (
        document("<head>1. Telegram<note n='1'>Source: None.</note></head><p>Words.</p>", 'n="1" xml:id="d1"'),
        document("<head><note>No words</note></head><p>Words.</p>", 'n="2" xml:id="d2" subtype="editorial-note"'),
        document("<p>No heading.</p><head>Memorandum of Conversation</head>", 'n="3" xml:id="d3"'),
        document(f"<head>4. <hi>Editorial</hi> Note</head>{PEOPLE}", 'n="4" xml:id="d4"'),
        document("<p>Nothing else.</p>", 'n="5"'),
        document(f"<head>6. {INNER} Memorandum of Conversation</head>", 'n="6"'),
    )
)


def _volume(lazily: bool = True) -> Volume:
    return read_source(Source("frus1955-57v99.xml", tei(BODY, PERSONS)), lazily=lazily)


def test_a_sketch_tells_what_the_document_tells_of_itself() -> None:
    told = [(one.id, one.kind, one.span, one.element) for one in sketches(_volume().documents)]
    said = [(one.id, one.kind, one.span, one.element) for one in _volume(lazily=False).documents]
    assert [(number, kind) for number, kind, *_ in told[:4]] == [
        ("d1", DocumentKind.TELEGRAM),
        ("d2", DocumentKind.EDITORIAL_NOTE),
        ("d3", DocumentKind.MEMCON),
        ("d4", DocumentKind.EDITORIAL_NOTE),
    ]
    assert [one[:3] for one in told] == [one[:3] for one in said]
    assert [one and one.number for *_, one in told] == [one and one.number for *_, one in said]


def test_checks_of_the_file_as_a_whole_read_no_document() -> None:
    volume, read = _watched(_volume())
    for rule in builtin_rules():
        if Medium.TEI in rule.media:
            check = check_class(rule.kind)(rule.parameters)
            for method in ("check_file", "collect_file"):
                found = getattr(check, method)(volume) if hasattr(check, method) else None
                if method == "check_file" and found is not None:
                    list(found)
                assert not read, f"{rule.id} reads documents"


def _watched(volume: Volume) -> tuple[Volume, list[int]]:
    """The volume, and the documents of it that are read from now on."""
    assert isinstance(volume.documents, Documents)
    documents = volume.documents
    read: list[int] = []

    def noted(index: int) -> Document:
        read.append(index)
        return documents[index]

    return volume._replace(documents=Documents(documents.sketches, noted)), read
