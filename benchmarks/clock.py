"""Runs of programs, measured: how long they took and how much memory their largest process used."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Run:
    """A program to run, in an environment; what it exits with is of no interest."""

    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spent:
    """What runs took: the median of their wall times, of their CPU times, and the highest peak of their memory."""

    seconds: float
    cpu: float
    mebibytes: float


def spent(run: Run, rounds: int = 1) -> Spent:
    """What some rounds of a run took."""
    return in_turn([run], rounds)[0]


def in_turn(runs: Sequence[Run], rounds: int) -> list[Spent]:
    """What each run took; they take turns, so that a machine that is slow for a while is slow for all."""
    laps = [[_lap(run) for run in runs] for _ in range(rounds)]
    return [
        Spent(median(lap.seconds for lap in own), median(lap.cpu for lap in own), max(lap.mebibytes for lap in own))
        for own in zip(*laps, strict=True)
    ]


def _lap(run: Run) -> Spent:
    start = time.perf_counter()
    child = subprocess.Popen(
        run.command, env=run.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False
    )
    _, _, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = 0
    return Spent(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
