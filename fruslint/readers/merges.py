"""Finds what a merge of two versions left open: git writes both of them into the file, between lines of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fruslint.model import Anomaly
from fruslint.patterns import late
from fruslint.source import Source, Span

_BEGIN, _END = "<<<<<<<", ">>>>>>>"
_LINE = late(r"^(?:<{7}|>{7})(?: [^\r\n]*)?(?=[\r\n]|\Z)", re.MULTILINE)


def unfinished_merges(source: Source) -> tuple[Anomaly, ...]:
    """One anomaly for each place that two versions dispute, at the line of git that begins it, and for each odd line."""
    if _BEGIN not in source.text and _END not in source.text:
        return ()
    return tuple(_merges(source))


def _merges(source: Source) -> Iterator[Anomaly]:
    opened: Span | None = None
    for found in _LINE.finditer(source.text):
        span = Span(*found.span())
        if found[0].startswith(_BEGIN):
            if opened is not None:
                yield _odd(opened)
            opened = span
        elif opened is None:
            yield _odd(span)
        else:
            last = source.position(span.start).line
            yield _anomaly(opened, f"two versions of the text stand side by side, down to line {last}")
            opened = None
    if opened is not None:
        yield _odd(opened)


def _odd(span: Span) -> Anomaly:
    return _anomaly(span, "a line that git wrote was left")


def _anomaly(span: Span, detail: str) -> Anomaly:
    return Anomaly("unfinished-merge", span, {"detail": detail})
