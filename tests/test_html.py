"""The HTML report as a file: what is on it, that nothing of a document is markup, and that it needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.findings import Finding, Related, Severity, Silence, Silenced, place
from fruslint.model import Medium
from fruslint.outline import Outline, OutlinedDocument, OutlinedPage
from fruslint.reporters import View, reporter
from fruslint.reporters.html_page.contents import Contents
from fruslint.reporters.html_page.excerpts import excerpt
from fruslint.reporters.html_page.words import MARK, MARK_END, coded, html, json_text, safe
from fruslint.runner import Outcome
from fruslint.source import Source, Span

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SEVERAL = str(CORPUS / "defective" / "several")
HOSTILE = (
    "</script><script>alert(1)</script> ]]> <!-- & \"quoted\" 'single' --> \u202eevil\u202c \0 \ud800 \U0001f600 \u200b"
)


def report_of(*paths: str, output: Path, options: tuple[str, ...] = ()) -> str:
    code = main(["check", *paths, *options, "--format", f"html={output}", "--fail-on", "never"])
    assert code == 0
    return output.read_text(encoding="utf-8")


def page_of(outcome: Outcome) -> str:
    return "".join(reporter("html")(outcome, View()))


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


class Elements(HTMLParser):
    """Collects the elements of a page, with the text directly behind each start tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def outcome_with(words: str) -> Outcome:
    """A run over one memorandum with these words wherever there can be words."""
    source = Source(f"{words}/d1.txt", f"1. {words} here\n")
    where = place(source, Span(3, 3 + len(words)))
    finding = Finding("X001", Severity.ERROR, where, f"Found ‘{words}’.", "d1", (Related(where, words),))
    outlined = OutlinedDocument("d1", "1", words, "letter", 0, len(source.text))
    outline = Outline(words, Medium.TEXT, (outlined,), tuple(OutlinedPage(at, f"{words}{at}") for at in range(9)))
    return Outcome(
        every=(finding,),
        counts={Severity.ERROR: 1},
        files=1,
        documents=1,
        names={"X001": words},
        volumes={source.path: words},
        outlines={source.path: outline},
        silenced=(Silenced(finding, Silence("inSource", words, words, words)),),
    )


def test_a_document_cannot_put_markup_on_the_page() -> None:
    hostile, tame = (Elements(page_of(outcome_with(text))).found for text in (HOSTILE, "words"))
    without_signs = [(tag, sorted(attributes)) for tag, attributes in hostile if attributes.get("class") != "sign"]
    assert without_signs == [(tag, sorted(attributes)) for tag, attributes in tame]


def test_what_cannot_be_seen_is_named() -> None:
    page = page_of(outcome_with(HOSTILE))
    assert not re.search("[\x00\u202e\u202c\u200b\ud800-\udfff]", page)
    page.encode()
    assert '<span class="sign" title="right-to-left override">U+202E</span>' in page
    data = data_of(page)
    assert data["signs"]["U+202E"] == "right-to-left override"
    assert data["signs"]["U+0000"] == "control character"
    assert "\x02U+202E\x03evil" in data["findings"][0][7]
    assert "\U0001f600" in data["findings"][0][7]


def test_the_page_needs_nothing_but_itself(tmp_path: Path) -> None:
    page = report_of(str(CORPUS), output=tmp_path / "report.html")
    for tag, attributes in Elements(page).found:
        assert tag not in {"link", "iframe", "object", "embed", "img", "base"}
        assert "src" not in attributes
        address = attributes.get("href") or "#"
        assert address.startswith(("#", "https://history.state.gov/historicaldocuments/frus")), address


def test_the_policy_allows_its_own_style_and_script_alone() -> None:
    page = page_of(Outcome())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for name in ("style", "script"):
        text = re.search(rf'<{name}(?: type="module")?>(.*?)</{name}>', page, re.DOTALL)
        assert text
        checksum = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{checksum}'" in policy[1]
    assert policy[1].startswith("default-src 'none';")


def test_same_input_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [str(CORPUS / "sound"), str(CORPUS / "defective" / "note"), SEVERAL]
    first = report_of(*folders, output=tmp_path / "1.html")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert report_of(*reversed(folders), output=tmp_path / "2.html", options=("--jobs", "2", "--no-cache")) == first


def test_all_findings_are_on_the_page_however_many_the_terminal_shows(tmp_path: Path) -> None:
    few = report_of(SEVERAL, output=tmp_path / "1.html", options=("--max-per-rule", "1"))
    assert data_of(few) == data_of(report_of(SEVERAL, output=tmp_path / "2.html", options=("--max-per-rule", "0")))


def test_a_finding_of_a_memorandum(tmp_path: Path) -> None:
    data = data_of(report_of(SEVERAL, output=tmp_path / "report.html", options=("--select", "PAGE001")))
    (finding,) = data["findings"]
    document, rule, severity, line, column, page, slot, message, words, related = finding
    assert data["rules"][rule][0] == "PAGE001"
    assert data["severities"][severity] == "error"
    assert (line, column, page) == (34, 119, "101")
    assert message == "Page 103 follows page 101: 102 is expected."
    assert f"{MARK}[Page 103]{MARK_END}" in words
    assert related[0][3] == "the page before"
    volume, path, name, title, first, last, url = data["documents"][document]
    assert data["volumes"][volume][0] == "several"
    assert (name, title, first, last, url) == ("d41", "41. Memorandum of Conversation", "100", "103", "")
    assert data["paths"][path].endswith("several/d41.txt")
    assert data["volumes"][volume][2][slot] == "101"


def test_rules_are_explained_with_examples(tmp_path: Path) -> None:
    page = report_of(SEVERAL, output=tmp_path / "report.html", options=("--select", "PAGE001"))
    explained = page[page.index('id="rule-PAGE001"') :]
    assert "It stays silent on" in explained
    assert re.search(
        r'<h4 class="bad"><span>Wrong</span> .+?</h4><figure class="specimen"><ol><li .*?<mark>', explained
    )
    assert '<h4 class="good"><span>Right</span>' in explained


def test_the_list_for_browsers_without_scripts_has_every_finding(tmp_path: Path) -> None:
    page = report_of(str(CORPUS / "defective"), output=tmp_path / "report.html")
    plain = page[page.index("<noscript>") : page.index("</noscript>")]
    assert plain.count("<li>") == len(data_of(page)["findings"]) > 100


def test_what_is_silenced_is_listed_with_its_reason() -> None:
    source = Source("v/d1.txt", "It is as printed.\n")
    finding = Finding("TYPO001", Severity.ERROR, place(source, Span(3, 5)), "Odd.", "d1")
    page = page_of(Outcome(silenced=(Silenced(finding, Silence("external", "As printed", "A. Editor", "2026-05-03")),)))
    assert '<a href="#silenced">1 finding</a> left out' in page
    assert "<i>As printed</i> (A. Editor, 2026-05-03)" in page
    assert "<mark>is</mark>" in page


def test_a_run_that_finds_nothing_says_what_it_looked_at(tmp_path: Path) -> None:
    page = report_of(str(CORPUS / "sound"), output=tmp_path / "report.html", options=("--select", "PAGE001"))
    assert "<h1>Nothing to report</h1>" in page
    assert '<li><span>frus1964-68v90</span> <span class="aside">6 documents</span></li>' in page
    assert data_of(page)["findings"] == []


def contents(path: str, group: str, outline: Outline | None, *findings: Finding) -> Contents:
    outlines = {path: outline} if outline else {}
    return Contents(Outcome(every=findings, volumes={path: group}, outlines=outlines))


def at(path: str, offset: int, document: str = "") -> Finding:
    return Finding("X001", Severity.INFO, place(Source(path, "x" * 100), Span(offset, offset + 1)), "Here.", document)


TWO = (OutlinedDocument("d1", "1", "A Letter", "letter", 10, 40), OutlinedDocument("d2", "2", "", "letter", 40, 90))
PAGES = tuple(OutlinedPage(start, label) for start, label in ((5, "1"), (30, "2"), (60, "3")))


def test_a_volume_links_to_the_edition_by_the_name_of_its_file() -> None:
    made = contents("in/frus1955-57v01.xml", "in/frus1955-57v01.xml", Outline("other", Medium.TEI, TWO, PAGES))
    site = "https://history.state.gov/historicaldocuments/frus1955-57v01"
    assert [(one.title, one.page, one.last_page, one.url) for one in made.documents] == [
        ("Outside the documents", "", "", ""),
        ("1. A Letter", "1", "2", f"{site}/d1"),
        ("", "2", "3", f"{site}/d2"),
    ]


@pytest.mark.parametrize("name", ["volume", "frus", "frus1955-57v01 ", "frus1955/../x", "FRUS1955"])
def test_no_link_for_what_is_no_volume_of_the_edition(name: str) -> None:
    made = contents(f"{name}.xml", f"{name}.xml", Outline("", Medium.TEI, TWO, PAGES))
    assert {one.url for one in made.documents} == {""}


def test_findings_stand_on_pages_and_before_the_first() -> None:
    path = "frus1955-57v01.xml"
    outline = Outline("", Medium.TEI, TWO, PAGES)
    made = contents(path, path, outline, at(path, 2), at(path, 35, "d1"), at(path, 70, "d2"))
    assert made.volumes[0].along == "pages"
    assert [(one.document, one.slot, one.page) for one in made.standings] == [(0, 0, ""), (1, 1, "2"), (2, 2, "3")]


def test_pages_that_begin_anew_with_each_document_are_not_drawn_along() -> None:
    pages = tuple(OutlinedPage(start, str(start % 3)) for start in range(0, 90, 2))
    made = contents("v.xml", "v.xml", Outline("", Medium.TEI, TWO, pages), at("v.xml", 50, "d2"))
    assert made.volumes[0].along == "documents"
    assert made.volumes[0].slots == ["v.xml", "d1", "d2"]
    assert made.standings[0].slot == 2


def test_a_file_that_could_not_be_read_has_a_place_of_its_own() -> None:
    made = contents("v/d1.txt", "v", None, at("v/d1.txt", 0), at("gone.txt", 0))
    assert [(made.documents[one.document].name, one.slot) for one in made.standings] == [("gone.txt", 0), ("d1.txt", 0)]


@pytest.mark.parametrize(
    ("char", "shown", "title"),
    [
        ("\n", "line end", "U+000A"),
        ("\u200f", "U+200F", "right-to-left mark"),
        ("\x1b", "U+001B", "control character"),
        ("\udcff", "\\xff", "a byte that is not UTF-8"),
        ("\ue000", "U+E000", "private character"),
    ],
)
def test_names_of_what_cannot_be_seen(char: str, shown: str, title: str) -> None:
    assert safe(f"a{char}b") == f'a<span class="sign" title="{title}">{shown}</span>b'


def test_hard_spaces_are_named_only_where_they_are_the_matter() -> None:
    assert safe("a\u00a0b") == "a\u00a0b"
    assert html(coded("a\u00a0b", marked=True)) == 'a<span class="sign" title="no-break space">U+00A0</span>b'


@given(st.text())
def test_any_text_is_text(text: str) -> None:
    page = safe(text)
    page.encode()
    assert not re.search(r"<(?!/?span)", page)
    assert "\0" not in page
    assert "\x02" not in page


@given(st.text(st.characters(exclude_categories=["C", "Z", "M"])))
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    shown = "".join(Elements(f"<p>{html(coded(text))}</p>").words)
    named = re.compile(r"U\+[0-9A-F]+")
    assert named.sub("", shown) == named.sub("", "".join(char for char in text if coded(char) == char))


@given(st.recursive(st.text() | st.integers(), st.lists))
def test_data_can_stand_in_a_page(value: Any) -> None:
    text = json_text(value)
    text.encode()
    assert not re.search("[<>&\x00-\x1f\x7f-\x9f]", text)
    assert json.loads(text) == value


@given(st.text(st.sampled_from("ab .\n\t"), min_size=1, max_size=400), st.data())
def test_an_excerpt_marks_the_words_of_the_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(start + 50, len(text))))
    words = excerpt(place(Source("d.txt", text), Span(start, end)))
    if words:
        marked = words[words.index(MARK) + 1 : words.index(MARK_END)]
        assert marked == coded(text[start:end].split("\n", 1)[0], marked=True)
