"""To which files and documents an override applies."""

from __future__ import annotations

from fruslint.globs import Glob, matches
from fruslint.model import Document
from fruslint.patterns import late
from fruslint.record import Record

_RANGE = late(r"d?(\d{1,6}) *[-–] *d?(\d{1,6})")
_NUMBER = late(r"d?(\d{1,6})[A-Za-z]?")
_YEARS = late(r"(\d{4})?( *[-–] *)?(\d{4})?")
_FIRST, _LAST = 0, 9999


class Numbers(Record):
    """A range of numbers, both ends included: of documents, or of years."""

    first: int
    last: int


class Scope(Record):
    """Files, documents and years; an empty tuple stands for all of them.

    ``ids`` are single documents, ``numbers`` ranges of them; a document of either kind is meant.
    """

    files: tuple[Glob, ...] = ()
    ids: frozenset[str] = frozenset()
    numbers: tuple[Numbers, ...] = ()
    years: tuple[Numbers, ...] = ()

    @property
    def by_document(self) -> bool:
        """Whether the file alone does not tell."""
        return bool(self.ids or self.numbers or self.years)

    def said(self) -> str:
        """The same text for the same scope, whatever the order of its sets."""
        return repr((self.files, sorted(self.ids), self.numbers, self.years))

    def has_file(self, path: str) -> bool:
        """Whether the file at this absolute path, written with slashes, is meant."""
        return not self.files or any(matches(glob, path) for glob in self.files)

    def has_document(self, document: Document) -> bool:
        """Whether a document of such a file is meant."""
        return self._is_named(document) and (not self.years or _within(document.year, self.years))

    def _is_named(self, document: Document) -> bool:
        if not self.ids and not self.numbers:
            return True
        return document.id in self.ids or _within(_number(document), self.numbers)


def parse_documents(words: list[str]) -> tuple[frozenset[str], tuple[Numbers, ...]]:
    """The ids and the ranges in ``words``; raises ValueError for a range that runs backwards."""
    ids: set[str] = set()
    ranges: list[Numbers] = []
    for word in words:
        found, single = _RANGE.fullmatch(word), _NUMBER.fullmatch(word)
        if found:
            ranges.append(_ascending(word, int(found[1]), int(found[2])))
        elif single and word.isdigit():
            ranges.append(Numbers(int(word), int(word)))
        else:
            ids.add(word)
    return frozenset(ids), tuple(ranges)


def parse_years(word: str) -> Numbers:
    """The years that ``1861``, ``1861-1899``, ``1952-`` or ``-1951`` stand for; raises ValueError."""
    found = _YEARS.fullmatch(word)
    if found is None or not (found[1] or found[3]):
        raise ValueError(f"`{word}` is no range of years")
    if not found[2]:
        return Numbers(int(word), int(word))
    return _ascending(word, int(found[1] or _FIRST), int(found[3] or _LAST))


def _ascending(word: str, first: int, last: int) -> Numbers:
    if first > last:
        raise ValueError(f"`{word}` runs backwards")
    return Numbers(first, last)


def _number(document: Document) -> int | None:
    """The number in the id of a document (d326, 326a), else the one in its heading."""
    found = _NUMBER.fullmatch(document.id)
    if found:
        return int(found[1])
    return document.number.number if document.number is not None else None


def _within(number: int | None, ranges: tuple[Numbers, ...]) -> bool:
    return number is not None and any(one.first <= number <= one.last for one in ranges)
