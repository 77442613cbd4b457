"""`archadvisor drift`, through the real command: what is declared against what the files say."""

import json
from pathlib import Path

import pytest

from archadvisor.rendering.intake import imported_file
from archadvisor.workflows.drift import drift as held
from archadvisor.workflows.drift import exit_status
from archadvisor.workflows.importing import imported
from archadvisor.workflows.session import session
from tests.cli.command import DAY, ROOT, Ran, run

CORPUS = ROOT.parent / "shared" / "corpus"
WORKLOAD = """\
version: 1
name: shop
delivery: {images: pulled}
services:
  web: {FACTS}
"""
TASK = '{"family": "web", "requiresCompatibilities": ["TYPE"], "containerDefinitions": [{"name": "a", "image": "x"}]}'


def drift(folder: Path, cache: Path, *paths: str) -> Ran:
    return run("drift", "workload.yaml", *paths, "--as-of", DAY, "--format", "json", cwd=folder, cache=cache)


def told(ran: Ran) -> list[tuple[str, str, int | None, int | None]]:
    """The kind and path of each difference, and the lines in the workload file and in the real one."""
    found = json.loads(ran.out)["drift"]
    return [
        (
            each["kind"],
            each["path"],
            each["declared"] and each["declared"]["line"],
            each["real"] and each["real"]["line"],
        )
        for each in found
    ]


def put(folder: Path, facts: str, compose: str) -> None:
    (folder / "workload.yaml").write_text(WORKLOAD.replace("FACTS", facts), encoding="utf-8")
    (folder / "compose.yaml").write_text(f"services:\n  web:\n    image: x\n    {compose}\n", encoding="utf-8")


# Facts of the workload file, what the Compose file says -> the differences.
FACTS = [
    ("cpu: 1", "cpus: 1", []),
    ("cpu: 1", "cpus: 2", [("other_fact", "services.web.cpu", 5, 4)]),
    ("memory: 1 GiB", "mem_limit: 1024m", []),
    ("cpu: unknown", "cpus: 2", []),
    ("kind: web", "cpus: 2", []),
    ("kind: web", "privileged: true", [("other_fact", "services.web.needs", 5, 4)]),
    ("needs: [privileged, host_network]", "privileged: true", []),
    ("needs: [host_network]", "privileged: true", [("other_fact", "services.web.needs", 5, 4)]),
    ("replicas: {min: 1, max: 4}", "scale: 3", []),
    (
        "replicas: {min: 1, max: 2}",
        "scale: 3",
        [("other_fact", f"services.web.replicas.{end}", 5, 4) for end in ("min", "max")],
    ),
    ("image: {registry: ecr}", "cpus: 2", [("other_fact", "services.web.image.registry", 5, 3)]),
]


@pytest.mark.parametrize(("facts", "compose", "expected"), FACTS)
def test_a_fact_drifts_where_the_file_contradicts_what_is_stated_or_assumed(
    tmp_path: Path, cache: Path, facts: str, compose: str, expected: list[tuple[str, str, int, int]]
) -> None:
    put(tmp_path, facts if "registry" in facts else f"image: {{registry: docker_hub}}, {facts}", compose)
    ran = drift(tmp_path, cache, "compose.yaml")
    assert told(ran) == expected, ran.shown
    assert ran.status == (1 if expected else 0)


def test_services_that_are_absent_or_undeclared_are_told(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, "image: {registry: docker_hub}", "cpus: 1\n  worker: {image: y}")
    with (tmp_path / "workload.yaml").open("a", encoding="utf-8") as file:
        file.write("  nightly: {kind: scheduled}\n")
    ran = drift(tmp_path, cache, "compose.yaml")
    assert told(ran) == [("absent", "services.nightly", 6, None), ("undeclared", "services.worker", None, 5)]
    assert ran.status == 1


# The launch type of the task, what the workload declares -> the differences.
DECISIONS = [
    ("FARGATE", "", []),
    ("EC2", "", [("other_decision", "decisions.compute.web", 5, 1)]),
    ("EC2", "decisions: {compute: ec2}\n", []),
    ("FARGATE", "decisions: {compute: ec2}\n", [("other_decision", "decisions.compute.web", 6, 1)]),
    (
        "EC2",
        "decisions: {orchestrator: eks}\n",
        [("other_decision", "decisions.orchestrator", 6, 1)],
    ),
]


@pytest.mark.parametrize(("chosen", "declared", "expected"), DECISIONS)
def test_a_decision_drifts_where_the_file_has_chosen_otherwise(
    tmp_path: Path, cache: Path, chosen: str, declared: str, expected: list[tuple[str, str, int, int]]
) -> None:
    facts = "cpu: 1, memory: 2 GiB, kind: web, image: {registry: docker_hub}"
    (tmp_path / "workload.yaml").write_text(WORKLOAD.replace("FACTS", facts) + declared, encoding="utf-8")
    (tmp_path / "task.json").write_text(TASK.replace("TYPE", chosen), encoding="utf-8")
    ran = drift(tmp_path, cache, "task.json")
    assert [each for each in told(ran) if each[0] == "other_decision"] == expected, ran.shown


UNREADABLE = [
    (["gone.yaml"], 2),
    (["compose.yaml", "gone.yaml"], 2),
    (["workload.yaml"], 2),
    (["broken"], 2),
    (["nothing"], 3),
]


# What the workload has of a service, what the Compose file says -> the paths of what is undeclared.
PARTS = [
    ("endpoints: {site: {}}", "ports: ['443:443']", []),
    ("cpu: 1", "ports: ['443:443']", ["services.web.endpoints.port-443"]),
    ("endpoints: {site: {}}", "ports: ['80:80', '443:443']", ["services.web.endpoints.port-443"]),
    ("cpu: 1", "environment: {DB_PASSWORD: hunter2}", ["services.web.uses.secrets"]),
    ("uses: {secrets: [key]}", "environment: {DB_PASSWORD: hunter2}", []),
    ("uses: {secrets: unknown}", "environment: {DB_PASSWORD: hunter2}", []),
    (
        "uses: {secrets: [key]}",
        "environment: {DB_PASSWORD: hunter2, API_TOKEN: hunter3}",
        ["services.web.uses.secrets"],
    ),
]


@pytest.mark.parametrize(("facts", "compose", "expected"), PARTS)
def test_endpoints_and_secrets_that_are_more_than_the_workload_has_are_undeclared(
    tmp_path: Path, cache: Path, facts: str, compose: str, expected: list[str]
) -> None:
    put(tmp_path, f"image: {{registry: docker_hub}}, {facts}", compose)
    if "secrets: [key]" in facts:
        with (tmp_path / "workload.yaml").open("a", encoding="utf-8") as file:
            file.write("secrets: {key: {}}\n")
    ran = drift(tmp_path, cache, "compose.yaml")
    assert [(kind, path) for kind, path, _, _ in told(ran)] == [("undeclared", path) for path in expected], ran.shown
    assert "hunter" not in ran.shown


CALLER = """\
jobs:
  deploy:
    permissions: {id-token: write}
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: {role-to-assume: arn:aws:iam::111122223333:role/deploy, aws-region: eu-west-1}
on: push
"""


@pytest.mark.parametrize(
    ("callers", "expected"),
    [
        ("", ["undeclared"]),
        ("callers: {releases: {who: ci, provider: github_actions}}\n", []),
        ("callers: {releases: {who: ci, provider: gitlab}}\n", ["undeclared"]),
    ],
)
def test_a_pipeline_that_reaches_aws_is_a_caller_of_the_workload(
    tmp_path: Path, cache: Path, callers: str, expected: list[str]
) -> None:
    text = WORKLOAD.replace("FACTS", "image: {registry: docker_hub}").replace(
        "name: shop", "name: shop\nregions: [eu-west-1]"
    )
    (tmp_path / "workload.yaml").write_text(text + callers, encoding="utf-8")
    (tmp_path / "deploy.yml").write_text(CALLER, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services: {web: {image: x}}\n", encoding="utf-8")
    assert [kind for kind, *_ in told(drift(tmp_path, cache, "compose.yaml", "deploy.yml"))] == expected


def test_files_that_are_given_by_name_are_held_together_as_import_takes_them(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "base.yml").write_text("services: {web: {image: x, deploy: {replicas: 1}}}\n", encoding="utf-8")
    (tmp_path / "prod.yml").write_text("services: {web: {deploy: {replicas: 3}, mem_limit: 1g}}\n", encoding="utf-8")
    assert run("import", "base.yml", "prod.yml", cwd=tmp_path, cache=cache).status == 0
    ran = drift(tmp_path, cache, "base.yml", "prod.yml")
    assert (ran.status, told(ran)) == (0, []), ran.shown


# What lies beside `compose.yaml`, and what that names of it.
NOT_READ = [
    ("include: [broken.yml]", "broken.yml", "services: ["),
    ("include: [gone.yml]", "other.yml", ""),
    ("include: ['https://bob:hunter2secret@example.com/x.git']", "other.yml", ""),
    ("x-base: {}\n", "chart/Chart.yaml", "name: x\n"),
]
SILENT = "on: push\njobs: {lint: {runs-on: ubuntu-latest, steps: [{run: make lint}]}}\n"


def test_a_pipeline_that_says_nothing_is_read_all_the_same(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, "image: {registry: docker_hub}", "restart: always")
    (tmp_path / "lint.yaml").write_text(SILENT, encoding="utf-8")
    ran = drift(tmp_path, cache, ".")
    assert (ran.status, told(ran)) == (0, []), ran.shown


@pytest.mark.parametrize(("names", "file", "text"), NOT_READ)
def test_what_belongs_to_the_files_and_is_not_read_is_never_no_drift(
    tmp_path: Path, cache: Path, names: str, file: str, text: str
) -> None:
    put(tmp_path, "image: {registry: docker_hub}", "restart: always")
    with (tmp_path / "compose.yaml").open("a", encoding="utf-8") as compose:
        compose.write(f"{names}\n")
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    ran = drift(tmp_path, cache, ".")
    assert (ran.status, told(ran)) == (2, []), ran.shown
    assert "hunter2secret" not in ran.shown
    if "include" in names:
        checked = run("check", "compose.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache)
        assert checked.status == 2
        assert "orchestrator" in checked.out
        written = run("import", "compose.yaml", "-o", "new.yaml", cwd=tmp_path, cache=cache)
        assert (written.status, (tmp_path / "new.yaml").exists()) == (2, True)
        assert "hunter2secret" not in checked.shown + written.shown


@pytest.mark.parametrize(("paths", "status"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_never_no_drift(
    tmp_path: Path, cache: Path, paths: list[str], status: int
) -> None:
    put(tmp_path, "image: {registry: docker_hub}, cpu: 1", "cpus: 1")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.yaml").write_text("services: {web: {image: [}}\n", encoding="utf-8")
    ran = drift(tmp_path, cache, *paths)
    assert (ran.status, told(ran)) == (status, []), ran.shown


def test_the_text_shows_both_places_and_no_secret(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, "image: {registry: docker_hub}, cpu: 1", "{cpus: 2, environment: {DB_PASSWORD: correct-horse-9}}")
    text = "services: {web: {image: x, cpus: 2, environment: {DB_PASSWORD: correct-horse-9}}}\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    ran = run("drift", "workload.yaml", "compose.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache)
    assert "other fact: `services.web.cpu` is `1 vCPU` in the workload" in ran.out
    assert "--> compose.yaml:1:34" in ran.out
    assert "--> workload.yaml:5:45" in ran.out
    assert "correct-horse-9" not in ran.shown


@pytest.mark.parametrize("sample", ["compose/compose.yaml", "kubernetes/manifests.yaml", "ecs/task-definition.json"])
def test_what_was_just_imported_has_not_drifted(tmp_path: Path, cache: Path, sample: str) -> None:
    real = str(ROOT / "samples" / sample)
    assert run("import", real, cwd=tmp_path, cache=cache).status == 0
    ran = drift(tmp_path, cache, real)
    assert (ran.status, told(ran)) == (0, []), ran.shown


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not there")
@pytest.mark.parametrize("folder", ["compose", "ecs"])
def test_real_files_have_not_drifted_from_what_was_imported_of_them(tmp_path: Path, folder: str) -> None:
    program = session([], DAY)
    for number, file in enumerate(sorted(path for path in (CORPUS / folder).rglob("*") if path.is_file())):
        workload = tmp_path / f"{number}.yaml"
        workload.write_text(imported_file(imported([str(file)])), encoding="utf-8")
        found = held(program, str(workload), [str(file)])
        assert not found.drifts, (file, found.drifts)
        assert exit_status(found) == (2 if found.diagnostics else 0)
