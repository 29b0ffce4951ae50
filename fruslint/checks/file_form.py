"""Looks at a file as a file: byte order mark, line ends, white space at the edges, normalisation."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.language.vocabulary import section_kind
from fruslint.model import Document, Volume
from fruslint.patterns import late
from fruslint.source import BYTE_ORDER_MARK, LINE_ENDS, Source, Span
from fruslint.text import BlockKind

_TRAILING = late(r"(?<![ \t])[ \t]+(?=[\r\n]|\Z)")
_COMMAND = late(r"[a-z]{2,}\{")
_TABS = late(r"\t+")
# A label with a tab behind it, or in the next line; and the lines from there to a blank one
_LABEL = late(r"^[A-Za-z][A-Za-z ]{2,30}:?(?=\t|\n\n?[^\n]{0,80}\t)", re.MULTILINE)
_LIST = late(r"[^\n]*\n{0,2}(?:[^\n]++\n?)*+")
_COMPOSABLE = late(r"[\x00-\x7f]?[^\x00-\x7f]+")
# Letters that combine with the one before them: the parts of Korean syllables, and a vowel of Kirat Rai (Unicode 16).
_COMBINING_LETTERS = frozenset(map(chr, (*range(0x1160, 0x1200), 0x16D67)))


class FileFormCheck:
    """``report``: what to look for. Values: ``found`` what stands there, ``expected`` what should, ``detail`` the rest."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {
                "enum": [
                    "trailing-whitespace",
                    "line-ends",
                    "final-newline",
                    "tabs",
                    "normalisation",
                    "byte-order-mark",
                ]
            }
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._hits = _REPORTS[parameters["report"]]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """The places in a file that holds documents; any other file is not looked at."""
        if volume.documents:
            yield from self._hits(volume)


def _trailing(volume: Volume) -> Iterator[Hit]:
    """Blanks behind a heading are the heading's layout, and reported as that."""
    text = volume.source.text
    if " \n" not in text and "\t\n" not in text and "\r" not in text and not text.endswith((" ", "\t")):
        return
    elsewhere = {anomaly.span.start for document in volume.documents for anomaly in document.anomalies}
    for found in _TRAILING.finditer(text):
        if found.start() not in elsewhere:
            span = Span(*found.span())
            yield Hit(
                span, {"found": "1 blank" if len(found[0]) == 1 else f"{len(found[0])} blanks"}, edits=((span, ""),)
            )


def _line_ends(volume: Volume) -> Iterator[Hit]:
    """One hit a file: at the first line end that is not LF."""
    text = volume.source.text
    if not volume.source.has_cr:
        return
    three = text.count("\r\r\n")
    both = text.count("\r\n") - three
    counts = {"CR": text.count("\r") - both - 2 * three, "CRLF": both, "CRCRLF": three}
    found = " and ".join(f"{count} {name}" for name, count in counts.items() if count)
    total = sum(counts.values()) + text.count("\n") - both - three
    first = next(volume.source.other_line_ends())
    # Pointed at is the character before, for nobody can see a line end.
    at = Span(first.start - 1, first.start) if first.start else first
    yield Hit(at, {"found": found, "expected": "LF", "detail": str(total)}, edits=((LINE_ENDS, "\n"),))


def _final_newline(volume: Volume) -> Iterator[Hit]:
    text = volume.source.text
    if text and text[-1] not in "\r\n":
        yield Hit(Span(len(text) - 1, len(text)), edits=((Span(len(text), len(text)), "\n"),))


def _tabs(volume: Volume) -> Iterator[Hit]:
    if "\t" not in volume.source.text:
        return
    columns, edited = _Stretches(_columns_in(volume)), _Stretches(_edited_in(volume))
    for tab in [Span(*found.span()) for found in _TABS.finditer(volume.source.text)]:
        if not columns.hold(Span(tab.start, tab.start + 1)):
            # A tab that is edited goes with what is put right of the layout around it.
            edits = () if edited.hold(tab) else tuple(_without_tab(volume.source, tab))
            yield Hit(tab, {"found": str(tab.end - tab.start)}, edits=edits)


def _columns_in(volume: Volume) -> Iterator[Span]:
    return (span for document in volume.documents for span in _columns(document))


def _edited_in(volume: Volume) -> Iterator[Span]:
    """What anomalies of the documents put right."""
    anomalies = (anomaly for document in volume.documents for anomaly in document.anomalies)
    return (span for anomaly in anomalies for span, _ in anomaly.edits)


class _Stretches:
    """Stretches of a file, which may overlap, to be asked many times."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        # How far those reach that begin at each start or before it.
        self._reach = list(accumulate((span.end for span in ordered), max))

    def hold(self, span: Span) -> bool:
        """Whether one of them holds all of a span."""
        place = bisect_right(self._starts, span.start) - 1
        return place >= 0 and span.end <= self._reach[place]


def _without_tab(source: Source, tab: Span) -> Iterator[tuple[Span, str]]:
    """What stands for a tab: nothing at the edge of a line, a blank between words; tabs that make columns are left."""
    line = source.position(tab.start).line
    text = source.text[slice(*source.line_span(line))]
    at_edge = not text.strip() or tab.start == source.line_span(line).start or tab.end == source.line_span(line).end
    if _COMMAND.match(source.text, tab.end):
        return  # what was \textemdash{} before a program took its first two characters for a tab
    alone = text.strip().count("\t") == 0 if at_edge else text.count("\t") == 1
    if alone and not any("\t" in source.text[slice(*source.line_span(other))] for other in _beside(source, line)):
        yield tab, "" if at_edge else " "


def _beside(source: Source, line: int) -> Iterator[int]:
    """The next lines above and below that are not blank."""
    for step in (-1, 1):
        other = line + step
        while 0 < other <= len(source.line_starts):
            if source.text[slice(*source.line_span(other))].strip():
                yield other
                break
            other += step


def _columns(document: Document) -> Iterator[Span]:
    """The lists at the head of an old memorandum, whose labels and names were set in columns."""
    if any(section.inline for section in document.sections):
        body = next((block for block in document.blocks if block.kind is BlockKind.PARAGRAPH), None)
        yield Span(document.span.start, body.span.start if body else document.span.end)
    yield from _labelled(document)


def _labelled(document: Document) -> Iterator[Span]:
    """Lines with tabs under the label of a section, or beside it."""
    text, end = document.source.text, 0
    for label in _LABEL.finditer(text, *document.span):
        list_of_people = _LIST.match(text, label.end()) if label.start() >= end and section_kind(label[0]) else None
        if list_of_people is not None:
            end = list_of_people.end()
            yield Span(label.start(), end)


def _normalisation(volume: Volume) -> Iterator[Hit]:
    """Letters that are written with a separate accent though one character holds both, and signs that stand for another."""
    text = volume.source.text
    alone = all(map(stands_alone, volume.source.unusual))
    if alone or unicodedata.is_normalized("NFC", text):
        return
    for found in _COMPOSABLE.finditer(text):
        if not unicodedata.is_normalized("NFC", found[0]):
            for start, written in _clusters(found[0]):
                yield from _decomposed(found.start() + start, written)


def _clusters(run: str) -> Iterator[tuple[int, str]]:
    """Each character that stands by itself, with those that combine with it, and where it begins in the run."""
    begin = 0
    for index in range(1, len(run) + 1):
        stands_alone = index == len(run) or not _combines(run[index])
        if stands_alone:
            yield begin, run[begin:index]
            begin = index


@lru_cache(1024)
def stands_alone(char: str) -> bool:
    """Whether a character is normalised wherever it stands."""
    return not _combines(char) and unicodedata.is_normalized("NFC", char)


def _combines(char: str) -> bool:
    return unicodedata.combining(char) > 0 or unicodedata.category(char).startswith("M") or char in _COMBINING_LETTERS


def _decomposed(start: int, written: str) -> Iterator[Hit]:
    composed = unicodedata.normalize("NFC", written)
    if composed != written:
        span = Span(start, start + len(written))
        codes = " ".join(f"U+{ord(char):04X}" for char in written)
        yield Hit(span, {"found": codes, "expected": composed}, edits=((span, composed),))


def _mark(volume: Volume) -> Iterator[Hit]:
    if volume.source.mark and volume.source.encoding == "utf-8":
        yield Hit(Span(0, 0), {"found": volume.source.encoding.upper()}, edits=((BYTE_ORDER_MARK, ""),))


_REPORTS: dict[str, Callable[[Volume], Iterator[Hit]]] = {
    "trailing-whitespace": _trailing,
    "line-ends": _line_ends,
    "final-newline": _final_newline,
    "tabs": _tabs,
    "normalisation": _normalisation,
    "byte-order-mark": _mark,
}
