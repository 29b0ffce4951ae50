"""Reads what stands around the documents: the lists of persons and terms, and notes on the headings of chapters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from fruslint.markup import Markup
from fruslint.model import Entry, Note
from fruslint.readers.tei.labels import label_of
from fruslint.readers.tei.notes import make_note
from fruslint.readers.tei.words import BLANK, LINE, NOTHING, Run, RunText

_PERSONS = frozenset({"persons", "names"})
_TERMS = frozenset({"terms"})


def read_persons(markup: Markup, documents: Sequence[int]) -> tuple[Entry, ...]:
    """The entries of the lists of persons."""
    return tuple(_entries(markup, documents, "persName", _PERSONS))


def read_terms(markup: Markup, documents: Sequence[int]) -> tuple[Entry, ...]:
    """The entries of the lists of terms and abbreviations."""
    return tuple(_entries(markup, documents, "term", _TERMS))


def _entries(markup: Markup, documents: Sequence[int], name: str, kinds: frozenset[str]) -> Iterator[Entry]:
    """Each item of such a list with the name in it, and each name that has an id wherever it stands."""
    done = -1
    for number in _outside(markup, documents, name):
        if number < done:
            continue
        item = _item(markup, number, kinds)
        entry_id = markup.value(number, "xml:id")
        if item is None and entry_id is None:
            continue
        whole = number if item is None else item
        text, span = RunText(markup, run_of(markup, whole)), markup.span(whole)
        yield Entry(entry_id or "", RunText(markup, run_of(markup, number)), text, span)
        done = markup.after[number]


def _outside(markup: Markup, documents: Sequence[int], name: str) -> list[int]:
    """The elements of a name in front of the first document and behind the last one."""
    named = markup.named(name)
    if not documents:
        return named
    return [*named[: bisect_left(named, documents[0])], *named[bisect_left(named, markup.after[documents[-1]]) :]]


def _item(markup: Markup, number: int, kinds: frozenset[str]) -> int | None:
    """The item that a name is the first one of, in a list of such names."""
    item = next((parent for parent in markup.ancestors(number) if markup.names[parent] == "item"), None)
    if item is None or not _is_listed(markup, item, kinds):
        return None
    first = markup.within(item, markup.names[number])
    return item if (first and first[0] == number) or markup.value(number, "xml:id") is not None else None


def _is_listed(markup: Markup, item: int, kinds: frozenset[str]) -> bool:
    for parent in markup.ancestors(item):
        name = markup.names[parent]
        if name == "list" and markup.value(parent, "type") in kinds:
            return True
        if name == "div":
            return markup.value(parent, "xml:id") in kinds
    return False


def _is_inside(markup: Markup, documents: Sequence[int], number: int) -> bool:
    place = bisect_left(documents, number) - 1
    return place >= 0 and number < markup.after[documents[place]]


def run_of(markup: Markup, number: int) -> Run:
    """The run of an element outside of the documents: without notes, with its paragraphs on lines of their own."""
    run = Run(markup.opens[number], markup.closes[number])
    for inner in range(number + 1, markup.after[number]):
        cut = _CUTS.get(markup.names[inner])
        if cut is not None:
            cut(run, markup.opens[inner], markup.closes[inner])
    return run


_CUTS: dict[str, Callable[[Run, int, int], None]] = {
    "note": lambda run, first, last: run.cut(first, last, NOTHING),
    "lb": lambda run, first, last: run.cut(first, last, BLANK),
    **dict.fromkeys(("p", "item", "list", "label"), lambda run, first, last: run.part(first, last, LINE)),
}


def chapter_notes(markup: Markup, documents: Sequence[int]) -> dict[int, tuple[Note, ...]]:
    """The notes on headings of chapters, by the document that the chapter begins with."""
    found: dict[int, tuple[Note, ...]] = {}
    for number in markup.named("note"):
        if _is_inside(markup, documents, number):
            continue
        head = next((parent for parent in markup.ancestors(number) if markup.names[parent] == "head"), None)
        place = bisect_left(documents, number)
        if head is None or place == len(documents):
            continue
        if documents[place] < markup.after[markup.parents[head]]:
            note = make_note(markup, number, run_of(markup, number), label_of(markup, number))
            found[documents[place]] = (*found.get(documents[place], ()), note)
    return found
