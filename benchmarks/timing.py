"""Runs commands by turns and prints how long each takes compared with one of them: on any machine only ratios mean much."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Commands = Mapping[str, Sequence[str]]


def measure(commands: Commands, repeat: int) -> dict[str, float]:
    """The median of the seconds each command takes; they run by turns, after one run of each that does not count."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(repeat + 1):
        for name, command in commands.items():
            seconds = run(command)
            if turn:
                times[name].append(seconds)
    return {name: statistics.median(found) for name, found in times.items()}


def run(command: Sequence[str]) -> float:
    """The seconds a command takes; one that ends with 1 has found something. Where it failed the benchmark ends."""
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - began
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
    return seconds


def show(title: str, times: Mapping[str, float], base: str) -> None:
    """Print the times, each as a multiple of ``base``."""
    print(f"\n{title}")
    for name, seconds in times.items():
        print(f"  {name:<34} {seconds / times[base]:8.2f} x   {seconds * 1000:10.0f} ms")
