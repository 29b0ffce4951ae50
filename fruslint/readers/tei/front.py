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
    return _entries(markup, documents, "persName", _PERSONS)


def read_terms(markup: Markup, documents: Sequence[int]) -> tuple[Entry, ...]:
    """The entries of the lists of terms and abbreviations."""
    return _entries(markup, documents, "term", _TERMS)


def _entries(markup: Markup, documents: Sequence[int], name: str, kinds: frozenset[str]) -> tuple[Entry, ...]:
    """The first name in each item of such a list, and each further name that has an id, wherever it stands."""
    items = {number: item for item in _listed_items(markup, documents, kinds) for number in _first(markup, item, name)}
    named = _outside(markup, documents, name)
    identified = [number for number in named if "xml:id" in markup.parts[markup.opens[number]]]
    numbers = sorted({*items, *identified})
    return tuple(_entry(markup, number, items.get(number)) for number in numbers)


def _entry(markup: Markup, number: int, item: int | None) -> Entry:
    whole = item if item is not None else number
    name, text = RunText(markup, run_of(markup, number)), RunText(markup, run_of(markup, whole))
    return Entry(markup.value(number, "xml:id") or "", name, text, markup.span(whole))


def _listed_items(markup: Markup, documents: Sequence[int], kinds: frozenset[str]) -> Iterator[int]:
    """The items of lists that say what they are, or stand in a division that does."""
    for number in _outside(markup, documents, "list"):
        if _is_listed(markup, number, kinds):
            yield from (child for child in markup.children(number) if markup.names[child] == "item")


def _is_listed(markup: Markup, number: int, kinds: frozenset[str]) -> bool:
    if markup.value(number, "type") in kinds:
        return True
    division = next((parent for parent in markup.ancestors(number) if markup.names[parent] == "div"), None)
    return division is not None and markup.value(division, "xml:id") in kinds


def _first(markup: Markup, item: int, name: str) -> list[int]:
    return markup.within(item, name)[:1]


def _outside(markup: Markup, documents: Sequence[int], name: str) -> list[int]:
    """The elements of a name in front of the first document and behind the last one."""
    named = markup.named(name)
    if not documents:
        return named
    return [*named[: bisect_left(named, documents[0])], *named[bisect_left(named, markup.after[documents[-1]]) :]]


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
