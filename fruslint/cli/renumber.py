"""``fruslint renumber``: makes the notes of documents count up again, with all that refers to them."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN, FINDINGS
from fruslint.cli.output import add_screen, prepare, write, write_bytes
from fruslint.cli.parser import Parser
from fruslint.cli.session import Reader, add_configuration, reader_for
from fruslint.discovery import Found, describe, names_beside
from fruslint.errors import ConfigurationError
from fruslint.messages import counted
from fruslint.near import did_you_mean
from fruslint.record import Record
from fruslint.terminal import Screen

if TYPE_CHECKING:
    from fruslint.findings import Place
    from fruslint.model import Document, Volume
    from fruslint.renumbering.plan import Plan, Remark, Renumbered

_DESCRIPTION = """\
Makes the notes of a document count up again after one was added or taken away.

Markers, notes, ids and all that refers to them in the file move together: references, second markers, the numbers that
references show, and words such as ‘footnote 3 above’ where it is certain what they mean. Nothing else changes. The
old and the new numbers are printed, and what refers to a note and was not moved.

Give a note that you add any number, such as that of the note before it. In a memorandum its marker and its entry in
the list must be there, with the same number; a document whose markers and notes do not come out even is left alone,
and it is said what is missing.
"""
_EPILOG = """\
examples:
  fruslint renumber d326.txt                          the notes of a memorandum
  fruslint renumber frus1961-63v06.xml d75            those of one document of a volume
  fruslint renumber frus1961-63v06.xml --diff         show what would change in the whole volume, and write nothing
  fruslint renumber d326.txt --also d327.txt          move references in another file too

exit codes:
  0    the numbers are in order, or were put in order
  1    a document could not be renumbered; with --diff also: there is something to change
  2    wrong usage: an unknown option or document, a file that cannot be read or written
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument("file", metavar="FILE", help="a memorandum or a volume")
    # With a default argparse does not say that one is needed.
    parser.add_argument(
        "documents", nargs="*", default=[], metavar="DOC", help="documents of a volume, such as d75; default: all"
    )
    parser.add_argument("--diff", action="store_true", help="print what would change, and write nothing")
    parser.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="FILE",
        help="another file in which references to these notes move along (may be given more than once)",
    )
    add_configuration(parser)
    parser.set_defaults(rules=None)
    add_screen(parser)


class _Changed(Record):
    """A file with what is planned for it: its path, its bytes, how it was read."""

    path: str
    data: bytes
    volume: Volume
    plan: Plan


def run(options: Namespace) -> int:
    """Renumber the file that the options name; raises ConfigurationError for what cannot be done."""
    screen = prepare(options)
    main, given, others = _planned(options)
    changed = [main, *given]
    if options.diff:
        _show(changed, options)
        sys.stderr.writelines(_told(changed, others, Screen(), done=False))
        return FINDINGS if main.plan.refused or any(one.plan.edits for one in changed) else CLEAN
    for one in changed:
        _write(one)
    write(_told(changed, others, screen), options)
    return FINDINGS if main.plan.refused else CLEAN


def _planned(options: Namespace) -> tuple[_Changed, list[_Changed], list[_Changed]]:
    """What is to be done in the file, in those that were given with it, and what others would need."""
    given = {os.path.realpath(path): path for path in options.also}
    for path in options.also:
        _read(path)
    read = reader_for(options)
    main = _plan(read, options.file, options.documents)
    others = list(_neighbours(read, main, given)) if main.plan.done is not None and main.plan.edits else []
    along = [one for one in others if os.path.realpath(one.path) in given]
    return main, along, [one for one in others if os.path.realpath(one.path) not in given]


def _plan(read: Reader, path: str, wanted: Sequence[str]) -> _Changed:
    """What is to be done in the file."""
    from fruslint.model import Medium

    data = _read(path)
    volume = read(path, data)
    if volume.medium is None or not volume.documents:
        detail = next((anomaly.values.get("detail", "") for anomaly in volume.anomalies), "") or "it has no documents"
        raise ConfigurationError(f"this file cannot be renumbered: {detail}", path=path)
    chosen = _chosen(volume, wanted)
    if volume.medium is Medium.TEXT:
        from fruslint.renumbering.memoranda import plan_memorandum

        return _Changed(path, data, volume, plan_memorandum(volume))
    from fruslint.renumbering.volumes import plan_volume

    return _Changed(path, data, volume, plan_volume(volume, chosen))


def _read(path: str) -> bytes:
    from fruslint.files import Task, data_of

    try:
        return data_of(Task(Found(path, path), limit=0))
    except (OSError, ValueError) as error:
        hint = "name one memorandum or volume" if os.path.isdir(path) else ""  # noqa: PTH112 - it takes any text
        raise ConfigurationError(f"`{path}` cannot be read: {describe(error)}", hint=hint) from None


def _chosen(volume: Volume, wanted: Sequence[str]) -> list[Document]:
    """The documents with these ids, or all; raises ConfigurationError for an id that none has."""
    by_id = {document.id: document for document in volume.documents}
    for name in wanted:
        if name not in by_id and f"d{name}" not in by_id:
            hint = did_you_mean(name, by_id)
            raise ConfigurationError(f"there is no document `{name}` in it", path=volume.source.path, hint=hint)
    chosen = [by_id.get(name) or by_id[f"d{name}"] for name in wanted]
    return chosen or list(volume.documents)


def _neighbours(read: Reader, main: _Changed, given: Iterable[str]) -> Iterator[_Changed]:
    """The files beside the one that is renumbered, and those given, that refer to its notes."""
    from fruslint.renumbering.neighbours import may_refer, plan_neighbour

    done: Renumbered | None = main.plan.done
    if done is None:
        return
    for path in _beside(main.path, given):
        data = _read(path)
        if may_refer(data, done):
            volume = read(path, data)
            plan = plan_neighbour(volume, done)
            if plan.edits or plan.left:
                yield _Changed(path, data, volume, plan)


def _beside(path: str, given: Iterable[str]) -> list[str]:
    """All files with the same ending in the folder of ``path``, and those given, but for itself."""
    own = os.path.realpath(path)
    ending = Path(path).suffix.lower()
    beside = (Path(path).with_name(name) for name in names_beside(path))
    found = {os.path.realpath(one): str(one) for one in beside if one.suffix.lower() == ending}
    found.update({os.path.realpath(one): one for one in given})
    found.pop(own, None)
    return [one for one in found.values() if Path(one).is_file()]


def _after(one: _Changed) -> bytes:
    """The bytes of a file after its plan."""
    from fruslint.fixing.fixes import apply_to_bytes

    return apply_to_bytes(one.data, one.plan.edits, one.volume.source.encoding)


def _write(one: _Changed) -> None:
    """Write a file, unless it is no longer what was read; raises ConfigurationError where that is not possible."""
    from fruslint.fixing.writing import write_fixed

    problem = write_fixed(one.path, one.data, _after(one)) if one.plan.edits else ""
    if problem:
        raise ConfigurationError(f"`{one.path}` was not written: {problem}")


def _show(changed: Sequence[_Changed], options: Namespace) -> None:
    """Show what would change, on the screen or in the file of ``--output``."""
    if options.output is None:
        write_bytes(_diffs(changed), colored=not options.no_color)
    else:
        write((part.decode("utf-8", "backslashreplace") for part in _diffs(changed)), options)


def _diffs(changed: Sequence[_Changed]) -> Iterator[bytes]:
    from fruslint.fixing.unified import unified

    for one in changed:
        yield from unified(one.volume.source.path, one.data, _after(one))


def _told(
    changed: Sequence[_Changed], named: Sequence[_Changed], screen: Screen, *, done: bool = True
) -> Iterator[str]:
    """What was done, or would be, and what not."""
    plan = changed[0].plan
    yield from (_remark(remark, "not renumbered: ", screen) for remark in plan.refused)
    yield from _map(plan, screen)
    for one in changed:
        yield from (_remark(remark, "not moved: ", screen) for remark in one.plan.left)
    for one in named:
        yield from _named(one, screen)
    yield _summary(changed, screen, "" if done else "would be ")


def _map(plan: Plan, screen: Screen) -> Iterator[str]:
    """The old and the new numbers, a line for each note."""
    for move in plan.moves:
        yield f"{_where(move.place, screen)}: {screen.show(move.document)} note {screen.show(move.old)} -> {move.new}\n"


def _named(one: _Changed, screen: Screen) -> Iterator[str]:
    for place in one.plan.references:
        yield f"{_where(place, screen)}: not moved: this refers to a note that has another number now (see --also)\n"
    yield from (_remark(remark, "not moved: ", screen) for remark in one.plan.left)


def _remark(remark: Remark, what: str, screen: Screen) -> str:
    return f"{_where(remark.place, screen)}: {what}{screen.show(remark.message)}\n"


def _where(place: Place, screen: Screen) -> str:
    from fruslint.reporters.text import where

    return where(place, screen)


def _summary(changed: Sequence[_Changed], screen: Screen, would: str) -> str:
    plan = changed[0].plan
    path = screen.show(changed[0].volume.source.path)
    if not plan.edits:
        in_order = f"{counted(plan.notes, 'note')} {'is' if plan.notes == 1 else 'are'} in order"
        state = "nothing was changed" if plan.refused else f"nothing to renumber, {in_order}"
        return f"{path}: {state}\n"
    references = sum(len(one.plan.references) for one in changed)
    files = f" in {len(changed)} files" if len(changed) > 1 else ""
    notes = counted(len(plan.moves), "note")
    return f"{path}: {notes} {would}renumbered, {counted(references, 'reference')} {would}moved{files}\n"
