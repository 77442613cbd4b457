"""Measures archadvisor beside tools that check YAML, in one run and in turns, and prints a table.

The tools are those of `benchmarks/peers.txt`, installed in an environment of their own: PEERS, default `.venv/peers`.
Not equal work: a schema, style, or 150 small rules against decisions and findings by all rules of the built-in pack.
"""

import compileall
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.actions import write_workflows
from benchmarks.clock import Run, Spent, in_turn
from benchmarks.speed import BARE, CHECK, ROOT, Bench
from benchmarks.workloads import write_workloads

PEERS = Path(os.environ.get("PEERS", ROOT / ".venv" / "peers"))
SCHEMA = ROOT / "schema" / "workload.schema.json"
ROUNDS = {1: 9, 1000: 3}
Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """What is run, on what kind of file, and what for."""

    name: str
    work: str
    command: Callable[[Path], Command]
    reads_workflows: bool = False


def _files(folder: Path) -> Command:
    return tuple(map(str, sorted(folder.rglob("*.yaml"))))


def _peer(program: str) -> str:
    return str(PEERS / "bin" / program)


TOOLS = (
    Tool("archadvisor, cold", "decisions and all rules", lambda folder: (*CHECK, "--no-cache", str(folder))),
    Tool("archadvisor, one process", "the same", lambda folder: (*CHECK, "--no-cache", "-j", "1", str(folder))),
    Tool("archadvisor, nothing changed", "the same", lambda folder: (*CHECK, str(folder))),
    Tool("zizmor", "its rules, on workflows", lambda folder: (_peer("zizmor"), "--offline", "-q", str(folder)), True),
    Tool(
        "cedarpy, a script",
        "150 rules",
        lambda folder: (_peer("python"), "-m", "benchmarks.rivals.cedar", str(folder)),
    ),
    Tool(
        "regorus, a script",
        "150 rules",
        lambda folder: (_peer("python"), "-m", "benchmarks.rivals.rego", str(folder)),
    ),
    Tool(
        "check-jsonschema",
        "the schema",
        lambda folder: (_peer("check-jsonschema"), "--schemafile", str(SCHEMA), *_files(folder)),
    ),
    Tool("yamllint", "style", lambda folder: (_peer("yamllint"), "-d", "relaxed", str(folder))),
)


def table(bench: Bench) -> Iterator[str]:
    """The lines of the table, as Markdown."""
    environment = {**bench.environment, "PYTHONPATH": f"{bench.site}{os.pathsep}{ROOT}"}
    yield "| tool | work | 1 file | to a bare Python | 1 000 files | to archadvisor | memory, 1 000 files |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    one, many = (_measured(bench.scratch / "peers" / str(count), count, environment) for count in (1, 1000))
    for tool in TOOLS:
        ours, single, thousand = many[TOOLS[0].name], one[tool.name], many[tool.name]
        cells = (
            f"{single.seconds:.3f} s",
            f"{single.seconds / one['bare'].seconds:.1f} x",
            f"{thousand.seconds:.2f} s",
            f"{thousand.seconds / ours.seconds:.2f} x",
            f"{thousand.mebibytes:.0f} MiB",
        )
        yield f"| {tool.name} | {tool.work} | {' | '.join(cells)} |"


def _measured(scratch: Path, count: int, environment: Mapping[str, str]) -> dict[str, Spent]:
    """What each tool takes for so many files, by name, and what a bare interpreter takes."""
    workloads = write_workloads(scratch / "workloads", count)
    workflows = write_workflows(scratch / "workflows", count)
    runs = [Run(tool.command(workflows if tool.reads_workflows else workloads), environment) for tool in TOOLS]
    names = ["bare", *(tool.name for tool in TOOLS)]
    return dict(zip(names, in_turn([Run(BARE, environment), *runs], ROUNDS[count]), strict=True))


def main() -> None:
    """Prints the table."""
    if not PEERS.exists():
        sys.exit(f"there is no {PEERS}: run `make bench`")
    compileall.compile_dir(PEERS, quiet=2)
    with tempfile.TemporaryDirectory() as scratch:
        for line in table(Bench(Path(scratch))):
            print(line, flush=True)


if __name__ == "__main__":
    main()
