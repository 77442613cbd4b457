"""Times `archadvisor check` against a bare interpreter: one sample, and 1 000 different files.

Run with `make bench`. Everything is byte-compiled first, as an installed package is. Ratios are what to compare:
the two commands take turns, so a machine that is slow for a while is slow for both.
"""

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "webshop" / "workload.yaml"
FILES = 1000
ROUNDS = 11
Environment = dict[str, str]


def seconds(command: list[str], environment: Environment) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def alternating(
    ours: list[str], theirs: list[str], environment: Environment, rounds: int
) -> tuple[float, float, float]:
    """The median times of two commands run in turn, and the median of their ratios."""
    pairs = [(seconds(ours, environment), seconds(theirs, environment)) for _ in range(rounds)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)


def variants(folder: Path) -> Path:
    """A folder of `FILES` workloads that all differ."""
    text = SAMPLE.read_text(encoding="utf-8")
    for number in range(FILES):
        changed = text.replace("name: webshop", f"name: webshop-{number}").replace("max: 40", f"max: {40 + number}")
        (folder / f"shop-{number:04}.workload.yaml").write_text(changed, encoding="utf-8")
    return folder


def main() -> None:
    """Prints the measurements as a table."""
    import yaml

    for package in (ROOT / "src", Path(yaml.__file__).parent):
        compileall.compile_dir(package, quiet=1)
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "XDG_CACHE_HOME": scratch}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        bare = [sys.executable, "-I", "-c", "pass"]
        command = [str(Path(sys.executable).parent / "archadvisor"), "check"]
        first = seconds([*command, str(SAMPLE)], environment)
        ours, floor, ratio = alternating([*command, str(SAMPLE)], bare, environment, ROUNDS)
        folder = Path(scratch, "files")
        folder.mkdir()
        many = variants(folder)
        thousand, _, _ = alternating([*command, str(many)], bare, environment, 3)
    print(f"{'python -I -c pass':<34} {floor * 1000:8.1f} ms")
    print(f"{'check, one file':<34} {ours * 1000:8.1f} ms  {ratio:5.1f} x python -I -c pass (goal: 15)")
    print(f"{'check, one file, pack not cached':<34} {first * 1000:8.1f} ms  {first / floor:5.1f} x")
    print(f"{f'check, {FILES} different files':<34} {thousand * 1000:8.1f} ms  (goal: 3000)")


if __name__ == "__main__":
    main()
