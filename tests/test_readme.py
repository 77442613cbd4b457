"""What the README shows is what the tool does."""

import re
from pathlib import Path

import yaml

from archadvisor import advise, load_workload
from archadvisor.engine.program import Program
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.text import Detail, text
from archadvisor.workflows.check import Checking, check

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(start: str) -> list[str]:
    """The indented lines from the one that starts so, as they are shown."""
    lines = README[README.index(f"    {start}") :].splitlines()
    length = next(number for number, line in enumerate(lines) if line and not line.startswith("    "))
    return [line[4:] for line in lines[:length]]


def test_the_screen_is_real_output(built_in: Program) -> None:
    report = check(Checking(built_in), [str(ROOT / "samples" / "webshop" / "workload.yaml")])
    shown = text(report, Paper(), Detail(reasons=True, arithmetic=False)).replace(f"{ROOT}/", "").splitlines()
    promised = [line for line in block("webshop  samples") if line and "…" not in line]
    assert [line for line in promised if line not in shown] == []
    assert len(promised) > 20


def test_the_workload_file_can_be_used(built_in: Program) -> None:
    stated = yaml.safe_load("\n".join(block("# yaml-language-server")))
    advice = advise(load_workload(stated, built_in), built_in)
    assert {outcome.decision for outcome in advice.decisions} >= {"orchestrator", "compute", "secret_store"}


def test_every_page_it_links_to_is_there() -> None:
    links = re.findall(r"\]\(([\w./-]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert links
