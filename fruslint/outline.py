"""What a file holds, in short: its documents and its pages. A report that is read like a book needs it; a run does not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fruslint.model import Document, Medium, PageBreak, Volume
from fruslint.record import Record
from fruslint.text import Block


class OutlinedPage(Record):
    """Where a page begins: the offset behind its break, and its number as it is printed, "" where there is none."""

    start: int
    label: str


class OutlinedDocument(Record):
    """A document: its id, its printed number ("" for none), its title, the words of its kind, and its offsets."""

    id: str
    number: str
    title: str
    kind: str
    start: int
    end: int


class Outline(Record):
    """The documents and the pages of a file, in order. ``volume`` is the id of the volume they belong to, or empty."""

    volume: str = ""
    medium: Medium | None = None
    documents: tuple[OutlinedDocument, ...] = ()
    pages: tuple[OutlinedPage, ...] = ()

    def page_at(self, offset: int) -> int:
        """The index of the page on which an offset stands, -1 for what stands before the first."""
        return bisect_right(self.pages, offset, key=_start) - 1


def outline(volume: Volume) -> Outline:
    """The outline of a volume as it was read."""
    documents = sorted(map(_document, volume.documents), key=_beginning)
    # a text memorandum knows the breaks of its one document, a TEI volume those of the file
    breaks = volume.page_breaks or [one for document in volume.documents for one in document.page_breaks]
    pages = sorted(_pages(breaks, volume.medium), key=_start)
    return Outline(_volume_id(volume), volume.medium, tuple(documents), tuple(pages))


def _volume_id(volume: Volume) -> str:
    return volume.id or next((document.volume for document in volume.documents), "")


def _document(document: Document) -> OutlinedDocument:
    number = document.number or document.coded_number
    span = document.span
    title = _words(document.title)
    return OutlinedDocument(document.id, number.text if number else "", title, document.kind, span.start, span.end)


def _words(block: Block | None) -> str:
    return " ".join(block.text.content.split()) if block else ""


def _pages(breaks: Sequence[PageBreak], medium: Medium | None) -> Iterator[OutlinedPage]:
    """The pages that begin in the text; a note that runs on to the next page does not take the text with it."""
    shown = [one for one in breaks if not one.in_note]
    if shown and medium is Medium.TEXT and shown[0].label.number:
        yield OutlinedPage(0, str(shown[0].label.number - 1))  # a memorandum begins before its first break
    for one in shown:
        yield OutlinedPage(one.span.end, one.label.text)


def _start(page: OutlinedPage) -> int:
    return page.start


def _beginning(document: OutlinedDocument) -> int:
    return document.start
