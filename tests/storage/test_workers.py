"""Work that several processes share: in order, whole, and never worse than what one process does."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from archadvisor.errors import UnreadableInput
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.storage.workers import results_in_order
from tests.cli.command import interruptible

Result = TypeVar("Result")
ITEMS = [str(number) for number in range(300)]


def lost(item: str) -> str:
    return f"lost {item}"


def each(items: list[str], work: Callable[[str], Result], lost: Callable[[str], Result], jobs: int) -> list[Result]:
    """What `work` makes of each item, and `lost` of those it dies of, some items at a time."""
    shares = [items[start : start + 32] for start in range(0, len(items), 32)]
    found = results_in_order(shares, lambda some: [*map(work, some)], lambda item: [lost(item)], jobs)
    return [result for number, results in found for result in results]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert each(ITEMS, lambda item: f"<{item}>", lost, jobs) == [f"<{item}>" for item in ITEMS]


def test_no_items_take_no_process() -> None:
    assert each([], lost, lost, 3) == []


def test_each_result_comes_with_the_number_of_its_items() -> None:
    shares = [ITEMS[:5], ITEMS[5:6], ITEMS[6:10]]
    assert [*results_in_order(shares, "".join, lost, 2)] == [(5, "01234"), (1, "5"), (4, "6789")]


def test_the_items_are_shared_among_processes() -> None:
    found = Counter(each(ITEMS, lambda item: os.getpid(), lambda item: 0, 3))
    assert len(found) == 3
    assert os.getpid() not in found


def dying(item: str) -> str:
    match item:
        case "7":
            os._exit(3)
        case "8" | "250":
            os.kill(os.getpid(), signal.SIGKILL)
        case "100":
            raise ValueError("a bug")
    return f"<{item}>"


def test_items_that_processes_die_of_are_named_and_the_rest_is_done(capfd: pytest.CaptureFixture[str]) -> None:
    fatal = {"7", "8", "250", "100"}
    expected = [lost(item) if item in fatal else f"<{item}>" for item in ITEMS]
    assert each(ITEMS, dying, lost, 2) == expected
    assert "ValueError: a bug" in capfd.readouterr().err


def test_a_process_that_is_killed_once_loses_nothing(tmp_path: Path) -> None:
    def killed_once(item: str) -> str:
        if item == "42" and not (tmp_path / "killed").exists():
            (tmp_path / "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return f"<{item}>"

    assert each(ITEMS, killed_once, lost, 2) == [f"<{item}>" for item in ITEMS]


def refusing(item: str) -> str:
    if item in ("120", "20", "290"):
        raise UnreadableInput([Diagnostic(item, "cannot be used")], {item: ["a line"]})
    return item


def test_what_cannot_be_used_ends_the_run_at_the_first_in_order() -> None:
    with pytest.raises(UnreadableInput) as refused:
        each(ITEMS, refusing, lost, 2)
    assert refused.value.diagnostics == (Diagnostic("20", "cannot be used"),)
    assert refused.value.lines == {"20": ["a line"]}


INTERRUPTED = """
import os, signal
from archadvisor.storage.workers import results_in_order
os.register_at_fork({when}=lambda: os.kill(os.getpid(), signal.SIGINT))
try:
    print([*results_in_order([["a"], ["b"]], len, len, 2)])
except KeyboardInterrupt:
    print("interrupted")
"""


def interrupted(when: str) -> tuple[bytes, bytes]:
    """What a program says that Ctrl-C reaches in what is called around a fork, out of which no exception gets."""
    command = [sys.executable, "-c", INTERRUPTED.format(when=when)]
    ran = subprocess.run(command, capture_output=True, check=False, preexec_fn=interruptible)
    return ran.stdout, ran.stderr


@pytest.mark.parametrize("when", ["before", "after_in_parent"])
def test_ctrl_c_while_a_process_starts_is_not_lost(when: str) -> None:
    assert interrupted(when) == (b"interrupted\n", b"")


def test_ctrl_c_is_nothing_to_a_process_that_starts() -> None:
    assert interrupted("after_in_child") == (b"[(1, 1), (1, 1)]\n", b"")


def test_no_process_is_left_when_nobody_takes_the_rest() -> None:
    shares = [[item] for item in ITEMS]
    results = results_in_order(shares, lambda share: os.getpid(), lambda item: 0, 2)
    pids = {pid for _, (_, pid) in zip(range(200), results, strict=False)}
    results.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
