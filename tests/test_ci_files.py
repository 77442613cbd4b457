"""The GitHub Action and the GitLab template, held against tools made for them, and run as far as a shell can."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.command import ROOT
from tests.cli.files import FAULTY, GOOD

BIN = Path(sys.executable).parent


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def test_zizmor_finds_nothing_in_the_action() -> None:
    ran = run(BIN / "zizmor", "--offline", "--no-config", "--no-progress", "--persona=pedantic", ROOT / "action.yml")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(("schema", "file"), [("github-actions", "action.yml"), ("gitlab-ci", "ci/gitlab.yml")])
def test_the_file_has_the_shape_of_its_kind(schema: str, file: str) -> None:
    ran = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", ROOT / file)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(("text", "status"), [(GOOD, 0), (FAULTY, 1)])
def test_the_step_of_the_action_that_checks_writes_sarif_and_a_summary(tmp_path: Path, text: str, status: int) -> None:
    (tmp_path / "workload.yaml").write_text(text, encoding="utf-8")
    installed = tmp_path / "archadvisor" / "bin"
    installed.mkdir(parents=True)
    program = f'#!/bin/sh\nexec "{sys.executable}" -m archadvisor "$@"\n'
    (installed / "archadvisor").write_text(program, encoding="utf-8")
    (installed / "archadvisor").chmod(0o755)
    steps = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    (step,) = [step for step in steps if step.get("id") == "check"]
    ran = run(
        "bash", "-e", "-o", "pipefail", "-c", f"cd {tmp_path} && {step['run']}",
        RUNNER_TEMP=str(tmp_path), GITHUB_OUTPUT=str(tmp_path / "output"), PATHS=".", SARIF="archadvisor.sarif",
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary"), ARGUMENTS="--fail-on warning --as-of 2026-11-23",
    )  # fmt: skip
    assert ran.returncode == status, ran.stdout + ran.stderr
    assert (tmp_path / "output").read_text(encoding="utf-8") == "sarif=archadvisor.sarif\n"
    assert '"2.1.0"' in (tmp_path / "archadvisor.sarif").read_text(encoding="utf-8")
    assert "archadvisor" in (tmp_path / "summary").read_text(encoding="utf-8")
    assert ("::error" in ran.stdout) is bool(status)
