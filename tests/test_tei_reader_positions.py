"""Every word of a TEI document stands where the model says, and every element where expat says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pyexpat import ParserCreate
from random import Random

import pytest
from helpers_tei import document, read_volume, tei, written
from hypothesis import given, settings
from hypothesis import strategies as st

from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode
from fruslint.model import Document
from fruslint.readers import read_bytes
from fruslint.text import BlockKind, Text

WHITE = " \t\r\n"
CLOSING = ",.;:?!)]}"
OPENING = "([{"

words = st.text(alphabet="abAé“”’\u00a0\u2003😀0(),.;[]- \n\r\t", max_size=8)
references = st.sampled_from(["&amp;", "&lt;", "&gt;", "&#8217;", "&#x1F600;", "&#32;", "&#10;"])
nothing = st.sampled_from(["<!-- a < b & c -->", "<?lb a > b?>", "<pb n='1'/>", '<pb n="2"\n facs="3"/>', "<hi/>"])
cdata = words.map(lambda text: f"<![CDATA[{text.replace(']]>', '')}<b>&amp;]]>")
note = words.map(lambda text: f'<note n="1">{text}</note>')
leaf = st.one_of(words, words, references, nothing, cdata, note, st.just("<lb/>"), st.just("<note n='2'/>"))
inline = st.recursive(
    st.lists(leaf, max_size=6).map("".join),
    lambda inner: st.lists(st.one_of(leaf, inner.map('<hi rend="a > b">{}</hi >'.format)), max_size=5).map("".join),
    max_leaves=12,
)


@dataclass
class Visible:
    """What expat says a reader sees: characters with their offsets, and whether white space goes before them."""

    characters: list[tuple[str, int]] = field(default_factory=list)
    parted: list[bool] = field(default_factory=list)


class Oracle:
    """Reads the paragraphs of a text with expat, without notes."""

    def __init__(self, text: str) -> None:
        self.paragraphs: list[Visible] = []
        self._text = text
        self._data = text.encode()
        self._notes = 0
        self._white = False
        self._in_cdata = False
        self._parser = ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.Parse(self._data, True)

    def _start(self, name: str, _: dict[str, str]) -> None:
        if name == "p":
            self.paragraphs.append(Visible())
            self._white = False
        self._notes += name == "note"
        self._white = self._white or name == "lb"

    def _end(self, name: str) -> None:
        self._notes -= name == "note"

    def _characters(self, chunk: str) -> None:
        if self._notes or not self.paragraphs:
            return
        offset = len(self._data[: self._parser.CurrentByteIndex].decode())
        for place, char in enumerate(chunk):
            self._character(char, offset + place)

    def _character(self, char: str, offset: int) -> None:
        if char in WHITE:
            self._white = True
            return
        self.paragraphs[-1].characters.append((char, offset))
        self.paragraphs[-1].parted.append(self._white)
        self._white = False


def places(text: Text) -> list[tuple[str, int]]:
    return [(char, text.origin(index)) for index, char in enumerate(text.content) if char not in WHITE]


def check_words(text: Text, visible: Visible) -> None:
    """The words are those that expat sees, each where it stands, and parted where white space parts them."""
    assert places(text) == visible.characters
    content = text.content
    assert "  " not in content
    assert content == content.strip(" ")
    position = 0
    for index, (char, _) in enumerate(visible.characters):
        parted = content[position] == " "
        position += parted
        assert content[position] == char
        before = visible.characters[index - 1][0] if index else ""
        excused = char in CLOSING or (before and before in OPENING)
        assert parted == (visible.parted[index] and index > 0) or (excused and not parted)
        position += 1
    assert position == len(content)


@given(st.lists(inline, min_size=1, max_size=3), st.sampled_from(["", "\ufeff"]))
@settings(max_examples=150)
def test_every_character_maps_back_to_the_source(paragraphs: list[str], mark: str) -> None:
    text = mark + tei(document("".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)))
    one = read_volume(text).documents[0]
    visible = [each for each in Oracle(text).paragraphs if each.characters]
    blocks = [block for block in one.blocks if block.kind is BlockKind.PARAGRAPH]
    assert len(blocks) == len(visible)
    for block, expected in zip(blocks, visible, strict=True):
        check_words(block.text, expected)


@given(st.lists(inline, min_size=1, max_size=3))
def test_a_span_covers_what_its_characters_stand_for(paragraphs: list[str]) -> None:
    one = read_volume(tei(document("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)))).documents[0]
    for block in one.blocks:
        for index, char in enumerate(block.text.content):
            source = written(one, block.text.span(index, index + 1))
            if char in WHITE:
                assert not decode(source).strip(WHITE) or source.startswith(("<lb", "<p", "</p"))
            else:
                assert char in (source, decode(source))


@given(st.lists(inline, min_size=1, max_size=3))
def test_a_view_maps_back_like_its_blocks(paragraphs: list[str]) -> None:
    one = read_volume(tei(document("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)))).documents[0]
    view = one.view(frozenset(BlockKind))
    assert view.text.content == "\n".join(block.text.content for block in one.blocks)
    for start, block in zip(view.starts, view.blocks, strict=True):
        length = len(block.text.content)
        assert view.text.span(start, start + length) == block.text.span(0, length)
        assert [view.text.origin(start + index) for index in range(length)] == [
            block.text.origin(index) for index in range(length)
        ]


plain = st.lists(st.one_of(words, words, nothing, note, st.just("<lb/>"), st.just("<hi>")), max_size=12).map(
    lambda parts: "".join(parts) + "</hi>" * parts.count("<hi>")
)


@given(st.lists(st.one_of(plain, plain, inline), min_size=1, max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_a_character_asked_for_alone_stands_where_it_does_among_all(paragraphs: list[str], chance: Random) -> None:
    """Nobody asks for all characters of most texts, so there is a quick way for one."""
    text = tei(document("<head>3. A B</head>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)))
    for block in read_volume(text).documents[0].blocks:
        letters = [index for index, char in enumerate(block.text.content) if char not in WHITE]
        chance.shuffle(letters)
        alone = [(block.text.origin(index), block.text.span(index, index + 1)) for index in letters]
        whole = Text(block.text.content, block.text.pieces)
        assert alone == [(whole.origin(index), whole.span(index, index + 1)) for index in letters]
        behind = block.text.span(len(whole.content), len(whole.content))
        assert behind == whole.span(len(whole.content), len(whole.content))


names = st.sampled_from(["p", "hi", "frus:x", "persName", "note", "a.b-c", "é"])
values = st.text(alphabet="ab \n\t\r=>/'é😀", max_size=6).map(lambda value: value.replace("'", "&apos;"))
quoted = st.one_of(values.map('"{}"'.format), values.map("'{}'".format))
gaps = st.sampled_from([" ", "\n    ", "  \t", "\r\n"])
attribute = st.tuples(
    gaps, st.sampled_from(["n", "xml:id", "rend", "type", "x"]), st.sampled_from(["=", " = ", "=\n"]), quoted
)
attributes = st.lists(attribute, max_size=4, unique_by=lambda each: each[1]).map(
    lambda all_of_them: "".join("".join(each) for each in all_of_them)
)
element = st.recursive(
    st.one_of(words.map(lambda text: text.replace("]]>", "")), references, nothing, cdata),
    lambda inner: st.one_of(
        st.tuples(names, attributes, st.lists(inner, max_size=4)).map(
            lambda parts: f"<{parts[0]}{parts[1]}>{''.join(parts[2])}</{parts[0]} >"
        ),
        st.tuples(names, attributes, gaps).map(lambda parts: f"<{parts[0]}{parts[1]}{parts[2]}/>"),
    ),
    max_leaves=20,
)


@dataclass
class Elements:
    """The elements as expat reports them: name, offset of the start tag and of the end tag, attributes."""

    found: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)


def expat_elements(text: str) -> Elements:
    data = text.encode()
    parser = ParserCreate("utf-8")
    elements = Elements()
    opened: list[int] = []

    def offset() -> int:
        return len(data[: parser.CurrentByteIndex].decode())

    def start(name: str, attributes: dict[str, str]) -> None:
        opened.append(len(elements.found))
        elements.found.append((name, offset(), attributes))

    def end(_: str) -> None:
        elements.ends[opened.pop()] = offset()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return elements


prologs = st.sampled_from(
    [
        "",
        "\ufeff",
        '<?xml version="1.0"?>\r\n',
        "<?xml-model href='x>y'?>\n<!-- <TEI> -->",
        "\ufeff<?a?>",
        "<!-- > </a> -->",
    ]
)


@given(prologs, st.lists(element, max_size=5))
@settings(max_examples=150)
def test_elements_stand_where_expat_says(prolog: str, content: list[str]) -> None:
    text = f'{prolog}<root xmlns:frus="y">{"".join(content)}</root>\n<?end?>'
    expected, markup = expat_elements(text), Markup(text)
    assert markup.names == [name for name, _, _ in expected.found]
    for number, (name, start, attributes) in enumerate(expected.found):
        assert markup.span(number).start == start
        end_tag = markup.end_tag(number)
        if end_tag is not None:
            assert end_tag.start == expected.ends[number]
            assert markup.span(number).end == end_tag.end
        assert {key: value.value for key, value in markup.attributes(number).items()} == attributes
        assert all(markup.value(number, key) == value for key, value in attributes.items())
        assert text[slice(*markup.name_span(number))] == name
        assert markup.at(start) == number


@given(prologs, st.lists(element, max_size=5))
def test_attributes_stand_where_they_are_written(prolog: str, content: list[str]) -> None:
    text = f'{prolog}<root xmlns:frus="y">{"".join(content)}</root>'
    markup = Markup(text)
    for number in range(len(markup)):
        for each in markup.attributes(number).values():
            assert text[slice(*each.name_span)] == each.name
            assert decode(re.sub(r"\r\n|[\r\n\t]", " ", text[slice(*each.span)])) == each.value
            assert text[each.span.start - 1] == text[each.span.end] in "\"'"
            assert markup.attribute(number, each.name) == each
            assert markup.located(number, each.name) == (each.value, each.span)


@given(st.lists(element, max_size=5))
def test_the_tree_hangs_together(content: list[str]) -> None:
    markup = Markup(f'<root xmlns:frus="y">{"".join(content)}</root>')
    for number in range(1, len(markup)):
        assert number in list(markup.children(markup.parents[number]))
        assert list(markup.ancestors(number))[-1] == 0
        inside = [inner for inner in range(number + 1, len(markup)) if number in markup.ancestors(inner)]
        assert inside == list(range(number + 1, markup.after[number]))
    numbers = range(len(markup))
    around = {
        number: next((n for n in markup.ancestors(number) if markup.names[n] == "hi"), None) for number in numbers
    }
    assert markup.enclosing(markup.named("hi"), numbers) == {key: hi for key, hi in around.items() if hi is not None}


SMALL = document(
    '<head>7. Letter<note n="1">Source: A &amp; B.</note></head>\n<p>He\n  said\t“no”\n<lb/>and 😀 <hi>went</hi>.</p>'
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks(line_end: str, mark: bytes) -> None:
    volume = read_bytes("v.xml", mark + tei(SMALL).replace("\n", line_end).encode())
    assert [block.text.content for block in volume.documents[0].blocks] == [
        "Letter",
        "He said “no” and 😀 went.",
        "Source: A & B.",
    ]
    one = volume.documents[0]
    index = one.blocks[1].text.content.index("went")
    position = volume.source.position(one.blocks[1].text.origin(index))
    assert (position.line, position.column) == (tei(SMALL)[: tei(SMALL).index("went")].count("\n") + 1, 16)


def test_white_space_at_a_tag_before_punctuation_is_no_word_space() -> None:
    one = read_volume(tei(document("<p>(<hi>\n Bruce\n </hi>), <hi>Paris </hi>, a <note n='1'/>. [ b ] c ,</p>")))
    assert one.documents[0].blocks[0].text.content == "(Bruce), Paris, a. [ b ] c ,"


def find(one: Document, wanted: str) -> str:
    text = one.view(frozenset(BlockKind)).text
    start = text.content.index(wanted)
    return written(one, text.span(start, start + len(wanted)))


def test_spans_of_words_that_the_source_writes_otherwise() -> None:
    one = read_volume(
        tei(document('<p>a &amp; b<pb n="2"/>c d<!-- x -->e f<note n="1">g</note>\n  h <lb/>i</p>'))
    ).documents[0]
    assert find(one, "&") == "&amp;"
    assert find(one, "bc") == 'b<pb n="2"/>c'
    assert find(one, "de") == "d<!-- x -->e"
    assert find(one, "f h") == 'f<note n="1">g</note>\n  h'
    assert find(one, "h i") == "h <lb/>i"
