"""Offsets, lines and columns; decoding."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.findings import place
from fruslint.source import Position, Source, Span, UndecodableError, decode

LINES = st.lists(st.text(alphabet="aé東𝄞e\u0301\u200d \t", max_size=6), min_size=1, max_size=8)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(LINES, st.data())
def test_positions_are_those_of_someone_who_counts(lines: list[str], data: st.DataObject) -> None:
    """Each character of a text is found where its line and its place in the line say."""
    text, counted = "", []
    for number, line in enumerate(lines, start=1):
        counted += [(len(text) + i, Position(number, i + 1)) for i in range(len(line) + 1)]
        text += line + (data.draw(ENDS) if number < len(lines) else "")
    source = Source("d1.txt", text)
    # A lone CR before an LF of the next draw is one line end, so only texts that were not glued together count.
    if len(source.line_starts) == len(lines):
        assert [(offset, source.position(offset)) for offset, _ in counted] == counted


@given(st.text(alphabet="ab\r\n\u2028\x85", max_size=30))
def test_lines_cover_the_text(text: str) -> None:
    source = Source("d1.txt", text)
    lines = [source.line_span(number + 1) for number in range(len(source.line_starts))]
    begins = [*(line.start for line in lines[1:]), len(text)]
    ends = [text[line.end : begin] for line, begin in zip(lines, begins, strict=True)]
    assert "".join(text[slice(*line)] + end for line, end in zip(lines, ends, strict=True)) == text
    assert set(ends[:-1]) <= {"\n", "\r", "\r\n"}


def test_only_lf_crlf_and_cr_end_a_line() -> None:
    assert Source("d1.txt", "a\u2028b\x0bc\x85d\n\r\r\ne").position(11) == Position(4, 1)


def test_the_end_of_the_text_is_a_position() -> None:
    assert Source("d1.txt", "ab\n").position(3) == Position(2, 1)
    assert Source("d1.txt", "").position(0) == Position(1, 1)


def test_an_excerpt_of_a_long_line_is_bounded() -> None:
    found = place(Source("d1.txt", "x" * 5000 + "!" + "y" * 5000), Span(5000, 5001))
    assert len(found.excerpt.text) <= 400
    assert found.excerpt.text[found.start.column - found.excerpt.column] == "!"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + "é𝄞".encode(encoding))
    assert decoded[:3] == ("é𝄞", encoding, len(mark))


def test_the_first_wrong_byte_is_named() -> None:
    with pytest.raises(UndecodableError) as caught:
        decode("né".encode() + b"\xe9")
    assert (caught.value.byte, caught.value.value, caught.value.prefix) == (3, 0xE9, "né")


@given(st.binary(max_size=60))
def test_any_bytes_decode_or_are_refused_at_a_byte(data: bytes) -> None:
    refused = None
    try:
        decoded = decode(data)
    except UndecodableError as error:
        refused = error
    if refused is None:
        assert decoded.text.encode(decoded.encoding) == data[decoded.mark :]
    else:
        assert data[refused.byte] == refused.value


def test_unusual_characters_are_found_once() -> None:
    source = Source("x", "caf\u00e9 “caf\u00e9”\r\n\tthe\u00a0end\x00")
    assert source.unusual == set("\u00e9“”\u00a0\x00")
    assert source.unprintable == "\x00\u00a0"


@given(st.text())
def test_unusual_characters_are_those_beyond_ascii(text: str) -> None:
    usual = {"\n", "\r", "\t", *map(chr, range(0x20, 0x7F))}
    assert Source("x", text).unusual == set(text) - usual
    assert all(char in "\u034f\u115f" or not char.isprintable() for char in Source("x", text).unprintable)


@given(st.text(alphabet="aé\r\n", max_size=9), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]))
def test_a_carriage_return_is_found_in_any_encoding(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "latin-1" if encoding == "latin-1" else "utf-8")
    source = Source("x", decoded.text, has_cr=decoded.has_cr)
    assert (source.text, source.has_cr) == (text, "\r" in text)


@given(st.text(alphabet="ab\r\n", max_size=30), st.integers(-1, 30), st.integers(0, 30))
def test_both_positions_of_a_span_and_its_excerpt_are_those_of_its_ends(text: str, start: int, length: int) -> None:
    source = Source("x", text)
    span = Span(min(start, len(text)), min(start + length, len(text)))
    assert source.positions(span) == (source.position(span.start), source.position(span.end))
    excerpt = source.excerpt(span.start)
    line = source.line_span(source.position(span.start).line)
    assert excerpt == (text[slice(*line)], 1), "the whole of a short line"


@given(st.text(alphabet="ab\r\n", max_size=30), st.integers(1, 5))
def test_lines_are_counted_by_blocks_in_a_large_text(text: str, block: int) -> None:
    places = [Source("x", text).position(offset) for offset in range(len(text) + 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fruslint.source._LARGE", 0)
        patch.setattr("fruslint.source._BLOCK", block)
        source = Source("x", text)
        assert [source.position(offset) for offset in range(len(text) + 1)] == places
        spans = [Span(start, end) for end in range(len(text) + 1) for start in range(end + 1)]
        assert [source.positions(span) for span in spans] == [(places[span.start], places[span.end]) for span in spans]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read(encoding: str) -> None:
    text = "326. Memorandum of Conversation1\n\nThe Minister’s note.\n"
    assert decode(text.encode(encoding))[:3] == (text, encoding, 0)
