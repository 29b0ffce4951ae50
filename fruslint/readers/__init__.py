"""From bytes to a volume: one reader for each medium, chosen by what the file begins with."""

from __future__ import annotations

from fruslint.model import Anomaly, Volume
from fruslint.readers.plain import read_plain
from fruslint.source import Source, Span, Undecodable, decode


def read_bytes(path: str, data: bytes, encoding: str = "utf-8") -> Volume:
    """The volume in ``data``, under the name ``path``; bytes that are no text give a volume with an anomaly."""
    try:
        decoded = decode(data, encoding)
    except Undecodable as error:
        return _undecodable(path, data, error)
    return read_source(Source(path, decoded.text, decoded.encoding, decoded.mark))


def read_source(source: Source) -> Volume:
    """The volume in a source."""
    return read_plain(source)


def _undecodable(path: str, data: bytes, error: Undecodable) -> Volume:
    if b"\0" in data:
        source = Source(path, "")
        return Volume(
            source, None, anomalies=(Anomaly("not-edition-file", Span(0, 0), {"detail": "it is a binary file"}),)
        )
    end = len(error.prefix)
    values = {"found": f"0x{error.value:02X}", "detail": str(error.byte), "expected": error.encoding.upper()}
    return Volume(Source(path, error.prefix), None, anomalies=(Anomaly("not-utf8", Span(end, end), values),))
