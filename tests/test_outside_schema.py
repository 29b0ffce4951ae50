"""A house's own schemas: what is refused, and what they cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers_tei import document, tei

from fruslint.engine import Engine
from fruslint.errors import ConfigurationError
from fruslint.findings import UNCHECKED, Finding
from fruslint.readers import read_bytes
from fruslint.rules import builtin_rules, digest

RULE = next(rule for rule in builtin_rules() if rule.id == "TEI014")
RELAX_NG = '<element name="x" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'
SCHEMATRON = (
    '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>'
    '<pattern><rule context="{}"><assert test="{}">Wrong.</assert></rule></pattern></schema>'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    inner = tmp_path / "edition"
    inner.mkdir()
    monkeypatch.chdir(inner)
    return inner


def find(*schemas: str, text: str = "") -> list[Finding]:
    engine = Engine([RULE._replace(parameters={"schemas": list(schemas)})])
    return list(engine.check(read_bytes("v.xml", (text or tei(document("<p n='1'/>"))).encode())).findings)


def test_a_schema_in_a_file_is_named_in_the_message(folder: Path) -> None:
    (folder / "house.sch").write_text(SCHEMATRON.format("tei:p", "false()"), encoding="utf-8")
    (finding,) = find("house.sch")
    assert finding.message == "Wrong (house.sch)."


def test_a_schematron_may_speak_of_attributes() -> None:
    text = tei(document("<p n='1'/>"))
    (finding,) = find(SCHEMATRON.format("tei:p/@n", "false()"), text=text)
    assert text[slice(*finding.place.span)] == "1"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.rng", None, "the file is gone"),
        ("../outside.rng", RELAX_NG, "or below it"),
        ("house.rnc", "start = element x { empty }", "convert it to the XML syntax"),
        ("house.rng", "<element", "lxml cannot use this schema"),
        ("house.rng", RELAX_NG.replace("<empty/>", "<emtpy/>"), "lxml cannot use this schema"),
        ("house.rng", RELAX_NG.replace("<empty/>", '<externalRef href="http://127.0.0.1/"/>'), "includes another file"),
        (
            "house.rng",
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]>{RELAX_NG.replace("<empty/>", "&e;")}',
            "lxml cannot",
        ),
        ("house.sch", SCHEMATRON.format("tei:p", "for $x in . return $x"), "asserts in XPath 2 can become house rules"),
        ("house.sch", SCHEMATRON.replace("<schema ", '<schema queryBinding="xslt2" '), "its query language is xslt2"),
    ],
)
def test_what_cannot_be_used_is_refused(name: str, content: str | None, message: str, folder: Path) -> None:
    if content is not None:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        find(name)


def test_a_function_that_there_is_not_is_said() -> None:
    (finding,) = find(SCHEMATRON.format("tei:p", "exists(@n)"))
    assert finding.rule == UNCHECKED
    assert "Unregistered function" in finding.message


def test_a_schematron_reads_no_other_file(folder: Path) -> None:
    (folder / "secret.xml").write_text("<secret/>", encoding="utf-8")
    test = f"document('{(folder / 'secret.xml').as_uri()}')/secret"
    (finding,) = find(SCHEMATRON.format("tei:p", f"not({test})"))
    assert finding.rule == UNCHECKED


def test_a_schema_that_changes_makes_files_unknown(folder: Path) -> None:
    rule = RULE._replace(parameters={"schemas": ["house.sch"]})
    digests = set()
    for test in ("true()", "false()", None):
        if test is None:
            (folder / "house.sch").unlink()
        else:
            (folder / "house.sch").write_text(SCHEMATRON.format("tei:p", test), encoding="utf-8")
        digests.add(digest([rule]))
    assert len(digests) == 3
