"""Rules x volume -> findings: media, order, fixes, facts, and what a broken check does."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

import pytest
from helpers_rules import make_rule

from fruslint import engine
from fruslint.checks.base import Hit, Parameters, PlacedHit, RelatedSpan, place_in
from fruslint.engine import Engine, bound
from fruslint.errors import ConfigurationError
from fruslint.filereport import FileReport
from fruslint.findings import INTERNAL, OWN_NAMES, Edit, Fix, LatePlace, Place, Severity, place
from fruslint.model import Document, DocumentKind, Medium, Volume
from fruslint.rules import Rule, builtin_rules
from fruslint.source import Position, Source, Span

TEXT = "first line\nsecond line\n"


def document(source: Source, medium: Medium = Medium.TEXT, name: str = "d1", start: int = 0) -> Document:
    return Document(source, medium, "v1", name, DocumentKind.OTHER, Span(start, len(source.text)))


def volume(path: str = "v1/d1.txt", medium: Medium | None = Medium.TEXT, documents: int = 1) -> Volume:
    source = Source(path, TEXT)
    found = tuple(document(source, medium, f"d{n + 1}", n * 11) for n in range(documents)) if medium else ()
    return Volume(source, medium, found)


class WordCheck:
    """Finds each place of a word, in the document or in the file."""

    SCHEMA: ClassVar[dict[str, Any]] = {}
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self.word: str = parameters["word"]

    def check_document(self, document: Document) -> Iterator[Hit]:
        start = document.source.text.find(self.word, document.span.start)
        while start >= 0:
            span = Span(start, start + len(self.word))
            yield Hit(span, {"found": self.word}, (RelatedSpan(Span(0, 1), "The start."),), ((span, "WORD"),))
            start = document.source.text.find(self.word, start + 1)


class FileCheck:
    """Finds something in every file."""

    SCHEMA: ClassVar[dict[str, Any]] = {}
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self.word: str = parameters["word"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        yield Hit(Span(0, 1), {"found": self.word}, severity=Severity.INFO)


class BrokenCheck(WordCheck):
    def check_document(self, document: Document) -> Iterator[Hit]:
        yield Hit(Span(0, 1), {"found": "x"})
        raise ZeroDivisionError("by\nzero")


class CountCheck:
    """Counts words in each document, and reports the volume's sum."""

    SCHEMA: ClassVar[dict[str, Any]] = {}
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self.fails: str = parameters.get("fails", "")

    def collect(self, document: Document) -> tuple[str, str] | None:
        if self.fails == "collect":
            raise KeyError("collect")
        return (document.source.path, document.id) if document.id != "d2" else None

    def conclude(self, facts: Sequence[tuple[str, str]]) -> Iterable[PlacedHit]:
        if self.fails == "conclude":
            raise KeyError("conclude")
        where = place(Source(facts[0][0], TEXT), Span(0, 5))
        said = " ".join(f"{path}#{name}" for path, name in facts)
        yield PlacedHit(where, facts[0][1], {"found": said}, ((where, "There."),), ((Span(0, 1), ""),))


CHECKS: dict[str, type[Any]] = {
    "word": WordCheck,
    "file": FileCheck,
    "broken": BrokenCheck,
    "count": CountCheck,
}

Make = Callable[..., Rule]


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Make:
    for module in (engine, bound):
        monkeypatch.setattr(module, "check_class", CHECKS.__getitem__)

    def make(kind: str, number: int = 1, parameters: dict[str, Any] | None = None, **changes: Any) -> Rule:
        made = make_rule(id=f"NOTE{number:03}", name=f"rule-{number}", **{"message": "Found {found}.", **changes})
        return made._replace(kind=kind, parameters=parameters or {"word": "line"})

    return make


def test_a_hit_becomes_a_finding(rule: Make) -> None:
    report = Engine([rule("word", fix="safe")]).check(volume())
    assert (report.path, report.group, report.medium, report.documents) == ("v1/d1.txt", "v1", Medium.TEXT, 1)
    first, second = report.findings
    assert (first.rule, first.severity, first.message, first.document) == (
        "NOTE001",
        Severity.ERROR,
        "Found line.",
        "d1",
    )
    assert (first.place.path, first.place.start, first.place.end) == ("v1/d1.txt", (1, 7), (1, 11))
    assert (second.place.start, second.place.excerpt.text) == ((2, 8), "second line")
    assert [(one.place.start, one.message) for one in first.related] == [((1, 1), "The start.")]
    assert first.fix == Fix((Edit(Span(6, 10), "WORD", Position(1, 7), Position(1, 11)),), safe=True)


@pytest.mark.parametrize(("fix", "safe"), [(None, None), ("safe", True), ("unsafe", False)])
def test_edits_are_a_fix_only_where_the_rule_has_one(rule: Make, fix: str | None, safe: bool | None) -> None:
    found = Engine([rule("word", fix=fix)]).check(volume()).findings[0].fix
    assert (found.safe if found else None) is safe


def test_a_check_may_vary_the_severity(rule: Make) -> None:
    assert [one.severity for one in Engine([rule("file")]).check(volume()).findings] == [Severity.INFO]


def test_what_is_found_in_a_volume_as_a_whole_names_the_document_it_stands_in(rule: Make) -> None:
    found = Engine([rule("file")]).check(volume("v.xml", Medium.TEI, 2)).findings
    assert [one.document for one in found] == ["d1"]


def test_findings_are_in_the_order_of_the_file_whatever_that_of_the_rules(rule: Make) -> None:
    rules = [rule("word", 2), rule("file", 3), rule("word", 1, {"word": "first"}), rule("word", 4)]
    orders = [[(one.rule, one.place.span) for one in Engine(r).check(volume()).findings] for r in (rules, rules[::-1])]
    assert orders[0] == orders[1]
    assert [name for name, _ in orders[0]] == ["NOTE003", "NOTE001", "NOTE002", "NOTE004", "NOTE002", "NOTE004"]


@pytest.mark.parametrize(
    ("media", "medium", "fires"),
    [
        (["text"], Medium.TEXT, True),
        (["text"], Medium.TEI, False),
        (["tei"], Medium.TEI, True),
        (["tei"], Medium.TEXT, False),
        (["text", "tei"], Medium.TEI, True),
    ],
)
def test_a_rule_sees_its_media_only(rule: Make, media: list[str], medium: Medium, fires: bool) -> None:
    rules = [rule(kind, number, media=media) for number, kind in enumerate(("word", "file", "count"))]
    report = Engine(rules).check(volume(medium=medium))
    assert bool(report.findings) is fires
    assert {one.rule for one in report.findings} == ({"NOTE000", "NOTE001"} if fires else set())
    assert bool(report.facts) is fires


def test_a_file_of_no_known_medium_is_seen_by_all_checks_of_files(rule: Make) -> None:
    rules = [rule("file", 1, media=["tei"]), rule("file", 2, media=["text"]), rule("word", 3), rule("count", 4)]
    report = Engine(rules).check(volume(medium=None))
    assert [one.rule for one in report.findings] == ["NOTE001", "NOTE002"]
    assert (report.documents, report.facts, report.findings[0].document) == (0, {}, "")


def test_a_volume_of_several_documents_names_the_document(rule: Make) -> None:
    report = Engine([rule("word", parameters={"word": "second"})]).check(volume("v.xml", Medium.TEI, 2))
    assert (report.group, report.documents) == ("v.xml", 2)
    assert [one.document for one in report.findings] == ["d1", "d2"]


def test_a_broken_check_is_one_finding_and_the_others_go_on(rule: Make) -> None:
    rules = [rule("broken", 1), rule("word", 2)]
    findings = Engine(rules).check(volume("v.xml", Medium.TEI, 2)).findings
    broken = [one for one in findings if one.rule == INTERNAL]
    assert [(one.severity, one.document, one.place.start) for one in broken] == [
        (Severity.ERROR, "d1", (1, 1)),
        (Severity.ERROR, "d2", (2, 1)),
    ]
    assert broken[0].message == "Rule NOTE001 (rule-1) failed here and was passed over: ZeroDivisionError: by\nzero."
    assert {one.rule for one in findings} == {INTERNAL, "NOTE001", "NOTE002"}


def test_facts_are_collected_and_concluded_in_the_natural_order_of_the_files(rule: Make) -> None:
    engine = Engine([rule("count", fix="unsafe")])
    reports = [engine.check(volume(path)) for path in ("v/d10.txt", "v/d9.txt")]
    assert engine.conclude(reports) == engine.conclude(reports[::-1])
    (finding,) = engine.conclude(pickle.loads(pickle.dumps(reports)))
    assert (finding.message, finding.document) == ("Found v/d9.txt#d1 v/d10.txt#d1.", "d1")
    assert (finding.place.path, finding.related[0].message) == ("v/d9.txt", "There.")
    assert finding.fix == Fix((Edit(Span(0, 1), "", Position(1, 1), Position(1, 2)),), safe=False)


def test_a_document_without_a_fact_adds_none(rule: Make) -> None:
    report = Engine([rule("count")]).check(volume("v.xml", Medium.TEI, 3))
    assert report.facts == {"NOTE001": (("v.xml", "d1"), ("v.xml", "d3"))}


def test_nothing_is_concluded_of_nothing(rule: Make) -> None:
    engine = Engine([rule("count")])
    assert engine.conclude([]) == []
    assert engine.conclude([FileReport("x", "", None, 0)]) == []


@pytest.mark.parametrize("step", ["collect", "conclude"])
def test_a_check_of_volumes_may_break_too(rule: Make, step: str) -> None:
    engine = Engine([rule("count", parameters={"fails": step})])
    report = engine.check(volume())
    found = [*report.findings, *engine.conclude([report])]
    assert [(one.rule, one.place.path, one.place.start) for one in found] == [(INTERNAL, "v1/d1.txt", (1, 1))]
    assert f"KeyError: '{step}'" in found[0].message


def test_time_is_taken_only_when_asked(rule: Make) -> None:
    rules = [rule("word", 1), rule("file", 2), rule("count", 3)]
    assert Engine(rules).check(volume()).seconds == {}
    seconds = Engine(rules).check(volume(), timed=True).seconds
    assert set(seconds) == {"NOTE001", "NOTE002", "NOTE003"}
    assert all(0 < value < 1 for value in seconds.values())


def test_a_place_travels_as_it_is() -> None:
    there = place(Source("d1.txt", "One.\nTwo.\n"), Span(5, 8))
    again = pickle.loads(pickle.dumps(there))
    assert again == there
    assert [type(part) for part in (again, *again)] == [type(part) for part in (there, *there)]


def test_a_place_that_is_worked_out_late_travels_as_a_place() -> None:
    source = Source("v.xml", "One.\nTwo.\n")
    late, there = LatePlace(source, Span(5, 8)), place(source, Span(5, 8))
    assert late.at_once() == there.at_once() == pickle.loads(pickle.dumps(late)) == there


@pytest.mark.parametrize(("medium", "kind"), [(Medium.TEXT, Place), (Medium.TEI, LatePlace)])
def test_only_of_a_volume_in_one_file_a_place_waits_for_the_end(medium: Medium, kind: type) -> None:
    (document,) = volume(medium=medium).documents
    assert type(place_in(document, Span(0, 1))) is kind


def test_engine_and_report_can_be_pickled(rule: Make) -> None:
    engine = Engine([rule("word", fix="safe"), rule("count", 2)])
    report = engine.check(volume(), timed=True)
    assert pickle.loads(pickle.dumps(report)) == report
    assert pickle.loads(pickle.dumps(engine)).check(volume()).findings == report.findings


def test_parameters_that_do_not_suit_the_check_are_a_configuration_error(rule: Make) -> None:
    with pytest.raises(ConfigurationError, match="rule NOTE001: the check `word` cannot be made: KeyError"):
        Engine([rule("word", parameters={"x": 1})]).check(volume())


def test_what_fruslint_says_of_itself_has_ids_of_its_own() -> None:
    rules = builtin_rules()
    assert not OWN_NAMES.keys() & {rule.id for rule in rules}
    assert not set(OWN_NAMES.values()) & {rule.name for rule in rules}
