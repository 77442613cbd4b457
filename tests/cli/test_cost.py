"""`archadvisor cost`, through the real command."""

import json
from pathlib import Path

import pytest

from tests.cli.command import DAY, ROOT, Ran, run

WEBSHOP = str(ROOT / "samples" / "webshop" / "workload.yaml")


def cost(folder: Path, cache: Path, *arguments: str) -> Ran:
    return run("cost", WEBSHOP, "--as-of", DAY, *arguments, cwd=folder, cache=cache)


def test_the_estimate_is_told_with_its_formulas_and_doubts(tmp_path: Path, cache: Path) -> None:
    ran = cost(tmp_path, cache)
    assert ran.status == 0
    assert "storefront: 2 to 40 x 730 h x (0.5 vCPU x 0.04048 + 1 GB x 0.004445)" in ran.out
    assert "m7i.large     86.5%" in ran.out
    assert "unverified" in ran.out
    assert "Not counted: what runs outside containers, data transfer" in ran.out


def test_json_can_be_added_up(tmp_path: Path, cache: Path) -> None:
    found = json.loads(cost(tmp_path, cache, "--format", "json").out)
    assert (found["schema"], found["currency"]) == ("cost/1", "USD")
    plan = found["plans"][0]
    total = sum(float(charge["monthly"]["low"]) for charge in plan["charges"])
    assert abs(total - float(plan["monthly"]["low"])) < 0.05


UNPRICED = """\
version: 1
name: model
services:
  model: {kind: worker, cpu: 4, memory: 16 GiB, neuron: 1, replicas: {min: 1, max: 1}}
"""


def test_what_has_no_price_is_said_not_to_be_counted(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "workload.yaml").write_text(UNPRICED)
    told = run("cost", "workload.yaml", "--as-of", DAY, cwd=tmp_path, cache=cache).out
    assert "$0.05 or more (not counted: model)" in told
    assert "not counted: no price is known for what it runs on" in told
    plan = json.loads(run("cost", "workload.yaml", "--format", "json", cwd=tmp_path, cache=cache).out)["plans"][0]
    assert (plan["monthly"], plan["not_counted"]) == ({"low": "0.05", "high": None}, ["model"])


def test_prices_of_ones_own_take_the_place_of_those_of_the_catalog(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "prices.yaml").write_text("fargate_linux_x86_vcpu: 0.02\nfargate_linux_x86_memory: '0.002'\n")
    ran = cost(tmp_path, cache, "--prices", "prices.yaml")
    assert "(0.5 vCPU x 0.02 + 1 GB x 0.002)" in ran.out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fargate_linux_x86_vcp: 1\n", "did you mean `fargate_linux_x86_vcpu`?"),
        ("ecr_storage: much\n", "expected US dollars"),
        ("ecr_storage: -1\n", "expected US dollars"),
        ("ecr_storage: .nan\n", "expected US dollars"),
        ("ecr_storage: 1e999999\n", "expected US dollars below 1000000000"),
        ("- 1\n", "expected prices by item"),
    ],
)
def test_prices_that_cannot_be_are_refused(tmp_path: Path, cache: Path, text: str, message: str) -> None:
    (tmp_path / "prices.yaml").write_text(text)
    ran = cost(tmp_path, cache, "--prices", "prices.yaml")
    assert (ran.status, ran.out, message in " ".join(ran.err.split())) == (2, "", True), ran.shown
