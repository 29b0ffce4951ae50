"""Tells whether an XML text is well-formed, and where it is not.

Expat judges. A DOCTYPE is refused, and with it all entities: they could expand without bound or fetch other files.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pyexpat import ErrorString, ExpatError, ParserCreate, XMLParserType

from fruslint.markup.tags import open_tags, tag_name
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Source, Span

DOCTYPE = "doctype"
NOT_WELL_FORMED = "not-well-formed"

# A character that no text of XML holds, so that no name or namespace is cut in the wrong place.
_SEPARATOR = "\x1f"
_ENCODING = "utf-8"
_END_TAG = late(r"</[^\s<>]*[^<>]*>?")
_ENTITY = late(r"&[^\s;<&]{0,40};?")
_BARE = late(r"(?:&[\w.-]*|<)\Z")
_UNQUOTED = late(r"<[^<>]*=\s*\Z")
_DECLARED = late(r"""\ufeff?<\?xml\s[^<>?]*?\bencoding\s*=\s*["']([^"'<>]*)["']""")
_WRITTEN = {"&": "&amp;", "<": "&lt;"}
_CDATA_OR_COMMENT = late(r"<!--[\s\S]*?-->|(<!\[CDATA\[)")
_LONGEST = 60


class Fault(Record):
    """The first thing that is wrong with a text: its kind, where it is, and a sentence on it without its full stop."""

    kind: str
    span: Span
    detail: str


class _DoctypeError(Exception):
    """A DOCTYPE was met; ``byte`` is an offset inside of it."""

    def __init__(self, byte: int) -> None:
        super().__init__(byte)
        self.byte = byte


def find_fault(text: str, data: bytes | None = None) -> Fault | None:
    """The first thing that keeps ``text`` from being well-formed XML without a DOCTYPE; None if nothing does.

    ``data`` is the text in UTF-8, where it is at hand.
    """
    data = text.encode(_ENCODING, "surrogatepass") if data is None else data
    parser = ParserCreate(_ENCODING, _SEPARATOR)
    _refuse_doctype(parser)
    try:
        parser.Parse(data, True)
    except _DoctypeError as error:
        return _doctype(text, _offset(data, error.byte))
    except ExpatError as error:
        return _explain(text, ErrorString(error.code), _offset(data, parser.ErrorByteIndex))
    finally:  # the handler knows the parser: a circle that would keep both
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = None
    return None


def find_misdeclared(text: str, encoding: str) -> Fault | None:
    """What is wrong with the encoding that the XML declaration of a text in ``encoding`` gives; None if nothing is.

    Another encoding than that of the file does no harm where all is ASCII.
    """
    found = _DECLARED.match(text)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1]).name
    except (LookupError, ValueError):
        return Fault(NOT_WELL_FORMED, Span(*found.span(1)), f"there is no encoding ‘{found[1][:_LONGEST]}’")
    if text.isascii() or codecs.lookup(encoding).name.startswith(name):
        return None
    detail = f"it says that it is in {found[1]}, and it is in {encoding.upper()}; correct the declaration"
    return Fault(NOT_WELL_FORMED, Span(*found.span(1)), detail)


def _refuse_doctype(parser: XMLParserType) -> None:
    def refuse(*_: object) -> None:
        raise _DoctypeError(parser.CurrentByteIndex)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse


def _offset(data: bytes, byte: int) -> int:
    """The offset in code points of a byte."""
    return len(data[: max(0, byte)].decode(_ENCODING, "replace"))


def _doctype(text: str, offset: int) -> Fault:
    start = max(0, text.rfind("<!DOCTYPE", 0, offset + len("<!DOCTYPE")))
    end = max(offset, start + len("<!DOCTYPE"))
    return Fault(DOCTYPE, Span(start, end), "it has a DOCTYPE, which can bring in other texts; take it out")


def _explain(text: str, message: str, offset: int) -> Fault:
    """The fault that expat reports with ``message`` at ``offset``, in words that say what to look at."""
    span = Span(offset, min(offset + 1, len(text)))
    explain = _EXPLANATIONS.get(message)
    if explain is not None:
        return explain(text, span, message)
    bare = _BARE.search(text, max(0, offset - _LONGEST), offset)
    if bare is not None:
        span = Span(bare.start(), bare.start() + 1)
        return Fault(NOT_WELL_FORMED, span, f"{message}: write {_WRITTEN[bare[0][0]]} for a bare {bare[0][0]}")
    if _UNQUOTED.search(text, max(0, offset - _LONGEST), offset) is not None:
        message += ": the value of an attribute stands between quotation marks"
    return Fault(NOT_WELL_FORMED, span, message)


def _mismatched(text: str, span: Span, message: str) -> Fault:
    """The tag that shows first that another one is lost: a parser notices only where too few elements are open."""
    start = text.rfind("</", 0, span.start + 1)
    found = _END_TAG.match(text, max(0, start))
    tag = found[0][:_LONGEST] if found else ""
    from fruslint.markup.misnested import first_misnested  # a run over sound files needs it not

    wrong = first_misnested(text, start)
    if wrong is not None:
        where = Span(wrong.start + 1, wrong.start + 1 + len(wrong.name))
        line = Source("", text).position(wrong.around_start).line
        inside = f"inside of <{wrong.around}>, which begins in line {line}"
        detail = f"<{wrong.name}> stands {inside}: a tag is lost in front of it"
        return Fault(NOT_WELL_FORMED, where, f"{message}: {detail}")
    return _unclosed(text, start, tag, message) or Fault(
        NOT_WELL_FORMED, Span(start, start + len(tag)), f"{message}: {tag} stands where {_open(text, start)}"
    )


def _unclosed(text: str, start: int, tag: str, message: str) -> Fault | None:
    """An element that is open where that around it ends, and whose end tag is not the next one: then the two are crossed."""
    opened = open_tags(text, start)
    ended = tag_name(tag.replace("/", "", 1))
    if all(name != ended for name, _ in opened[:-1]):
        return None
    name, offset = opened[-1]
    following = _END_TAG.search(text, start + len(tag))
    if following is not None and tag_name(following[0].replace("/", "", 1)) == name:
        return None
    position = Source("", text).position
    detail = f"<{name[:_LONGEST]}> is not closed before {tag} in line {position(start).line}"
    return Fault(NOT_WELL_FORMED, Span(offset + 1, offset + 1 + len(name)), f"{message}: {detail}")


def _unfinished(text: str, span: Span, message: str) -> Fault:
    inside = _open(text, span.start)
    return Fault(NOT_WELL_FORMED, span, f"{message}: the file ends where {inside}" if inside else message)


def _unclosed_section(text: str, span: Span, message: str) -> Fault:
    """The place where the section begins: expat gives the end of the file, and all between the two is no markup."""
    sections = _CDATA_OR_COMMENT.finditer(text, max(0, text.rfind("]]>")))
    begins = next((Span(*found.span(1)) for found in sections if found[1]), span)
    return _unfinished(text, begins, message)


def _undefined(text: str, span: Span, message: str) -> Fault:
    found = _ENTITY.match(text, span.start)
    name = found[0] if found else ""
    detail = f"{message}: {name}; write the character itself"
    return Fault(NOT_WELL_FORMED, Span(span.start, span.start + len(name)), detail)


_EXPLANATIONS: dict[str, Callable[[str, Span, str], Fault]] = {
    "mismatched tag": _mismatched,
    "no element found": _unfinished,
    "unclosed token": _unfinished,
    "unclosed CDATA section": _unclosed_section,
    "undefined entity": _undefined,
}


def _open(text: str, end: int) -> str:
    """The innermost element that is open at ``end``, and the line it begins in."""
    opened = open_tags(text, end)
    if not opened:
        return ""
    name, offset = opened[-1]
    line = Source("", text).position(offset).line
    return f"<{name[:_LONGEST]}> is open, which begins in line {line}"
