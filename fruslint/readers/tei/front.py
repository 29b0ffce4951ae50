"""Reads what stands around the documents: the lists of persons and terms, and notes on the headings of chapters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from fruslint.markup.elements import Markup
from fruslint.model import Entry, Note
from fruslint.readers.tei.element_kinds import DOCUMENT
from fruslint.readers.tei.labels import label_of
from fruslint.readers.tei.notes import make_note
from fruslint.readers.tei.words import BLANK, LINE, NOTHING, Run, RunText

_PERSONS = frozenset({"persons", "names"})
_TERMS = frozenset({"terms"})
# What repeats the words of others, or is nothing but names and numbers.
_NO_TEXT = frozenset({"toc", "contents", "index"})


def documents_of(markup: Markup) -> list[int]:
    """The elements of the documents, in order."""
    return [number for number in markup.named("div") if markup.value(number, "type") == DOCUMENT]


def matter_of(markup: Markup) -> list[int]:
    """The divisions of the front and back matter, in order: the outermost that hold no document and stand in none.

    The table of contents and the index are left out.
    """
    documents = markup.once(documents_of)
    found: list[int] = []
    done = -1
    for number in markup.named("div"):
        after = markup.after[number]
        place = bisect_left(documents, number)
        if number < done or (place < len(documents) and number < documents[place] < after):
            continue
        done = after
        is_document = place < len(documents) and documents[place] == number
        if not is_document and _NO_TEXT.isdisjoint((markup.value(number, "xml:id"), markup.value(number, "type"))):
            found.append(number)
    return found


def read_persons(markup: Markup) -> tuple[Entry, ...]:
    """The entries of the lists of persons."""
    return _entries(markup, markup.once(documents_of), "persName", _PERSONS)


def read_terms(markup: Markup) -> tuple[Entry, ...]:
    """The entries of the lists of terms and abbreviations."""
    return _entries(markup, markup.once(documents_of), "term", _TERMS)


def _entries(markup: Markup, documents: Sequence[int], name: str, kinds: frozenset[str]) -> tuple[Entry, ...]:
    """The first name in each item of such a list, and each further name that has an id, wherever it stands."""
    named = _outside(markup, documents, name)
    items = dict(_first_names(markup, named, _listed_items(markup, documents, kinds)))
    found: list[Entry] = []
    done = -1
    for number in named:
        if number >= done and (number in items or "xml:id" in markup.parts[markup.opens[number]]):
            found.append(_entry(markup, number, items.get(number)))
            done = markup.after[number]
    return tuple(found)


def _entry(markup: Markup, number: int, item: int | None) -> Entry:
    whole = item if item is not None else number
    name, text = RunText(markup, run_of(markup, number)), RunText(markup, run_of(markup, whole))
    return Entry(markup.value(number, "xml:id") or "", name, text, markup.span(whole))


def _first_names(markup: Markup, named: Sequence[int], items: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first name in each item, with the item."""
    for item in items:
        place = bisect_left(named, item)
        if place < len(named) and named[place] < markup.after[item]:
            yield named[place], item


def _listed_items(markup: Markup, documents: Sequence[int], kinds: frozenset[str]) -> Iterator[int]:
    """The items of lists that say what they are, or stand in a division that does."""
    lists = _outside(markup, documents, "list")
    divisions = markup.enclosing(markup.named("div"), lists)
    for number in lists:
        division = divisions.get(number)
        told = division is not None and markup.value(division, "xml:id") in kinds
        if told or markup.value(number, "type") in kinds:
            yield from (child for child in markup.children(number) if markup.names[child] == "item")


def _outside(markup: Markup, documents: Sequence[int], name: str) -> list[int]:
    """The elements of a name in front of the first document and behind the last one."""
    named = markup.named(name)
    if not documents:
        return named
    behind = max(markup.after[number] for number in documents)
    return [*named[: bisect_left(named, documents[0])], *named[bisect_left(named, behind) :]]


def run_of(markup: Markup, number: int) -> Run:
    """The run of an element outside of the documents: without notes and lists, its paragraphs on lines of their own."""
    run = Run(markup.opens[number], markup.closes[number])
    inner, end = number + 1, markup.after[number]
    while inner < end:
        name, first, last = markup.names[inner], markup.opens[inner], markup.closes[inner]
        cut = _CUTS.get(name)
        if cut is not None:
            cut(run, first, last)
        inner = markup.after[inner] if name in _LEFT_OUT else inner + 1
    return run


_LEFT_OUT = frozenset({"note", "list"})
_CUTS: dict[str, Callable[[Run, int, int], None]] = {
    "note": lambda run, first, last: run.cut(first, last, NOTHING),
    **dict.fromkeys(("lb", "list"), lambda run, first, last: run.cut(first, last, BLANK)),
    "p": lambda run, first, last: run.part(first, last, LINE),
}


def chapter_notes(markup: Markup, documents: Sequence[int]) -> dict[int, tuple[Note, ...]]:
    """The notes on headings of chapters, by the document that the chapter begins with."""
    found: dict[int, tuple[Note, ...]] = {}
    inside = markup.enclosing(documents, markup.named("note"))
    outside = [number for number in markup.named("note") if number not in inside]
    for number, head in markup.enclosing(markup.named("head"), outside).items():
        place = bisect_left(documents, number)
        if place < len(documents) and documents[place] < markup.after[markup.parents[head]]:
            note = make_note(markup, number, run_of(markup, number), label_of(markup, number))
            found[documents[place]] = (*found.get(documents[place], ()), note)
    return found
