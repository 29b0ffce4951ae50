"""Work shared among processes: the same findings whoever did it, and no file is lost when a process dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import accumulate, pairwise
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint import files
from fruslint.discovery import Found
from fruslint.engine import Engine
from fruslint.filereport import WHOLE, FileReport, Part, join_parts
from fruslint.files import LastRead, Task, check_file, lost_file, read
from fruslint.model import Document, Volume
from fruslint.processes import workers
from fruslint.processes.pool import are_copies
from fruslint.processes.work import Means, Work
from fruslint.processes.workers import Done
from fruslint.readers import read_source
from fruslint.readers.tei.documents import DocumentReader
from fruslint.readers.tei.documents import Place as DocumentPlace
from fruslint.rules import builtin_rules
from fruslint.runner import Outcome, run
from fruslint.silencing.silences import Silences
from fruslint.source import Source, Span

ROOT = Path(__file__).resolve().parents[1]
CORPUS = sorted([*(ROOT / "corpus").rglob("*.txt"), *(ROOT / "corpus").rglob("*.xml")])
DEADLY = "deadly.txt"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine([rule for rule in builtin_rules() if rule.default])


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    return [Task(Found(path.relative_to(ROOT).as_posix(), str(path))) for path in CORPUS]


@pytest.fixture(scope="module")
def alone(engine: Engine, tasks: list[Task]) -> Outcome:
    return run(engine, tasks, means=Means(1))


@pytest.mark.parametrize("jobs", [2, 5])
def test_processes_find_what_one_finds(engine: Engine, tasks: list[Task], alone: Outcome, jobs: int) -> None:
    assert same(run(engine, tasks, means=Means(jobs)), alone)


def test_the_order_of_the_files_makes_no_difference(engine: Engine, tasks: list[Task], alone: Outcome) -> None:
    assert same(run(engine, tasks[::-1], means=Means(2)), alone)


def test_any_executor_will_do(engine: Engine, tasks: list[Task], alone: Outcome) -> None:
    with ThreadPoolExecutor(2) as executor:
        assert same(run(engine, tasks, means=Means(2, executor)), alone)


def in_order(found: Iterable[Done]) -> list[FileReport]:
    """The reports on the files of a run, each of which comes once."""
    numbered = sorted(found, key=itemgetter(0))
    assert [number for number, _ in numbered] == list(range(len(numbered)))
    return [report for _, report in numbered]


def same(found: Outcome, expected: Outcome) -> bool:
    return (found.findings, found.files, found.documents) == (expected.findings, expected.files, expected.documents)


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_the_parts_of_a_volume_give_what_the_whole_gives(engine: Engine, count: int) -> None:
    for path in (ROOT / "corpus").rglob("*.xml"):
        volume = read_source(Source(path.name, path.read_text(encoding="utf-8")))
        parts = [engine.check(volume, part=Part(number, count)) for number in range(count)]
        assert engine.closed(join_parts(parts)) == engine.closed(engine.check(volume)), path


def test_large_files_are_cut_where_there_are_few_of_them(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_LARGE", 1)
    volume = next((ROOT / "corpus").glob("sound/**/*.xml"))
    task = Task(Found("v.xml", str(volume)))
    size = volume.stat().st_size
    assert len(workers._chunks([task], [size], 2, 16)) == 16
    assert len(workers._chunks([task] * 9, [size] * 9, 2, 16)) == 9
    found = workers.check_in_processes(partial(check_file, engine), [task], [size], 2, lost_file)
    assert list(map(engine.closed, in_order(found))) == [engine.closed(check_file(engine, task))]


def test_a_process_reads_a_file_once_for_all_its_parts(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [Task(Found(path.name, str(path))) for path in CORPUS if path.suffix == ".xml"][:2]
    asked: list[str] = []

    def noted(task: Task, lazily: bool = False) -> Volume:
        asked.append(task.found.path)
        return read(task, lazily)

    monkeypatch.setattr(files, "read", noted)
    reader = LastRead()
    for task in tasks:
        parts = [check_file(engine, task, Part(number, 5), reader) for number in range(5)]
        assert engine.closed(join_parts(parts)) == engine.closed(check_file(engine, task))
    assert asked == [name for task in tasks for name in (task.found.path, task.found.path)]


def test_what_cannot_be_read_in_one_part_of_a_file_is_not_checked(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    divisions = "".join(f'<div type="document" n="{n}" xml:id="d{n}"><head>{n}.</head></div>' for n in range(1, 9))
    file = tmp_path / "v.xml"
    file.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{divisions}</body></text></TEI>')
    task = Task(Found("v.xml", str(file)))
    sound = DocumentReader.read
    asked: list[str] = []

    def failing(self: DocumentReader, where: DocumentPlace) -> Document:
        document = sound(self, where)
        asked.append(document.id)
        if document.id in failures:
            raise ValueError(document.id)
        return document

    monkeypatch.setattr(DocumentReader, "read", failing)
    failures: set[str] = set()
    check_file(engine, task, Part(2, 4), LastRead())
    assert asked == ["d4", "d5", "d6"]
    failures = {"d5", "d7"}
    whole = check_file(engine, task)
    assert "ValueError: d5" in whole.findings[0].message
    assert join_parts([check_file(engine, task, Part(number, 4), LastRead()) for number in range(4)]) == whole


def test_a_file_that_goes_while_it_is_checked_is_not_checked(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "v.xml"
    task = Task(Found("v.xml", str(file)))
    unread = [check_file(engine, task, Part(number, 3), LastRead()) for number in range(3)]
    file.write_bytes(next((ROOT / "corpus").rglob("*.xml")).read_bytes())
    readable = [check_file(engine, task, Part(number, 3), LastRead()) for number in range(3)]
    assert join_parts(unread) == unread[0]
    (finding,) = join_parts([*readable[:2], unread[2]]).findings
    assert "check it again" in finding.message


def test_processes_that_begin_afresh_find_the_same(
    engine: Engine, tasks: list[Task], alone: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_LARGE", 5_000)
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        assert not are_copies()
        assert same(run(engine, tasks, means=Means(2)), alone)
    finally:
        over.set()
        other.join()


def test_processes_find_the_same_in_parts_of_files_and_whole_ones(
    engine: Engine, tasks: list[Task], alone: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = sorted(Path(task.found.file).stat().st_size for task in tasks)
    monkeypatch.setattr(workers, "_LARGE", sizes[-3])
    assert same(run(engine, tasks, means=Means(2)), alone)


TEXT = "{}. Memorandum of Conversation\n\nSUBJECT\n\n  • Tabs\n\n" + "He said\tso.\n" * 40
VOLUME = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}<text><body><div type="document" xml:id="d1" n="1"><head>1. Letter</head>'
    + "<p>He said ,, so.</p>" * 40
    + "</div></body></text></TEI>"
)
INSTRUCTION = '<?fruslint ignore-file TYPO008 reason="They stand so in the original"?>'


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("limit", [1, 10])
def test_what_is_shown_is_the_same_where_no_more_is_kept(engine: Engine, tmp_path: Path, limit: int, jobs: int) -> None:
    held = {"d1.txt": TEXT.format(1), "d2.txt": TEXT.format(2), "a.xml": VOLUME.format("")}
    held["b.xml"] = VOLUME.format(INSTRUCTION)
    for name, text in held.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    tasks = [Task(Found(name, str(tmp_path / name))) for name in held]
    kept, all_kept = (
        run(engine, tasks, limit, silences=Silences(engine.rules), means=Means(jobs), every=every)
        for every in (False, True)
    )
    assert max(finding.more for finding in kept.findings) > 20
    assert len(kept.silenced) == 40
    assert kept._replace(seconds=0) == all_kept._replace(seconds=0, every=())
    most = [len(report.findings) for report in Work(engine, tasks[:3], Means(jobs), briefly=True).reports()]
    assert max(most) < 40


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(1, 40))
def test_each_document_is_in_one_part(lengths: list[int], total: int) -> None:
    volume = read_source(Source("d1.txt", "1. Memorandum\n"))
    ends = list(accumulate(lengths, initial=0))
    documents = [volume.documents[0]._replace(span=Span(*ends_of)) for ends_of in pairwise(ends)]
    parts = [Part(number, total).of(documents) for number in range(total)]
    assert [document.span for part in parts for document in part] == [document.span for document in documents]


def test_chunks_hold_each_file_once_and_not_too_many() -> None:
    tasks = [Task(Found(f"d{number}.txt", "")) for number in range(1000)]
    sizes = [number * 37 % 9000 for number in range(1000)]
    chunks = workers._chunks(tasks, sizes, 2, 16)
    assert sorted(piece.number for chunk in chunks for piece in chunk.pieces) == list(range(1000))
    assert max(len(chunk.pieces) for chunk in chunks) <= 100
    assert len(chunks) >= 16


def deadly(task: Task, part: Part = WHOLE) -> FileReport:
    """A check that is killed by one file, as by a lack of memory."""
    if task.found.path == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return FileReport(task.found.path, "", None, part.total)


def test_a_process_that_dies_takes_only_its_file_with_it() -> None:
    names = [*(f"d{number}.txt" for number in range(30)), DEADLY, *(f"e{number}.txt" for number in range(5))]
    tasks = [Task(Found(name, name)) for name in names]
    reports = in_order(workers.check_in_processes(deadly, tasks, [100] * len(tasks), 2, lost_file))
    assert [report.path for report in reports] == names
    assert [report.path for report in reports if report.findings] == [DEADLY]
    [finding] = next(report for report in reports if report.path == DEADLY).findings
    assert finding.rule == "LINT001"
    assert "died" in finding.message


def deadly_at_its_end(task: Task, part: Part = WHOLE) -> FileReport:
    """A check that is killed by the last part of a file."""
    if part.number and part.number + 1 == part.total:
        os.kill(os.getpid(), signal.SIGKILL)
    return FileReport(task.found.path, "", None, part.number, ())


def test_a_file_that_kills_a_process_in_one_of_its_parts_is_reported_once() -> None:
    tasks = [Task(Found("v.xml", "")), Task(Found("d1.txt", ""))]
    found = workers.check_in_processes(deadly_at_its_end, tasks, [10_000_000, 100], 2, lost_file)
    volume, other = in_order(found)
    assert volume == lost_file(tasks[0])
    assert not other.findings


def broken(task: Task, part: Part = WHOLE) -> FileReport:
    raise RuntimeError(f"{task.found.path} {part.number}")


def test_an_error_in_a_process_is_raised_here_and_leaves_no_process_behind() -> None:
    with pytest.raises(RuntimeError, match=r"d1\.txt 0"):
        list(workers.check_in_processes(broken, [Task(Found("d1.txt", ""))], [100], 2, lost_file))
    deadline = time.monotonic() + 10
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not multiprocessing.active_children()


def wait_for_workers(parent: int) -> None:
    """Wait until a process has begun two others, and they are at work."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    deadline = time.monotonic() + 30
    while children.exists() and len(children.read_text().split()) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3 if children.exists() else 3)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_ctrl_c_ends_a_run_at_once_and_cleanly(tmp_path: Path) -> None:
    text = "1. Memorandum of Conversation1\n\n" + "He said that he would come, and that they would go. " * 60_000
    for number in range(8):
        (tmp_path / f"d{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "fruslint", "check", "--jobs", "2", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        wait_for_workers(process.pid)
        assert process.poll() is None, "the run was over before it could be stopped"
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "fruslint: stopped\n")
