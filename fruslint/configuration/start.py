"""The text of a configuration to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from fruslint.configuration.settings import is_page
from fruslint.configuration.survey import Habit, Survey
from fruslint.messages import counted
from fruslint.model import PUBLISHED, Medium
from fruslint.runner import RuleCount

_HEAD = """\
# yaml-language-server: $schema=fruslint.schema.json
#
# What fruslint checks in this folder and below. Begun by `fruslint init`; all keys: docs/configuration-keys.md.
#   fruslint config show FILE                       what holds for a file, and why
#   fruslint config schema > fruslint.schema.json   lets your editor complete and check this file
"""
_CLEAR = 0.9
_MOST_RULES = 5
# What is found less often is a slip of these files, and no rule that does not suit them.
_OFTEN = 5
# What is done less often is no habit yet.
_HABIT = 3


def start(found: Survey, above: str, counts: Sequence[RuleCount], names: dict[str, str]) -> Iterator[str]:
    """The text, in parts. ``above`` is a configuration that held here until now, as a path from this folder."""
    yield _HEAD
    yield f"#\n# Found here: {_media(found)}.\n"
    yield "\n# A built-in set (default, strict, tei, text) or another configuration file to build on.\n"
    yield f"extends: {json.dumps(above, ensure_ascii=False) if above else 'default'}\n"
    yield "\n# Left out, also where they are named on the command line.\n# exclude: [drafts, '*.bak.txt']\n"
    yield "\n# From which severity on a check fails: error, warning, info or never.\n# fail-on: error\n"
    yield from _reading(found)
    yield from _rules(found.habits, counts, names)
    yield _OVERRIDES


_OVERRIDES = """
# What holds for some files or documents only.
# overrides:
#   - files: volume-1/**
#     years: -1951
#     reason: the older volumes have no lists
#     rules:
#       SEC: off
"""


def _media(found: Survey) -> str:
    texts, volumes = found.media[Medium.TEXT], found.media[Medium.TEI]
    parts = [f"{counted(texts, 'memorandum', 'memoranda')} in plain text"] if texts else []
    documents = counted(found.documents - texts, "document")
    parts += [f"{counted(volumes, 'TEI volume')} with {documents}"] if volumes else []
    parts += [f"{counted(found.undecoded, 'file')} not in UTF-8"] if found.undecoded else []
    return ", ".join(parts) or "no edition files yet"


def _reading(found: Survey) -> Iterator[str]:
    if found.undecoded:
        active = "" if found.undecoded > sum(found.media.values()) else "# "
        yield "\n# What bytes mean that are not UTF-8; for some files only, put it into an override.\n"
        yield f"{active}encoding: windows-1252\n"
    if found.undated:
        one = found.undated == 1
        told = (
            "1 document does not say when it was" if one else f"{found.undated:,} documents do not say when they were"
        )
        yield f"\n# {told} written, nor does the folder.\n# year: 1961\n"
    yield from _dialect(found)
    if found.versions:
        version, count = found.versions.most_common(1)[0]
        yield f"\n# {count:,} of {found.versions.total():,} volumes follow this version of the schema.\n"
        yield f"# schema-version: {version}\n"


def _dialect(found: Survey) -> Iterator[str]:
    """What most memoranda do; what is as in the published volumes need not be said."""
    own = own_forms(found)
    if own:
        yield "\n# How the memoranda are written, where that is not as in the published volumes.\ndialect:\n"
    for part, form in own.items():
        counts = found.dialect[part]
        yield f"  {part}: {json.dumps(form, ensure_ascii=False)}  # {counts[form]:,} of {counts.total():,}\n"


def own_forms(found: Survey) -> dict[str, str]:
    """The parts of a dialect that nearly all memoranda write in one way, and not as the published volumes do."""
    most = {part: counts.most_common(1)[0] for part, counts in found.dialect.items() if counts}
    usual = PUBLISHED._asdict()
    clear = {part: form for part, (form, times) in most.items() if times >= _CLEAR * found.dialect[part].total()}
    return {part: form for part, form in clear.items() if form != usual[part] and (part != "page" or is_page(form))}


def _rules(habits: Sequence[Habit], counts: Sequence[RuleCount], names: dict[str, str]) -> Iterator[str]:
    clear = [habit for habit in habits if habit.times >= max(_HABIT, _CLEAR * habit.total)]
    often = (one for one in counts if one.rule in names and one.findings >= _OFTEN)
    most = sorted(often, key=lambda one: (-one.findings, one.rule))[:_MOST_RULES]
    yield "\n# How rules are taken: off, on, error, warning, info, or parameters.\n# rules:\n"
    if clear:
        yield "#   # Habits of these files, to hold every volume to them:\n"
        for habit in clear:
            expected = json.dumps(habit.expected, ensure_ascii=False)
            yield f"#   {habit.rule}: {{expected: {expected}}}  # {names[habit.rule]}: {habit.times:,} of {habit.total:,}\n"
    if most:
        yield "#   # What is found most often here:\n"
        yield from (f"#   {one.rule}: off  # {names[one.rule]}: {counted(one.findings, 'place')}\n" for one in most)
    if not clear and not most:
        yield "#   NOTE: warning\n"
