"""How a ledger is written: a YAML list with one entry a block, or one a line in a baseline.

What fruslint wrote itself is read by one regular expression, so that a baseline of thousands costs a hook next to nothing;
anything else is read as YAML, with exact errors.

A block begins and ends with a line that no other has, and between two such lines are never more than three that others may
have too: so a merge that keeps the lines of both sides (``merge=union``) takes no block apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fruslint.discovery import natural
from fruslint.errors import ConfigurationError
from fruslint.findings import place
from fruslint.globs import parse_glob
from fruslint.near import did_you_mean
from fruslint.patterns import late
from fruslint.silencing.ledger import Entry
from fruslint.source import Source, Span

KEYS = ("fingerprint", "rule", "file", "document", "words", "message", "reason", "accepted")
_NEEDED = ("rule", "file")

# A plain word is text in YAML and nothing else: no number, no truth value, nothing that YAML would read otherwise.
_PLAIN = r"(?!(?i:true|false|null|yes|no|on|off|y|n)[ ]*(?:[,}\n]|\Z))[A-Za-z](?:[\w./-]| (?=[\w./-]))*"
_VALUE = rf'(?:"(?:[^"\\\n]|\\.)*"|{_PLAIN}(?=[ ]*(?:[,}}\n]|\Z)))'
_FIELD = rf"({'|'.join(KEYS)}): ({_VALUE})"
_BLOCK = late(rf"- {_FIELD}[ ]*\n(?:  {_FIELD}[ ]*\n)*(?:  #[^\n]*\n)?", re.MULTILINE)
_LAST = late(r"  # [0-9a-f]{16}\n")
_LINE = late(rf"- \{{{_FIELD}(?:, {_FIELD})*\}}\n", re.MULTILINE)
_FIELDS = late(_FIELD, re.MULTILINE)
_NOTHING = late(r"(?:[ ]*(?:#[^\n]*)?\n)+")
_IS_PLAIN = late(_PLAIN)

_FINGERPRINT = late(r"[0-9a-f]{16}")
_ACCEPTED = late(r"(\d{4}-\d{2}-\d{2})?(?:\A|\Z| (?=by ))(?:by (.+))?", re.DOTALL)
_MARKER = late(r"^(<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)(?: .*)?$", re.MULTILINE)
_AFTER: dict[str, set[int]] = {
    "<<<<<<<": {0},
    "|||||||": set(),
    "=======": {1},
    ">>>>>>>": {0, 1},
}  # which side follows
_ESCAPED = late("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")

_Read = list[tuple[Entry, Span]]


def render(entry: Entry, compact: bool) -> str:
    """An entry as it is written: a block of lines, or one line."""
    values = {**entry._asdict(), "accepted": _accepted(entry)}
    fields = [f"{key}: {_written(values[key])}" for key in KEYS if values[key]]
    if compact:
        return f"- {{{', '.join(fields)}}}\n"
    last = [f"# {entry.fingerprint}"] if entry.fingerprint else []
    return "- " + "\n  ".join(fields + last) + "\n"


def order(entry: Entry) -> tuple[Any, ...]:
    """Sorts entries by file and document, as people count them, and then by rule, words and fingerprint."""
    return natural(entry.file), natural(entry.document), entry.rule, entry.words, entry.fingerprint


def _accepted(entry: Entry) -> str:
    return " ".join(filter(None, (entry.date, entry.author and f"by {entry.author}")))


def _written(value: str) -> str:
    if _IS_PLAIN.fullmatch(value):
        return value
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def read_entries(source: Source) -> _Read:
    """The entries of a ledger and where they stand; raises ConfigurationError, with the place, for what is none."""
    quick = _read_own(source)
    return _read_yaml(source) if quick is None else quick


def _read_own(source: Source) -> _Read | None:
    """The entries of a text as fruslint writes it; None for any other."""
    text, end, read = source.text, 0, []
    while end < len(text):
        found = _BLOCK.match(text, end) or _LINE.match(text, end)
        if found is None:
            found = _NOTHING.match(text, end)
        else:
            entry = _own_entry(found[0])
            if entry is None:
                return None
            read.append((entry, Span(*found.span())))
        if found is None:
            return None
        end = found.end()
    return read


def _own_entry(block: str) -> Entry | None:
    pairs = _FIELDS.findall(block)
    values = {key: json.loads(value) if value[0] == '"' else value for key, value in pairs}
    if len(values) < len(pairs) or next(_problems(values), None):
        return None
    return _entry(values)


def _entry(values: dict[str, str]) -> Entry:
    accepted = _ACCEPTED.fullmatch(values.pop("accepted", ""))
    date, author = accepted.groups("") if accepted else ("", "")
    return Entry(**values, author=author, date=date)


def _problems(values: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the values of an entry: at which key (empty: at none), what, and what to do."""
    for key, value in values.items():
        if key not in KEYS:
            yield (
                key,
                f"`{key}` is not a known key of an entry",
                did_you_mean(key, KEYS) or f"known are {', '.join(KEYS)}",
            )
        elif not isinstance(value, str) or not value.strip():
            yield key, f"`{key}` must be a text", "put quotes around a number" if value else ""
    for key in _NEEDED:
        if key not in values:
            yield "", f"the key `{key}` is missing in this entry", ""
    yield from _wrong_forms(values)


def _wrong_forms(values: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    fingerprint, accepted = str(values.get("fingerprint", "")), str(values.get("accepted", ""))
    if fingerprint and not _FINGERPRINT.fullmatch(fingerprint):
        hint = "it is 16 digits and letters from a to f; let `fruslint accept` write it"
        yield "fingerprint", f"`{fingerprint[:40]}` is not a fingerprint", hint
    if not _ACCEPTED.fullmatch(accepted):
        yield "accepted", f"`{accepted[:40]}` does not say when and by whom", "write it like 2026-05-03 by Ada Orme"
    name = str(values.get("file", ""))
    if name.startswith("/") or ".." in name.split("/"):
        yield "file", f"`{name[:80]}` leads out of the folder of this file", "name files from here, with slashes"
    elif name and not fingerprint:
        try:
            parse_glob(name, "")
        except ValueError as error:
            yield "file", str(error), ""


def _read_yaml(source: Source) -> _Read:
    from fruslint.data import yamlfile

    _refuse_markers(source)
    spans = list(yamlfile.split(source))
    document = yamlfile.parse(source, spans[0])
    if len(spans) > 1:
        raise yamlfile.parse(source, spans[1]).error((), "a second document begins here", "take the line `---` out")
    if document.value is None:
        return []
    if not isinstance(document.value, list):
        raise document.error((), "this is no ledger: it must be a list of entries, each with `- ` before its first key")
    return [(_checked(document, index), _span_of(document, index)) for index in range(len(document.value))]


def _refuse_markers(source: Source) -> None:
    found = _MARKER.search(source.text)
    if found:
        hint = "keep the entries of both sides with `fruslint accept --resolve`"
        message = "a merge left a conflict here"
        raise ConfigurationError(message, place(source, Span(*found.span())), hint=hint)


def sides(text: str) -> tuple[str, str]:
    """The two texts that a merge left in one: ours and theirs; twice the same where there is no mark of a merge."""
    kept: tuple[list[str], list[str]] = [], []
    chosen = {0, 1}
    for line in text.splitlines(keepends=True):
        mark = _MARKER.match(line.rstrip("\r\n"))
        if mark:
            chosen = _AFTER[mark[1]]
            continue
        for side in chosen:
            kept[side].append(line)
    return "".join(kept[0]), "".join(kept[1])


def _checked(document: Any, index: int) -> Entry:
    value = document.value[index]
    if not isinstance(value, dict):
        raise document.error((index,), "an entry must be a table of keys and values")
    for key, message, hint in _problems(value):
        raise document.error((index, key) if key else (index,), message, hint, at_key=key not in KEYS)
    return _entry(dict(value))


def _span_of(document: Any, index: int) -> Span:
    """The lines of an entry that was read as YAML."""
    text, base = document.source.text, document.start
    events = [event for path, event in document.values.items() if path[0:1] == (index,)]
    start = text.rfind("\n", 0, base + events[0].start_mark.index) + 1
    last = base + max(event.end_mark.index for event in events)
    # what is read to the end of its block ends at the beginning of the next line
    end = last if text[last - 1 : last] == "\n" else text.find("\n", last) + 1
    last_line = _LAST.match(text, end) if end else None
    return Span(start, last_line.end() if last_line else end or len(text))
