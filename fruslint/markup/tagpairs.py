"""Cuts a well-formed XML text at its tags, and pairs these."""

from __future__ import annotations

from fruslint.markup.tags import TAG, tag_name
from fruslint.patterns import late
from fruslint.record import Record

_PLAIN_TAG = late(r"(<[^>]*+>)")

Kind = tuple[str, list[int], bool]
"""Of a start tag as it is written: its name, the elements that begin with it, and whether they are empty."""


class Cut(Record):
    """A text cut at its tags, with the arrays of `elements.Markup` by those names, and the kinds of start tags."""

    parts: list[str]
    names: list[str]
    opens: list[int]
    closes: list[int]
    parents: list[int]
    after: list[int]
    others: list[int]
    tags: dict[str, Kind]


def cut_at_tags(text: str) -> Cut:
    """The text cut, and its tags paired."""
    # Few files have a tag with a > in it, and a text is cut sooner where that need not be thought of.
    cut = _empty(_PLAIN_TAG.split(text))
    if not _pair(cut):
        cut = _empty(TAG.split(text))
        _pair(cut)
    return cut


def _empty(parts: list[str]) -> Cut:
    tags = len(parts) // 2
    return Cut(parts, [], [], [0] * tags, [], [0] * tags, [], {})


def _pair(cut: Cut) -> bool:
    """Pair the tags and fill the arrays; False if a tag was cut in two, and then all of it is to be forgotten.

    Well-formed text closes what was opened last, so an end tag need not be looked at.
    """
    parts, names, opens, closes, parents, after, others, known = cut
    current, count, place = -1, 0, -1
    for tag in parts[1::2]:
        place += 2
        if tag[1] == "/":
            closes[current] = place
            after[current] = count
            current = parents[current]
            continue
        found = known.get(tag)
        if found is None:
            if not _is_whole(tag):
                return False
            if tag[1] in "!?":
                others.append(place)
                continue
            found = known[tag] = (tag_name(tag), [], tag[-2] == "/")
        name, same, is_empty = found
        same.append(count)
        names.append(name)
        opens.append(place)
        parents.append(current)
        if is_empty:
            closes[count] = place
            after[count] = count + 1
        else:
            current = count
        count += 1
    del closes[count:], after[count:]
    return True


def _is_whole(tag: str) -> bool:
    """Whether what ends at the first > behind a < is all of a tag, a comment ..."""
    if "'" not in tag and tag[1] not in "!?":
        return not tag.count('"') % 2
    return TAG.fullmatch(tag) is not None
