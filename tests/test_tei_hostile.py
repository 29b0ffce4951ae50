"""Hostile TEI files under all rules, those in XPath too: a finding each, no failure, bounded time."""

from __future__ import annotations

import random
import time
from functools import cache
from pathlib import Path

import pytest
from helpers_tei import NAMESPACES, document, tei

from fruslint.engine import Engine
from fruslint.findings import INTERNAL, Finding
from fruslint.readers import read_bytes
from fruslint.rules import builtin_rules

SOUND = Path(__file__).resolve().parents[1] / "corpus" / "sound" / "frus1964-68v90.xml"
PLACES = 50


@cache
def engine() -> Engine:
    return Engine(builtin_rules())


def find(data: bytes | str) -> tuple[Finding, ...]:
    """What all rules find, none of which may fail."""
    found = engine().check(read_bytes("v.xml", data if isinstance(data, bytes) else data.encode())).findings
    assert [finding.message for finding in found if finding.rule == INTERNAL] == []
    return found


def nested(name: str, depth: int) -> str:
    return f"<TEI {NAMESPACES}><text><body>{f'<{name}>' * depth}{f'</{name}>' * depth}</body></text></TEI>"


@pytest.mark.parametrize("place", range(PLACES))
def test_a_volume_that_breaks_off(place: int) -> None:
    data = SOUND.read_bytes()
    length = random.Random(place).randrange(len(data))
    (finding,) = find(data[:length])
    assert finding.rule in ("FILE003", "FILE004")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (nested("div", 4_000), "LINT002"),
        (nested("hi", 20_000), "LINT002"),
        (tei(document("<p>" + "<hi/>" * 20_000 + "</p>")), "TEI025"),
        (tei(document("<p/>" * 20_000)), "TEI004"),
        (tei(document('<p xml:id="1 x">a</p>')), "TEI027"),
        (f'<!DOCTYPE TEI [<!ENTITY a "x">]><TEI {NAMESPACES}>&a;</TEI>', "FILE003"),
        (f'<!DOCTYPE TEI SYSTEM "file:///etc/passwd"><TEI {NAMESPACES}/>', "FILE003"),
        ("<!DOCTYPE html><html><body/></html>", "FILE004"),
        ('<TEI xmlns="http://example.com/"/>', "FILE004"),
        ("<TEI/>", "FILE004"),
        ("<catalog><book/></catalog>", "FILE004"),
    ],
    ids=["divisions", "styles", "in-a-line", "empty", "id", "entity", "external", "html", "foreign", "bare", "other"],
)
def test_a_hostile_file_is_a_finding(text: str, rule: str) -> None:
    began = time.process_time()
    assert rule in {finding.rule for finding in find(text)}
    assert time.process_time() - began < 30
