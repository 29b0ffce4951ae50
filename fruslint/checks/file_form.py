"""Looks at a file as a file: byte order mark, line ends, white space at the edges, normalisation."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.model import BlockKind, Document, Volume
from fruslint.patterns import late
from fruslint.source import BYTE_ORDER_MARK, Span

_TRAILING = late(r"(?<![ \t])[ \t]+(?=[\r\n]|\Z)")
_TABS = late(r"\t+")
_COMBINED = late(r"\S[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_NAMES = {"\r\n": "CRLF", "\r": "CR", "\n": "LF"}


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
    if " \n" not in text and "\t\n" not in text and not text[-1:].isspace() and "\r" not in text:
        return
    elsewhere = {anomaly.span.start for document in volume.documents for anomaly in document.anomalies}
    for found in _TRAILING.finditer(text):
        if found.start() not in elsewhere:
            span = Span(*found.span())
            yield Hit(
                span, {"found": "1 blank" if len(found[0]) == 1 else f"{len(found[0])} blanks"}, edits=((span, ""),)
            )


def _line_ends(volume: Volume) -> Iterator[Hit]:
    """One hit a file: at the first line end that is not LF, or not like the most."""
    source = volume.source
    if "\r" not in source.text:
        return
    kinds = [source.text[slice(*span)] for span in source.line_ends]
    counts = Counter(kinds)
    wrong = [span for span, kind in zip(source.line_ends, kinds, strict=True) if kind != "\n"]
    found = " and ".join(f"{count} {_NAMES[kind]}" for kind, count in sorted(counts.items()) if kind != "\n")
    values = {"found": found, "expected": "LF", "detail": str(len(kinds))}
    # Pointed at is the character before, for nobody can see a line end.
    at = Span(max(wrong[0].start - 1, 0), wrong[0].start) if wrong[0].start else wrong[0]
    yield Hit(at, values, edits=tuple((span, "\n") for span in wrong))


def _final_newline(volume: Volume) -> Iterator[Hit]:
    text = volume.source.text
    if text and text[-1] not in "\r\n":
        yield Hit(Span(len(text) - 1, len(text)), edits=((Span(len(text), len(text)), "\n"),))


def _tabs(volume: Volume) -> Iterator[Hit]:
    if "\t" in volume.source.text:
        columns = [span for document in volume.documents for span in _columns(document)]
        for found in _TABS.finditer(volume.source.text):
            if not any(span.start <= found.start() < span.end for span in columns):
                yield Hit(Span(*found.span()), {"found": str(len(found[0]))})


def _columns(document: Document) -> Iterator[Span]:
    """The lists at the head of an old memorandum, whose labels and names were set in columns."""
    if any(section.inline for section in document.sections):
        body = next((block for block in document.blocks if block.kind is BlockKind.PARAGRAPH), None)
        yield Span(document.span.start, body.span.start if body else document.span.end)


def _normalisation(volume: Volume) -> Iterator[Hit]:
    """Letters that are written with a separate accent though one character holds both."""
    text = volume.source.text
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    for found in _COMBINED.finditer(text):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            span = Span(*found.span())
            codes = " ".join(f"U+{ord(char):04X}" for char in found[0])
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
