"""The HTML report in a browser: what an editor sees and does.

It needs Chromium: `.ci/run` installs it, and lets no test be skipped.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from fruslint.cli import main
from fruslint.findings import Finding, Severity, place
from fruslint.model import Medium
from fruslint.outline import Outline, OutlinedDocument, OutlinedPage
from fruslint.reporters import View, reporter
from fruslint.rules import builtin_rules
from fruslint.runner import Outcome
from fruslint.source import Source, Span

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
CONTRASTS = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOSTILE = """\
42. Memorandum <script>window.pwned = 1</script>1

SUBJECT

  • Cuba ]]> </script><script>window.pwned = 2</script> <img src=x onerror="window.pwned = 3">

PARTICIPANTS

  • Norway
  • Mr. \u202eDrawkcab\u202c

He said (that \U0001f600 it was \u200b so.3 <style>*{display:none}</style> [Page 101] LONGWORD

  1. Source: <b onclick=window.pwned=4>Department of State</b>.
""".replace("LONGWORD", "W" * 300)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            # the sandbox of the browser cannot be had in a container that runs as root
            started = playwright.chromium.launch(executable_path=found, chromium_sandbox=False)
        except Error as error:
            if os.environ.get("FRUSLINT_NO_SKIPS"):
                raise
            pytest.skip(f"there is no Chromium here: {error.message.splitlines()[0]}")
        yield started
        started.close()


class Opened:
    """A report that is open in the browser, with all that went wrong since."""

    def __init__(self, browser: Browser, file: Path, **settings: Any) -> None:
        settings.setdefault("viewport", {"width": 1280, "height": 900})
        settings.setdefault("reduced_motion", "reduce")
        self.context = browser.new_context(**settings)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def wait_for_list(self) -> None:
        """Until the list has grown as far as it does by itself."""
        before, now = -1, 0
        while now != before:
            self.page.wait_for_timeout(100)
            before, now = now, self.page.locator(".finding").count()

    def count(self) -> str:
        return self.page.locator("#count").inner_text()

    def ids(self) -> set[str]:
        return set(self.page.locator(".finding .rule-id").all_inner_texts())


def write(folder: Path, *paths: str, options: tuple[str, ...] = ()) -> Path:
    output = folder / "report.html"
    assert main(["check", *paths, *options, "--format", f"html={output}", "--fail-on", "never"]) == 0
    return output


RULES = {
    rule.id: rule
    for rule in builtin_rules()
    if rule.id
    in {"DATE001", "NAME001", "NOTE001", "NOTE002", "NOTE003", "PAGE001", "PAGE002", "SEC001", "TYPO001", "TYPO009"}
}
WORDS = "The Secretary said that the Ambassador would return within a week.3 He then asked about the grain. " * 4


def many(count: int) -> Outcome:
    """A run over one volume of 400 documents and 900 pages, with so many findings."""
    source = Source("memoranda/frus1961-63v15.xml", "\n".join([WORDS] * 50))
    documents = tuple(
        OutlinedDocument(f"d{n}", str(n), f"Memorandum {n}", "memorandum", n * 10, n * 10 + 9) for n in range(400)
    )
    outline = Outline("frus1961-63v15", Medium.TEI, documents, tuple(OutlinedPage(n * 20, str(n)) for n in range(900)))
    findings = tuple(_finding(source, n, count) for n in range(count))
    return Outcome(
        every=findings,
        counts=Counter(finding.severity for finding in findings),
        files=1,
        documents=400,
        names={rule.id: rule.name for rule in RULES.values()},
        ran=tuple(RULES.values()),
        volumes={source.path: source.path},
        outlines={source.path: outline},
    )


def _finding(source: Source, number: int, count: int) -> Finding:
    start = number * 19_000 // count
    rule = list(RULES.values())[number % len(RULES)]
    message = f"Marker {number} has no note; the last note is 2."
    severity = list(Severity)[number % 3]
    return Finding(rule.id, severity, place(source, Span(start, start + 5)), message, f"d{number * 400 // count}")


def written(outcome: Outcome, file: Path) -> Path:
    file.write_text("".join(reporter("html")(outcome, View())), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def volume_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(many(300), tmp_path_factory.mktemp("volume") / "report.html")


@pytest.fixture
def opened(browser: Browser, volume_report: Path) -> Iterator[Opened]:
    made = Opened(browser, volume_report)
    yield made
    made.context.close()
    assert made.wrong == []


def test_it_opens_and_asks_for_nothing_else(browser: Browser, tmp_path: Path) -> None:
    file = write(
        tmp_path, *(str(CORPUS / name) for name in ("sound", "defective/several", "defective/tei", "defective/file"))
    )
    opened = Opened(browser, file)
    expect(opened.page.locator(".finding").first).to_be_visible()
    assert (opened.wrong, opened.asked) == ([], [file.as_uri()])
    assert opened.page.title().endswith("· fruslint")
    opened.context.close()


def test_the_list_grows_as_one_reads(opened: Opened) -> None:
    cards = opened.page.locator(".finding")
    assert 0 < cards.count() < 300
    for _ in range(12):
        opened.page.locator(".sentinel").evaluate("one => one.scrollIntoView()")
        opened.page.wait_for_timeout(20)
    expect(cards).to_have_count(300)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
@pytest.mark.parametrize("width", [1280, 700, 360])
def test_the_list_does_not_grow_while_the_rules_are_read(
    browser: Browser, volume_report: Path, width: int, motion: str
) -> None:
    opened = Opened(browser, volume_report, viewport={"width": width, "height": 800}, reduced_motion=motion)
    opened.wait_for_list()
    opened.page.get_by_role("link", name="Rules", exact=True).click()
    opened.page.wait_for_timeout(300)
    assert opened.page.locator(".finding").count() < 300
    expect(opened.page.get_by_role("heading", name="The rules, explained")).to_be_in_viewport()
    opened.context.close()


def test_many_findings_of_a_rule_are_folded(opened: Opened) -> None:
    opened.page.get_by_role("combobox", name="Order").select_option("rule")
    first = opened.page.locator(".group").first
    expect(first.locator(".finding")).to_have_count(10)
    first.get_by_role("button", name="Show 20 more findings of DATE001 here").click()
    expect(first.locator(".finding")).to_have_count(30)
    expect(first.locator(".finding").nth(10)).to_be_focused()


def test_filters_choose_findings_and_stand_in_the_address(opened: Opened) -> None:
    page = opened.page
    page.get_by_role("checkbox", name="error").uncheck()
    page.get_by_role("checkbox", name="warning").uncheck()
    assert set(page.locator(".finding .severity").all_inner_texts()) == {"info"}
    assert "severity=info" in page.url
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator("#count")).to_contain_text("All")
    page.get_by_role("combobox", name="Rule", exact=True).select_option("NOTE")
    assert opened.ids()
    assert {id_[:4] for id_ in opened.ids()} == {"NOTE"}
    page.get_by_role("combobox", name="Rule", exact=True).select_option("NOTE001")
    assert opened.ids() == {"NOTE001"}
    page.get_by_role("combobox", name="Document", exact=True).select_option(label="0. Memorandum 0 (1)")
    expect(page.locator("#count")).to_have_text("0 of 300 findings")
    assert page.locator("#count").get_attribute("aria-live") == "polite"


def test_search_finds_words_and_says_when_there_are_none(opened: Opened) -> None:
    page = opened.page
    page.get_by_role("searchbox").fill("marker ships")
    expect(page.locator(".nothing")).to_contain_text("No finding is like that.")
    expect(page.locator("#count")).to_have_text("0 of 300 findings")
    page.get_by_role("searchbox").fill("MÀRKER-without-note memorandum 7")
    expect(page.locator(".finding").first).to_be_visible()
    assert opened.ids() == {"NOTE001"}
    page.locator("#clear").click()
    expect(page.locator("#count")).to_have_text("All 300 findings")


def test_a_choice_can_be_kept_as_an_address(browser: Browser, volume_report: Path, opened: Opened) -> None:
    opened.page.get_by_role("combobox", name="Rule", exact=True).select_option("NOTE001")
    said, address = opened.count(), opened.page.url
    other = opened.context.new_page()
    other.goto(address)
    expect(other.locator("#count")).to_have_text(said)
    assert other.get_by_role("combobox", name="Rule", exact=True).input_value() == "NOTE001"


def test_a_bar_and_a_column_show_what_they_stand_for(opened: Opened) -> None:
    page = opened.page
    page.locator(".bars a", has_text="NOTE").first.click()
    assert "rule=NOTE" in page.url
    page.locator(".strip a").first.click()
    expect(page.locator("#stretch")).to_contain_text("on page")
    assert "at=" in page.url
    expect(page.locator(".finding").first).to_be_in_viewport()


def test_a_document_opens_the_edition(opened: Opened) -> None:
    link = opened.page.get_by_role("link", name="read it on history.state.gov").first
    assert (link.get_attribute("href") or "").startswith("https://history.state.gov/historicaldocuments/frus")
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_finding_is_explained_where_it_stands(opened: Opened) -> None:
    card = opened.page.locator(".finding").first
    card.get_by_text("Why?").click()
    expect(card.get_by_text("It stays silent on").or_(card.get_by_text("Wrong")).first).to_be_visible()
    expect(card.locator(".specimen").first).to_be_visible()


def test_all_can_be_reached_by_keyboard(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the findings")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the findings")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    cards = page.locator(".finding")
    cards.first.focus()
    page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(cards.first).to_be_focused()
    page.keyboard.press("e")
    expect(cards.first.locator(".explained")).to_be_visible()


def test_arrows_walk_along_a_volume(opened: Opened) -> None:
    columns = opened.page.locator(".strip").first.locator("a")
    assert columns.evaluate_all("all => all.filter((one) => one.tabIndex === 0).length") == 1
    columns.first.focus()
    opened.page.keyboard.press("ArrowRight")
    expect(columns.nth(1)).to_be_focused()
    opened.page.keyboard.press("Enter")
    assert "at=" in opened.page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_can_be_read(browser: Browser, volume_report: Path, scheme: Any) -> None:
    opened = Opened(browser, volume_report, color_scheme=scheme)
    page = opened.page
    page.locator(".why").first.evaluate("one => { one.open = true; }")
    page.locator("details.rule").first.evaluate("one => { one.open = true; }")
    assert page.evaluate(CONTRASTS) == []
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Light theme" if scheme == "dark" else "Dark theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    assert page.evaluate(CONTRASTS) == []
    opened.context.close()


def test_a_screen_reader_finds_landmarks_and_names(opened: Opened) -> None:
    page = opened.page
    for role in ("banner", "main", "search", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    unnamed = page.locator("input, select, button").evaluate_all(
        "all => all.filter((one) => !(one.labels?.length || one.textContent.trim())).length"
    )
    assert unnamed == 0


@pytest.mark.parametrize("width", [320, 390, 800])
def test_nothing_sticks_out_on_a_small_screen(browser: Browser, tmp_path: Path, width: int) -> None:
    opened = Opened(browser, write(tmp_path, hostile(tmp_path)), viewport={"width": width, "height": 800})
    expect(opened.page.locator(".finding").first).to_be_attached()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 700:
        expect(opened.page.get_by_role("combobox", name="Rule", exact=True)).to_be_hidden()
        opened.page.get_by_role("button", name="Filters").click()
        expect(opened.page.get_by_role("combobox", name="Rule", exact=True)).to_be_visible()
    opened.context.close()


def hostile(folder: Path) -> str:
    file = folder / "frus1961-63v99" / "d42.txt"
    file.parent.mkdir()
    file.write_text(HOSTILE, encoding="utf-8")
    return str(file.parent)


def test_a_document_is_text_and_nothing_else(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, write(tmp_path, hostile(tmp_path), options=("--extend-select", "ALL")))
    page = opened.page
    expect(page.locator(".finding").first).to_be_visible()
    words = page.locator("#list").inner_text()
    assert "<script>window.pwned = 1</script>" in words
    assert "]]>" in words
    assert "\U0001f600" in words
    assert "\u202e" not in words
    expect(page.locator('.sign[title="right-to-left override"]').first).to_have_text("U+202E")
    assert page.evaluate("window.pwned") is None
    assert page.locator("#list :is(script, img, style, b[onclick])").count() == 0
    assert (opened.wrong, len(opened.asked)) == ([], 1)
    opened.context.close()


def test_without_scripts_there_is_a_summary_and_a_list(browser: Browser, volume_report: Path) -> None:
    opened = Opened(browser, volume_report, java_script_enabled=False)
    page = opened.page
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".bar").first).to_be_visible()
    expect(page.locator(".plain li").first).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#theme")).to_be_hidden()
    opened.context.close()


def test_a_clean_run_has_no_empty_list(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, write(tmp_path, str(CORPUS / "sound"), options=("--select", "PAGE001")))
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Nothing to report")
    expect(opened.page.locator("#findings")).to_be_hidden()
    assert opened.wrong == []
    opened.context.close()


def test_on_paper_all_that_is_chosen_is_printed(opened: Opened) -> None:
    page = opened.page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".finding")).to_have_count(300)
    expect(page.locator("#filters")).to_be_hidden()


def test_twenty_thousand_findings_open_in_two_seconds(browser: Browser, tmp_path: Path) -> None:
    file = written(many(20_000), tmp_path / "report.html")
    context = browser.new_context()
    page = context.new_page()
    # the time of the processor, since other tests may be at work on the same machine
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(file.as_uri())
    expect(page.locator(".finding").first).to_be_visible()
    expect(page.locator("#count")).to_have_text("All 20,000 findings")
    assert spent(session) < 2
    before = spent(session)
    page.get_by_role("searchbox").fill("marker 19999")
    expect(page.locator("#count")).to_have_text("1 of 20,000 findings")
    assert spent(session) - before < 1
    context.close()


def spent(session: Any) -> float:
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    seconds: float = metrics["TaskDuration"]
    return seconds
