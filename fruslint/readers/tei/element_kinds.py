"""The elements of TEI by what they are to a reader."""

from __future__ import annotations

DOCUMENT = "document"
ATTACHMENT = "frus:attachment"
HOUSE_PREFIX = "frus:"
"""Elements of the house hold data about the document, not words of it; an attachment is the exception."""

CONTAINERS = frozenset(
    {"body", "front", "back", "div", ATTACHMENT, "list", "table", "row", "figure", "postscript", "opener"}
)
"""Elements that hold blocks; whatever stands in them is one, known or not."""

_INLINE = """
abbr add anchor c choice code corr damage del desc email expan foreign forename formula gap geogName gloss graphic hi idno
measure mentioned milestone name num objectName orgName orig persName placeName ptr ref reg roleName rs s sic soCalled
space subst supplied surname surplus term time title unclear w
"""
INLINE = frozenset(_INLINE.split())
"""Elements whose text flows along with what is around them."""
