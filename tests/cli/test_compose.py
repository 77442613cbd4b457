"""Compose files together, and what they name, through the real command."""

import json
from pathlib import Path

import pytest

from archadvisor.rendering import FORMATS
from tests.cli.command import DAY, run
from tests.cli.repository import put

FILES = {
    "app/compose.yaml": """\
services:
  web:
    image: example/web
    env_file: [web.env, ../outside.env, link.env]
    environment:
      DB_PASSWORD: ${PASSWORD}
    extends: {file: ../common.yaml, service: base}
""",
    "app/compose.override.yaml": "services:\n  web:\n    privileged: true\n    cpus: 2\n",
    "app/.env": "# of this machine\nPASSWORD=correct-horse-9\n",
    "app/web.env": "API_TOKEN='swordfish-77'\nLEVEL=info\n",
    "common.yaml": "services: {base: {image: a, mem_limit: 1g}}\n",
    "outside.env": "OTHER_TOKEN=swordfish-88\n",
}
VALUES = ("correct-horse-9", "swordfish-77", "swordfish-88")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    put(tmp_path, FILES)
    (tmp_path / "app" / "link.env").symlink_to(tmp_path / "outside.env")
    return tmp_path


def test_files_given_together_are_merged_as_compose_does(app: Path, cache: Path) -> None:
    ran = run("import", "compose.yaml", "compose.override.yaml", "--format", "json", cwd=app / "app", cache=cache)
    found = json.loads(ran.out)
    facts = {fact["path"]: (fact["value"], fact["file"]) for fact in found["facts"]}
    assert facts["services.web.needs"] == ("[privileged]", "compose.override.yaml")
    assert facts["services.web.cpu"] == ("2", "compose.override.yaml")
    assert "services.web.memory" not in facts
    leaks = {(each["key"], each["file"], each["line"]) for each in found["plain_text_secrets"]}
    assert leaks == {("DB_PASSWORD", ".env", 2), ("API_TOKEN", "web.env", 1)}
    assert not [value for value in VALUES if value in ran.shown]


def test_what_leaves_the_folder_is_refused_with_its_place(app: Path, cache: Path) -> None:
    ran = run("import", "app/compose.yaml", cwd=app, cache=cache)
    for place, name in (("4:25", "../outside.env"), ("4:41", "link.env"), ("7:21", "../common.yaml")):
        assert f"app/compose.yaml:{place}:" in ran.out
        assert f"names `{name}`, which lies outside of `app` and is not followed" in ran.out


def test_a_file_that_is_walked_may_name_what_lies_in_the_folder_that_is_walked(app: Path, cache: Path) -> None:
    ran = run("scan", ".", "--as-of", DAY, "--format", "json", cwd=app, cache=cache)
    (advice,) = [each for each in json.loads(ran.out)["report"]["workloads"] if each["file"] == "app/compose.yaml"]
    assert "common.yaml" in advice["files"]
    assert "app/compose.override.yaml" in advice["files"]
    assert "outside.env" in advice["files"]
    assert not [value for value in VALUES if value in ran.shown]


@pytest.mark.parametrize("form", FORMATS)
def test_a_secret_in_a_file_of_variables_is_told_in_that_file_and_never_shown(
    app: Path, cache: Path, form: str
) -> None:
    ran = run("check", "app/compose.yaml", "--as-of", DAY, "--format", form, cwd=app, cache=cache)
    assert ran.status == 2, "a file that is named lies outside of the folder"
    assert "app/web.env" in ran.out
    assert "app/.env" in ran.out
    assert not [value for value in VALUES if value in ran.shown]


def test_drift_is_told_against_what_files_come_to_together(app: Path, cache: Path) -> None:
    (app / "workload.yaml").write_text("version: 1\nname: app\nservices: {web: {cpu: 1}}\n", encoding="utf-8")
    ran = run("drift", "workload.yaml", "app", "--as-of", DAY, cwd=app, cache=cache)
    assert (ran.status, "`services.web.cpu` is `1 vCPU` in the workload" in " ".join(ran.out.split())) == (2, True)


def test_what_a_named_file_says_now_counts_and_not_what_it_said_before(tmp_path: Path, cache: Path) -> None:
    put(tmp_path, {"compose.yaml": "services: {a: {image: x, env_file: e.env}}\n", "e.env": "LEVEL=info\n"})
    args = ("check", "compose.yaml", "--as-of", DAY, "--format", "concise")
    assert run(*args, cwd=tmp_path, cache=cache).status == 0
    put(tmp_path, {"e.env": "API_TOKEN=swordfish-77\n"})
    assert run(*args, cwd=tmp_path, cache=cache).status == 1


# A Compose file, what is said of it, and the exit status: 2 where a file that belongs to it was not read.
ODD = [
    ("services: {a: {image: x, env_file: '/dev/zero'}}\n", "lies outside of", 2),
    ('services: {a: {image: x, env_file: "a\\0b"}}\n', "is not there", 0),
    ("services: {a: {image: x, extends: {file: 'https://example.com/c.yaml', service: b}}}\n", "nothing is fetched", 2),
    ("services: {a: {image: x, env_file: sub}}\n", "is no file", 2),
    ("services: {a: {image: x, extends: {file: broken.yaml, service: b}}}\n", "cannot be read", 2),
    ("services: {a: {image: x, ports: {}, volumes: 3, environment: 4, deploy: [], labels: [[]]}}\n", "expects", 0),
]


@pytest.mark.parametrize(("text", "said", "status"), ODD)
def test_odd_files_are_read_as_far_as_they_go(tmp_path: Path, cache: Path, text: str, said: str, status: int) -> None:
    put(tmp_path, {"compose.yaml": text, "sub/x": "", "broken.yaml": "a: [\n"})
    ran = run("import", "compose.yaml", cwd=tmp_path, cache=cache)
    assert (ran.status, said in ran.out) == (status, True), ran.shown
