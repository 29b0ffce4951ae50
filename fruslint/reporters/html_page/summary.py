"""What a report says before its findings, and the findings themselves for a browser without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import TypeVar
from urllib.parse import quote

from fruslint.findings import Severity
from fruslint.messages import counted
from fruslint.reporters.html_page.charts import SEVERITIES, Row, Tally, bars, said, strip
from fruslint.reporters.html_page.contents import Contents, DocumentEntry, Standing
from fruslint.reporters.html_page.excerpts import short_excerpt
from fruslint.reporters.html_page.words import html, safe
from fruslint.rules import Rule
from fruslint.runner import Outcome

Key = TypeVar("Key")

_RULES, _DOCUMENTS, _VOLUMES, _FAMILIES, _STRIPS = 12, 12, 12, 16, 6
_LOOKED = 100
_DRAWN = 12  # a volume of fewer pages has no places where findings could cluster


def title(outcome: Outcome) -> str:
    """The report in a few words."""
    found = counted(len(outcome.every), "finding") if outcome.every else "Nothing to report"
    return f"{found} in {counted(outcome.documents, 'document')}"


def headline(outcome: Outcome, contents: Contents) -> Iterator[str]:
    """The title of the page, and what was looked at."""
    if outcome.every:
        yield f"<h1>{counted(len(outcome.every), 'finding')}</h1>"
    else:
        yield "<h1>Nothing to report</h1>"
    looked = (
        counted(outcome.documents, "document"),
        counted(len(contents.volumes), "volume"),
        counted(outcome.files, "file"),
    )
    yield f"<p>{counted(len(outcome.ran), 'rule')} looked at {looked[0]} of {looked[1]} in {looked[2]}.</p>"
    if outcome.silenced:
        silenced = counted(len(outcome.silenced), "finding")
        yield f'<p><a href="#silenced">{silenced}</a> left out, each for a reason that someone gave.</p>'


def looked_at(contents: Contents) -> Iterator[str]:
    """The volumes that were looked at, for a run that found nothing in them."""
    if contents.standings:
        return
    yield '<ul class="looked">'
    for volume in contents.volumes[:_LOOKED]:
        documents = sum(1 for index in volume.documents if not contents.documents[index].outside)
        yield f'<li><span>{safe(volume.name)}</span> <span class="aside">{counted(documents, "document")}</span></li>'
    yield "</ul>"
    if len(contents.volumes) > _LOOKED:
        yield f'<p class="aside">And {counted(len(contents.volumes) - _LOOKED, "volume")} more.</p>'


def severities(outcome: Outcome) -> Iterator[str]:
    """How many findings of each severity, as links to them."""
    yield '<ul class="severities">'
    for severity in SEVERITIES:
        count = outcome.counts.get(severity, 0)
        label = severity.label
        words = (
            f"<b>{count:,}</b> <span>{label if count == 1 else label + 's'}</span> <small>{_MEANING[severity]}</small>"
        )
        inside = f'<a href="#findings" data-choice="severity={label}">{words}</a>' if count else f"<div>{words}</div>"
        yield f'<li class="{label}">{inside}</li>'
    yield "</ul>"


_MEANING = {
    Severity.ERROR: "wrong from the file alone",
    Severity.WARNING: "very likely wrong; a person must look",
    Severity.INFO: "a habit, or an unfinished step",
}


def charts(contents: Contents, rules: Mapping[str, Rule], names: Mapping[str, str]) -> Iterator[str]:
    """Where the findings stand and which they are, drawn."""
    standings = contents.standings
    yield from _strips(contents)
    yield '<div class="charts">'
    by_rule = _tallies((one.finding.rule, one) for one in standings)
    rows = [Row(id_, names.get(id_, ""), f"rule-{id_}", f"rule={id_}", tally) for id_, tally in by_rule.items()]
    yield from bars("By rule", "rule", rows, _RULES)
    yield from _by_document(contents)
    by_family = _tallies((_family(one.finding.rule, rules), one) for one in standings)
    rows = [Row(family, "", "rules", f"rule={family}", tally) for family, tally in by_family.items()]
    yield from bars("By family of rules", "family", rows, _FAMILIES)
    if len(contents.volumes) > 1:
        by_volume = _by_volume(contents)
        rows = [Row(contents.volumes[i].name, "", f"v{i}", f"volume={i}", tally) for i, tally in by_volume.items()]
        yield from bars("By volume", "volume", rows, _VOLUMES)
    yield "</div>"


def _by_document(contents: Contents) -> Iterator[str]:
    outside = [contents.documents[one.document].outside for one in contents.standings]
    tallies = _tallies((one.document, one) for one, out in zip(contents.standings, outside, strict=True) if not out)
    remark = f"{counted(sum(outside), 'finding')} outside the documents: in front matter, lists and index."
    rows = [_row(contents, *item) for item in tallies.items()]
    yield from bars("By document", "document", rows, _DOCUMENTS, remark if any(outside) else "")


def _family(rule: str, rules: Mapping[str, Rule]) -> str:
    return rules[rule].family if rule in rules else "LINT"


def _row(contents: Contents, index: int, tally: Tally) -> Row:
    document = contents.documents[index]
    volume = contents.volumes[document.volume]
    name = document.title or document.name
    aside = volume.name if len(contents.volumes) > 1 else ""
    return Row(name, aside, f"f{index}", f"document={index}", tally)


def _tallies(pairs: Iterable[tuple[Key, Standing]]) -> dict[Key, Counter[Severity]]:
    tallies: dict[Key, Counter[Severity]] = {}
    for key, standing in pairs:
        tallies.setdefault(key, Counter())[standing.finding.severity] += 1
    return tallies


def _by_volume(contents: Contents) -> dict[int, Counter[Severity]]:
    return _tallies((contents.documents[one.document].volume, one) for one in contents.standings)


def _strips(contents: Contents) -> Iterator[str]:
    """The volumes drawn along their pages, those with most findings first."""
    by_volume = _by_volume(contents)
    drawn = [index for index in by_volume if len(contents.volumes[index].slots) >= _DRAWN]
    drawn.sort(key=lambda index: -by_volume[index].total())
    if not drawn:
        return
    yield '<section class="strips"><h3>Where they stand</h3>'
    yield '<p class="aside">Each volume from its first page to its last. The height of a column grows with the square root of '
    yield "the findings there; a click shows them.</p>"
    slots = _tallies(((contents.documents[one.document].volume, one.slot), one) for one in contents.standings)
    for position, index in enumerate(drawn):
        if position == _STRIPS:
            yield f"<details><summary>{len(drawn) - _STRIPS:,} more volumes</summary>"
        yield from _figure(contents, index, by_volume[index], slots)
    yield "</details></section>\n" if len(drawn) > _STRIPS else "</section>\n"


def _figure(
    contents: Contents, index: int, tally: Tally, slots: Mapping[tuple[int, int], Counter[Severity]]
) -> Iterator[str]:
    volume = contents.volumes[index]
    yield f'<figure><figcaption><a href="#v{index}" data-choice="volume={index}">{safe(volume.name)}</a> '
    yield f'<span class="aside">{said(tally)}</span></figcaption>'
    tallies = [slots.get((index, slot), Counter()) for slot in range(len(volume.slots))]
    yield from strip(contents, index, tallies)
    yield "</figure>\n"


def plain_list(contents: Contents) -> Iterator[str]:
    """All findings as a list, for a browser that runs no script and for programs that read pages."""
    documents = groupby(contents.standings, key=attrgetter("document"))
    found = ((index, contents.documents[index], list(standings)) for index, standings in documents)
    for volume, group in groupby(found, key=lambda one: one[1].volume):
        yield f'<h3 id="v{volume}">{safe(contents.volumes[volume].name)}</h3>\n'
        for index, document, standings in group:
            yield f'<h4 id="f{index}">{_heading(document)}</h4><ul>\n'
            yield from map(_item, standings)
            yield "</ul>\n"


def _heading(document: DocumentEntry) -> str:
    words = f"{safe(document.title or document.name)} <small>{safe(document.path)}</small>"
    return f'{words} <a href="{quote(document.url, safe=":/")}">history.state.gov</a>' if document.url else words


def _item(standing: Standing) -> str:
    finding = standing.finding
    where = f"{finding.place.start.line}:{finding.place.start.column}"
    page = f", page {safe(standing.page)}" if standing.page else ""
    label = finding.severity.label
    return (
        f'<li><em class="{label}">{label}</em> <a href="#rule-{finding.rule}">{finding.rule}</a> {safe(finding.message)} '
        f"<small>{where}{page}</small> <q>{html(short_excerpt(finding.place))}</q></li>\n"
    )
