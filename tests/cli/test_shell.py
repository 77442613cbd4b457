"""`archadvisor completion` in a real shell, and `check --watch` as a process that keeps running."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import ROOT, run
from tests.cli.files import GOOD, WARNED

BIN = Path(sys.executable).parent
SHOWN = ["--format", "concise", "--format", "json=out.json"]
ASK = """\
eval "$(archadvisor completion bash)"
COMP_WORDS=({words}); COMP_CWORD={last}
_archadvisor_completion archadvisor {begun} ""
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def program(folder: Path) -> dict[str, str]:
    """An environment in which `archadvisor` is this one."""
    (folder / "archadvisor").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archadvisor "$@"\n', encoding="utf-8")
    (folder / "archadvisor").chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "XDG_CACHE_HOME": str(folder)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("archadvisor wh", {"what-if", "why-not"}),
        ("archadvisor check --require", {"--require-settled"}),
        ("archadvisor explain lint/eks-version-h", {"lint/eks-version-has-ended"}),
        ("archadvisor explain service.gp", {"service.gpus"}),
        ("archadvisor explain nothing-begins-so", {""}),
    ],
)
def test_bash_completes_commands_options_and_names(tmp_path: Path, words: str, expected: set[str]) -> None:
    script = ASK.format(words=words, last=len(words.split()) - 1, begun=words.split()[-1])
    ran = subprocess.run(["bash", "-c", script], env=program(tmp_path), capture_output=True, text=True, check=True)
    assert set(ran.stdout.split("\n")[:-1]) == expected, ran.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_takes_its_script(tmp_path: Path, cache: Path, shell: str) -> None:
    script = run("completion", shell, cwd=tmp_path, cache=cache)
    assert script.status == 0
    assert "_ARCHADVISOR_COMPLETE" in script.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script.out, text=True, check=True, capture_output=True)


def test_watch_checks_again_after_a_change_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    # What lies in the folder that is checked is not run.
    (tmp_path / "click.py").write_text("raise SystemExit(9)", encoding="utf-8")
    file = tmp_path / "workload.yaml"
    file.write_text(GOOD, encoding="utf-8")
    with (tmp_path / "out").open("w") as out:
        watching = subprocess.Popen(
            [sys.executable, "-P", "-m", "archadvisor", "check", "--watch", "workload.yaml", *SHOWN],
            cwd=tmp_path, stdout=out, stderr=out, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            # Whoever runs the tests may ignore Ctrl-C, and programs inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        try:
            _appears(tmp_path / "out", "watching for changes")
            file.write_text(WARNED, encoding="utf-8")
            _appears(tmp_path / "out", "lint/kaniko")
            # What a check writes does not set off the next one.
            time.sleep(3)
            assert (tmp_path / "out").read_text(encoding="utf-8").count("watching for changes") == 2
            watching.send_signal(signal.SIGINT)
            assert watching.wait(20) == 0
        finally:
            watching.kill()
    assert "Traceback" not in (tmp_path / "out").read_text(encoding="utf-8")


def _appears(file: Path, text: str) -> None:
    """Waits until a file holds a text."""
    end = time.monotonic() + 30
    while text not in file.read_text(encoding="utf-8"):
        assert time.monotonic() < end, file.read_text(encoding="utf-8")
        time.sleep(0.05)


@pytest.mark.parametrize("path", ["-", "missing.yaml/x"])
def test_what_cannot_be_watched_is_refused(tmp_path: Path, cache: Path, path: str) -> None:
    ran = run("check", path, "--watch", cwd=tmp_path, cache=cache)
    assert ran.status == 2
    assert "needs files and folders that are there" in ran.err
