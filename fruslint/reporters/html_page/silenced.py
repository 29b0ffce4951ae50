"""The findings that someone decided not to have reported, with the reasons given: a reader of a report should see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fruslint.findings import Silenced
from fruslint.reporters.html_page.excerpts import excerpt
from fruslint.reporters.html_page.words import html, safe


def silenced_section(silenced: Sequence[Silenced]) -> Iterator[str]:
    """A folded list of what is silenced; nothing where nothing is."""
    if not silenced:
        return
    yield '<section class="silenced" id="silenced" aria-labelledby="silenced-heading"><div class="measure">'
    yield '<h2 id="silenced-heading">Left out, with a reason</h2>\n'
    yield f"<details><summary>{len(silenced):,} in all</summary><ul>\n"
    yield from map(_item, silenced)
    yield "</ul></details></div></section>\n"


def _item(one: Silenced) -> str:
    finding, silence = one
    place = finding.place
    who = ", ".join(filter(None, (silence.author, silence.date)))
    return (
        f'<li><p><b>{finding.rule}</b> {safe(finding.message)} <span class="place">{safe(place.path)}:'
        f"{place.start.line}:{place.start.column}</span></p>"
        f'<div class="slip {finding.severity.label}"><code>{html(excerpt(place))}</code></div>'
        f"<p><i>{safe(silence.reason) or 'no reason given'}</i>{f' ({safe(who)})' if who else ''}</p></li>\n"
    )
