"""The drawings of the summary, as SVG and tables that can be read without them, and without a script."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from fruslint.findings import Severity
from fruslint.messages import counted
from fruslint.record import Record
from fruslint.reporters.html_page.contents import Contents, VolumeEntry
from fruslint.reporters.html_page.words import flat, safe

SEVERITIES = tuple(sorted(Severity, reverse=True))
Tally = Mapping[Severity, int]

_BINS = 96
_MOST_ROWS = 100
_NO_NUMBER = "without number"
_WIDTH, _HEIGHT, _BROADEST = 960, 100, 24


class Row(Record):
    """A line of a table of bars: its name and what is said behind it, a link, the filter it stands for, its counts."""

    name: str
    text: str
    link: str
    choice: str
    tally: Tally


class Bin(Record):
    """A few slots of a volume that are drawn as one column: the first and the last of them, and what was found there."""

    first: int
    last: int
    tally: Tally


def said(tally: Tally) -> str:
    """A tally in words: 3 errors, 1 warning."""
    return ", ".join(counted(tally[severity], severity.label) for severity in SEVERITIES if tally.get(severity))


def bars(caption: str, head: str, rows: Sequence[Row], shown: int, remark: str = "") -> Iterator[str]:
    """A table with one bar a row, the longest first; what is beyond ``shown`` rows is folded, and only counted at last."""
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: -_total(row.tally))
    longest = _total(ordered[0].tally)
    yield f'<section class="chart"><h3>{caption}</h3>'
    yield from _table(caption, head, ordered[:shown], longest)
    if len(ordered) > shown:
        yield f"<details><summary>{len(ordered) - shown:,} more</summary>"
        yield from _table(f"{caption}, continued", head, ordered[shown:_MOST_ROWS], longest)
        yield from _uncounted(ordered[_MOST_ROWS:], head)
        yield "</details>"
    yield f'<p class="aside">{remark}</p></section>\n' if remark else "</section>\n"


def _uncounted(rows: Sequence[Row], head: str) -> Iterator[str]:
    if rows:
        most = _total(rows[0].tally)
        yield f'<p class="aside">And {counted(len(rows), head)} with {counted(most, "finding")}{" or fewer" * (most > 1)}.</p>'


def _table(caption: str, head: str, rows: Sequence[Row], longest: int) -> Iterator[str]:
    yield f'<table class="bars"><caption class="unseen">{caption}</caption><colgroup><col><col><col></colgroup>'
    yield f'<thead class="unseen"><tr><th scope="col">{head}</th><th scope="col">findings</th>'
    yield '<th scope="col">drawn</th></tr></thead><tbody>'
    for row in rows:
        text = f' <span class="aside">{safe(row.text)}</span>' if row.text else ""
        name = f'<a href="#{row.link}" data-choice="{row.choice}">{safe(row.name)}</a>{text}'
        yield (
            f'<tr><th scope="row"><div>{name}</div></th>'
            f"<td>{_total(row.tally):,}</td><td>{bar(row.tally, longest)}</td></tr>\n"
        )
    yield "</tbody></table>"


def bar(tally: Tally, longest: int) -> str:
    """A bar with a part for each severity; ``longest`` fills the whole width."""
    parts, x = [], 0.0
    for severity in SEVERITIES:
        if tally.get(severity):
            width = max(tally[severity] * 1000 / longest, 3)
            parts.append(f'<rect class="{severity.label}" x="{x:.1f}" width="{width:.1f}" height="10"/>')
            x += width
    label = said(tally)
    return (
        f'<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="{label}">'
        f"<title>{label}</title>{''.join(parts)}</svg>"
    )


def strip(contents: Contents, index: int, tallies: Sequence[Tally]) -> Iterator[str]:
    """A volume drawn from its first page to its last, with a column where there are findings.

    ``tallies`` has one tally for each slot of the volume.
    """
    volume = contents.volumes[index]
    bins = _bins(tallies)
    peak = max(bins, key=lambda one: _total(one.tally))
    label = flat(f"{volume.name}: most on {_where(volume, peak)}, {said(peak.tally)}")
    yield f'<svg class="strip" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="group" '
    yield f'aria-label="{label}">'
    width = _WIDTH / len(bins)
    for number, one in enumerate(bins):
        if one.tally:
            yield _column(volume, index, one, number * width, width, _total(peak.tally))
    yield "</svg>"
    yield f'<p class="axis"><span>{safe(_slot(volume, 0))}</span><span>most on {safe(_where(volume, peak))}: '
    yield f"{_total(peak.tally):,}</span><span>{safe(_slot(volume, -1))}</span></p>"


def _bins(tallies: Sequence[Tally]) -> list[Bin]:
    """The slots in at most so many columns as can be seen, each of about the same number of slots."""
    count = min(len(tallies), _BINS)
    edges = [round(number * len(tallies) / count) for number in range(count + 1)]
    return [
        Bin(first, behind - 1, sum((Counter(one) for one in tallies[first:behind]), Counter()))
        for first, behind in itertools.pairwise(edges)
    ]


def _column(volume: VolumeEntry, index: int, one: Bin, x: float, width: float, highest: int) -> str:
    # An index can have a thousand findings on a page, and one page in ten has one: by the square root both are seen.
    total = _total(one.tally)
    full = _HEIGHT * sqrt(total / highest)
    broad = min(width * 0.86, _BROADEST)
    y, parts = float(_HEIGHT), []
    for severity in SEVERITIES:
        if one.tally.get(severity):
            height = full * one.tally[severity] / total
            y -= height
            at = f'x="{x + (width - broad) / 2:.2f}" y="{y:.2f}" width="{broad:.2f}" height="{height:.2f}"'
            parts.append(f'<rect class="{severity.label}" {at}/>')
    label = flat(f"{_where(volume, one)}: {said(one.tally)}")
    area = f'<rect class="area" x="{x:.2f}" y="0" width="{width:.2f}" height="{_HEIGHT}"/>'
    return (
        f'<a href="#v{index}" data-choice="at={index}.{one.first}-{one.last}" aria-label="{label}"><title>{label}</title>'
        f"{area}{''.join(parts)}</a>"
    )


def _where(volume: VolumeEntry, one: Bin) -> str:
    if one.first == one.last:
        return _slot(volume, one.first)
    noun = "pages" if volume.along == "pages" else "documents"
    return f"{noun} {volume.slots[one.first] or _NO_NUMBER}–{volume.slots[one.last] or _NO_NUMBER}"


def _slot(volume: VolumeEntry, at: int) -> str:
    noun = "page" if volume.along == "pages" else "document"
    return f"{noun} {volume.slots[at]}" if volume.slots[at] else f"{noun} {_NO_NUMBER}"


def _total(tally: Tally) -> int:
    return sum(tally.values())
