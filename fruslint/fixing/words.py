"""The words of a document: what a safe fix must leave as they are.

A word is a run of letters and digits; every other sign counts too, as a word of its own. What is none: white space and
the points ``. , ; :``, by which words are set apart, and the apparatus around the words: numbers of notes and pages, the
number of the document, the label of a section, bullets, markup.

Spellings of a word that no reader can tell apart are the same word: a letter with its accent in one character or in
two, a Latin letter and its Cyrillic look-alike, a word with and without an invisible character in it, and UTF-8 that was
read as Windows text and what it was before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from fruslint.language.misread import MISREAD, turn_back
from fruslint.markup.tags import decode
from fruslint.model import Document, Medium, Volume
from fruslint.patterns import late
from fruslint.source import Span
from fruslint.text import Block

_COMBINING = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_WORD = late(rf"[^\W_][\w{_COMBINING}]*|[^\s.,;:]")
_LETTERS = late(r"[^\W_]+")
# Nothing is to be done for a text without any other characters.
_SPECIAL = late(r"[^\x20-\x7e\n’“”–—…ÀÁÄÆ-ßàáä-ÿ]")
_INVISIBLE = late(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_MISREAD = late(MISREAD)
# Letters of other scripts, and below each the one it looks like.
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһкАВЕЗКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναιρυ",
    "aeopcyxijsdhkABE3KMHOPCTYXIJSABEZHIKMNOPTYXovaipu",
)
_MARKUP = late(r"""<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[|\]\]>|</?[A-Za-z_:](?:[^<>"']|"[^"]*"|'[^']*')*>""")


def words_of(text: str) -> list[str]:
    """The words of a text as a reader sees it, markup and apparatus taken out already."""
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    """The text with one spelling for all that look alike."""
    if not _SPECIAL.search(text):
        return text
    text = _MISREAD.sub(lambda run: turn_back(run[0]) or run[0], text)
    return normalize("NFKC", _INVISIBLE.sub("", text)).translate(_ALIKE)


def document_texts(document: Document) -> list[str]:
    """The texts of the parts of a document in order, its notes last."""
    labels = {heading.span for heading in _labels(document)}
    return [block.text.content for block in document.blocks if block.span not in labels]


def _labels(document: Document) -> Iterator[Block]:
    """The headings of sections that are known by them: how they are written is a matter of form."""
    for section in document.sections:
        if section.heading is not None and (section.kind or section.expected):
            yield section.heading


def letters_of(text: str) -> list[str]:
    """All letters and digits of a text, word by word."""
    return _LETTERS.findall(_plain(text))


def written_text(volume: Volume, span: Span, documents: Iterable[Document]) -> str:
    """A stretch of a file without markup and the apparatus of ``documents``.

    It takes no notice of how the file was read, and so finds what no part of a document holds.
    """
    holes = sorted(hole for document in documents for hole in _holes(document))
    text = _without(volume.source.text, span, holes)
    if volume.medium is Medium.TEI:
        text = decode(_MARKUP.sub(" ", text))
    return text


def _holes(document: Document) -> Iterator[Span]:
    """Where the labels of sections and the numbers of the apparatus stand."""
    for heading in _labels(document):
        length = len(heading.text.content)
        if length:
            yield heading.text.span(0, length)
    if document.number is not None:
        yield document.number.span
    if document.medium is Medium.TEXT:
        yield from (page.span for page in document.page_breaks)
        yield from (marker.label.span for marker in document.markers)
        yield from (note.label.span for note in document.notes)


def _without(text: str, span: Span, holes: Sequence[Span]) -> str:
    parts = []
    begin = span.start
    for hole in holes:
        if hole.start >= begin and hole.end <= span.end:
            parts.append(text[begin : hole.start])
            begin = hole.end
    return "".join([*parts, text[begin : span.end]])
