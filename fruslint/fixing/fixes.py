"""Chooses among fixes those that can be made together, and applies edits to a text or to a file."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from fruslint.findings import Edit, Finding, Fix
from fruslint.source import BYTE_ORDER_MARK, LINE_ENDS, Source, Span, decode

Replacement = tuple[Span, str]


class OverlapError(ValueError):
    """Two edits want to change the same place, ``spans``, in two ways."""

    def __init__(self, first: Span, second: Span) -> None:
        super().__init__(f"two edits overlap: {tuple(first)} and {tuple(second)}")
        self.spans = first, second


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all edits made, the same one only once. Raises OverlapError, and ValueError for a bad span."""
    ordered = sorted(spelled_out(text, edits))
    parts: list[str] = []
    last = Span(0, 0)
    for number, (span, replacement) in enumerate(ordered):
        if not 0 <= span.start <= span.end <= len(text):
            raise ValueError(f"an edit lies outside the text: {tuple(span)}")
        if span.start < last.end or (number and span == last):
            raise OverlapError(last, span)
        parts += text[last.end : span.start], replacement
        last = span
    return "".join(parts) + text[last.end :]


def spelled_out(text: str, edits: Iterable[Edit]) -> set[Replacement]:
    """What the edits replace in ``text``, each line end by itself."""
    replacements = {(edit.span, edit.replacement) for edit in edits}
    every = {one for one in replacements if one[0] == LINE_ENDS}
    if not every:
        return replacements
    return (replacements - every) | {(span, "\n") for span in Source("", text).other_line_ends()}


def apply_to_bytes(data: bytes, edits: Sequence[Edit], encoding: str = "utf-8") -> bytes:
    """The bytes of a file with all edits made, in the encoding it is in; all else stays as it is, byte for byte.

    An edit of BYTE_ORDER_MARK takes the mark away. Raises UndecodableError, what `apply_edits` raises, and ValueError
    for a text that cannot be written in that encoding.
    """
    decoded = decode(data, encoding)
    if decoded.text.encode(decoded.encoding) != data[decoded.mark :]:
        raise ValueError(f"{decoded.encoding} would not give back the bytes of the file")
    unmarked = [edit for edit in edits if edit.span != BYTE_ORDER_MARK]
    changed = apply_edits(decoded.text, unmarked).encode(decoded.encoding)
    return data[: decoded.mark if len(unmarked) == len(edits) else 0] + changed


def choose(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings whose fixes can be made together, each as a whole; the first that comes takes the place.

    Two fixes that only touch are not made together either: each was thought of as if the other were not there. The same
    edit in two fixes is no conflict. A fix of all line ends comes first, and alone.
    """
    findings = list(findings)
    everywhere = [finding for finding in findings if finding.fix is not None and _is_everywhere(finding.fix)]
    if everywhere:
        return everywhere[:1]
    taken = _Taken()
    return [finding for finding in findings if finding.fix is not None and taken.take(finding.fix)]


def _is_everywhere(fix: Fix) -> bool:
    return any(edit.span == LINE_ENDS for edit in fix.edits)


class _Taken:
    """The places that chosen edits change, in order."""

    def __init__(self) -> None:
        self._edits: list[Replacement] = []

    def take(self, fix: Fix) -> bool:
        """Take the places of a fix, unless one of them is taken, or two of its own edits overlap."""
        wanted = sorted({(edit.span, edit.replacement) for edit in fix.edits})
        if any(after.start < before.end for (before, _), (after, _) in pairwise(wanted)):
            return False
        if not all(map(self._is_free, wanted)):
            return False
        self._add([one for one in wanted if not self._has(one)])
        return True

    def _add(self, wanted: Sequence[Replacement]) -> None:
        if len(wanted) > 100 or (self._edits and wanted and wanted[0] > self._edits[-1]):
            self._edits.extend(wanted)
            self._edits.sort()  # two sorted runs: this only merges them
            return
        for one in wanted:
            insort(self._edits, one)

    def _has(self, wanted: Replacement) -> bool:
        index = bisect_left(self._edits, wanted)
        return index < len(self._edits) and self._edits[index] == wanted

    def _is_free(self, wanted: Replacement) -> bool:
        if self._has(wanted):
            return True
        index = bisect_left(self._edits, wanted)
        near = self._edits[max(0, index - 1) : index + 1]
        return all(span.end < wanted[0].start or wanted[0].end < span.start for span, _ in near)
