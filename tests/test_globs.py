"""Path patterns: what they fit, and what is none."""

from __future__ import annotations

import pytest

from fruslint.globs import matches, parse_glob

FITS = [
    ("drafts", "/h/drafts", True),
    ("drafts", "/h/a/drafts/b/c.txt", True),
    ("drafts", "/h/drafts2/c.txt", False),
    ("drafts/", "/h/a/drafts/c.txt", True),
    ("*.txt", "/h/a/b.txt", True),
    ("*.txt", "/h/a/b.TXT", False),
    ("a/*.txt", "/h/a/b.txt", True),
    ("a/*.txt", "/h/c/a/b.txt", False),
    ("a/*.txt", "/h/a/c/b.txt", False),
    ("a/**/*.txt", "/h/a/c/d/b.txt", True),
    ("a/**/*.txt", "/h/a/b.txt", True),
    ("**/b.txt", "/h/b.txt", True),
    ("/b.txt", "/h/b.txt", True),
    ("/b.txt", "/h/a/b.txt", False),
    ("./a", "/h/a/x", True),
    ("a/b", "/h/a/b/c/d.txt", True),
    ("d?.txt", "/h/d1.txt", True),
    ("d?.txt", "/h/d12.txt", False),
    ("d[0-4].txt", "/h/d3.txt", True),
    ("a/b", "/elsewhere/a/b", False),
    ("b", "/elsewhere/a/b", True),
    ("Dépêches", "/h/Dépêches/d1.txt", True),
]


@pytest.mark.parametrize(("pattern", "path", "fits"), FITS)
def test_a_pattern_fits_names_and_paths(pattern: str, path: str, fits: bool) -> None:
    assert matches(parse_glob(pattern, "/h"), path) is fits


@pytest.mark.parametrize("pattern", ["", "/", "a//b", "../a", "a/../b", "./.", "x" * 301])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        parse_glob(pattern, "/h")


def test_no_pattern_takes_long() -> None:
    glob = parse_glob("/".join(["**", "*a*a*a*a*b"] * 25)[:300], "/h")
    assert not matches(glob, "/h/" + "/".join(["a" * 200] * 50))
