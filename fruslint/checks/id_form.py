"""Looks for ids that XML does not allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless
from fruslint.checks.unique_id import id_span
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
        for blanks in _BLANKS.finditer(markup.text):
            number = markup.around(blanks.start())
            yield Hit(Span(*blanks.span(1)), {"found": blanks[1][:_SHOWN], "element": markup.names[number or 0]})
        if not markup.ids or _WRONG.search("\n".join(markup.ids)) is None:
            return
        for found, numbers in markup.ids.items():
            if _WRONG.search(found) is not None:
                for number in numbers:
                    yield Hit(id_span(markup, number), {"found": found[:_SHOWN], "element": markup.names[number]})
