"""The pages for users are true: commands print what they say, links lead somewhere, generated pages are up to date."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import test_scenarios as scenarios

from fruslint.cli import main
from fruslint.configuration.start import start
from fruslint.configuration.survey import survey
from fruslint.language.vocabulary import section_kind
from fruslint.reporters.home import HOME
from fruslint.rules import load_rule
from fruslint.rules.examples import load_examples
from fruslint.trial import try_example

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ALL_PAGES = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "corpus" / "README.md"]
_LINK = re.compile(r"\]\((?!https?:)([^)\s#]+)(?:#([\w-]+))?\)")
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CI_COMMAND = re.compile(r"^python3 -m venv \.venv && .* -m pytest -n auto$", re.MULTILINE)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def with_commands() -> list[Path]:
    return [page for page in PAGES if "```console\n" in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", with_commands(), ids=name)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
    scenarios.test_scenario(page, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```python\n" in page.read_text(encoding="utf-8")], ids=name
)
def test_examples_in_python_import_what_there_is(page: Path) -> None:
    for example in _PYTHON.findall(page.read_text(encoding="utf-8")):
        exec(compile(example, name(page), "exec"), {"__name__": "example"})


@pytest.mark.parametrize("page", ALL_PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        found = page.parent / target
        assert found.exists(), f"{name(page)} links to {target}, which does not exist"
        if anchor:
            assert anchor in anchors(found), f"{name(page)} links to {target}#{anchor}, and there is no such heading"


def anchors(page: Path) -> set[str]:
    """The names that headings have in links."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """`docs/generate.py`, which makes its pages once here: it takes longest of all that these tests do."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.pages = cache(module.pages)  # type: ignore[attr-defined]
    return module


def test_generated_pages_are_up_to_date(generator: ModuleType) -> None:
    stale = [name(path) for path in generator.outdated()]
    assert not stale, f"run `python docs/generate.py`: {', '.join(stale)}"


def test_generated_pages_are_named_for_rules_only(
    generator: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    made = {docs / path.relative_to(generator.DOCS): text for path, text in generator.pages().items()}
    monkeypatch.setattr(generator, "DOCS", docs)
    monkeypatch.setattr(generator, "pages", lambda: made)
    (docs / "rules").mkdir(parents=True)
    old = docs / "rules" / "NOTE999.md"
    old.write_text("a rule that is gone")
    assert old in generator.outdated()
    assert generator.main([]) == 0
    assert not old.exists()
    assert all(path.exists() for path in made)
    assert generator.outdated() == []
    assert generator.main(["--check"]) == 0


def test_labels_of_the_format_page_are_known() -> None:
    text = (ROOT / "docs" / "plain-text.md").read_text(encoding="utf-8")
    table = text.partition("## Labels that are known")[2].partition("\n## ")[0]
    labels = [
        label for cells in re.findall(r"^\| .* \| ([A-Z].*) \|$", table, re.MULTILINE) for label in cells.split(", ")
    ]
    assert len(labels) > 20
    assert [label for label in labels if not section_kind(label)] == []


def test_ci_finds_the_test_command_of_the_readme() -> None:
    found = _CI_COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found == [
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/python -m pytest -n auto"
    ]
    assert r"^python3 -m venv \.venv && .* -m pytest -n auto$" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_options_and_exit_codes_of_the_readme_exist() -> None:
    from fruslint.cli.check import _EPILOG, configure
    from fruslint.cli.parser import command_parser

    parser = command_parser("check")
    configure(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(--[\w-]+)", text, re.MULTILINE))
    assert named, "the README has a table of options"
    assert named <= known
    codes = re.findall(r"^\| ([0-9]+) \|", text, re.MULTILINE)
    assert codes == re.findall(r"^  (\d+) ", _EPILOG, re.MULTILINE)


def test_the_project_has_one_address() -> None:
    pages = [*ALL_PAGES, ROOT / "pyproject.toml"]
    named = {
        found for page in pages for found in re.findall(r"https://github\.com/fruslint/\w+", page.read_text("utf-8"))
    }
    assert named == {HOME}


def test_the_schema_of_configurations_has_one_name_wherever_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert main(["config", "--help"]) == 0
    begun = "".join(start(survey((), ()), "", (), {}))
    named = re.findall(r"(?:\$schema=|config schema > )([\w.]+)", page + capsys.readouterr().out + begun)
    assert len(named) == 5
    assert set(named) == {"fruslint.schema.json"}


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "house").glob("*.yaml")), ids=lambda path: path.stem)
def test_rules_of_the_sample_house_do_what_their_examples_say(path: Path) -> None:
    rule = load_rule(path)
    assert [problem for example in load_examples(rule) for problem in try_example(rule, example)] == []
