"""A finding is known again after its file was changed elsewhere, and is not taken for another one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.findings import Finding, Severity, place
from fruslint.fingerprints import fingerprinted, fingerprints, paired
from fruslint.source import Source, Span

MEMO = """\
12. Memorandum of Conversation1

PARTICIPANTS

  • Mr. Calloway
  • Mr. Ibarra

[Page 42]

Mr. Calloway said the talks on fish might go on.2 Mr. Ibarra asked for a weak to think [Page 43] of it.

Mr. Caloway agreed that the paper of May 3, 1961, could be shown.

  1. Source: Department of State. Drafted by Caloway.
  2. Not printed.
"""
VOLUME = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <text><body>
    <div type="document" n="4" xml:id="d4">
      <head>4. Letter From Mr. Orme<note n="1" xml:id="d4fn1">Source: Files.</note></head>
      <p>The <hi rend="italic">Council</hi> met on the first day<note n="2" xml:id="d4fn2">Not printed.</note>
        and <pb n="17" xml:id="pg_17"/> heard the Minister on coal.</p>
      <table><row><cell>Coal</cell></row><row><cell>Iron</cell></row></table>
      <p>It rose at noon &amp; met again.</p>
    </div>
  </body></text>
</TEI>
"""


def known(text: str, *wanted: str, path: str = "d1.txt") -> list[str]:
    """The fingerprints of findings at the words (regular expressions; the first group, if there is one) in a text."""
    source = Source(path, text)
    found = [re.search(one, text) for one in wanted]
    assert all(found), f"{wanted} are not in the text"
    spans = [Span(*one.span(1 if one.re.groups else 0)) for one in found if one]
    return fingerprints([Finding("NAME001", Severity.ERROR, place(source, span), "") for span in spans], text)


PLACES = (
    "weak",
    "Caloway agreed",
    "Caloway[.]",
    r"fish might go on[.](2)",
    r"\[Page 43\]",
    "May 3, 1961",
    r"\[Page 42\]",
)
MARKUP = (
    r"hi\s+rend",
    "Council",
    'n="(17)"',
    'xml:id="(d4fn2)"',
    r"Not\s+printed",
    "<pb[^>]*>",
    r"noon\s+&amp;\s+met",
    "<(row)",
    "d4",
)


@pytest.mark.parametrize(
    ("change", "by"),
    [
        (("\n\nMr. Caloway", "\n\nA new line above.\n\nMr. Caloway"), "a line above"),
        (("[Page 42]\n\n", ""), "a page marker taken out"),
        (("12. Memo", "Heading\n\n12. Memo"), "a line at the top"),
        (("Not printed.", "Printed below.\n  3. Not printed."), "a note below"),
    ],
)
def test_a_change_elsewhere_keeps_the_others(change: tuple[str, str], by: str) -> None:
    places = PLACES[:6]
    assert known(MEMO, *places) == known(MEMO.replace(*change), *places), by


@pytest.mark.parametrize(
    "change", [("Mr. Calloway said the talks", "He asked whether talks"), ("Mr. Ibarra\n", "Mr. Ybarra\n")]
)
def test_a_page_on_a_line_of_its_own_is_known_by_the_words_on_either_side(change: tuple[str, str]) -> None:
    before, now = known(MEMO, PLACES[-1]), known(MEMO.replace(*change), PLACES[-1])
    assert before != now
    assert paired(now, before) == dict(zip(now, before, strict=True))


def test_a_page_between_paragraphs_of_a_volume_is_known_by_the_words_on_either_side() -> None:
    volume = VOLUME.replace("<table>", '<pb n="18" xml:id="pg_18"/><table>')
    now = volume.replace("<cell>Coal</cell>", "<cell>Salt from the north</cell>")
    place = '<pb n="18"[^>]*>'
    assert paired(known(now, place), known(volume, place))


def test_renumbered_pages_and_notes_keep_them() -> None:
    later = MEMO.replace("42]", "142]").replace("43]", "143]").replace("on.2", "on.7").replace("  2. ", "  7. ")
    moved = [word.replace("42", "142").replace("43", "143").replace("(2)", "(7)") for word in PLACES]
    assert known(MEMO, *PLACES) == known(later, *moved)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_keep_them(end: str) -> None:
    assert known(MEMO, *PLACES) == known(MEMO.replace("\n", end), *PLACES)
    assert known(VOLUME, *MARKUP) == known(VOLUME.replace("\n", end), *MARKUP)


@pytest.mark.parametrize("blanks", ["", "\t", "\n" + " " * 40, "\n\n\n"])
def test_other_indentation_keeps_them(blanks: str) -> None:
    anew = re.sub(r"\n\s*", lambda found: "\n" + blanks, VOLUME)
    assert known(VOLUME, *MARKUP) == known(anew, *MARKUP)


def test_a_file_wrapped_anew_keeps_them() -> None:
    one_line = " ".join(VOLUME.split())
    each_word = re.sub(r"(?<=[a-z]) (?=[a-z][^<>]*<)", "\n", VOLUME)
    assert known(VOLUME, *MARKUP) == known(one_line, *MARKUP)
    assert known(VOLUME, *MARKUP) == known(each_word, *MARKUP)


def test_renumbered_ids_and_new_notes_keep_them() -> None:
    later = VOLUME.replace('"17"', '"117"').replace("pg_17", "pg_117").replace("d4fn2", "d4fn9")
    later = later.replace("The <hi", 'The<note n="2" xml:id="d4fn2"><p>A new <hi>note</hi>.</p></note> <hi')
    moved = [word.replace("17", "117").replace("d4fn2", "d4fn9") for word in MARKUP]
    assert known(VOLUME, *MARKUP) == known(later, *moved)


def test_an_instruction_and_a_comment_keep_them() -> None:
    later = VOLUME.replace("The <hi", '<?fruslint ignore NAME001 reason="so printed"?>The <!-- so --><hi')
    assert known(VOLUME, *MARKUP) == known(later, *MARKUP)


def test_a_reference_is_the_character_it_stands_for() -> None:
    assert known("<p>Mr. Pérez <hi>said</hi></p>", "said") == known("<p>Mr. P&#xE9;rez <hi>said</hi></p>", "said")


@pytest.mark.parametrize(
    ("wanted", "now"),
    [("Caloway agreed", "Calaway agreed"), ("May 3, 1961", "May 4, 1961"), ("weak", "week")],
)
def test_other_words_at_the_place_are_another_finding(wanted: str, now: str) -> None:
    assert known(MEMO, wanted) != known(MEMO.replace(wanted, now), now)


def test_the_same_words_elsewhere_are_another_finding() -> None:
    first, second = known(MEMO, "Caloway agreed", "by (Caloway)")
    assert first != second
    assert len(set(known(VOLUME, "<(row)><cell>C", "<(row)><cell>I"))) == 2


def test_equal_ones_are_counted() -> None:
    text = "1. Letter\n\n  • Norway\n  • Norway\n"
    source = Source("d1.txt", text)
    found = [Finding("X", Severity.INFO, place(source, Span(*one.span())), "") for one in re.finditer("Norway", text)]
    assert len(set(fingerprints(found, text))) == 2


def test_files_are_counted_apart_and_read_once() -> None:
    text = "1. Letter\n\nNorway\n"
    asked: list[str] = []

    def source_of(path: str) -> Source:
        asked.append(path)
        return Source(path, text)

    paths = ("a/d1.txt", "b/d1.txt", "a/d1.txt")
    found = [Finding("X", Severity.INFO, place(Source(path, text), Span(11, 17)), "") for path in paths]
    marked = [finding.fingerprint for finding in fingerprinted(found, source_of)]
    assert asked == ["a/d1.txt", "b/d1.txt"]
    assert marked[0] == marked[1] != marked[2]


@given(st.text(alphabet="ab <>&;/?!-\n1[]Page\u0301", max_size=60), st.data())
def test_any_place_in_any_text_has_one(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    finding = Finding("X", Severity.INFO, place(Source("d1.txt", text), Span(start, end)), "")
    (one,) = fingerprints([finding], text)
    assert re.fullmatch("[0-9a-f]{16}", one)


@given(st.lists(st.text(alphabet="abc 12", min_size=1), max_size=4), st.lists(st.text(alphabet="abc 12"), max_size=4))
def test_lines_above_and_below_keep_it(above: list[str], below: list[str]) -> None:
    line = "Mr. Caloway agreed."
    text = "\n".join([*above, line, *below])
    assert known(line, "Caloway") == known(text, "Caloway")
