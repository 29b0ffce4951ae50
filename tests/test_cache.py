"""What is known from earlier runs: never another result, and nothing lost whatever happens to the file."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fruslint.cache import keys as cachekeys
from fruslint.cache import store as cache_module
from fruslint.cache import values as cachevalues
from fruslint.cache.database import CacheFile, Result, State
from fruslint.cache.folder import cache_folder
from fruslint.cache.store import Cache, cache_file
from fruslint.cli import main
from fruslint.discovery import discover
from fruslint.engine import Engine
from fruslint.files import Task
from fruslint.processes.work import Means
from fruslint.rules import builtin_rules
from fruslint.runner import Outcome, run

ROOT = Path(__file__).resolve().parents[1]
Check = Callable[..., Outcome]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine([rule for rule in builtin_rules() if rule.default])


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of some of the samples, long unchanged as far as the clock is concerned."""
    monkeypatch.setattr(cachekeys, "_FRESH", 0)
    shutil.copytree(ROOT / "corpus" / "sound", tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def checked(engine: Engine, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Checks the files with a cache, and says how many of them were looked at."""

    def check(
        engine: Engine = engine, limit: int = cache_module.LIMIT, problem: str = "", named: Path = files
    ) -> Outcome:
        looked_at: list[str] = []
        real = Engine.check

        def counting(self: Engine, volume: object, *more: object, **others: object) -> object:
            looked_at.append("")
            return real(self, volume, *more, **others)  # type: ignore[arg-type]

        monkeypatch.setattr(Engine, "check", counting)
        cache = Cache(tmp_path / "cache", engine.settings, limit)
        outcome = run(engine, tasks(named), means=Means(cache=cache))
        cache.close()
        monkeypatch.setattr(Engine, "check", real)
        assert problem in cache.problem if problem else not cache.problem
        assert outcome.findings == run(engine, tasks(named)).findings, "the cache has changed what was found"
        return outcome._replace(files=len(looked_at))

    return check


def tasks(folder: Path) -> list[Task]:
    return [Task(found) for found in discover([str(folder)]).files]


def test_nothing_is_looked_at_twice(checked: Check, files: Path) -> None:
    assert checked().files == len(tasks(files))
    assert checked().files == 0


def test_a_file_that_has_changed_is_looked_at_again_and_what_depends_on_it(checked: Check, files: Path) -> None:
    checked()
    changed = sorted(files.rglob("d4*.txt"))[0]
    other = changed.read_text(encoding="utf-8").replace(changed.stem[1:] + ". ", "999. ", 1)
    changed.write_text(other, encoding="utf-8")
    outcome = checked()
    assert outcome.files == 1
    assert {"DOC002"} <= {finding.rule for finding in outcome.findings}
    changed.unlink()
    assert checked().files == 0


def test_a_link_that_leads_elsewhere_is_another_file(checked: Check, files: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    text = next(files.rglob("d4*.txt")).read_text(encoding="utf-8")
    first.write_text(text, encoding="utf-8")
    second.write_text(text.replace(" the ", " teh ", 1), encoding="utf-8")
    shutil.rmtree(files)
    files.mkdir()
    for folder, held in (("a", first), ("b", second)):
        (tmp_path / folder).mkdir()
        held.rename(tmp_path / folder / "d1.txt")
        (files / "v").unlink(missing_ok=True)
        (files / "v").symlink_to(tmp_path / folder, target_is_directory=True)
        assert checked(named=files / "v" / "d1.txt").files == 1
    assert checked(named=files / "v" / "d1.txt").files == 0


def test_a_file_with_the_same_words_in_other_clothes_is_known_by_its_content(checked: Check, files: Path) -> None:
    checked()
    for path in files.rglob("*.*"):
        os.utime(path, (1, 1))
    assert checked().files == 0


def test_a_file_that_was_only_just_changed_is_not_trusted_to_look_changed(
    checked: Check, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (cache_module, cachekeys):
        monkeypatch.setattr(module, "state_of", lambda file: ("the same", False))
    checked()
    path = next(files.rglob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8") + "{", encoding="utf-8")
    assert checked().files == 1


def test_other_rules_give_other_results(checked: Check, engine: Engine, files: Path) -> None:
    checked()
    fewer = Engine([rule for rule in engine.rules if rule.family == "NOTE"])
    assert checked(fewer).files == len(tasks(files))
    first, *rest = fewer.rules
    louder = Engine([first._replace(parameters={**first.parameters, "kinds": ["x"]}), *rest])
    assert louder.settings("") != fewer.settings("")
    assert Engine(fewer.rules).settings("") == fewer.settings("")


def test_a_damaged_file_is_done_without(checked: Check, files: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    cache_file(tmp_path / "cache").write_bytes(b"this is no database, but it is long enough to look like one" * 20)
    assert checked(problem="not a database").files == len(tasks(files))


def test_a_file_of_an_earlier_form_is_begun_anew(checked: Check, files: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    with sqlite3.connect(cache_file(tmp_path / "cache")) as connection:
        connection.execute("CREATE TABLE results (key BLOB PRIMARY KEY, value BLOB NOT NULL)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert checked().files == len(tasks(files))
    assert checked().files == 0


def test_a_damaged_result_is_made_again(checked: Check, files: Path, tmp_path: Path) -> None:
    checked()
    with sqlite3.connect(cache_file(tmp_path / "cache")) as connection:
        connection.execute("UPDATE results SET value = X'80055D', facts = X'00'")
    connection.close()
    assert checked().files == len(tasks(files))
    assert checked().files == 0


def test_facts_that_are_gone_are_made_again(checked: Check, files: Path, tmp_path: Path) -> None:
    checked()
    with sqlite3.connect(cache_file(tmp_path / "cache")) as connection:
        connection.execute("UPDATE results SET facts = X'00' WHERE facts <> X''")
    connection.close()
    next(files.rglob("*.txt")).unlink()
    assert checked().files > 0
    assert checked().files == 0


def test_a_folder_that_cannot_be_made_is_done_without(checked: Check, files: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert checked(problem="exists").files == len(tasks(files))


def test_a_full_disk_is_said(checked: Check, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(CacheFile, "write", full)
    assert checked(problem="disk is full").files == len(tasks(files))


def test_the_oldest_results_go_when_there_are_too_many(tmp_path: Path) -> None:
    file = CacheFile(tmp_path / "results.sqlite")
    for number in range(10):
        file.write([State(f"d{number}", "s", b"d")], [Result(bytes([number]), b"x" * 100, facts=b"y" * 100)], [], 10**6)
    file._connection.execute("UPDATE results SET used = used - 9 WHERE key < X'05'")
    file.write([], [], [b"\x00"], 1500)
    assert file.summary().size <= 750
    assert file.values([b"\x00"]), "what was used today has gone"
    assert not file.values([b"\x01"])
    file.close()


def test_rows_that_ctrl_c_left_behind_do_not_complain_of_a_closed_file(tmp_path: Path) -> None:
    file = CacheFile(tmp_path / "results.sqlite")
    names = [f"d{number}" for number in range(3)]
    file.write([State(name, "s", b"d") for name in names], [], [], 10**6)
    rows = file._all("SELECT file FROM states WHERE file", names)
    assert next(rows) == ("d0",)
    file.close()
    rows.close()  # type: ignore[attr-defined]


def test_a_result_cannot_run_code(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {tmp_path / 'evil'}",)

    for evil in (pickle.dumps(Evil()), b"cfruslint.cache\nos.system\n(S'touch evil'\ntR."):
        assert cachevalues.loaded(cachevalues.digest(evil) + evil) is None
    assert not (tmp_path / "evil").exists()


def test_two_runs_at_a_time(files: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fruslint", "check", "--cache-dir", str(tmp_path / "c"), "--fail-on", "never"]
    runs = [
        subprocess.Popen([*command, str(files)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [run.communicate(timeout=60) for run in runs]
    assert {err for _, err in said} == {""}
    assert [run.returncode for run in runs] == [0, 0, 0]
    file = CacheFile(cache_file(tmp_path / "c"))
    assert file.summary().files == len(tasks(files))
    file.close()


def test_the_folder_of_each_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder({"FRUSLINT_CACHE_DIR": "/x"}) == Path("/x")
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_folder({"XDG_CACHE_HOME": "/c"}) == Path("/c/fruslint")
    assert cache_folder({}) == Path.home() / ".cache" / "fruslint"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder({}) == Path.home() / "Library" / "Caches" / "fruslint"
    monkeypatch.setattr(sys, "platform", "win32")
    assert cache_folder({"LOCALAPPDATA": "/l"}) == Path("/l/fruslint")


def test_the_command_shows_what_is_kept_and_clears_it(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--cache-dir", str(tmp_path / "c")]
    file = tmp_path / "c" / "results.sqlite"
    assert main(["cache", *where]) == 0
    assert capsys.readouterr().out == f"{file.parent}: nothing is kept there yet\n"
    main(["check", "--fail-on", "never", *where, str(files)])
    capsys.readouterr()
    assert main(["cache", "show", *where]) == 0
    assert f"results on {len(tasks(files))} files" in capsys.readouterr().out
    assert main(["cache", "clear", *where]) == 0
    assert capsys.readouterr().out == f"{file.parent}: its files were removed\n"
    assert main(["cache", "claer", *where]) == 2
    assert "did you mean `clear`?" in capsys.readouterr().err
    file.write_bytes(b"no database at all, and long enough to be looked at as one" * 20)
    assert main(["cache", *where]) == 2
    assert "fruslint cache clear" in capsys.readouterr().err
    assert main(["check", "--fail-on", "never", *where, str(files)]) == 0
    assert "the cache cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("action", ["show", "clear"])
def test_a_folder_that_is_closed_to_us_is_said(
    action: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: object) -> list[str]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "listdir", closed)
    assert main(["cache", action, "--cache-dir", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"fruslint: {tmp_path}: cannot be read: there is no permission to read it\n"
