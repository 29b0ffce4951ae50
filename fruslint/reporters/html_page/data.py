"""The findings of a report as data for the script of its page.

A finding is a list, not an object: with twenty thousand of them the names of the keys would weigh more than the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fruslint.findings import Finding, Fix, Related
from fruslint.reporters.html_page.charts import SEVERITIES
from fruslint.reporters.html_page.contents import Contents, Standing, VolumeEntry
from fruslint.reporters.html_page.excerpts import excerpt, short_excerpt
from fruslint.reporters.html_page.words import coded, json_text, name_of, names_in
from fruslint.rules import Rule


class Data:
    """Writes the data of a report; the rules are those of the run by id."""

    def __init__(self, contents: Contents, rules: Mapping[str, Rule], names: Mapping[str, str]) -> None:
        self._contents = contents
        self._paths: dict[str, int] = {}
        self._signs: set[str] = set()
        ids = sorted({standing.finding.rule for standing in contents.standings})
        self._rules = {id_: index for index, id_ in enumerate(ids)}
        self._named = [
            [id_, self._words(names.get(id_, "")), rules[id_].family if id_ in rules else "LINT"] for id_ in ids
        ]

    def parts(self) -> Iterator[str]:
        """The data as JSON, in parts."""
        yield '{"findings":['
        for index, standing in enumerate(self._contents.standings):
            yield ("," if index else "") + "\n" + json_text(self._row(standing))
        rest = {
            "severities": [severity.label for severity in SEVERITIES],
            "rules": self._named,
            "volumes": [self._volume(one) for one in self._contents.volumes],
            "documents": [self._document(index) for index in range(len(self._contents.documents))],
            "paths": [self._words(path) for path in self._paths],
        }
        signs = {sign: name_of(sign) for sign in sorted(self._signs)}
        yield f"],\n{json_text({**rest, 'signs': signs})[1:]}"

    def _row(self, standing: Standing) -> list[Any]:
        finding = standing.finding
        start = finding.place.start
        row: list[Any] = [
            standing.document,
            self._rules[finding.rule],
            SEVERITIES.index(finding.severity),
            start.line,
            start.column,
            self._words(standing.page),
            standing.slot,
            self._words(finding.message),
            self._coded(excerpt(finding.place)),
            [self._related(related) for related in finding.related],
            self._fix(finding),
        ]
        while not row[-1]:
            row.pop()
        return row

    def _related(self, related: Related) -> list[Any]:
        start = related.place.start
        words = self._words(related.message), self._coded(short_excerpt(related.place))
        return [self._path(related.place.path), start.line, start.column, *words]

    def _fix(self, finding: Finding) -> list[Any] | None:
        fix = finding.fix
        return [int(fix.safe), *self._replacement(finding, fix)] if fix else None

    def _replacement(self, finding: Finding, fix: Fix) -> list[str]:
        """What a fix takes out and puts in, where it is one edit within the excerpt."""
        if len(fix.edits) != 1:
            return []
        (edit,) = fix.edits
        text, place = finding.place.excerpt.text, finding.place
        shift = place.start.column - place.excerpt.column - place.span.start
        start, end = edit.span.start + shift, edit.span.end + shift
        if not 0 <= start <= end <= len(text):
            return []
        return [self._coded(coded(words, marked=True)) for words in (text[start:end], edit.replacement)]

    def _volume(self, one: VolumeEntry) -> list[Any]:
        return [self._words(one.name), one.along, [self._words(slot) for slot in one.slots]]

    def _document(self, index: int) -> list[Any]:
        one = self._contents.documents[index]
        words = [self._words(text) for text in (one.name, one.title, one.page, one.last_page)]
        return [one.volume, self._path(one.path), *words, one.url]

    def _path(self, path: str) -> int:
        return self._paths.setdefault(path, len(self._paths))

    def _words(self, text: str) -> str:
        return self._coded(coded(text))

    def _coded(self, code: str) -> str:
        self._signs.update(names_in(code))
        return code
