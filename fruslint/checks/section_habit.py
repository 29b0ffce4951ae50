"""Finds out how a volume writes and orders the sections of its documents, and reports what departs from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Edits, Parameters, PlacedHit, place_in
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Where
from fruslint.language.vocabulary import SECTION_LABELS
from fruslint.model import Document, Medium, Section
from fruslint.record import Record
from fruslint.source import Span

_ON_ITS_LINE, _INLINE = "a line of its own", "the line of its text"
_LOST = "small letters"  # small capitals whose type was lost: nobody prints a heading so
_WRITE: dict[str, Callable[[str], str]] = {"capitals": str.upper, "small letters": str.lower, "words": str.capitalize}


class Fact(Record):
    """One thing a document does: its form, where, what is written there; the label and colon of a heading."""

    document: str
    form: str
    place: Where
    found: str
    label: str = ""
    colon: str = ""


class SectionHabitCheck:
    """Looks for one habit, ``report``, and for what departs from it.

    ``style``: case and colon of the headings. ``order``: which of ``sections`` comes first where a document has both.
    ``inline``: whether headings stand on a line of their own. A form is the habit if it makes up ``share`` of at least
    ``at_least`` cases; ``usual`` counts ``usual_weight`` times beforehand, so that a single document can be judged too.
    What departs from it more than once, and in a larger share than ``slips``, follows a habit of its own: to write it
    like the others is no safe fix.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report", "sections"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["style", "order", "inline"]},
            "sections": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "share": {"type": "number", "minimum": 0.5, "maximum": 1},
            "slips": {"type": "number", "minimum": 0, "maximum": 0.5},
            "at_least": {"type": "integer", "minimum": 1},
            "usual": {"type": "string"},
            "usual_weight": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "majority", "count"})
    needs = Needs(part="sections")

    def __init__(self, parameters: Parameters) -> None:
        collectors: dict[str, Callable[[Document], Iterable[Fact]]] = {
            "style": self._styles,
            "order": self._orders,
            "inline": self._lines,
        }
        self._report: str = parameters["report"]
        self._collect = collectors[self._report]
        self._sections: tuple[str, ...] = tuple(parameters["sections"])
        self._share: float = parameters.get("share", 0.75)
        self._slips: float = parameters.get("slips", 0.5)
        self._at_least: int = parameters.get("at_least", 1)
        self._never = _ON_ITS_LINE if self._report == "inline" else ""
        self._usual = Counter({parameters["usual"]: parameters.get("usual_weight", 2)} if "usual" in parameters else {})

    def collect(self, document: Document) -> tuple[Fact, ...] | None:
        """What the document does."""
        return tuple(self._collect(document)) or None

    def conclude(self, facts: Sequence[tuple[Fact, ...]]) -> Iterator[PlacedHit]:
        """One hit for each departure from the habit."""
        every = [fact for of_document in facts for fact in of_document]
        seen = Counter(fact.form for fact in every)
        habit, count = max((seen + self._usual).items(), key=lambda pair: (pair[1], pair[0]))
        if count < max(self._at_least, self._share * (seen.total() + self._usual[habit])):
            return
        departing = [fact for fact in every if fact.form not in (habit, self._never)]
        seldom = len(departing) <= max(1, self._slips * len(every))
        for fact in departing:
            expected = _written(fact.label, habit) if fact.label else habit
            values = {"found": fact.found, "majority": habit, "expected": expected, "count": str(count)}
            unsafe = not seldom and not fact.form.startswith(_LOST)
            yield PlacedHit(fact.place, fact.document, values, edits=_edits(fact, expected), unsafe=unsafe)

    def _chosen(self, document: Document) -> Iterator[Section]:
        for section in document.sections:
            if section.kind in self._sections and section.heading is not None and not section.after_body:
                yield section

    def _styles(self, document: Document) -> Iterator[Fact]:
        for section in self._chosen(document):
            if section.inline or section.expected or section.heading is None:
                continue
            label = section.heading.text.content.rstrip(": ")
            if label.upper() not in SECTION_LABELS:  # words of its own, "Present at the dinner were"
                continue
            span, colon = _with_colon(document, section)
            found = document.source.text[span.start : span.end]
            yield Fact(document.id, _form(label, colon), place_in(document, span), found, label, colon)

    def _orders(self, document: Document) -> Iterator[Fact]:
        first: dict[str, Section] = {}
        for section in self._chosen(document):
            first.setdefault(section.kind, section)
        order = [section for kind, section in first.items() if kind in self._sections]
        if len(order) == len(self._sections):
            heading = order[0].heading
            if heading is not None:
                labels = " before ".join(section.kind.upper() for section in order)
                span = heading.text.whole()
                yield Fact(document.id, labels, place_in(document, span), heading.text.content)

    def _lines(self, document: Document) -> Iterator[Fact]:
        """A document that has several sections in one line with their text does so on purpose."""
        inline = sum(section.inline for section in document.sections if not section.after_body)
        for section in self._chosen(document):
            if section.heading is not None and not (section.inline and inline > 1):
                span = section.heading.text.whole()
                form = _INLINE if section.inline else _ON_ITS_LINE
                yield Fact(document.id, form, place_in(document, span), section.heading.text.content)


def _with_colon(document: Document, section: Section) -> tuple[Span, str]:
    """The span of a heading with its colon, and the colon if there is one."""
    assert section.heading is not None  # noqa: S101 - only sections with a heading come here
    content = section.heading.text.content
    span = section.heading.text.whole()
    if content.endswith(":"):
        return span, ":"
    if document.medium is Medium.TEXT and document.source.text[span.end : span.end + 1] == ":":
        return Span(span.start, span.end + 1), ":"
    return span, ""


def _form(label: str, colon: str) -> str:
    case = "capitals" if label.isupper() else "small letters" if label.islower() else "words"
    return f"{case} with a colon" if colon else case


def _written(label: str, form: str) -> str:
    """The label in another form."""
    case, _, colon = form.partition(" with ")
    return _WRITE[case](label) + (":" if colon else "")


def _edits(fact: Fact, expected: str) -> Edits:
    """The heading as it should be, unless there is markup in it."""
    is_plain = not any(sign in fact.found for sign in "<&")
    return ((fact.place.span, expected),) if fact.label and is_plain else ()
