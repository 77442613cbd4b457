"""Made-up GitHub workflows as long as the workload files, for the one linter that reads nothing else."""

from pathlib import Path
from random import Random

from benchmarks.workloads import LINES

_ACTIONS = ("actions/checkout@v4", "actions/setup-python@v5", "actions/cache@v3", "docker/login-action@v3")
_RUNS = ("make test", "echo ${{ github.event.pull_request.title }}", "pip install .", "docker build .")


def workflow(random: Random) -> str:
    """The text of a GitHub workflow of `LINES` lines."""
    lines = ["name: build", "on: [push, pull_request_target]", "jobs:"]
    while len(lines) + 8 <= LINES:
        lines += [f"  job{len(lines)}:", "    runs-on: ubuntu-latest", "    steps:"]
        lines += [f"      - uses: {random.choice(_ACTIONS)}" for _ in range(2)]
        lines += [f"      - run: {random.choice(_RUNS)}" for _ in range(3)]
    lines += ["# the end"] * (LINES - len(lines))
    return "\n".join(lines) + "\n"


def write_workflows(folder: Path, count: int) -> Path:
    """The folder, with `count` workflows in the folder where they are looked for."""
    random = Random(1)
    where = folder / ".github" / "workflows"
    where.mkdir(parents=True)
    for number in range(count):
        (where / f"build-{number}.yml").write_text(workflow(random), encoding="utf-8")
    return folder
