"""The checks on references, names and dates of TEI volumes, beyond what the examples of their rules show."""

from __future__ import annotations

import time

import pytest

from fruslint.checks.base import FileCheck
from fruslint.checks.coded_dates import CodedDatesCheck
from fruslint.checks.document_dates import DocumentDatesCheck
from fruslint.checks.elements.linked_ranges import linked_ranges
from fruslint.checks.pointers import PointersCheck
from fruslint.checks.reference_numbers import ReferenceNumbersCheck
from fruslint.checks.tagged_names import TaggedNamesCheck
from fruslint.language.date_words import CodedDate, DateInWords, clock_in, coded_date, dates_in
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.readers.tei import read_tei
from fruslint.source import Source


def volume(body: str, front: str = "") -> Volume:
    text = (
        f"<front>{front}</front><body><div type='document' xml:id='d1' n='1'><head>1. Letter</head>{body}</div></body>"
    )
    return read_tei(Source("v.xml", f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>{text}</text></TEI>'))


class TestDates:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("March 11, 1962", [DateInWords(1962, 3, 11, False)]),
            ("[Sept. 3?], 1949", [DateInWords(1949, 9, 3, False)]),
            ("12 February 1955", [DateInWords(1955, 2, 12, False)]),
            ("May 1st", [DateInWords(0, 5, 1, False)]),
            ("October, 14, 1965", [DateInWords(1965, 10, 14, False)]),
            ("June 1972", [DateInWords(1972, 6, 0, False)]),
            ("April 30–May 1, 1961", [DateInWords(1961, 4, 30, True)]),
            ("January 31/February 13, 1917", [DateInWords(1917, 1, 31, False), DateInWords(1917, 2, 13, False)]),
            ("December 31/January 13, 1918", [DateInWords(0, 12, 31, False), DateInWords(1918, 1, 13, False)]),
            ("May 3, 1030 hours", [DateInWords(0, 5, 3, False)]),
            ("Marching on, 12", []),
            ("undated", []),
        ],
    )
    def test_dates_in_words(self, words: str, expected: list[DateInWords]) -> None:
        assert dates_in(words) == expected

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("4 p.m.", (16, 0)),
            ("12: 50 p. m.", (12, 50)),
            ("12:30 a.m.", (0, 30)),
            ("noon", (12, 0)),
            ("midnight", (0, 0)),
            ("1042Z", (10, 42)),
            ("12 p.m.", None),
            ("10–11 a.m.", None),
            ("10 a.m. to 1 p.m.", None),
            ("8401Z", None),
            ("4:70 p.m.", None),
            ("15 p.m.", None),
        ],
    )
    def test_clock_in_words(self, words: str, expected: tuple[int, int] | None) -> None:
        assert clock_in(words) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("1962", CodedDate(1962, 0, 0, -1, -1)),
            ("1962-03-11T00:05:00Z", CodedDate(1962, 3, 11, 0, 5)),
            ("1962-03-11T16:05:00.5-05:00", CodedDate(1962, 3, 11, 16, 5)),
            ("1962-13", None),
            ("1962-02-29", None),
            ("March", None),
            ("", None),
        ],
    )
    def test_coded_dates(self, value: str, expected: CodedDate | None) -> None:
        assert coded_date(value) == expected


class TestPointers:
    def test_many_references_to_one_missing_id_are_said_once(self) -> None:
        check = PointersCheck({"report": "dead", "from": {"ref": "target"}, "together": 3})
        hits = list(
            check.check_file(volume('<p><ref target="#d7">7</ref></p>' * 4 + '<p><ref target="#d8">8</ref></p>' * 3))
        )
        assert [hit.values["found"] for hit in hits] == ["#d7", "#d8", "#d8", "#d8"]
        assert hits[0].values["detail"] == "; 3 other references point there too"
        assert len(hits[0].related) == 3

    def test_roman_pages(self) -> None:
        refs = '<ref target="#pg_{}">x</ref>–<ref target="#pg_{}">x</ref>'
        pairs = [("ix", "xi"), ("xi", "ix"), ("xl", "xxxix"), ("iv", "v"), ("ix", "3")]
        markup = Markup("<p>" + ",".join(refs.format(*pair) for pair in pairs) + "</p>")
        assert [(hit.values["first"], hit.values["last"]) for hit in linked_ranges(markup)] == [
            ("xi", "ix"),
            ("xl", "xxxix"),
        ]


class TestHostileFiles:
    """What stands in itself thousands of times, or stands there in great number, costs no more than it is long."""

    @pytest.mark.parametrize(
        "tag",
        ['persName corresp="#p_A"', "persName", 'date when="1960-01-01"', "dateline", 'ref target="#d1"', 'note n="1"'],
    )
    def test_elements_in_each_other(self, tag: str) -> None:
        nested = f"<{tag}>x" * 20_000 + f"</{tag.partition(' ')[0]}>" * 20_000
        front = '<list type="persons"><item><persName xml:id="p_A">Aa, Bb</persName></item></list>'
        read = volume(nested, front)
        checks: list[FileCheck] = [
            TaggedNamesCheck({"report": "mismatch", "entries": "persons"}),
            TaggedNamesCheck({"report": "untagged", "entries": "persons"}),
            CodedDatesCheck({"report": "day"}),
            DocumentDatesCheck({"report": "untagged"}),
            ReferenceNumbersCheck({"report": "mismatch", "patterns": [r"(?P<any>\d+)"]}),
        ]
        began = time.process_time()
        for check in checks:
            list(check.check_file(read))
        assert time.process_time() - began < 3

    @pytest.mark.parametrize("name", ["a.b." * 20_000 + "!", "aa " * 20_000 + "!", "a-" * 20_000, "[" * 20_000])
    def test_long_names(self, name: str) -> None:
        front = '<list type="persons"><item><persName xml:id="p_A">Aa, Bb</persName></item></list>'
        read = volume(f'<p><persName corresp="#p_A">{name}</persName></p>', front)
        began = time.process_time()
        list(TaggedNamesCheck({"report": "mismatch", "entries": "persons"}).check_file(read))
        assert time.process_time() - began < 3
