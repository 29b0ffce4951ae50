"""Finds what a program has added to a memorandum: a sign or a number in front of each line, or lines above the heading."""

from __future__ import annotations

from collections.abc import Sequence, Set

from fruslint.language.vocabulary import document_kind
from fruslint.model import Anomaly, DocumentKind
from fruslint.patterns import late
from fruslint.readers.plain.lines import Line, LineKind
from fruslint.readers.plain.second_document import is_numbered_heading
from fruslint.source import Span

KIND = "added-by-program"
_COUNTED = late(r"[ \t]*(\d{1,6})[.:|)]?(?:[ \t]|\Z)")
_FEWEST = 5
_FARTHEST = 6
_LONGEST = 200
_SHOWN = 60


def in_front_of_lines(lines: Sequence[Line]) -> Anomaly | None:
    """What stands in front of all lines of a memorandum, as one anomaly; the text is not read before it is taken away."""
    if len(lines) < _FEWEST:
        return None
    first, second = lines[0].text[:1], lines[1].text.lstrip()[:1]
    if first == ">":
        return _quoted(lines)
    if second.isdigit() and (first.isspace() or first.isdigit()):
        return _counted(lines)
    return _indented(lines) if first.isspace() else None


def _quoted(lines: Sequence[Line]) -> Anomaly | None:
    is_quoted = all(line.text.startswith(">") for line in lines if line.kind is not LineKind.BLANK)
    return _anomaly("stands the sign of a quotation in mail, ‘>’", lines[0]) if is_quoted else None


def _indented(lines: Sequence[Line]) -> Anomaly | None:
    indent = min((line.indent for line in lines if line.kind is not LineKind.BLANK), default=0)
    what = f"stand {indent} blanks" if indent > 1 else "stands a blank"
    return _anomaly(what, lines[0]) if indent else None


def _counted(lines: Sequence[Line]) -> Anomaly | None:
    found = [_COUNTED.match(line.text) for line in lines]
    first = int(found[0][1]) if found[0] is not None else 0
    counts = all(one is not None and int(one[1]) == first + index for index, one in enumerate(found))
    return _anomaly("stands its number", lines[0]) if counts else None


def _anomaly(what: str, first: Line) -> Anomaly:
    return Anomaly(
        KIND, first.span, {"detail": f"In front of each line {what}: take that away, and the file can be checked"}
    )


def heading_place(lines: Sequence[Line], page_lines: Set[int]) -> int:
    """The index of the line on which a memorandum begins; 0 unless a numbered heading stands below lines that are none.

    Of a title without a number nothing tells that it is no title.
    """
    seen = 0
    for line in lines:
        if line.kind is LineKind.BLANK or line.number in page_lines:
            continue
        if is_numbered_heading(line):
            return line.number if seen else 0
        seen += 1
        if seen == _FARTHEST or len(line.text) > _LONGEST or _may_be_title(line):
            return 0
    return 0


def _may_be_title(line: Line) -> bool:
    return document_kind(line.text.strip().rstrip("0123456789")) is not DocumentKind.OTHER


def above_heading(lines: Sequence[Line], place: int) -> Anomaly:
    """What says that the lines before the heading, which is at ``place``, are none of the memorandum."""
    above = [line for line in lines[:place] if line.kind is not LineKind.BLANK]
    more = f" and {len(above) - 1} more" if len(above) > 1 else ""
    detail = f"Above the heading stands ‘{above[0].text.strip()[:_SHOWN]}’{more}; the heading should be the first line"
    return Anomaly(KIND, Span(above[0].words.start, above[-1].words.end), {"detail": detail})
