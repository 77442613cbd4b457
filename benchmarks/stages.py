"""Where the time of a check goes, stage by stage, in one process; run with `make profile`."""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program
from archadvisor.loading.document import events, parse
from archadvisor.model.workload import Workload
from archadvisor.rendering import FORMATS
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.check import advice_on, report
from archadvisor.workflows.reading import reading_of
from archadvisor.workflows.session import session
from benchmarks.workloads import write_workloads

FILES = 1000


def advised_in(folder: Path) -> float:
    """The seconds that rules and solve take for a workload of a folder, on the average."""
    program = session((), date.today().isoformat())
    workloads = _workloads(sorted(folder.rglob("*.yaml")), program)
    return _seconds(lambda: [advise(workload, program, False) for workload in workloads]) / len(workloads)


def _workloads(files: list[Path], program: Program) -> list[Workload]:
    read = [reading_of(str(file), program.rulebook).workload for file in files]
    return [workload for workload in read if workload is not None]


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    gc.enable()
    return seconds


def stages(files: list[Path]) -> list[tuple[str, float]]:
    """The seconds that each stage takes for all files; a stage holds those above it that it needs."""
    program = session((), date.today().isoformat())
    texts = [file.read_text(encoding="utf-8") for file in files]
    workloads = _workloads(files, program)
    told = tuple(advice_on(workload, program, False) for workload in workloads)
    empty = report(program, ())

    def rendered() -> list[str]:
        return [FORMATS["text"](replace(empty, advices=(advice,)), Paper(), Telling()) for advice in told]

    return [
        ("read the bytes", _seconds(lambda: [file.read_bytes() for file in files])),
        ("the parser's events", _seconds(lambda: [sum(1 for _ in events(text)) for text in texts])),
        ("the tree with its places", _seconds(lambda: [parse(text, "") for text in texts])),
        ("checked, redacted, a workload", _seconds(lambda: _workloads(files, program))),
        ("rules and solve", _seconds(lambda: [advise(workload, program, False) for workload in workloads])),
        ("text", _seconds(rendered)),
    ]


def main() -> None:
    """Prints microseconds a file."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else write_workloads(Path(scratch), FILES)
        files = sorted(folder.rglob("*.yaml"))
        for name, seconds in stages(files):
            print(f"{name:<32} {seconds / len(files) * 1e6:8.0f} us a file")


if __name__ == "__main__":
    main()
