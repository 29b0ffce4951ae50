"""Knows a finding again after the file around it was changed.

A *fingerprint* is made of the rule, the document, the words at the place and a few words before and behind it; not of
lines, columns, numbers of pages and notes, markup, blanks and line ends, nor of the wording of the message. Equal ones
in one file are told apart by counting. So it stays the same when lines are inserted above, when pages and notes are
renumbered, and when an XML file is indented or wrapped anew. Its first half is made of the words before, its second half of
those behind: where one side was rewritten, a finding is still known by the other (`paired`).

The words around are taken from the file, which is read for that a second time, and only where a run needs fingerprints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from unicodedata import normalize
from zlib import crc32

from fruslint.findings import Finding
from fruslint.patterns import late
from fruslint.source import Source, Span

_WORDS = 5
_REACH = 3000  # how far the words are looked for; a note that is passed over may be long
_MARKED = 12  # of what is marked the first words are enough
_SEPARATOR = "\x1f"
_LENGTH = 16
_HALF = _LENGTH // 2
_ENOUGH = 3  # words on one side by which alone a place is known

_WORD = late(r"[^\W\d_]+")
_LINE_END = late(r"[\r\n]")
_PAGE = late(r"\[\s*(?:Page|p\.)\s*[\dIVXLCivxlc]*\s*\]")
_DIGITS = late(r"\d+")
# 62–63, 1963-02-30 and "May 3" say something; 62, [62], pg_62 and d3fn2 only count
_TELLING = late(r"\d[^\w\s]\d|\s")

_TAG = late(r"<[^<>]*>")
_REST_OF_TAG = late(r"[^<>]*>")
# Comments, instructions and whole notes stand among the words and are none of them.
_PASSED_OVER = late(r"<!--.*?-->|<\?.*?\?>|<note\b[^<>]*(?<!/)>(?:(?!</?note\b).)*</note\s*>", re.DOTALL)
_INLINE = (
    "abbr add anchor choice corr date del emph expan foreign gap gloss hi lb milestone name num orgName pb persName "
    "placeName ptr ref rs seg sic supplied term time title unclear"
)
_BORDER = late(rf"</?(?!(?:{_INLINE.replace(' ', '|')})\b)[A-Za-z][^<>]*>")


def fingerprinted(findings: Sequence[Finding], source_of: Callable[[str], Source]) -> list[Finding]:
    """The findings of a run with their fingerprints, in the same order; no two in one file are equal.

    ``source_of`` gives the text of a file by its path; it is asked once for each, and not where all findings in the file
    have theirs.
    """
    by_path: dict[str, list[int]] = {}
    for index, finding in enumerate(findings):
        by_path.setdefault(finding.place.path, []).append(index)
    marked = list(findings)
    for path, indices in by_path.items():
        if all(findings[index].fingerprint for index in indices):
            continue
        found = fingerprints([findings[index] for index in indices], source_of(path).text)
        for index, one in zip(indices, found, strict=True):
            marked[index] = findings[index]._replace(fingerprint=one)
    return marked


def fingerprints(findings: Iterable[Finding], text: str) -> list[str]:
    """The fingerprints of the findings in one file, whose text is given, in the same order: 16 hexadecimal digits."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for finding in findings:
        around = context(text, finding.place.span)
        key = _SEPARATOR.join((finding.rule, finding.document, *around))
        found.append(_fingerprint(finding, around, key, seen[key]))
        seen[key] += 1
    return found


def paired(found: Sequence[str], known: Iterable[str]) -> dict[str, str]:
    """Which fingerprints ``found`` in a file are which of those ``known`` of it before; each is taken once.

    Those that are equal belong together, and of the others those that have a half in common.
    """
    left = dict.fromkeys(known)
    pairs = {one: one for one in found if one in left}
    rest = [one for one in left if one not in pairs]
    for half in (slice(0, _HALF), slice(_HALF, _LENGTH)):
        by_half = {one[half]: one for one in reversed(rest)}
        for one in found:
            if one not in pairs and one[half] in by_half:
                pairs[one] = by_half.pop(one[half])
        taken = set(pairs.values())
        rest = [one for one in rest if one not in taken]
    return pairs


def context(text: str, span: Span) -> tuple[str, str, str]:
    """A few words before a place, the words at it, and a few behind it, as a fingerprint needs them."""
    start, end = span
    before, behind = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    marked = text[start : min(end, start + _REACH)]
    if text[:_REACH].lstrip("\ufeff \t\r\n")[:1] == "<":
        return _around_markup(before, marked, behind)
    return _around_line(before, marked, behind)


def _fingerprint(finding: Finding, around: tuple[str, str, str], key: str, number: int) -> str:
    before, marked, behind = around
    place = finding.rule, finding.document, marked
    first = _half(key, "<", number) if _is_short(before) else _half(_SEPARATOR.join((*place, before)), "<", number)
    return first + (
        _half(key, ">", number) if _is_short(behind) else _half(_SEPARATOR.join((*place, behind)), ">", number)
    )


def _is_short(words: str) -> bool:
    return words.count(" ") < _ENOUGH - 1


def _half(key: str, side: str, number: int) -> str:
    data = f"{side}{key}{_SEPARATOR}{number}" if number else f"{side}{key}"
    # hashlib takes longer to load than a memorandum to check, and nobody gains by a collision
    return f"{crc32(data.encode('utf-8', 'surrogatepass')):0{_HALF}x}"


def _around_line(before: str, marked: str, behind: str) -> tuple[str, str, str]:
    """In plain text a paragraph is a line: what stands above and below may change.

    What has no words of its own line, a page break, is known by those before it and those behind.
    """
    first = _words(_LINE_END.split(before)[-1])[-_WORDS:]
    last = _words(_LINE_END.split(behind, maxsplit=1)[0])[:_WORDS]
    shown = _marked(marked)
    if not (first or last or _WORD.search(shown)):
        first, last = _words(before)[-_WORDS:], _words(behind)[:_WORDS]
    return " ".join(first), shown, " ".join(last)


def _around_markup(before: str, marked: str, behind: str) -> tuple[str, str, str]:
    """In XML it is what stands between two tags that are not inline; notes are passed over."""
    inside = _is_in_tag(before)
    if _is_in_tag(before + marked):
        behind = _REST_OF_TAG.sub("", behind, count=1)
    before = _PASSED_OVER.sub("", before[: before.rfind("<")] if inside else before)
    behind = _PASSED_OVER.sub("", behind)
    first = _words_of(_BORDER.split(before)[-1])[-_WORDS:]
    last = _words_of(_BORDER.split(behind, maxsplit=1)[0])[:_WORDS]
    shown = _marked(marked if inside else _plain(_PASSED_OVER.sub("", marked)))
    if not (first or last or (not inside and _WORD.search(shown))):
        first, last = _words_of(before)[-_WORDS:], _words_of(behind)[:_WORDS]
    return " ".join(first), shown, " ".join(last)


def _is_in_tag(text: str) -> bool:
    """Whether a tag is open at the end."""
    return text.rfind("<") > text.rfind(">")


def _words_of(markup: str) -> list[str]:
    return _words(_plain(markup))


def _plain(markup: str) -> str:
    from fruslint.markup.tags import decode  # text has no need of it

    return decode(_TAG.sub("", markup))


def _words(text: str) -> list[str]:
    return _WORD.findall(_composed(_PAGE.sub("", text)))


def _marked(text: str) -> str:
    """What is marked, its blanks made alike; where it is but a number or holds one for counting, without the digits."""
    short = " ".join(_composed(_PAGE.sub("[]", text)).split()[:_MARKED])
    return short if _TELLING.search(short) else _DIGITS.sub("", short)


def _composed(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)
