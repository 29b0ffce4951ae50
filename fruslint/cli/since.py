"""``fruslint check --since``: what changed since a revision, and what is found there and was not found then."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from fruslint.cli.removed import Removed, removed_volumes, renamed, vanished
from fruslint.cli.session import nothing_there
from fruslint.errors import ConfigurationError
from fruslint.paths import is_edition_file, is_volume, lies_in, slashed
from fruslint.record import Record

if TYPE_CHECKING:
    from fruslint.cli.session import Session
    from fruslint.engine import Engine
    from fruslint.files import Task
    from fruslint.processes.work import Means
    from fruslint.repository.revisions import Change, Revision


class _Changed(Record):
    """A file that is reported on: its task, and what it held at the revision, None for a new one."""

    task: Task
    before: bytes | None


def compared(options: Namespace, session: Session, means: Means) -> Session:
    """The session for what changed since the revision that the options name; raises ConfigurationError.

    A text is compared with the others of its folder, so that these are looked at too; they are not reported on.
    """
    from fruslint.repository.revisions import GitError, changes, find_revision

    revision = find_revision(options.since, _where(options, session))
    _refuse_outside(revision, session.tasks)
    try:
        every = changes(revision)
        changed = _changed(revision, session.tasks, every)
        gone = _gone(revision, changed, session, every) if options.new_only else ()
        held = _held(revision, removed_volumes(options, session, every))
    except GitError as error:
        raise ConfigurationError(f"git cannot compare with `{options.since}`: {error}") from None
    if not session.tasks and not held:
        raise nothing_there(options, session.house)
    changed, removed = _without_renamed(changed, held)
    tasks = tuple(_with_earlier(changed, session.tasks))
    paths = frozenset((*(one.task.found.path for one in changed), *(one.path for one in removed)))
    silences = session.silences._replace(changed=paths)
    if options.new_only:
        before = _found_before(session.engine, (*_earlier(changed, tasks), *gone), means)
        silences = silences._replace(before=before)
    return session._replace(tasks=tasks, silences=silences, beforehand=tuple(vanished(removed, session)))


def _where(options: Namespace, session: Session) -> str:
    """A folder in the repository."""
    if session.tasks:
        return _folder(_real(session.tasks[0])) or "/"
    return os.path.realpath(next((path for path in options.paths if os.path.isdir(path)), "."))


def _changed(revision: Revision, tasks: Sequence[Task], every: Iterable[Change]) -> list[_Changed]:
    from fruslint.repository.revisions import contents

    by_path = {change.path: change for change in every if change.path}
    found = [(task, by_path.get(_real(task))) for task in tasks]
    chosen = [(task, change) for task, change in found if change is not None]
    held = contents(revision, (change.blob for _, change in chosen if change.blob))
    return [_Changed(task, held.get(change.blob)) for task, change in chosen]


def _held(revision: Revision, blobs: Mapping[str, str]) -> list[Removed]:
    from fruslint.repository.revisions import contents

    held = contents(revision, blobs.values())
    return [Removed(path, held[blob]) for path, blob in blobs.items() if blob in held]


def _without_renamed(changed: list[_Changed], removed: Sequence[Removed]) -> tuple[list[_Changed], tuple[Removed, ...]]:
    """New volumes that were removed under another name are compared with what they were, and are not removed."""
    new = [one.task for one in changed if one.before is None and is_volume(one.task.found.path)]
    if not new or not removed:
        return changed, tuple(removed)
    names = renamed(removed, {task.found.path: _data(task) for task in new})
    again = [one._replace(before=names[one.task.found.path].data) if _is_named(one, names) else one for one in changed]
    return again, tuple(one for one in removed if one not in names.values())


def _is_named(one: _Changed, names: Mapping[str, Removed]) -> bool:
    return one.task.found.path in names


def _data(task: Task) -> bytes:
    from fruslint.files import TooLargeError, data_of

    try:
        return b"" if task.found.problem else data_of(task)
    except (OSError, TooLargeError):
        return b""


def _refuse_outside(revision: Revision, tasks: Iterable[Task]) -> None:
    for task in tasks:
        if not lies_in(_real(task), revision.root):
            message = f"{task.found.path} does not lie in the repository of --since, {revision.root}"
            raise ConfigurationError(message)


def _real(task: Task) -> str:
    return slashed(os.path.realpath(task.found.path))


def _with_earlier(changed: Sequence[_Changed], tasks: Sequence[Task]) -> list[Task]:
    """The tasks of the changed files with what they held, and those of the other texts in their folders."""
    before = {one.task.found.path: one.before for one in changed}
    folders = {_folder(path) for path in before if not is_volume(path)}
    chosen = []
    for task in tasks:
        path = task.found.path
        if path in before:
            chosen.append(task._replace(earlier=before[path]) if is_volume(path) else task)
        elif _folder(path) in folders and not is_volume(path):
            chosen.append(task)
    return chosen


def _earlier(changed: Sequence[_Changed], tasks: Iterable[Task]) -> list[Task]:
    """The tasks for the files as they were; those that were not there are left out."""
    before = {one.task.found.path: one.before for one in changed}
    then = [task._replace(data=before.get(task.found.path, task.data), earlier=None) for task in tasks]
    return [task for task in then if task.found.path not in before or task.data is not None]


def _gone(revision: Revision, changed: Sequence[_Changed], session: Session, every: Iterable[Change]) -> list[Task]:
    """The tasks for texts that were taken out of folders in which others changed."""
    from fruslint.discovery import Found, reported_path
    from fruslint.files import Task
    from fruslint.repository.revisions import contents

    folders = {_folder(_real(one.task)) for one in changed}
    lost: list[Change] = [one for one in every if not one.path and _folder(one.before) in folders]
    texts = [one for one in lost if is_edition_file(one.before) and not is_volume(one.before)]
    held = contents(revision, (one.blob for one in texts))
    named = [(reported_path(one.before), held[one.blob]) for one in texts if one.blob in held]
    return [Task(Found(name, name), data=data) for name, data in named if session.engine.knows(name)]


def _found_before(engine: Engine, tasks: Sequence[Task], means: Means) -> Mapping[str, list[str]]:
    from fruslint.runner import run as run_tasks

    outcome = run_tasks(engine, tasks, fingerprints=True, means=means)
    found: dict[str, list[str]] = {}
    for finding in outcome.every:
        found.setdefault(finding.place.path, []).append(finding.fingerprint)
    return found


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
