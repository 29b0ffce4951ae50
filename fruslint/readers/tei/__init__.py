"""Reads a TEI volume: its documents, its lists of persons and terms, its page breaks.

The reader never fails. A text that is not well-formed, or is no TEI volume, is a volume without documents and with an
anomaly that says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fruslint.documents import Documents
from fruslint.markup.elements import Markup
from fruslint.markup.schema_versions import DETECT, detect
from fruslint.markup.wellformed import find_fault, find_misdeclared
from fruslint.memory import paused_collector
from fruslint.model import Anomaly, Medium, Volume
from fruslint.paths import is_volume
from fruslint.patterns import late
from fruslint.readers.merges import unfinished_merges
from fruslint.readers.tei.documents import DocumentReader, DocumentSketch, Place, find_documents
from fruslint.readers.tei.front import matter_of, read_persons, read_terms
from fruslint.readers.tei.pages import read_page_breaks
from fruslint.readers.tei.root import foreign_root, looks_like_html, not_edition_file, prefix_and_name, volume_id
from fruslint.source import Source, Span

_BEGINS = late(r"\ufeff?\s*<(?:\?xml|!--|!DOCTYPE|TEI\b|[A-Za-z_][\w:.-]*\s[^<>]*xmlns|html\b)", re.IGNORECASE)

# A declaration that some program put above a memorandum
_ALONE = late(r"\ufeff?\s*<\?xml[^<>]*\?>\s*\[?\d")
_WORDS = late(r"[^\ufeff \t\r\n]")


def is_markup(source: Source) -> bool:
    """Whether a text is meant as XML: its name says so, or it begins like one."""
    if is_volume(source.path):
        return True
    return _BEGINS.match(source.text) is not None and _ALONE.match(source.text) is None


def read_tei(source: Source, schema_version: str = "", lazily: bool = False, data: bytes | None = None) -> Volume:
    """The volume in an XML text; it is of ``schema_version``, or of the one that it shows signs of.

    Its documents are read at once, or ``lazily``: a process may need a part of them. ``data`` is the text in UTF-8.
    """
    with paused_collector():
        volume = _read(source, schema_version, data)
        return volume if lazily else volume._replace(documents=tuple(volume.documents), matter=tuple(volume.matter))


def _read(source: Source, schema_version: str, data: bytes | None) -> Volume:
    text = source.text
    html = looks_like_html(text)
    if html is not None:
        return _refused(source, not_edition_file(html, "it is a page for a browser (HTML)"))
    if _WORDS.search(text) is None:
        return _refused(source, not_edition_file(Span(0, 0), "it is empty"))
    fault = find_fault(text, data) or find_misdeclared(text, source.encoding)
    if fault is not None:
        anomaly = Anomaly(fault.kind, fault.span, {"detail": fault.detail})
        return Volume(source, Medium.TEI, anomalies=unfinished_merges(source) or (anomaly,))
    markup = Markup(text)
    foreign = foreign_root(markup)
    if foreign is not None:
        return _refused(source, foreign)
    prefix, _ = prefix_and_name(markup)
    if prefix:
        markup.call_by_local_name(prefix)
    return _volume(source, markup, schema_version)


def _refused(source: Source, anomaly: Anomaly) -> Volume:
    return Volume(source, None, anomalies=(anomaly,))


def _volume(source: Source, markup: Markup, schema_version: str) -> Volume:
    volume = volume_id(source, markup)
    page_breaks = read_page_breaks(markup)
    places = find_documents(markup, page_breaks)
    reader = DocumentReader(source, markup, volume)
    return Volume(
        source,
        Medium.TEI,
        _documents(reader, places),
        markup=markup,
        id=volume,
        page_breaks=tuple(page_breaks),
        persons=read_persons(markup),
        terms=read_terms(markup),
        schema_version=detect(markup) if schema_version in ("", DETECT) else schema_version,
        matter=_documents(reader, [Place(number) for number in matter_of(markup)]),
    )


def _documents(reader: DocumentReader, places: Sequence[Place]) -> Documents:
    return Documents([DocumentSketch(reader, place) for place in places], lambda index: reader.read(places[index]))
