"""The wheel works on its own: built, installed into an empty environment, and run from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEFECTIVE = ROOT / "corpus" / "defective" / "note" / "marker-without-note" / "d42.txt"


@dataclass
class Installed:
    """A wheel, and an environment that holds it and what it needs."""

    wheel: Path
    bin: Path
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return call([str(self.bin / "fruslint"), *arguments], self.folder)


def call(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COLUMNS"))}
    return subprocess.run(
        command, cwd=folder, env=kept, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def succeed(command: Sequence[str], folder: Path) -> None:
    done = call(command, folder)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("wheel")
    succeed([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(base), str(ROOT)], base)
    wheel = next(base.glob("*.whl"))
    venv.create(base / "venv", with_pip=False)
    bin_folder = base / "venv" / ("Scripts" if os.name == "nt" else "bin")
    succeed([sys.executable, "-m", "pip", "--python", str(bin_folder / "python"), "install", "-q", str(wheel)], base)
    folder = base / "elsewhere"
    (folder / "memoranda").mkdir(parents=True)
    (folder / "memoranda" / DEFECTIVE.name).write_bytes(DEFECTIVE.read_bytes())
    return Installed(wheel, bin_folder, folder)


def test_it_holds_rules_schemas_types_and_license(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = set(archive.namelist())
    data = {
        f"fruslint/_data/{path.relative_to(ROOT).as_posix()}"
        for folder, pattern in (("rules", "*.yaml"), ("schemas", "*.json"))
        for path in (ROOT / folder).rglob(pattern)
    }
    data |= {f"fruslint/reporters/html_page/page.{kind}" for kind in ("html", "css", "js")}
    assert "fruslint/py.typed" in names
    assert data
    assert data <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"fruslint"}


def test_it_checks_files_elsewhere(installed: Installed) -> None:
    done = installed.run("check", "memoranda", "--select", "NOTE001", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    found = [(one["path"], one["rule"]) for one in json.loads(done.stdout)["findings"]]
    assert found == [("memoranda/d42.txt", "NOTE001")]


def test_it_writes_a_page_for_the_browser(installed: Installed) -> None:
    done = installed.run("check", "memoranda", "--select", "NOTE001", "--format", "html")
    assert (done.returncode, done.stderr) == (1, "")
    assert "<h1>1 finding</h1>" in done.stdout
    assert "It stays silent on" in done.stdout


def test_it_lists_and_explains_rules(installed: Installed) -> None:
    listed = installed.run("rules")
    assert listed.returncode == 0
    count = sum(1 for _ in (ROOT / "rules").rglob("*.yaml"))
    assert listed.stdout.splitlines()[-1].startswith(f"{count} rule")
    explained = installed.run("explain", "NOTE001")
    assert explained.returncode == 0
    assert explained.stdout.startswith("NOTE001 marker-without-note (error")
    assert "Wrong: " in explained.stdout


def test_it_runs_as_a_module_and_says_its_version(installed: Installed) -> None:
    from fruslint import __version__

    assert installed.run("--version").stdout == f"fruslint {__version__}\n"
    done = call([str(installed.bin / "python"), "-m", "fruslint", "--version"], installed.folder)
    assert done.stdout == f"fruslint {__version__}\n"


def test_its_schema_validates_house_rules(installed: Installed) -> None:
    house = installed.folder / "house"
    house.mkdir()
    (house / "HOUSE001.yaml").write_text("id: HOUSE001\nnmae: x\n", encoding="utf-8")
    done = installed.run("check", "memoranda", "--rules", "house")
    assert done.returncode == 2
    assert "house/HOUSE001.yaml:" in done.stderr.replace("\\", "/")
