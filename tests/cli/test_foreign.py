"""`archadvisor check` on files of other tools, through the real command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archadvisor.rendering import FORMATS
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.reading import reading_of_any
from archadvisor.workflows.session import session
from tests.cli.command import DAY, ROOT, run
from tests.cli.files import GOOD

COMPOSE = """\
services:
  web:
    image: example/web
    environment:
      DB_PASSWORD: correct-horse-9
      MODE: production
    privileged: true
    ports: ["80:80"]
    env_file: secrets.env
  worker:
    image: example/worker
    environment: ["API_TOKEN=swordfish-77", LEVEL=info]
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
"""
CORPUS = ROOT.parent / "shared" / "corpus"
VALUES = ("correct-horse-9", "swordfish-77")
TASK = '{"family": "shop", "containerDefinitions": [{"name": "a", "image": "x", "privileged": true}]}'


def check(folder: Path, cache: Path, *args: str) -> list[str]:
    """The lines of the report."""
    return run("check", *args, "--as-of", DAY, "--format", "concise", cwd=folder, cache=cache).out.splitlines()


@pytest.fixture
def compose(tmp_path: Path) -> Path:
    (tmp_path / "compose.yaml").write_text(COMPOSE, encoding="utf-8")
    return tmp_path


def test_findings_point_into_the_file_that_was_given(compose: Path, cache: Path) -> None:
    *found, _ = check(compose, cache, "compose.yaml")
    places = {" ".join(line.split(" ")[:3]) for line in found}
    assert {
        "compose.yaml:5:20: error lint/plain-text-secret",
        "compose.yaml:12:30: error lint/plain-text-secret",
        "compose.yaml:13:15: warning lint/docker-socket",
    } <= places, found


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_the_place_and_none_the_secret(compose: Path, cache: Path, form: str) -> None:
    ran = run("check", "compose.yaml", "--as-of", DAY, "--format", form, cwd=compose, cache=cache)
    assert ran.status == 1, ran.shown
    assert "compose.yaml" in ran.out
    assert "lint/plain-text-secret" in ran.out
    assert not [value for value in VALUES if value in ran.shown]


def test_evidence_says_where_a_fact_is_said_and_what_was_not_read(compose: Path, cache: Path) -> None:
    ran = run("check", "compose.yaml", "--as-of", DAY, "--format", "json", cwd=compose, cache=cache)
    (advice,) = json.loads(ran.out)["workloads"]
    assert (advice["file"], advice["files"]) == ("compose.yaml", ["compose.yaml"])
    (left_out,) = advice["left_out"]
    assert ("env_file" in left_out["message"], left_out["file"], left_out["line"]) == (True, "compose.yaml", 9)
    used = [
        fact
        for decision in advice["decisions"]
        for reason in decision["reasons"]
        for fact in reason["evidence"]
        if fact["fact"] == "services.web.needs"
    ]
    assert {(fact["file"], fact["line"], fact["column"]) for fact in used} == {("compose.yaml", 7, 17)}


def test_sarif_lists_the_file_as_what_was_analysed(compose: Path, cache: Path) -> None:
    ran = run("check", "compose.yaml", "--as-of", DAY, "--format", "sarif", cwd=compose, cache=cache)
    (sarif,) = json.loads(ran.out)["runs"]
    assert [each["location"]["uri"] for each in sarif["artifacts"]] == ["compose.yaml"]
    regions = [
        each["locations"][0]["physicalLocation"]["region"]
        for each in sarif["results"]
        if each["ruleId"] == "lint/plain-text-secret"
    ]
    assert [(each["startLine"], each["startColumn"]) for each in regions] == [(5, 20), (12, 30)]
    assert not [each for each in sarif["results"] if "fixes" in each]


RECOGNISED = [
    ((ROOT / "samples/kubernetes/manifests.yaml").read_text(encoding="utf-8"), 0, ""),
    ((ROOT / "samples/ecs/task-definition.json").read_text(encoding="utf-8"), 0, ""),
    (TASK, 0, ""),
    ("services: {web: {image: x}}\n", 0, ""),
    (GOOD.replace("kind: web", "image: {size: 3}"), 2, "found `3`"),
    (GOOD.replace("version: 1\n", "regions: []\n").replace("kind: web", "image: x"), 2, "`version` is missing"),
    ("hello: world\n", 2, "no Compose file"),
    ("kind: web\nservices: [1]\n", 2, "a workload file begins with `version: 1`"),
    ("services: {web: {image: [}}\n", 2, "not valid YAML"),
]


@pytest.mark.parametrize(("text", "status", "said"), RECOGNISED)
def test_a_file_is_recognised_by_what_is_in_it(tmp_path: Path, cache: Path, text: str, status: int, said: str) -> None:
    (tmp_path / "file").write_text(text, encoding="utf-8")
    ran = run("check", "file", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert ran.status == status, ran.shown
    assert said in " ".join(ran.shown.split())
    piped = run("check", "-", "--as-of", DAY, cwd=tmp_path, cache=cache, stdin=text.encode())
    assert piped.status == status


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template: {spec: {containers: [{name: a, image: x, securityContext: {privileged: true}}]}}
"""
CRONJOB = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  jobTemplate: {spec: {template: {spec: {containers: [{env: [{name: DB_PASSWORD, value: correct-horse-9}]}]}}}}
"""


def test_manifests_of_a_folder_are_one_workload_with_places_in_each_file(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "k8s"
    folder.mkdir()
    (folder / "deployment.yaml").write_text(DEPLOYMENT, encoding="utf-8")
    (folder / "nightly.yaml").write_text(CRONJOB, encoding="utf-8")
    (folder / "notes.yaml").write_text("remember: milk\n", encoding="utf-8")
    ran = run("check", "k8s", "--as-of", DAY, "--format", "json", cwd=tmp_path, cache=cache)
    assert ran.status == 1, ran.shown
    (advice,) = json.loads(ran.out)["workloads"]
    assert (advice["file"], advice["files"]) == ("k8s", ["k8s/deployment.yaml", "k8s/nightly.yaml"])
    where = CRONJOB.splitlines()[4].index("correct-horse-9") + 1
    (leak,) = [each for each in advice["findings"] if each["rule"] == "lint/plain-text-secret"]
    assert (leak["file"], leak["line"], leak["column"]) == ("k8s/nightly.yaml", 5, where)
    shown = run("check", "k8s", "--as-of", DAY, cwd=tmp_path, cache=cache).out
    assert "5 |" in shown
    assert "correct-horse-9" not in ran.shown + shown


def test_a_folder_with_a_workload_file_is_checked_by_that_alone(compose: Path, cache: Path) -> None:
    (compose / "workload.yaml").write_text(GOOD, encoding="utf-8")
    ran = run("check", ".", "--as-of", DAY, "--format", "json", cwd=compose, cache=cache)
    assert [advice["name"] for advice in json.loads(ran.out)["workloads"]] == ["good"]


def test_a_broken_manifest_of_a_folder_is_told(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "a.yaml").write_text(DEPLOYMENT, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("apiVersion: v1\nkind: [\n", encoding="utf-8")
    ran = run("check", ".", "--as-of", DAY, "--format", "concise", cwd=tmp_path, cache=cache)
    assert (ran.status, "b.yaml:3:1: error unusable" in ran.out) == (2, True), ran.shown


def test_a_file_called_workload_is_none_of_another_tool(compose: Path, cache: Path) -> None:
    (compose / "compose.yaml").rename(compose / "workload.yaml")
    ran = run("check", "workload.yaml", cwd=compose, cache=cache)
    assert (ran.status, "`version` is missing" in ran.out) == (2, True), ran.shown


@pytest.mark.parametrize("how", ["--fix", "--diff"])
def test_fixes_leave_files_of_other_tools_as_they_are(compose: Path, cache: Path, how: str) -> None:
    ran = run("check", "compose.yaml", how, "--unsafe-fixes", "--as-of", DAY, cwd=compose, cache=cache)
    assert "compose.yaml is left as it is: fixes are made in workload files only" in ran.err
    assert (compose / "compose.yaml").read_text(encoding="utf-8") == COMPOSE


def test_a_baseline_knows_findings_of_files_of_other_tools(compose: Path, cache: Path) -> None:
    assert run("baseline", "create", "compose.yaml", "--as-of", DAY, cwd=compose, cache=cache).status == 0
    known = ("--baseline", "archadvisor-baseline.json", "--as-of", DAY)
    ran = run("check", "compose.yaml", *known, cwd=compose, cache=cache)
    assert ran.status == 0, ran.shown


def test_checking_a_workload_file_imports_nothing_that_reads_other_tools(tmp_path: Path) -> None:
    (tmp_path / "workload.yaml").write_text(GOOD, encoding="utf-8")
    code = (
        "import sys\n"
        "from archadvisor.cli.check import check\n"
        "try:\n    check(['workload.yaml', '--quiet'])\nexcept SystemExit:\n    pass\n"
        "print(*[name for name in sys.modules if name.startswith('archadvisor.')])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = ran.stdout.split()
    assert "archadvisor.workflows.check" in loaded
    foreign = ("intake", "workflows.foreign", "workflows.intake", "loading.masking", "loading.settings")
    assert not [name for name in loaded if name.removeprefix("archadvisor.").startswith(foreign)]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not there")
@pytest.mark.parametrize(("folder", "least"), [("compose", 130), ("k8s", 360), ("ecs", 35)])
def test_findings_about_real_files_lie_within_them(folder: str, least: int) -> None:
    program = session([], DAY)
    files = sorted(str(path) for path in (CORPUS / folder).rglob("*") if path.is_file())
    readings = [reading_of_any(file, program.rulebook) for file in files]
    workloads = [reading.workload for reading in readings if reading.workload is not None]
    assert len(workloads) >= least
    for workload in workloads:
        advice = advice_on(workload, program, explained=False)
        for found in advice.findings:
            lines = advice.lines_of(found.file)
            assert found.file == workload.file
            assert found.place.line <= len(lines), found
            assert found.place.column <= len(lines[found.place.line - 1]) + 1, found
