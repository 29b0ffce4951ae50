"""Reads the lines of a list in a plain-text memorandum, and notes what is wrong with their bullets and indentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fruslint.model import PUBLISHED, Anomaly
from fruslint.patterns import late
from fruslint.readers.plain.draft import RawBlock
from fruslint.readers.plain.lines import Line, LineKind, item_parts
from fruslint.readers.plain.together import are_nearly_all, as_one, groups
from fruslint.source import Source, Span
from fruslint.text import BlockKind

BULLET = PUBLISHED.bullet
NUMBER = late(r"(\(?\d{1,2}[.)]|\d{1,2}-)\s")
# What nearly all of so many items have in common is said once.
_MANY = 4
STEP = 2
"""By how many blanks an item is indented, and one below it more."""


def read_item(line: Line, previous: RawBlock | None, opened: bool = False, moved: int = 0) -> RawBlock:
    """The item on ``line``; ``previous`` is the item before it in the same list, ``opened`` if that opens a group.

    ``moved`` is by how many blanks the list stands too far to the left.
    """
    words = _behind_bullet(line) if line.kind is LineKind.ITEM else line.words
    return RawBlock(BlockKind.ITEM, line.words, words, _depth(line, previous, opened, moved))


def _behind_bullet(line: Line) -> Span:
    """The words of a line of kind ITEM, as ``item_parts`` has them."""
    behind = line.indent + STEP
    if line.text.startswith(f"{BULLET} ", line.indent) and line.text[behind : behind + 1].isalnum():  # most of them
        return Span(line.span.start + behind, line.words.end)
    return item_parts(line).words


def _depth(line: Line, previous: RawBlock | None, opened: bool, moved: int) -> int:
    """How deep an item is nested; where its indentation says nothing, it stands beside the item before it or below."""
    if previous is None:
        return 0
    depth = max(0, (line.indent + moved) // STEP - 1)
    if "\t" in line.text[: line.indent] or depth > previous.depth + 1:
        return previous.depth + opened
    return depth


def item_anomalies(
    source: Source, line: Line, item: RawBlock, nested_start: bool, wanted: str = BULLET
) -> Iterator[Anomaly]:
    """What is not as it should be in the indentation and the bullet of an item; ``nested_start`` excuses a first one.

    ``wanted`` is the bullet it should have.

    Old volumes set lists in columns, with tabs and no bullets: that is another form, and no mistake in this one.
    """
    indent = line.text[: line.indent]
    expected = " " * (STEP * (item.depth + 1))
    right = indent == expected or (nested_start and line.indent == 2 * STEP)
    wrong = [] if right else [_wrong_indent(line, expected)]
    if line.kind is not LineKind.ITEM:
        yield from _without_bullet(line, wrong, expected, wanted)
        return
    start = line.span.start + line.indent
    words = source.text[slice(*item.words)]
    if item.words.start != start + STEP or not line.text.startswith(f"{wanted} ", line.indent) or not _says(words):
        wrong.extend(_bullet_anomalies(source, line, start, wanted))
    yield from _as_one(line, wrong, f"{indent if right else expected}{wanted} ")


def _without_bullet(line: Line, wrong: Sequence[Anomaly], expected: str, wanted: str) -> Iterator[Anomaly]:
    """What is ``wrong`` in the indentation of an item without a bullet, and the bullet that it lacks."""
    if "\t" in line.text[: line.indent]:
        return
    start = line.span.start + line.indent
    number = NUMBER.match(line.text, line.indent)
    if number is not None:
        values = {"found": f"the number ‘{number[1]}’ for a bullet", "expected": f"the bullet ‘{wanted}’"}
        span = Span(start, start + len(number[1]))
        yield from (*wrong, Anomaly("item-bullet", span, values, ((span, wanted),), unsafe=True))
        return
    if line.indent:
        values = {"found": "no bullet", "expected": f"the bullet ‘{wanted}’"}
        yield from (*wrong, Anomaly("item-bullet", line.words, values, ((Span(start, start), f"{wanted} "),)))
        return
    values = {"found": "no bullet", "expected": f"the bullet ‘{wanted}’ and an indentation of {len(expected)}"}
    yield Anomaly("item-bullet", line.words, values, ((Span(start, start), f"{expected}{wanted} "),))


def list_indent(place: Span, count: int, edits: tuple[tuple[Span, str], ...]) -> Anomaly:
    """What is wrong with a list of so many items that is nested as a whole; ``place`` stands in front of the first."""
    values = {
        "detail": f"All {count} items of this list have",
        "found": f"an indentation of {2 * STEP} blanks",
        "expected": f"one of {STEP}",
    }
    return Anomaly("item-indent", place, values, edits)


def _wrong_indent(line: Line, expected: str) -> Anomaly:
    start = line.span.start
    values = {"found": _indentation(line.text[: line.indent]), "expected": f"one of {len(expected)}"}
    edit = (Span(start, start + line.indent), expected)
    return Anomaly("item-indent", Span(start, start + max(line.indent, 1)), values, (edit,))


def _as_one(line: Line, wrong: Sequence[Anomaly], head: str) -> Iterator[Anomaly]:
    """What is wrong in front of the words of an item, as one anomaly; ``head`` is what belongs there."""
    if len(wrong) < 2 or any(one.kind == "item-empty" for one in wrong):
        yield from wrong
        return
    values = {key: " and ".join(one.values[key] for one in wrong) for key in ("found", "expected")}
    edit = (Span(line.span.start, item_parts(line).words.start), head)
    place = Span(line.words.start, line.words.start + 1)
    yield Anomaly("item-bullet", place, values, (edit,), unsafe=any(one.unsafe for one in wrong))


def of_list(anomalies: Sequence[Anomaly], items: int) -> Iterator[Anomaly]:
    """The anomalies of a list of so many ``items``; one that nearly all of them have is said once, at the first.

    Of items in the body, which are in no section, there are 0.
    """
    for those in groups(anomalies, lambda one: (one.kind, *one.values.values())):
        if those[0].kind == "item-empty" or not are_nearly_all(those, items, _MANY):
            yield from (one._replace(values={**one.values, "detail": "This item has"}) for one in those)
            continue
        share = f"All {items}" if len(those) == items else f"{len(those)} of the {items}"
        yield as_one(those, {"detail": f"{share} items of this list have"})


def _bullet_anomalies(source: Source, line: Line, start: int, wanted: str) -> Iterator[Anomaly]:
    parts = item_parts(line)
    bullet = Span(start, start + len(parts.bullet))
    if parts.bullet != wanted:
        values = {"found": f"the bullet ‘{parts.bullet}’", "expected": f"the bullet ‘{wanted}’"}
        is_word = any(map(str.isalnum, parts.bullet))  # an entity, or the o that some programs take for a circle
        yield Anomaly("item-bullet", bullet, values, ((bullet, wanted),), unsafe=is_word)
    if not _says(source.text[slice(*parts.words)]):
        # With the line end before it: the last line of a file may have none of its own.
        begin = line.span.start - (2 if source.text.endswith("\r\n", 0, line.span.start) else 1)
        whole = Span(begin, line.span.end)
        edits = ((whole, ""),) if parts.words.start >= parts.words.end else ()
        yield Anomaly("item-empty", bullet, {"found": line.text.strip()}, edits)
    elif parts.gap != " ":
        gap = Span(bullet.end, parts.words.start)
        yield Anomaly(
            "item-bullet",
            gap,
            {"found": f"{_blanks(parts.gap)} behind its bullet", "expected": "one blank"},
            ((gap, " "),),
        )


def _says(words: str) -> bool:
    """Whether the words of an item are more than a dash or a dot that holds the place of a name."""
    return words[:1].isalnum() or any(map(str.isalnum, words))


def _indentation(blanks: str) -> str:
    if not blanks:
        return "no indentation"
    return "an indentation by a tab" if "\t" in blanks else f"an indentation of {_blanks(blanks)}"


def _blanks(blanks: str) -> str:
    if not blanks:
        return "no blank"
    if "\t" in blanks:
        return "a tab"
    return f"{len(blanks)} blanks" if len(blanks) != 1 else "1 blank"
