"""Words of a document made safe for a page: nothing in them is markup, and what cannot be seen is named.

The page takes words in two ways, as HTML and as JSON for its script. Both are made from the same *coded* text, in which
a few control characters stand for the signs of the report itself. None of them can come from a document: its own control
characters are named like all that cannot be seen.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from html import escape
from typing import Any

from fruslint.patterns import late
from fruslint.terminal import visible

NAMED, NAMED_END = "\x02", "\x03"
CUT = "\x05"
MARK, MARK_END = "\x0e", "\x0f"

_PLAIN = late(r"[ -~]*")
_SPECIAL = late(r"[^ -~]")
_CODES = late(f"{NAMED}([^{NAMED_END}]*){NAMED_END}|{CUT}|{MARK}|{MARK_END}")
_BLANKS = frozenset("\t\u00a0")
_COMMON = {"\t": "tab", "\n": "line end", "\r": "carriage return"}
_NUMBERS = {name: f"U+{ord(char):04X}" for char, name in _COMMON.items()}
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\x7f": "\\u007f"}
_UNSAFE_IN_JSON = late("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def coded(text: str, *, marked: bool = False) -> str:
    """``text`` with every character that cannot be seen named; tabs and hard spaces too where it is ``marked``."""
    if _PLAIN.fullmatch(text):
        return text
    return _SPECIAL.sub(_coded_marked if marked else _coded_plain, text)


def _coded_marked(found: re.Match[str]) -> str:
    return _coded(found[0], marked=True)


def _coded_plain(found: re.Match[str]) -> str:
    return _coded(found[0], marked=False)


@lru_cache(maxsize=4096)
def _coded(char: str, *, marked: bool) -> str:
    if visible(char) == char or (char in _BLANKS and not marked):
        return char
    return f"{NAMED}{_COMMON.get(char) or _number(ord(char))}{NAMED_END}"


def _number(code: int) -> str:
    # a byte of a file name that is not UTF-8 comes as half a character
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"


def html(code: str) -> str:
    """Coded text as HTML."""
    return _CODES.sub(_tag, escape(code)) if not _PLAIN.fullmatch(code) else escape(code)


def _tag(found: re.Match[str]) -> str:
    sign = found[0][0]
    if sign == NAMED:
        return f'<span class="sign" title="{escape(name_of(found[1]))}">{found[1]}</span>'
    if sign == CUT:
        return '<span class="cut">…</span>'
    return "<mark>" if sign == MARK else "</mark>"


def safe(text: str) -> str:
    """Any text as HTML."""
    return html(coded(text))


def flat(text: str) -> str:
    """Any text for an attribute or a title, where there can be no elements."""
    return escape(visible(text))


@lru_cache(maxsize=512)
def name_of(sign: str) -> str:
    """The name of a character for people ("right-to-left override"), or what is known of it."""
    if not sign.startswith("U+"):
        return _NUMBERS.get(sign, "a byte that is not UTF-8")
    char = chr(int(sign[2:], 16))
    return unicodedata.name(char, "").lower() or _CATEGORIES.get(unicodedata.category(char), "unknown character")


_CATEGORIES = {"Cc": "control character", "Cs": "half a character", "Co": "private character"}


def names_in(code: str) -> set[str]:
    """The names of the characters that were named in coded text."""
    return {found[1] for found in _CODES.finditer(code) if found[1]} if NAMED in code else set()


def json_text(value: Any) -> str:
    """A value as JSON that may stand in a page: nothing in it can end the element around it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE_IN_JSON.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return _UNSAFE.get(found[0]) or f"\\u{ord(found[0]):04x}"
