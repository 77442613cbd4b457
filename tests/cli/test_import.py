"""`archadvisor import`, through the real command, on a sample and on real files."""

import json
from pathlib import Path

import pytest

from archadvisor.errors import UnreadableInput
from archadvisor.loading.workload import read_workload
from archadvisor.rendering.intake import imported_file
from archadvisor.workflows.importing import imported
from tests.cli.command import DAY, ROOT, run
from tests.cli.files import GOOD

SAMPLE = ROOT / "samples" / "compose" / "compose.yaml"
CORPUS = ROOT.parent / "shared" / "corpus"


def test_a_sample_becomes_a_workload_file_with_its_evidence(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "compose.yaml").write_bytes(SAMPLE.read_bytes())
    ran = run("import", "compose.yaml", cwd=tmp_path, cache=cache)
    assert ran.status == 0, ran.shown
    text = (tmp_path / "workload.yaml").read_text(encoding="utf-8")
    assert "    cpu: 0.5  # compose.yaml:17: …site.deploy.resources.reservations.cpus; at most 1.0\n" in text
    assert "compose.yaml:10:7: `SESSION_SECRET` holds a secret in plain text" in ran.out
    assert "`POSTGRES_PASSWORD` holds a secret" in ran.out
    assert "PAYMENT_KEY" not in ran.out
    assert "\n# open: kubernetes.required, team.hosts, team.kubernetes\n" in text
    assert "  site:\n    # open: duration, kind, traffic, utilisation\n" in text
    assert "wrote workload.yaml: 5 services, 23 facts; 35 open" in ran.out
    for value in ("only-for-development", "shop-on-my-machine"):
        assert value not in ran.shown + text
    checked = run("check", "workload.yaml", "--as-of", DAY, "--format", "json", cwd=tmp_path, cache=cache)
    decisions = json.loads(checked.out)["workloads"][0]["decisions"]
    compute = {found["subject"]: found["option"] for found in decisions if found["decision"] == "compute"}
    assert compute["services.recommender"] == "ec2"


def test_manifests_become_a_workload_that_asks_for_kubernetes_where_it_matters(tmp_path: Path, cache: Path) -> None:
    sample = ROOT / "samples" / "kubernetes" / "manifests.yaml"
    ran = run("import", str(sample), "--format", "json", cwd=tmp_path, cache=cache)
    facts = {fact["path"]: fact["value"] for fact in json.loads(ran.out)["facts"]}
    assert facts["kubernetes.uses"] == "[manifests, daemon_sets]"
    assert (facts["services.quotes.replicas.min"], facts["services.quotes.replicas.max"]) == ("3", "12")
    assert facts["services.node-agent.needs"] == "[host_network, privileged]"
    assert run("import", str(sample), cwd=tmp_path, cache=cache).status == 0
    assert run("check", "workload.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache).status in (0, 1)


def test_a_task_definition_becomes_a_workload_file(tmp_path: Path, cache: Path) -> None:
    sample = ROOT / "samples" / "ecs" / "task-definition.json"
    assert run("import", str(sample), cwd=tmp_path, cache=cache).status == 0
    text = (tmp_path / "workload.yaml").read_text(encoding="utf-8")
    assert "    cpu: 1  #" in text
    assert "    memory: 3072 MiB  #" in text
    assert "database_password: {}" in text
    ran = run("check", "workload.yaml", "--as-of", DAY, "--format", "json", cwd=tmp_path, cache=cache)
    assert ran.status == 0, ran.shown


def test_several_files_are_joined_and_the_later_one_counts(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: base\nservices: {web: {build: ., cpus: 1, ports: ['80']}}\n")
    (tmp_path / "b.yaml").write_text("services: {web: {build: ., cpus: 2}, job: {image: x}}\n")
    found = json.loads(run("import", "a.yaml", "b.yaml", "--format", "json", cwd=tmp_path, cache=cache).out)
    assert found["name"] == "base"
    assert found["services"] == [{"name": "web", "endpoints": ["port-80"]}, {"name": "job", "endpoints": []}]
    cpu = next(fact for fact in found["facts"] if fact["path"] == "services.web.cpu")
    assert (cpu["value"], cpu["file"]) == ("2", "b.yaml")
    assert not (tmp_path / "workload.yaml").exists()


def test_lists_of_several_files_are_put_together(tmp_path: Path, cache: Path) -> None:
    stateful = (
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: NAME}\nspec: {template: {spec: {containers: []}}}\n"
    )
    (tmp_path / "a.yaml").write_text(stateful.replace("NAME", "a"), encoding="utf-8")
    deployment = stateful.replace("NAME", "b").replace("StatefulSet", "Deployment")
    (tmp_path / "b.yaml").write_text(deployment, encoding="utf-8")
    for files in (["a.yaml", "b.yaml"], ["b.yaml", "a.yaml"]):
        found = json.loads(run("import", *files, "--format", "json", cwd=tmp_path, cache=cache).out)
        (uses,) = [fact["value"] for fact in found["facts"] if fact["path"] == "kubernetes.uses"]
        assert sorted(uses.strip("[]").split(", ")) == ["manifests", "stateful_sets"]


@pytest.mark.parametrize("service", ["true", "null", "1e3", "unknown"])
def test_what_is_written_can_be_read_whatever_things_are_called(tmp_path: Path, cache: Path, service: str) -> None:
    folder = tmp_path / service
    folder.mkdir()
    text = f"services: {{'{service}': {{image: x, secrets: ['{service}']}}}}\nsecrets: {{'{service}': {{file: x}}}}\n"
    (folder / "compose.yaml").write_text(text, encoding="utf-8")
    assert run("import", "compose.yaml", cwd=folder, cache=cache).status == 0
    assert run("check", "workload.yaml", "--as-of", DAY, cwd=folder, cache=cache).status == 0


def test_a_folder_is_one_workload(tmp_path: Path, cache: Path) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: [{name: a, image: x}]}\n"
    for name in ("api", "mailer"):
        (tmp_path / "k8s" / name).mkdir(parents=True)
        (tmp_path / "k8s" / name / "all.yaml").write_text(pod.replace("NAME", name), encoding="utf-8")
    (tmp_path / "k8s" / "workload.yaml").write_text(GOOD, encoding="utf-8")
    found = json.loads(run("import", "k8s", "--format", "json", cwd=tmp_path, cache=cache).out)
    assert [service["name"] for service in found["services"]] == ["api", "mailer"]


def test_of_a_folder_with_variants_or_without_workloads_nothing_is_written(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("compose.yaml", "compose.test.yaml"):
        (tmp_path / name).write_text("services: {web: {image: x}}\n", encoding="utf-8")
    ran = run("import", ".", "empty", cwd=tmp_path, cache=cache)
    assert (ran.status, (tmp_path / "workload.yaml").exists()) == (2, False)
    said = " ".join(ran.err.split())
    assert "`compose.test.yaml` and `compose.yaml` describe the same service" in said
    assert "no file in this folder describes a workload" in said


def test_a_chart_in_a_folder_is_told_as_not_read(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "chart").mkdir()
    (tmp_path / "chart" / "Chart.yaml").write_text("name: x\n", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services: {web: {image: x}}\n", encoding="utf-8")
    ran = run("import", ".", cwd=tmp_path, cache=cache)
    assert (ran.status, "this is a Helm chart, which is not read" in ran.out) == (2, True), ran.shown


def test_a_dash_is_stdout_and_what_is_to_be_told_goes_to_stderr(tmp_path: Path, cache: Path) -> None:
    ran = run("import", str(SAMPLE), "-o", "-", cwd=tmp_path, cache=cache)
    assert (ran.status, list(tmp_path.iterdir())) == (0, [])
    assert read_workload(ran.out.encode(), "-").workload is not None
    assert "`SESSION_SECRET` holds a secret in plain text" in ran.err


def test_a_file_that_is_there_is_replaced_by_force_only(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "workload.yaml").write_text("mine", encoding="utf-8")
    assert run("import", str(SAMPLE), cwd=tmp_path, cache=cache).status == 2
    assert (tmp_path / "workload.yaml").read_text(encoding="utf-8") == "mine"
    assert run("import", str(SAMPLE), "--force", cwd=tmp_path, cache=cache).status == 0


REFUSED = [
    (GOOD, "this is a workload file already"),
    ("Resources: {Table: {Type: AWS::DynamoDB::Table}}\n", "this CloudFormation template says nothing of a workload"),
    ('{"format_version": "1.2", "planned_values": {}}\n', "this Terraform plan says nothing of a workload"),
    ("services: {}\n", "this is no Compose file, Kubernetes manifest, ECS task definition"),
    ("[1, 2]\n", "this is no Compose file, Kubernetes manifest, ECS task definition"),
    ("a: [\n", "not valid YAML"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_no_compose_file_is_named_for_what_it_is(tmp_path: Path, cache: Path, text: str, message: str) -> None:
    (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
    ran = run("import", "file.yaml", cwd=tmp_path, cache=cache)
    assert (ran.status, message in " ".join(ran.err.split())) == (2, True), ran.shown
    assert not (tmp_path / "workload.yaml").exists()


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not there")
@pytest.mark.parametrize(("folder", "services", "refused"), [("compose", 300, 0), ("k8s", 300, 0.1), ("ecs", 20, 0.4)])
def test_real_files_are_imported_or_refused_and_what_is_written_can_be_checked(
    folder: str, services: int, refused: float
) -> None:
    files = sorted(path for path in (CORPUS / folder).rglob("*") if path.is_file())
    found, left = 0, []
    for file in files:
        try:
            made = imported([str(file)])
        except UnreadableInput as error:
            left.append((file.name, error.diagnostics[0].message))
            continue
        reading = read_workload(imported_file(made).encode(), "workload.yaml")
        assert reading.workload is not None, (file.name, reading.diagnostics)
        found += len(made.sheet.services)
    assert found > services
    assert len(left) <= refused * len(files), left


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_plan_is_read_in_the_codings_that_shells_write(tmp_path: Path, cache: Path, coding: str) -> None:
    text = (ROOT / "samples" / "terraform" / "plan.json").read_text(encoding="utf-8")
    (tmp_path / "plan.json").write_text(text, encoding=coding)
    ran = run("check", "plan.json", "--format", "json", cwd=tmp_path, cache=cache)
    assert '"subject": "services.pages"' in ran.out
    assert "correct-horse" not in ran.shown


@pytest.mark.parametrize("sample", ["cloudformation/template.yaml", "terraform/plan.json"])
def test_what_a_sample_imports_is_a_workload_file_that_can_be_checked(tmp_path: Path, cache: Path, sample: str) -> None:
    assert run("import", str(ROOT / "samples" / sample), cwd=tmp_path, cache=cache).status == 0
    ran = run("check", "workload.yaml", cwd=tmp_path, cache=cache)
    assert ran.status == 0, ran.shown
    assert "declared      compute: AWS Fargate (pages)" in ran.out
