"""What the TEI reader says of files that it cannot read; and that nothing breaks it."""

from __future__ import annotations

import re
import time

import pytest
from helpers_tei import document, read_volume, tei, written
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fruslint.engine import Engine
from fruslint.markup.wellformed import find_fault
from fruslint.model import Medium, Volume
from fruslint.readers import read_bytes, read_source
from fruslint.readers.tei import is_markup
from fruslint.rules import builtin_rules
from fruslint.source import Source

SMALL = tei(
    document(
        '<head>7. Létter 😀<note n="1" xml:id="d7fn1">Source: A &amp; B.</note></head>\n'
        "<p>He <!-- x -->said <![CDATA[<no>]]>.</p>\r\n"
        '<list type="participants"><item>Mr. Harlan</item></list><pb n="2"/>'
    ),
    front='<div xml:id="persons"><list><item><persName xml:id="p_H1">Harlan</persName>, J.</item></list></div>',
)


def touch(volume: Volume) -> None:
    """Work everything out that is worked out on demand."""
    for one in volume.documents:
        for block in one.blocks:
            assert block.text.whole().end <= len(volume.source.text)
        assert all(note.text.pieces for note in one.notes)
    for entry in (*volume.persons, *volume.terms):
        assert entry.text.pieces


def only_anomaly(text: str, path: str = "v.xml") -> tuple[str, str, str]:
    """The kind of the one anomaly of a volume that cannot be read, what it marks, and its detail."""
    volume = read_source(Source(path, text))
    assert volume.documents == ()
    (anomaly,) = volume.anomalies
    return anomaly.kind, text[slice(*anomaly.span)], anomaly.values["detail"]


@pytest.mark.parametrize(
    ("content", "marked", "detail"),
    [
        ("<p>a</q>", "</q>", "mismatched tag: </q> stands where <p> is open, which begins in line 7"),
        ("<p><hi>a</p></hi>", "</p>", "mismatched tag: </p> stands where <hi> is open, which begins in line 7"),
        ("<p>a<hi>b</p><p>c</p>", "hi", "mismatched tag: <hi> is not closed before </p> in line 7"),
        (
            "<p>a\n<p>b</p></div>",
            "p",
            "mismatched tag: <p> stands inside of <p>, which begins in line 7: a tag is lost in front of it",
        ),
        (
            "<div><head>a</head><p>b</p>\n<head>c</head><p>d</p></div></div></div></div>",
            "head",
            "mismatched tag: <head> stands inside of <div>, which begins in line 7: a tag is lost in front of it",
        ),
        ("<p>a & b</p>", "&", "not well-formed (invalid token): write &amp; for a bare &"),
        ("<p>R&D</p>", "&", "not well-formed (invalid token): write &amp; for a bare &"),
        ("<p>a&mdash;b</p>", "&mdash;", "undefined entity: &mdash;; write the character itself"),
        ("<p>a < b</p>", "<", "not well-formed (invalid token): write &lt; for a bare <"),
        ('<p n="1" n="2"/>', "n", "duplicate attribute"),
        ("<x:p/>", "<", "unbound prefix"),
        ("<p>a\x01b</p>", "\x01", "not well-formed (invalid token)"),
    ],
)
def test_what_is_not_well_formed_is_said_at_its_place(content: str, marked: str, detail: str) -> None:
    assert only_anomaly(tei(content)) == ("not-well-formed", marked, detail)


@pytest.mark.parametrize(
    "text", ["<TEI>\n<p>", "<TEI>\n<p>abc", "<TEI>\n<p><!-- ", "<TEI>\n<p><![CDATA[x", "<TEI>\n<p></"]
)
def test_a_file_that_ends_too_early(text: str) -> None:
    kind, _, detail = only_anomaly(text)
    assert kind == "not-well-formed"
    assert detail.endswith("the file ends where <p> is open, which begins in line 2")


def test_a_section_of_characters_is_not_closed() -> None:
    text = tei("<p><!-- <![CDATA[ --><![CDATA[a]]>b</p>\n<p><![CDATA[c</p>\n<p>d</p>")
    volume = read_volume(text)
    span = volume.anomalies[0].span
    assert (span.start, text[slice(*span)]) == (text.index("<![CDATA[c"), "<![CDATA[")
    assert volume.anomalies[0].values["detail"].endswith("the file ends where <p> is open, which begins in line 8")


def test_sections_of_characters_that_begin_again_and_again_take_bounded_time() -> None:
    began = time.process_time()
    assert only_anomaly(tei("<p>" + "<![CDATA[" * 30_000))[:2] == ("not-well-formed", "<![CDATA[")
    assert time.process_time() - began < 5


def test_a_fault_behind_astral_characters_stands_where_it_is() -> None:
    assert only_anomaly("<TEI>\n😀😀é<p></q></TEI>")[1] == "</q>"
    volume = read_volume("\ufeff<TEI>\r\n😀<p></q></TEI>")
    assert volume.source.position(volume.anomalies[0].span.start) == (2, 5)


def test_the_medium_of_a_file_that_is_not_well_formed() -> None:
    assert read_volume("<TEI>").medium is Medium.TEI


LAUGHS = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE TEI [<!ENTITY a0 "ha">{LAUGHS}]><TEI>&a9;</TEI>',
        '<?xml version="1.0"?>\n<!-- <!DOCTYPE x> -->\n<!DOCTYPE TEI SYSTEM "file:///etc/passwd"><TEI/>',
        "<!DOCTYPE TEI><TEI/>",
    ],
)
def test_a_doctype_is_refused(text: str) -> None:
    kind, marked, _ = only_anomaly(text)
    assert (kind, marked[:13]) == ("doctype", "<!DOCTYPE TEI")


@pytest.mark.parametrize(
    ("text", "marked", "detail"),
    [
        ("", "", "it is empty"),
        ("\ufeff \n", "", "it is empty"),
        ("<!DOCTYPE html>\n<html><br></html>", "<!DOCTYPE html", "it is a page for a browser (HTML)"),
        ("<HTML><p>a", "<HTML", "it is a page for a browser (HTML)"),
        ("<book/>", "book", "its outermost element is <book> and not <TEI>"),
        ("<TEI/>", "TEI", "it does not declare the namespace of TEI, http://www.tei-c.org/ns/1.0"),
        ("<TEI xmlns='x'/>", "x", "its namespace is ‘x’ and not http://www.tei-c.org/ns/1.0"),
    ],
)
def test_what_is_no_volume_is_said_at_its_place(text: str, marked: str, detail: str) -> None:
    assert only_anomaly(text) == ("not-edition-file", marked, detail)


def test_a_volume_without_documents_is_one() -> None:
    volume = read_volume(tei(""))
    assert (volume.documents, volume.anomalies, volume.medium) == ((), (), Medium.TEI)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("d1.xml", "12. Letter", True),
        ("d1.XML", "", True),
        ("d1.txt", "\ufeff \n<?xml version='1.0'?><TEI/>", True),
        ("d1.txt", "<!-- x --><TEI/>", True),
        ("d1.txt", "<TEI xmlns='x'>", True),
        ("-", '<book n="1" xmlns="x">', True),
        ("d1.txt", "<b>12.</b> Letter", False),
        ("d1.txt", "12. Letter <TEI>", False),
        ("d1.txt", "", False),
    ],
)
def test_what_is_taken_for_markup(path: str, text: str, expected: bool) -> None:
    assert is_markup(Source(path, text)) is expected


def test_duplicate_and_odd_ids_are_read() -> None:
    notes = '<note n="1" xml:id="x">a</note><note n="2" xml:id="x">b</note><note n="3" xml:id="1 &lt; 2"/>'
    volume = read_volume(tei(document(f"<p>y{notes}</p>")))
    assert volume.markup is not None
    assert len(volume.documents[0].notes) == 3
    assert [len(volume.markup.ids[key]) for key in ("x", "1 < 2")] == [2, 1]


def test_instructions_before_the_root() -> None:
    volume = read_volume(
        f'<?xml-model href="a > b"?>\n<?x?><!-- <TEI> -->\n{tei(document("<p>x</p>")).partition(chr(10))[2]}'
    )
    assert [block.text.content for block in volume.documents[0].blocks] == ["x"]
    assert volume.markup is not None
    assert [volume.markup.parts[place][:5] for place in volume.markup.others] == ["<?xml", "<?x?>", "<!-- "]


def test_truncation_at_every_byte() -> None:
    data = SMALL.encode()
    for length in range(len(data)):
        volume = read_bytes("v.xml", data[:length])
        if volume.documents:
            assert not data[length:].strip()
        else:
            assert volume.anomalies


@given(st.data())
@settings(max_examples=100)
def test_a_damaged_volume_is_read_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SMALL)))
    length = data.draw(st.integers(0, 12))
    damage = data.draw(st.text(alphabet="<>/&;\"'=!-[]? apn\n\x00é", max_size=6))
    volume = read_volume(SMALL[:place] + damage + SMALL[place + length :])
    touch(volume)
    assert volume.markup is not None or volume.anomalies


@given(st.text(alphabet="<>/&;\"'=!-[]?TEIxmlns :.#1\n\r\ufeff\x00\ud800😀", max_size=60))
@example("<TEI\n&")
@example("</")
def test_any_text_is_judged(text: str) -> None:
    fault = find_fault(text)
    assert fault is None or 0 <= fault.span.start <= fault.span.end <= len(text)
    touch(read_volume(text))


@given(st.binary(max_size=60))
def test_any_bytes_are_read(data: bytes) -> None:
    read_bytes("v.xml", data)


DEEP = 10_000


@pytest.mark.parametrize(
    "content",
    [
        "<p>" + "<hi>" * 50_000 + "x" + "</hi>" * 50_000 + "</p>",
        *(f"<{name}>x" * DEEP + f"</{name}>" * DEEP for name in ("p", "note", "item", "quote", "head", "cell", "foo")),
        "<list><head>x</head><label>1.</label><item>x" * DEEP + "</item></list>" * DEEP,
        '<div type="document"><head>1. x</head><pb n="1"/>' * 5_000 + "</div>" * 5_000,
        "<p>" + "<hi>" * DEEP + '<pb n="1"/>' * DEEP + "</hi>" * DEEP + "</p>",
        "<p>" + "<hi/>" * 100_000 + "</p>",
        '<list type="participants"><item>Present: x</item></list><p/>' * 5_000,
        "<p>" + " <hi/>," * 50_000 + "</p>",
        "<p>" + " " * 300_000 + "<note/>" + "\n " * 300_000 + "x,</p>",
        "<p " + " ".join(f'a{number}="1"' for number in range(50_000)) + ">x</p>",
        "<p>" + "[(" * 300_000 + "</p>",
    ],
    ids=lambda content: content[:12],
)
def test_hostile_volumes_take_bounded_time(content: str) -> None:
    began = time.process_time()
    volume = read_volume(tei(document(content)))
    touch(volume)
    assert volume.documents
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "front",
    [
        "<list>" * DEEP + "</list>" * DEEP,
        "<p>" * DEEP + '<note n="1"/>' * DEEP + "</p>" * DEEP,
        '<list type="names">'
        + '<item><persName xml:id="a">x<list>' * 5_000
        + "</list></persName></item>" * 5_000
        + "</list>",
        '<list type="names"><item>' + '<persName xml:id="a">x' * DEEP + "</persName>" * DEEP + "</item></list>",
    ],
    ids=["lists", "notes", "entries", "names"],
)
def test_hostile_front_matter_takes_bounded_time(front: str) -> None:
    began = time.process_time()
    touch(read_volume(tei("", front=front)))
    assert time.process_time() - began < 10


def test_a_volume_may_write_a_prefix_at_each_name() -> None:
    text = tei(document("<head>7. Letter</head>\n<p>He said so.<note n='1' xml:id='d7fn1'>Not found.</note></p>"))
    prefixed = re.sub(r"<(/?)(?!\?|frus:)", r"<\1tei:", text).replace("xmlns=", "xmlns:tei=")
    plain, volume = read_volume(text), read_volume(prefixed)
    assert len(volume.documents) == 1
    assert [block.text.content for block in volume.documents[0].blocks] == [
        block.text.content for block in plain.documents[0].blocks
    ]
    assert volume.markup is not None
    assert written(volume, volume.markup.name_span(volume.markup.named("note")[0])) == "tei:note"
    assert [finding.rule for finding in Engine(builtin_rules()).check(volume).findings] == [
        finding.rule for finding in Engine(builtin_rules()).check(plain).findings
    ]
