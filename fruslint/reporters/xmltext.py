"""Text in XML 1.0, which cannot hold every character at all."""

from __future__ import annotations

from collections.abc import Mapping

from fruslint.patterns import late
from fruslint.terminal import visible

_UNLAWFUL = late("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_SPECIAL = late('[&<>"\t\n\r]')

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def escaped(text: str) -> str:
    """``text`` as it may stand in an attribute or between tags; what XML cannot hold is shown by name."""
    lawful = _UNLAWFUL.sub(lambda found: visible(found[0]), text)
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], lawful)


def start_tag(name: str, attributes: Mapping[str, object]) -> str:
    """A start tag without its last bracket, so that it can be ended either way."""
    return f"<{name}" + "".join(f' {key}="{escaped(str(value))}"' for key, value in attributes.items())
