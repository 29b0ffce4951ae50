"""Numbers of bytes are read and said as people write them, on the command line as in a configuration."""

from __future__ import annotations

import re

import pytest

from fruslint.configuration.load import schema
from fruslint.sizes import parse_size, size_in_words

_FORM = re.compile(schema()["properties"]["max-file-size"]["pattern"])


@pytest.mark.parametrize(
    ("text", "size"),
    [("0", 0), ("10", 10), ("5k", 5120), ("64M", 64 << 20), ("64 MB", 64 << 20), ("2 GiB", 2 << 30), ("7B", 7)],
)
def test_sizes_are_read_as_people_write_them(text: str, size: int) -> None:
    assert parse_size(text) == size
    assert _FORM.search(text), "a configuration takes what an option takes"


@pytest.mark.parametrize("text", ["", "M", "-1", "1.5M", "3 apples", "5X", "10 K M", "1" * 13, "٣", "５"])
def test_what_is_no_size_is_none(text: str) -> None:
    assert parse_size(text) is None
    assert not _FORM.search(text)


def test_sizes_are_said_as_people_write_them() -> None:
    assert [size_in_words(n) for n in (0, 1023, 1024, 1536, 64 << 20, 3 << 30)] == [
        "0 bytes",
        "1023 bytes",
        "1 KiB",
        "1.5 KiB",
        "64 MiB",
        "3 GiB",
    ]
