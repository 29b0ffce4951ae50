"""Weighs a volume against what fixes made of it: it must be the same volume, and after safe fixes say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from fruslint.fixing.words import document_texts, letters_of, words_of, written_text
from fruslint.model import Document, Volume
from fruslint.record import Record
from fruslint.source import Span

_LONGEST = 40


class _Stretch(Record):
    """A part of a file that no other part overlaps, and the documents in it."""

    span: Span
    documents: tuple[Document, ...]


def is_fixable(volume: Volume) -> bool:
    """Whether a file can be read so well that a fix of it can be judged."""
    return bool(volume.documents) or volume.markup is not None


def difference(before: Volume, after: Volume, *, safe: bool) -> str:
    """What is not the same after fixes, as the end of a sentence that begins with "it would"; empty if all is well.

    ``safe`` asks for more: the documents must have the same ids, notes and pages, and the same words.
    """
    if after.medium is not before.medium or not is_fixable(after):
        return "leave a file that cannot be read"
    if len(after.documents) != len(before.documents):
        return f"make {len(after.documents)} documents of {len(before.documents)}"
    return next(_differences(before, after), "") if safe else ""


def _differences(before: Volume, after: Volume) -> Iterator[str]:
    for old, new in zip(before.documents, after.documents, strict=True):
        if old.source.text[slice(*old.span)] != new.source.text[slice(*new.span)]:
            yield from _of_document(old, new)
    if _pages(before) != _pages(after):
        yield "change the pages of the file"
    stretches = zip(_stretches(before), _stretches(after), strict=False)
    for first, second in stretches:
        if before.source.text[slice(*first.span)] != after.source.text[slice(*second.span)]:
            old_text = written_text(before, first.span, first.documents)
            yield from _of_words(letters_of, [old_text], [written_text(after, second.span, second.documents)])


def _of_document(old: Document, new: Document) -> Iterator[str]:
    if old.id != new.id:
        yield f"make document ‘{new.id}’ of ‘{old.id}’"
    if [note.label.text for note in old.notes] != [note.label.text for note in new.notes]:
        yield "change the notes of the document"
    yield from _of_words(words_of, document_texts(old), document_texts(new))


def _pages(volume: Volume) -> list[str]:
    """The pages of a file; a break may move from the beginning of a document to the place before it."""
    breaks = volume.page_breaks or [page for document in volume.documents for page in document.page_breaks]
    return [page.label.text for page in breaks]


def _of_words(
    words_in: Callable[[str], list[str]], old_texts: Sequence[str], new_texts: Sequence[str]
) -> Iterator[str]:
    """Where the words of two sequences of texts part, with the first words that are not the same."""
    if old_texts == new_texts:  # most fixes are about markup
        return
    old, new = ([word for text in texts for word in words_in(text)] for texts in (old_texts, new_texts))
    if old == new:
        return
    pairs = enumerate(zip_longest(old, new, fillvalue=""))
    at = next(index for index, (first, second) in pairs if first != second)
    yield f"make {_quoted(new[at : at + 3])} of {_quoted(old[at : at + 3])}"


def _quoted(words: Iterable[str]) -> str:
    said = " ".join(words)
    return f"‘{said[:_LONGEST]}’" if said else "nothing"


def _stretches(volume: Volume) -> Iterator[_Stretch]:
    """The outermost documents and what stands between them, from the beginning of a file to its end."""
    end = 0
    for outer, inside in _outermost(volume.documents):
        yield _Stretch(Span(end, outer.start), ())
        yield _Stretch(outer, inside)
        end = outer.end
    yield _Stretch(Span(end, len(volume.source.text)), ())


def _outermost(documents: Sequence[Document]) -> Iterator[tuple[Span, tuple[Document, ...]]]:
    """The spans of documents that stand in no other, each with all the documents in it."""
    ordered = sorted(documents, key=lambda document: (document.span.start, -document.span.end))
    index = 0
    while index < len(ordered):
        outer = ordered[index].span
        last = index + 1
        while last < len(ordered) and ordered[last].span.start < outer.end:
            last += 1
        yield outer, tuple(ordered[index:last])
        index = last
