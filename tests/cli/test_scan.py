"""`archadvisor scan`, through the real command, on repositories with and without git."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command import DAY, ROOT, Ran, run
from tests.cli.files import GOOD
from tests.cli.repository import git, put

COMPOSE = "services: {web: {image: example/web, ports: ['80:80']}}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: [{name: a, image: x}]}\n"
TASK = '{"family": "NAME", "containerDefinitions": [{"name": "a", "image": "x"}]}\n'
FILES = {
    ".gitignore": "build/\n!\n[z-a]\n\\\n*.local.yaml\n",
    "workload.yaml": GOOD,
    "compose.yaml": COMPOSE,
    "compose.override.yaml": "services: {web: {privileged: true, image: example/web}}\n",
    "compose.local.yaml": COMPOSE,
    "compose.test.yaml": COMPOSE,
    "build/compose.yaml": COMPOSE,
    "k8s/a.yaml": POD.replace("NAME", "a"),
    "k8s/b.yaml": POD.replace("NAME", "b"),
    "k8s/b-large.yaml": POD.replace("NAME", "b"),
    "ecs/one.json": TASK.replace("NAME", "one"),
    "ecs/two.json": TASK.replace("NAME", "two"),
    ".aws/task.json": TASK.replace("NAME", "hidden"),
    ".terraform/compose.yaml": COMPOSE,
    "package.json": '{"name": "x"}\n',
    "docs/notes.yaml": "services: none, it says\n",
    "tsconfig.json": "// not JSON\n{}\n",
    "node_modules/x/compose.yaml": COMPOSE,
}
UNITS = [
    ("workload.yaml", "workload file", ["workload.yaml"]),
    (".aws/task.json", "ECS task definition", [".aws/task.json"]),
    ("compose.yaml", "Compose file", ["compose.yaml", "compose.override.yaml"]),
    ("compose.test.yaml", "Compose file", ["compose.test.yaml"]),
    ("ecs", "ECS task definition", ["ecs/one.json", "ecs/two.json"]),
    ("k8s", "Kubernetes manifests", ["k8s/a.yaml", "k8s/b-large.yaml"]),
    ("k8s/b.yaml", "Kubernetes manifests", ["k8s/b.yaml"]),
]


def scan(folder: Path, cache: Path, *args: str) -> Ran:
    return run("scan", *args, "--as-of", DAY, cwd=folder, cache=cache)


@pytest.mark.parametrize("with_git", [True, False])
def test_what_belongs_together_is_one_workload_and_what_is_ignored_is_none(
    tmp_path: Path, cache: Path, with_git: bool
) -> None:
    put(tmp_path, FILES)
    if with_git:
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "compose.yaml")
    ran = scan(tmp_path, cache, "--format", "json")
    assert ran.status == 0, ran.shown
    found = json.loads(ran.out)
    assert found["schema"] == "scan/1"
    assert sorted((each["name"], each["kind"], each["files"]) for each in found["workloads"]) == sorted(UNITS)
    assert sorted(each["file"] for each in found["report"]["workloads"]) == sorted(name for name, _, _ in UNITS)


def test_an_override_adds_to_its_base(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, FILES)
    (report,) = [
        each
        for each in json.loads(scan(tmp_path, cache, "--format", "json").out)["report"]["workloads"]
        if each["file"] == "compose.yaml"
    ]
    (compute,) = [each for each in report["decisions"] if each["decision"] == "compute"]
    assert compute["option"] == "ec2"
    assert {fact["file"] for reason in compute["reasons"] for fact in reason["evidence"] if "file" in fact} == {
        "compose.override.yaml"
    }


def test_the_text_tells_kinds_workloads_and_advice(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, FILES)
    ran = scan(tmp_path, cache)
    first, _, *rest = ran.out.splitlines()
    assert first.startswith(
        ".  7 workloads: Compose file (3 files), ECS task definition (3 files), Kubernetes manifests (3"
    )
    assert "  Compose file          compose.yaml (compose.yaml, compose.override.yaml)" in rest
    assert "10 files checked" in " ".join(ran.out.split())


def test_compose_files_that_others_take_in_are_no_workloads_of_their_own(tmp_path: Path, cache: Path) -> None:
    extending = "services: {web: {extends: {file: FILE, service: web}}}\n"
    put(
        tmp_path,
        {
            "compose.yaml": "include: [db/compose.yaml, {path: [cache.yaml]}]\n"
            + extending.replace("FILE", "common.yaml"),
            "compose.production.yaml": extending.replace("FILE", "compose.yaml"),
            "common.yaml": extending.replace("FILE", "inner.yaml"),
            "inner.yaml": COMPOSE,
            "cache.yaml": COMPOSE.replace("web:", "cache:"),
            "db/compose.yaml": COMPOSE.replace("web:", "db:"),
            "round/a.yaml": extending.replace("FILE", "b.yaml"),
            "round/b.yaml": extending.replace("FILE", "a.yaml"),
        },
    )
    found = json.loads(scan(tmp_path, cache, "--format", "json").out)
    assert [each["name"] for each in found["workloads"]] == [
        *("compose.production.yaml", "compose.yaml", "round/a.yaml", "round/b.yaml"),
    ]
    (report,) = [each for each in found["report"]["workloads"] if each["file"] == "compose.yaml"]
    assert {each["subject"] for each in report["decisions"]} >= {"services.db", "services.cache", "services.web"}


CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: x\n",
    "chart/templates/a.yaml": "apiVersion: v1\nkind: {{ .Values.kind }}\n{{ end }}\n",
    "base/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
    "resources: [pod.yaml]\npatches: [{path: patch.yaml}]\npatchesStrategicMerge: [other.yaml]\n",
    "base/pod.yaml": POD.replace("NAME", "a"),
    "base/patch.yaml": POD.replace("NAME", "patched"),
    "base/other.yaml": POD.replace("NAME", "merged"),
}


def test_charts_and_patches_are_left_to_their_tools_and_said_to_be(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, CHART)
    ran = scan(tmp_path, cache, "--format", "json")
    found = json.loads(ran.out)
    assert [each["files"] for each in found["workloads"]] == [["base/pod.yaml"]]
    assert [each["file"] for each in found["not_read"]] == ["base/kustomization.yaml", "chart/Chart.yaml"]
    assert ran.status == 0
    assert "check what `helm template` makes of it" in " ".join(scan(tmp_path, cache).out.split())


UNUSABLE = [
    ({"a.yaml": "services: {web: {image: [}}\n"}, 2, "a.yaml:1:26"),
    ({"a.json": '{"containerDefinitions": [,]}'}, 2, "a.json:1:27"),
    ({"a.yaml": "hello: [\n"}, 3, "nothing was checked"),
    ({}, 3, "nothing was checked"),
]


@pytest.mark.parametrize(("files", "status", "said"), UNUSABLE)
def test_what_cannot_be_read_is_told_if_it_seems_to_be_of_a_known_kind(
    tmp_path: Path, cache: Path, files: dict[str, str], status: int, said: str
) -> None:
    put(tmp_path, files)
    ran = scan(tmp_path, cache)
    assert (ran.status, said in ran.shown) == (status, True), ran.shown


def test_links_out_of_the_folder_are_told_and_not_followed(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"outside/compose.yaml": COMPOSE, "inside/pod.yaml": POD})
    (tmp_path / "inside" / "compose.yaml").symlink_to(tmp_path / "outside" / "compose.yaml")
    (tmp_path / "inside" / "more").symlink_to(tmp_path / "outside")
    (tmp_path / "inside" / "again.yaml").symlink_to(tmp_path / "inside" / "pod.yaml")
    ran = scan(tmp_path, cache, "inside", "--format", "json")
    found = json.loads(ran.out)
    assert ran.status == 2
    assert [each["file"] for each in found["report"]["diagnostics"]] == ["inside/compose.yaml", "inside/more"]
    assert [each["kind"] for each in found["workloads"]] == ["Kubernetes manifests"] * 2


@pytest.mark.parametrize("folder", ["gone", "workload.yaml"])
def test_what_is_no_folder_is_refused(tmp_path: Path, cache: Path, folder: str) -> None:
    put(tmp_path, {"workload.yaml": GOOD})
    ran = scan(tmp_path, cache, folder)
    assert (ran.status, "this is no folder" in ran.err) == (2, True), ran.shown


def test_pipelines_are_found_where_their_products_look_for_them(tmp_path: Path, cache: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    shutil.copy(ROOT / "samples" / "github-actions" / "deploy.yaml", tmp_path / ".github" / "workflows")
    shutil.copy(ROOT / "samples" / "gitlab-ci" / "gitlab-ci.yml", tmp_path / ".gitlab-ci.yml")
    (tmp_path / ".github" / "workflows" / "lint.yaml").write_text("on: push\njobs: {a: {steps: [{run: make}]}}\n")
    ran = run("scan", cwd=tmp_path, cache=cache)
    assert ran.status == 1
    assert "2 workloads: GitHub Actions workflow (1 file), GitLab CI file (1 file)" in ran.out
    assert ".github/workflows/lint.yaml: this GitHub Actions workflow says nothing of a workload" in " ".join(
        ran.out.split()
    )
    assert "error[lint/long-lived-keys]: `deploy` is a machine" in ran.out
    assert ".github/workflows/deploy.yaml:21:7" in ran.out
    assert "warning[lint/kaniko-is-archived]" in ran.out


LEAKING = "on: push\njobs: {a: {steps: [{run: docker login -p hunter2hunter2}]}}\n"
LINTING = "on: push\njobs: {a: {steps: [{run: make}]}}\n"
INCLUDING = "include: [{local: ci/build.yml}]\n"


def test_files_that_say_nothing_are_told_and_those_that_leak_are_checked(tmp_path: Path, cache: Path) -> None:
    put(
        tmp_path,
        {
            "compose.yaml": COMPOSE,
            ".gitlab-ci.yml": INCLUDING,
            ".github/workflows/leak.yaml": LEAKING,
            ".github/workflows/a.yaml": LINTING,
            ".github/workflows/b.yaml": LINTING,
        },
    )
    ran = scan(tmp_path, cache)
    told = " ".join(ran.out.split())
    assert ran.status == 1
    assert "2 workloads: Compose file (1 file), GitHub Actions workflow (1 file)" in told
    assert ".github/workflows/a.yaml, .github/workflows/b.yaml: this GitHub Actions workflow says nothing" in told
    assert "`ci/build.yml` is included, and not read with this file" in told
    assert "error[lint/plain-text-secret]: `password`" in told
    assert "docker login -p ****" in told
    assert "hunter2" not in ran.shown
    found = json.loads(scan(tmp_path, cache, "--format", "json").out)
    assert [each["file"] for each in found["not_read"]] == [
        *(".github/workflows/a.yaml", ".github/workflows/b.yaml", ".gitlab-ci.yml"),
    ]
