"""Small TEI volumes for the tests."""

from __future__ import annotations

from fruslint.model import Document, Volume
from fruslint.readers import read_source
from fruslint.source import Source, Span

HEADER = """\
<teiHeader><fileDesc><titleStmt><title type="complete">A Volume of Our Own</title></titleStmt>
<publicationStmt><idno type="dospubno"/><idno type="frus">frus1955-57v99</idno></publicationStmt></fileDesc></teiHeader>
"""
NAMESPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/ns/1.0"'


def tei(body: str, front: str = "", back: str = "") -> str:
    """The text of a volume."""
    text = f"<text>\n<front>{front}</front>\n<body>{body}</body>\n<back>{back}</back>\n</text>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI {NAMESPACES}>\n{HEADER}{text}\n</TEI>\n'


def document(content: str, attributes: str = 'n="7" xml:id="d7"') -> str:
    """The markup of a document."""
    return f'<div type="document" {attributes}>\n{content}\n</div>'


def read_volume(text: str, path: str = "frus1955-57v99.xml") -> Volume:
    return read_source(Source(path, text))


def read(content: str) -> Document:
    """The one document of a volume with this content."""
    return read_volume(tei(document(content))).documents[0]


def written(where: Document | Volume, span: Span) -> str:
    """What stands at a span of the source."""
    return where.source.text[span.start : span.end]
