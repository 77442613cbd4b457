"""`archadvisor rules diff`: packs by meaning, through the real command."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import DAY, ROOT, Ran, run

RULES = ROOT / "rules"
GPUS = ("service.gpus: {gt: 0}", "service.gpus: {gt: 1}")


@pytest.fixture
def packs(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of the built-in pack."""
    for name in ("old", "new"):
        shutil.copytree(RULES, tmp_path / name)
    return tmp_path / "old", tmp_path / "new"


def with_gpus(pack: Path) -> Path:
    """The file of a pack with the rule about GPUs."""
    return next(path for path in pack.glob("compute/*.yaml") if GPUS[0] in path.read_text(encoding="utf-8"))


def edit(pack: Path, file: str, old: str, new: str) -> None:
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def diff(folder: Path, cache: Path, *arguments: str) -> Ran:
    return run("rules", "diff", "old", "new", *arguments, "--as-of", DAY, cwd=folder, cache=cache)


def told(folder: Path, cache: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(diff(folder, cache, "--format", "json", *arguments).out)
    return found


def test_a_reordered_reworded_renamed_pack_means_the_same(
    packs: tuple[Path, Path], tmp_path: Path, cache: Path
) -> None:
    _, new = packs
    file = with_gpus(new)
    head, *entries = file.read_text(encoding="utf-8").split("\n  - id: ")
    text = "\n  - id: ".join([head, *reversed(entries)]) + "\n"
    text = text.replace("id: compute/gpus-need-hosts", "id: compute/no-gpus-on-fargate")
    (new / "zzz.yaml").write_text(text, encoding="utf-8")
    file.unlink()
    edit(new, "pack.yaml", "pack: aws", "# ours\npack: 'aws'  # and theirs")
    ran = diff(tmp_path, cache)
    assert (ran.status, ran.out.startswith("the packs mean the same: proved")) == (0, True), ran.shown


def test_a_threshold_that_moved_is_shown_by_a_workload_that_check_confirms(
    packs: tuple[Path, Path], tmp_path: Path, cache: Path
) -> None:
    _, new = packs
    edit(new, str(with_gpus(new)), *GPUS)
    found = told(tmp_path, cache, str(ROOT / "samples" / "gpu-inference" / "workload.yaml"))
    assert (found["same"], found["lost"], found["gained"]) == (False, *[["compute/gpus-need-hosts"]] * 2)
    (compute,) = [each for each in found["moved"] if each["decision"] == "compute"]
    assert (compute["before"], compute["after"]) == ("ec2", "fargate")
    (tmp_path / "witness.yaml").write_text(json.dumps(compute["witness"]), encoding="utf-8")
    ran = run("check", "witness.yaml", "--as-of", DAY, "--format", "json", cwd=tmp_path, cache=cache)
    decisions = json.loads(ran.out)["workloads"][0]["decisions"]
    assert [each["option"] for each in decisions if each["decision"] == "compute"] == ["ec2"]
    assert diff(tmp_path, cache).status == 1


def test_a_default_that_changed_and_an_option_that_is_new_are_other_decisions(
    packs: tuple[Path, Path], tmp_path: Path, cache: Path
) -> None:
    _, new = packs
    edit(new, "capacity/decision.yaml", "default: on_demand", "default: spot")
    found = told(tmp_path, cache)
    assert found["other_decisions"] == ["capacity"]
    assert {"capacity"} <= {each["decision"] for each in found["moved"]}
    assert not found["same"]


def test_a_favor_that_cannot_matter_is_told_as_bounded_and_not_as_equal(tmp_path: Path, cache: Path) -> None:
    for name, strength in (("old", "slight"), ("new", "moderate")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text("pack: house\nversion: '1'\n", encoding="utf-8")
        (tmp_path / name / "rules.yaml").write_text(FAVOR.format(strength=strength), encoding="utf-8")
    found = told(tmp_path, cache)
    assert (found["same"], found["moved"], found["alike"]) == (False, [], ["orchestrator"])
    assert found["tried"] > 100
    assert "this is no proof" in " ".join(diff(tmp_path, cache).out.split())


FAVOR = """\
decision: orchestrator
rules:
  - id: house/kubernetes-it-is
    when: {{kubernetes.required: true}}
    favors: eks
    strength: {strength}
    concern: portability
    because: "it must run on Kubernetes"
    rationale: It must.
    sources: [eks-clusters]
    examples: {{fires: {{one: {{kubernetes.required: true}}}}, silent: {{none: {{kubernetes.required: false}}}}}}
"""


def test_given_workloads_that_change_are_named(packs: tuple[Path, Path], tmp_path: Path, cache: Path) -> None:
    _, new = packs
    edit(new, "capacity/decision.yaml", "default: on_demand", "default: spot")
    samples = ROOT / "samples"
    ran = diff(
        tmp_path, cache, str(samples / "webshop" / "workload.yaml"), str(samples / "windows-legacy" / "workload.yaml")
    )
    assert "webshop/workload.yaml: capacity of storefront: On-Demand -> Spot" in ran.out
    assert "of 2 workloads given changes" in ran.out


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path, cache: Path) -> None:
    assert diff(tmp_path, cache).status == 2
