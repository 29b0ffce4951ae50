"""Memoranda in the dialects that a house can name: read alike, and turned into each other by fixes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.engine import Engine
from fruslint.fixing.workpiece import Workpiece
from fruslint.model import PUBLISHED, Dialect, Document
from fruslint.readers import read_bytes
from fruslint.readers.plain.pages import find_pages
from fruslint.rules import builtin_rules

MEMO = """\
61. Memorandum of Conversation{m1}

SUBJECT

  {b} Lighthouse Dues

PARTICIPANTS

  {b} Denmark
    {b} Ambassador Karsten Vinding
  {b} US
    {b} Mr. Marlowe, EUR/NE

The Ambassador asked that the dues be paid in kroner in 1962.{m2} A lighthouse shone for everybody, {p214} and who should
pay for the dark? It was late.

{p215}

“We have a claim,” he said.{m3}

  1. Source: Department of State, Central Files, 959.851/2–2063. Confidential. Drafted by Calloway.
  2. See Document 58.
  3. He returned to the subject; see Document 66.
"""
BULLETS = ["•", "-", "*", "–", "·"]
PAGES = ["[Page N]", "[p. N]", "(Page N)", "[pg N]"]
OTHER_PAGES = ["[N]", "{N}", "|N|", "--N--", "<<page N>>"]
MARKERS = ["N", "[N]", "(N)", "¹"]


def memorandum(dialect: Dialect) -> str:
    raised = str.maketrans("123", "¹²³")
    form = "N" if dialect.marker == "¹" else dialect.marker
    markers = {f"m{number}": form.replace("N", str(number)) for number in (1, 2, 3)}
    if dialect.marker == "¹":
        markers = {key: text.translate(raised) for key, text in markers.items()}
    pages = {f"p{number}": dialect.page.replace("N", str(number)) for number in (214, 215)}
    return MEMO.format(b=dialect.bullet, **markers, **pages)


def read(dialect: Dialect) -> Document:
    (document,) = read_bytes("d61.txt", memorandum(dialect).encode(), dialect=dialect).documents
    return document


def said(document: Document) -> list[object]:
    """What is read, wherever it stands."""
    return [
        [(block.kind, block.text.content) for block in document.blocks],
        [(marker.label.number, marker.note) for marker in document.markers],
        [page.label.number for page in document.page_breaks],
        [one.kind for one in document.anomalies],
    ]


def dialects() -> Iterator[Dialect]:
    return (Dialect(*parts) for parts in product(BULLETS, [*PAGES, *OTHER_PAGES], MARKERS))


@pytest.mark.parametrize("dialect", list(dialects()), ids=" ".join)
def test_all_dialects_are_read_alike(dialect: Dialect) -> None:
    if dialect.page != dialect.marker:
        assert said(read(dialect)) == said(read(PUBLISHED))


@pytest.mark.parametrize(("one", "other"), list(product(MARKERS, MARKERS)))
@pytest.mark.parametrize("page", [*PAGES, *OTHER_PAGES])
def test_a_fix_turns_one_dialect_into_another(one: str, other: str, page: str) -> None:
    if page in (one, other):
        return  # a page and a marker that look alike
    before, after = Dialect("-", "[Page N]", one), Dialect("*", page, other)
    rules = [rule for rule in builtin_rules() if rule.id in ("PART006", "PAGE004", "NOTE016")]
    reader = partial(read_bytes, dialect=after)
    piece = Workpiece(Engine(rules), "d61.txt", memorandum(before).encode(), unsafe=False, read=reader)
    piece.settle()
    assert piece.data.decode() == memorandum(after)


@given(st.text(alphabet="[]{}|-pP. 0123456789ivN\n", max_size=60), st.sampled_from([*PAGES, *OTHER_PAGES]))
def test_page_breaks_never_overlap(text: str, form: str) -> None:
    spans = [page.span for page in find_pages(text, form).breaks]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_parts_are_said_in_several_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d61.txt").write_text(memorandum(Dialect("-", "[N]", "(N)")), encoding="utf-8")
    Path("base.yaml").write_text("dialect: {bullet: '-', page: '{N}'}\n", encoding="utf-8")
    text = "extends: base.yaml\ndialect: {page: '[N]'}\noverrides: [{files: 'd*', dialect: {marker: (N)}}]\n"
    Path("fruslint.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "--select", "PART,PAGE,NOTE"]) == 0
    assert main(["config", "show", "d61.txt"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if "dialect." in line]
    assert [(row[0], row[-1]) for row in rows] == [
        ("dialect.bullet", "base.yaml:1"),
        ("dialect.page", "fruslint.yaml:2"),
        ("dialect.marker", "fruslint.yaml:3"),
    ]


def test_notes_without_indentation_are_read_from_the_first() -> None:
    text = (
        memorandum(PUBLISHED).replace("\n  1. S", "\n1. S").replace("\n  2. S", "\n2. S").replace("\n  3. H", "\n3. H")
    )
    (document,) = read_bytes("d61.txt", text.encode()).documents
    assert [note.label.number for note in document.notes] == [1, 2, 3]
    assert [marker.note for marker in document.markers] == [0, 1, 2]
