"""What rules find in the front and back matter of a volume: prefaces, lists and appendices."""

from __future__ import annotations

from helpers_tei import document, read_volume, tei

from fruslint.engine import Engine
from fruslint.rules import builtin_rules

PREFACE = '<div type="section" xml:id="preface"><head>Preface</head><p>We thank teh harbor.</p></div>'
PERSONS = """<div type="section" xml:id="persons"><head>Persons</head><list type="names">
<item><hi rend="strong"><persName xml:id="p_OA1">Orme, Ada</persName>,</hi> Minister to March 1,1962</item></list></div>"""
INDEX = '<div type="section" xml:id="index"><head>Index</head><list type="index"><item>Harbor,teh</item></list></div>'
LETTER = document(
    '<head>7. Letter</head><p>The ships came.</p><div type="section" xml:id="a"><p>On teh quay.</p></div>'
)


def found(front: str, back: str = "") -> list[tuple[str, str, str]]:
    """The rule, the document and the marked words of each finding of two rules over words."""
    volume = read_volume(tei(f'<div type="chapter" xml:id="c1"><head>Ships</head>{LETTER}</div>', front, back))
    engine = Engine(rule for rule in builtin_rules() if rule.id in ("TYPO009", "TYPO030"))
    text = volume.source.text
    return [
        (one.rule, one.document, text[one.place.span.start : one.place.span.end])
        for one in engine.check(volume).findings
    ]


def test_words_of_prefaces_and_lists_are_looked_at() -> None:
    assert found(PREFACE + PERSONS) == [("TYPO030", "", "teh"), ("TYPO009", "", ","), ("TYPO030", "d7", "teh")]


def test_the_index_and_the_table_of_contents_are_left_out() -> None:
    contents = '<div type="section" xml:id="toc"><head>Contents</head><p>Ships,teh</p></div>'
    assert found(contents, INDEX) == [("TYPO030", "d7", "teh")]


def test_sections_are_no_documents() -> None:
    volume = read_volume(tei(LETTER, PREFACE, INDEX))
    assert [one.id for one in volume.documents] == ["d7"]
    assert [one.id for one in volume.matter] == ["preface"]


def test_a_rule_that_does_not_ask_for_it_sees_documents_only() -> None:
    volume = read_volume(tei(LETTER, PREFACE))
    rules = [rule._replace(matter=False) for rule in builtin_rules() if rule.id == "TYPO030"]
    assert [one.document for one in Engine(rules).check(volume).findings] == ["d7"]
