"""Knows the formats in which documents reach an editor before they are plain text, by what their files begin with."""

from __future__ import annotations

_WORD = "it is a document of a word processor; save it as plain text in UTF-8"
_BEGINNINGS = (
    (b"PK\x03\x04", _WORD, (b"word/", b"mimetypeapplication/vnd.oasis.opendocument.text")),
    (b"PK\x03\x04", "it is an archive (ZIP); take the files out of it", ()),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _WORD, ()),
    (b"{\\rtf", _WORD, ()),
    (b"%PDF-", "it is a PDF; take its text out of it, and save that as plain text in UTF-8", ()),
)
_REACH = 4096


def other_format(data: bytes) -> str:
    """What a file is that is no text, and what to do; empty for any other."""
    if data[:1] not in b"P{%\xd0":  # as hardly any does
        return ""
    for begins, said, inside in _BEGINNINGS:
        if data.startswith(begins) and (not inside or any(one in data[:_REACH] for one in inside)):
            return said
    return ""
