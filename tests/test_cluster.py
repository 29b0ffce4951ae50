"""A cluster of two workers finds what one process finds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fruslint.cli import main

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a scheduler with two workers, each a process of its own."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50, host="127.0.0.1"
    ) as cluster:
        yield "dask://" + cluster.scheduler_address.removeprefix("tcp://")


def test_a_cluster_finds_what_one_process_finds(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CORPUS)  # the workers were started in another folder
    command = ["check", "--quiet", "--no-cache", "--fail-on", "never", "."]
    assert main([*command, "--jobs", "1"]) == 0
    alone = capsys.readouterr().out
    assert main([*command, "--executor", address]) == 0
    assert capsys.readouterr().out == alone
    assert alone.count("\n") > 100


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ray://x", "`ray://x` is no executor; write it like dask://HOST:PORT"),
        ("dask://", "`dask://` is no executor; write it like dask://HOST:PORT"),
    ],
)
def test_an_address_that_is_none(address: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--executor", address, str(CORPUS / "sound")]) == 2
    assert said in capsys.readouterr().err


def test_nobody_at_the_address(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fruslint.processes.cluster._PATIENCE", 1)
    assert main(["check", "--executor", "dask://127.0.0.1:9", str(CORPUS / "sound")]) == 2
    assert "there is no scheduler at dask://127.0.0.1:9" in capsys.readouterr().err


def test_the_package_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["check", "--executor", "dask://127.0.0.1:9", str(CORPUS / "sound")]) == 2
    assert "pip install fruslint[dask]" in capsys.readouterr().err
