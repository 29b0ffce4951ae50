"""What is written to a terminal: nothing but text, and carets under the exact place."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.source import Source
from fruslint.terminal import MAX_WIDTH, MIN_WIDTH, Marked, Screen, mark, screen_of, visible, width


def marked(text: str, start: int, length: int = 1, room: int = 60, screen: Screen | None = None) -> Marked:
    return mark(Source("d1.txt", text).excerpt(start), start + 1, length, screen or Screen(), room)


def under(cut: Marked) -> str:
    """What stands above the carets, column by column."""
    first = len(cut.carets) - len(cut.carets.lstrip())
    shown, column = "", 0
    for char in cut.line:
        if first <= column < len(cut.carets):
            shown += char
        column += width(char)
    return shown


@pytest.mark.parametrize(
    ("text", "start", "length", "above"),
    [
        ("a week.3 He", 7, 1, "3"),
        ("日本語テキスト3 abc", 7, 1, "3"),
        ("日本語", 1, 1, "本"),
        ("Cafe\u0301.3", 6, 1, "3"),
        ("a\u200bb.3", 4, 1, "3"),
        ("a\U0001f600b\U00020000.3", 5, 1, "3"),
        ("\tindented 3", 10, 1, "3"),
        ("a b\tc 3", 3, 1, "\\t"),
        ("a b\u00a0c 3", 3, 1, "<U+00A0>"),
        ("a b c 3", 2, 3, "b c"),
        ("a\x1b[31mb 3", 8, 1, "3"),
        ("a\x1b[31mb 3", 1, 1, "\\x1b"),
    ],
)
def test_carets_stand_under_the_place(text: str, start: int, length: int, above: str) -> None:
    assert under(marked(text, start, length)) == above


def test_a_combining_mark_gets_its_caret_under_the_letter() -> None:
    assert marked("Cafe\u0301 x", 4).carets == "   ^"


def test_an_empty_place_gets_one_caret() -> None:
    assert marked("abc", 3, 0).carets == "   ^"
    assert marked("abc", 1, 0).carets == " ^"
    assert marked("", 0, 0) == Marked("", "^")


def test_a_long_line_is_cut_between_words() -> None:
    text = "one two three " * 100 + "within a week.3 He then asked " + "four five " * 100
    cut = marked(text, text.index("3 He"))
    assert cut.line.startswith("… t")
    assert cut.line.endswith(" …")
    assert "week.3 He" in cut.line
    assert width(cut.line) <= 60
    assert under(cut) == "3"


def test_a_line_that_fits_is_not_cut() -> None:
    assert marked("x" * 60, 30).line == "x" * 60
    assert "…" in marked("x" * 61, 30).line


def test_a_long_mark_is_cut_too() -> None:
    cut = marked("word " * 100, 100, 300)
    assert width(cut.line) <= 60
    assert width(cut.carets) <= 60


def test_the_ellipsis_is_ascii_where_the_encoding_is() -> None:
    cut = marked("word " * 100, 250, 4, screen=Screen(encoding="ascii"))
    assert cut.line.startswith("... ")
    assert cut.line.endswith(" ...")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\rb\nc\td", "a\\rb\\nc\\td"),
        ("\x00\x7f\x9b", "\\x00\\x7f\\x9b"),
        ("a\u202eb\u2066c", "a<U+202E>b<U+2066>c"),
        ("\ufeff\u200b\u00ad", "<U+FEFF><U+200B><U+00AD>"),
        ("\u2028\u2029", "<U+2028><U+2029>"),
        ("\U000e0041\ufe0f\u3164", "<U+E0041><U+FE0F><U+3164>"),
        ("\udcff", "\\xff"),
        ("\ud800", "<U+D800>"),
        ("“é” 日本", "“é” 日本"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_visible_in_a_poor_encoding() -> None:
    assert visible("“é”", "latin-1") == "<U+201C>é<U+201D>"


@given(st.text(max_size=400), st.data())
def test_nothing_but_text_is_written(text: str, data: st.DataObject) -> None:
    source = Source("d1.txt", text)
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, len(text) - start))
    room = data.draw(st.integers(MIN_WIDTH - 10, MAX_WIDTH))
    cut = mark(source.excerpt(start), source.position(start).column, length, Screen(encoding="utf-8"), room)
    assert (cut.line + cut.carets).isprintable()
    assert not {unicodedata.category(char) for char in cut.line} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert cut.carets.lstrip(" ").strip("^") == ""
    assert "^" in cut.carets
    assert width(cut.carets) <= max(width(cut.line), 1) + 1


@given(st.text(alphabet="abc 日é\u0301\t", max_size=300), st.data())
def test_lines_keep_to_the_room(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    room = data.draw(st.integers(30, 100))
    assert width(marked(text, start, 1, room).line) <= room


class Terminal(io.StringIO):
    encoding = "utf-8"

    def __init__(self, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


@pytest.mark.parametrize(
    ("tty", "environ", "no_color", "color"),
    [
        (True, {}, False, True),
        (True, {}, True, False),
        (True, {"NO_COLOR": "1"}, False, False),
        (True, {"NO_COLOR": ""}, False, True),
        (True, {"TERM": "dumb"}, False, False),
        (False, {}, False, False),
        (False, {"FORCE_COLOR": "1"}, False, True),
        (False, {"FORCE_COLOR": "0"}, False, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        (False, {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colours_depend_on_terminal_environment_and_option(
    monkeypatch: pytest.MonkeyPatch, tty: bool, environ: dict[str, str], no_color: bool, color: bool
) -> None:
    monkeypatch.setattr("os.name", "posix")
    assert screen_of(Terminal(tty), environ, no_color=no_color).color is color


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("", 80), ("100", 100), ("20", MIN_WIDTH), ("99999", MAX_WIDTH), ("wide", 80), ("-5", 80), ("0", MIN_WIDTH)],
)
def test_width_of_the_screen(columns: str, expected: int) -> None:
    assert screen_of(Terminal(tty=False), {"COLUMNS": columns}).width == expected


def test_text_is_painted_on_screens_with_colours_only() -> None:
    assert Screen(color=True).paint("x", "error") == "\x1b[1;31mx\x1b[0m"
    assert Screen().paint("x", "error") == "x"
