"""Looks for ids that XML does not allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless
from fruslint.checks.elements.ids import id_span
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

# A letter or a low line, and then letters, digits, dots, hyphens and low lines; one id a line, and the first that is none.
_WRONG = late(r"^(?![^\W\d][\w.\-·]*$).*$", re.MULTILINE)
# Blanks around an id, which the markup leaves out of it.
_BLANKS = late(r"""\bxml:id=["'](?=\s|[^"'<>\s]+\s+["'])(\s*[^"'<>\s]+\s*)["']""")
_SHOWN = 60


class IdFormCheck(Parameterless):
    """An id begins with a letter and has no blank or colon in it. Values: ``found`` is the id, ``element`` what has it."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "element"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each id of another form; all are looked at in one go, for nearly all are right."""
        markup = volume.markup
        if markup is None:
            return
        for number, blanks in _with_blanks(markup):
            start = markup.offsets[markup.opens[number]]
            where = Span(start + blanks.start(1), start + blanks.end(1))
            yield Hit(where, {"found": blanks[1][:_SHOWN], "element": markup.names[number]})
        if not markup.ids or _WRONG.search("\n".join(markup.ids)) is None:
            return
        for found, numbers in markup.ids.items():
            if _WRONG.search(found) is not None:
                for number in numbers:
                    yield Hit(id_span(markup, number), {"found": found[:_SHOWN], "element": markup.names[number]})


def _with_blanks(markup: Markup) -> Iterator[tuple[int, re.Match[str]]]:
    """The elements with blanks around their ids, and where these stand in the tag."""
    for tag, numbers in markup.by_tag("*").items():
        if "xml:id" not in tag:
            continue
        # hardly a tag has any of these in it, and they are found many times faster than blanks by the pattern
        if ' "' in tag or '=" ' in tag or "'" in tag or "\n" in tag or "\t" in tag or "\r" in tag:
            blanks = _BLANKS.search(tag)
            if blanks is not None:
                yield from ((number, blanks) for number in numbers)
