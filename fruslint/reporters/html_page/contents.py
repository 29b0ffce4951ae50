"""What a run looked at, as a table of contents: volumes, their documents and pages, and where each finding stands.

A volume is drawn along its *slots*: its pages in their order, or its documents where it has no pages that go through.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from fruslint.discovery import natural
from fruslint.findings import Finding
from fruslint.model import Medium
from fruslint.outline import Outline, OutlinedDocument
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.runner import Outcome

_SITE = "https://history.state.gov/historicaldocuments"
_VOLUME_ID = late(r"frus\d{4}[A-Za-z0-9-]{0,40}")
_DOCUMENT_ID = late(r"d\d{1,5}[A-Za-z]?")
_EMPTY = Outline()
_LONGEST_NUMBER = 6


class DocumentEntry(Record):
    """A document, or a file as a whole where nothing else is known: ``volume`` and ``path`` say where it is.

    ``page`` and ``last_page`` are as printed, ``url`` is its place on the site of the edition; each may be empty. It is
    ``outside`` where it stands for what a volume holds beside its documents: front matter, lists, index.
    """

    volume: int
    path: str
    name: str
    title: str = ""
    page: str = ""
    last_page: str = ""
    url: str = ""
    outside: bool = False


@dataclass(slots=True)
class VolumeEntry:
    """A volume: a file of TEI, or a folder with memoranda. ``slots`` are the names of what it is drawn along."""

    name: str
    path: str
    along: Literal["pages", "documents"] = "pages"
    slots: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)


class Standing(Record):
    """Where a finding stands: indices of its document and slot, and its page ("" for none)."""

    finding: Finding
    document: int
    slot: int
    page: str


class Contents:
    """The volumes and documents of a run in their order, with the findings of each."""

    def __init__(self, outcome: Outcome) -> None:
        self.volumes: list[VolumeEntry] = []
        self.documents: list[DocumentEntry] = []
        self._files: dict[str, _File] = {}
        groups: dict[str, list[str]] = {}
        for path, group in outcome.volumes.items():
            groups.setdefault(group, []).append(path)
        for finding in outcome.every:  # of what was not read as a file
            if finding.place.path not in outcome.volumes:
                groups.setdefault(finding.place.path, [finding.place.path])
        for group in sorted(groups, key=natural):
            self._add_volume(group, sorted(groups[group], key=natural), outcome.outlines)
        self.standings = sorted(map(self._stand, outcome.every), key=_order)

    def _add_volume(self, group: str, paths: Sequence[str], outlines: Mapping[str, Outline]) -> None:
        volume = VolumeEntry(_volume_name(group, [outlines.get(path, _EMPTY) for path in paths]), group)
        index = len(self.volumes)
        self.volumes.append(volume)
        files = [_File(path, outlines.get(path, _EMPTY)) for path in paths]
        for file in files:
            file.first_slot = _add_pages(volume.slots, file.outline)
            self._add_documents(index, volume, file)
        if not _goes_through(volume.slots, files):
            volume.along = "documents"
            volume.slots = [self.documents[number].name for number in volume.documents]
        self._files.update((file.path, file) for file in files)

    def _add_documents(self, index: int, volume: VolumeEntry, file: _File) -> None:
        outline = file.outline
        whole = not outline.documents or outline.medium is Medium.TEI
        if whole:
            file.whole = len(self.documents)
            outside = bool(outline.documents)
            title = "Outside the documents" if outside else ""
            self._add(volume, DocumentEntry(index, file.path, PurePosixPath(file.path).name, title, outside=outside))
        for document in outline.documents:
            file.documents.setdefault(document.id, len(self.documents))
            self._add(volume, _document_entry(index, volume.name, file, document))
        if not whole:
            file.whole = file.documents[outline.documents[0].id]

    def _add(self, volume: VolumeEntry, document: DocumentEntry) -> None:
        volume.documents.append(len(self.documents))
        self.documents.append(document)

    def _stand(self, finding: Finding) -> Standing:
        file = self._files[finding.place.path]
        document = file.documents.get(finding.document, file.whole)
        volume = self.volumes[self.documents[document].volume]
        outline = file.outline
        index = outline.page_at(finding.place.span.start) if outline.pages else -1
        page = outline.pages[index].label if index >= 0 else ""
        if volume.along == "documents":
            return Standing(finding, document, document - volume.documents[0], page)
        return Standing(finding, document, min(file.first_slot + max(index, 0), len(volume.slots) - 1), page)


@dataclass(slots=True)
class _File:
    """A file: its outline, the slot of its first page, its documents by id, and the one for it as a whole."""

    path: str
    outline: Outline
    first_slot: int = 0
    whole: int = 0
    documents: dict[str, int] = field(default_factory=dict)


def _order(standing: Standing) -> tuple[int, int, str]:
    finding = standing.finding
    return standing.document, finding.place.span.start, finding.rule


def _volume_name(group: str, outlines: Sequence[Outline]) -> str:
    """The id that the edition knows it by, if its file or folder is named so, and otherwise that name."""
    path = PurePosixPath(group.replace("\\", "/"))
    name = path.stem if any(outline.medium is Medium.TEI for outline in outlines) else path.name
    return name or "this folder"


def _document_entry(index: int, volume: str, file: _File, document: OutlinedDocument) -> DocumentEntry:
    pages = file.outline.pages
    first, last = (file.outline.page_at(offset) for offset in (document.start, max(document.end - 1, 0)))
    return DocumentEntry(
        index,
        file.path,
        document.id,
        f"{document.number}. {document.title}" if document.number and document.title else document.title,
        pages[max(first, 0)].label if pages else "",
        pages[max(last, 0)].label if pages else "",
        _url(volume, document.id),
    )


def _url(volume: str, document: str) -> str:
    known = _VOLUME_ID.fullmatch(volume) and _DOCUMENT_ID.fullmatch(document)
    return f"{_SITE}/{volume}/{document}" if known else ""


def _add_pages(slots: list[str], outline: Outline) -> int:
    """Add the pages of a file behind those of the files before it; the index of its first one."""
    labels = [page.label for page in outline.pages]
    shared = bool(slots) and (not labels or labels[0] == slots[-1])
    first = len(slots) - shared
    slots.extend(labels[1:] if shared else labels or [""])
    return first


def _goes_through(slots: Sequence[str], files: Iterable[_File]) -> bool:
    """Whether the pages run through the volume: most files have them, and they do not begin anew with each document."""
    known = [bool(file.outline.pages) for file in files]
    numbers = list(_numbers(slots))
    falls = sum(1 for one, two in itertools.pairwise(numbers) if two < one)
    return sum(known) * 2 > len(known) and len(slots) > 1 and falls * 8 <= len(numbers)


def _numbers(slots: Iterable[str]) -> Iterator[int]:
    return (int(slot) for slot in slots if slot.isascii() and slot.isdigit() and len(slot) <= _LONGEST_NUMBER)
