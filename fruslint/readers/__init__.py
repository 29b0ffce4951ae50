"""From bytes to a volume: one reader for each medium, chosen by what the file begins with."""

from __future__ import annotations

from fruslint.documents import Documents
from fruslint.model import PUBLISHED, Anomaly, Dialect, Document, Volume
from fruslint.paths import is_volume
from fruslint.readers.formats import other_format
from fruslint.readers.plain import read_plain
from fruslint.source import Source, Span, UndecodableError, decode


def read_bytes(
    path: str,
    data: bytes,
    encoding: str = "utf-8",
    schema_version: str = "",
    year: int | None = None,
    dialect: Dialect = PUBLISHED,
    lazily: bool = False,
) -> Volume:
    """The volume in ``data``, under the name ``path``; bytes that are no text give a volume with an anomaly.

    So does another encoding than UTF-8, unless it is the ``encoding`` that was declared. ``schema_version`` is that of a
    TEI volume, where it is not to be found out from the file, ``year`` that of documents that do not tell theirs,
    ``dialect`` that of memoranda. A volume that is read ``lazily`` has its documents read when they are asked for.
    """
    other = other_format(data)
    if other:
        return _not_read(path, other)
    try:
        decoded = decode(data, encoding)
    except UndecodableError as error:
        return _undecodable(path, data, error)
    body = data[decoded.mark :] if decoded.encoding == "utf-8" else None
    volume = read_source(Source(path, *decoded), schema_version, dialect, lazily, body)
    volume = volume if year is None else _dated(volume, year)
    return volume if decoded.encoding in ("utf-8", encoding) else _with_encoding(volume, decoded.encoding)


def _dated(volume: Volume, year: int) -> Volume:
    def dated(document: Document) -> Document:
        return document._replace(year=year) if document.year is None else document

    documents = volume.documents
    changed = documents.each(dated) if isinstance(documents, Documents) else tuple(map(dated, documents))
    return volume._replace(documents=changed)


def read_source(
    source: Source,
    schema_version: str = "",
    dialect: Dialect = PUBLISHED,
    lazily: bool = False,
    data: bytes | None = None,
) -> Volume:
    """The volume in a source, whose text in UTF-8 is ``data``; ``schema_version``, ``dialect`` and ``lazily`` as above."""
    if is_volume(source.path) or source.text.lstrip("\ufeff \t\r\n")[:1] == "<":
        from fruslint.readers.tei import is_markup, read_tei  # a run over memoranda needs none of it

        if is_markup(source):
            return read_tei(source, schema_version, lazily, data)
    return read_plain(source, dialect)


def _with_encoding(volume: Volume, encoding: str) -> Volume:
    detail = f"the file is in {encoding.upper()}; it was read, but programs expect UTF-8"
    other = Anomaly("other-encoding", Span(0, 0), {"detail": detail})
    return volume._replace(anomalies=(other, *volume.anomalies))


def _not_read(path: str, detail: str) -> Volume:
    return Volume(Source(path, ""), None, anomalies=(Anomaly("not-edition-file", Span(0, 0), {"detail": detail}),))


def _undecodable(path: str, data: bytes, error: UndecodableError) -> Volume:
    if b"\0" in data:
        return _not_read(path, "it is a binary file")
    end = len(error.prefix)
    detail = (
        f"byte {error.byte} of the file (0x{error.value:02X}) is wrong in {error.encoding.upper()}, and nothing was checked; "
        "save the file as UTF-8, or name its `encoding` in fruslint.yaml"
    )
    return Volume(
        Source(path, error.prefix), None, anomalies=(Anomaly("not-utf8", Span(end, end), {"detail": detail}),)
    )
