"""Examples hold rules and options to account: each seeded defect of a house pack is found."""

import json
from typing import Any

import pytest
import yaml

from archadvisor.analysis.examples import Case, option_problem, rule_problems
from archadvisor.engine.program import Program, program, vocabulary
from archadvisor.loading.catalog import read_catalog
from archadvisor.loading.discovery import folder_files
from archadvisor.loading.examples import example_workload, read_examples
from archadvisor.loading.home import home
from archadvisor.loading.pack import read_packs
from archadvisor.loading.workload import stated_facts
from archadvisor.model.diagnostic import Diagnostic

DAY = "2026-11-23"
PACK = """
decision: place
question: Where?
about: Places.
for: service
default: near
options:
  near: {title: Near, summary: Here., wins: {service.kind: web}}
  far: {title: Far, summary: There., wins: {service.os: windows, service.arch: arm64}}
rules:
  - id: place/windows-on-arm-is-far
    when: {service.os: windows, service.arch: [arm64]}
    favors: far
    strength: moderate
    concern: cost
    because: it is so
    rationale: House.
    sources: [house]
    examples:
      fires: {both: {service.os: windows, service.arch: arm64}}
      silent:
        another system: {service.os: linux, service.arch: arm64}
        another processor: {service.os: windows, service.arch: x86_64}
      asks:
        the processor is not said: {service.os: windows, service.arch: unknown}
  - id: place/declared-far
    for: outcome
    when: {outcome.decision: place, outcome.standing: [contradicted, differs]}
    flags: note
    because: declared otherwise
    rationale: House.
    sources: [house]
    examples:
      fires: {far without need: {service.kind: web, decisions: {place: far}}}
      silent:
        nothing declared: {service.kind: web}
        another decision: {service.kind: web, decisions: {way: boat}}
---
decision: way
question: How?
about: Ways.
for: service
default: road
options:
  road: {title: Road, summary: Dry., wins: {service.kind: web}}
  boat: {title: Boat, summary: Wet., wins: {service.kind: web, choice.way: boat}}
"""
Found = list[Diagnostic]


def _problems(text: str) -> Found:
    files: list[Any] = [
        {"pack": "house", "version": "1"},
        {"sources": {"house": {"title": "House", "kind": "inference", "checked": DAY}}},
        *yaml.safe_load_all(text),
    ]
    sources = [(f"{number}.yaml", json.dumps(file).encode()) for number, file in enumerate(files)]
    rulebook = read_packs([sources], vocabulary(stated_facts()))
    pack = program(rulebook, read_catalog(folder_files(home("catalog"))), stated_facts(), DAY)
    return [*_of_rules(pack, sources), *_of_options(pack, sources)]


def _of_rules(pack: Program, sources: list[tuple[str, bytes]]) -> Found:
    examples = read_examples(sources)
    found: Found = []
    for rule in pack.rulebook.rules:
        own = [example for example in examples if example.owner == rule.id]
        cases = [Case(example, example_workload(example, rule.subjects)) for example in own]
        found += rule_problems(pack, rule, cases, stated_facts())
    return found


def _of_options(pack: Program, sources: list[tuple[str, bytes]]) -> Found:
    wins = [example for example in read_examples(sources) if example.expected == "wins"]
    cases = [Case(example, example_workload(example, ("service",))) for example in wins]
    return [problem for case in cases if (problem := option_problem(pack, case)) is not None]


def test_a_sound_pack_has_no_problems() -> None:
    assert _problems(PACK) == []


@pytest.mark.parametrize(
    ("sound", "seeded", "problem"),
    [
        (
            "fires: {both: {service.os: windows, service.arch: arm64}}",
            "fires: {both: {service.os: windows, service.arch: arm64}, one: {service.os: windows}}",
            "`place/windows-on-arm-is-far` is silent in its example `one`, which is under `fires`",
        ),
        (
            "another system: {service.os: linux, service.arch: arm64}",
            "another system: {service.os: windows, service.arch: arm64}",
            "`place/windows-on-arm-is-far` fires in its example `another system`, which is under `silent`",
        ),
        (
            "{service.os: windows, service.arch: unknown}",
            "{service.os: linux, service.arch: unknown}",
            "`place/windows-on-arm-is-far` is silent in its example `the processor is not said`, which is under `asks`",
        ),
        (
            "        another system: {service.os: linux, service.arch: arm64}\n",
            "",
            "no example of `place/windows-on-arm-is-far` needs its comparison of `service.os`",
        ),
        (
            "wins: {service.os: windows, service.arch: arm64}",
            "wins: {service.os: windows}",
            "`far` does not win in its own example: `near` (default)",
        ),
        (
            "        another decision: {service.kind: web, decisions: {way: boat}}\n",
            "",
            "no example of `place/declared-far` needs its comparison of `outcome.decision`",
        ),
        (
            "fires: {far without need: {service.kind: web, decisions: {place: far}}}",
            "fires: {far without need: {service.kind: web, decisions: {place: near}}}",
            "`place/declared-far` is silent in its example `far without need`, which is under `fires`",
        ),
    ],
)
def test_a_seeded_defect_is_found(sound: str, seeded: str, problem: str) -> None:
    assert sound in PACK
    assert problem in [found.message for found in _problems(PACK.replace(sound, seeded))]


def test_a_comparison_is_needed_only_if_an_example_differs_by_it() -> None:
    text = PACK.replace("another processor: {service.os: windows, service.arch: x86_64}", "a shop: {service.kind: web}")
    text = text.replace(
        "      asks:\n        the processor is not said: {service.os: windows, service.arch: unknown}\n", ""
    )
    assert [found.message for found in _problems(text)] == [
        "no example of `place/windows-on-arm-is-far` needs its comparison of `service.arch`"
    ]


def test_a_rule_without_a_silent_example_is_found() -> None:
    start, end = PACK.index("      silent:\n        another system"), PACK.index("      asks:")
    messages = [found.message for found in _problems(PACK[:start] + PACK[end:])]
    assert "`place/windows-on-arm-is-far` has no `silent` example" in messages


def test_a_problem_is_shown_where_the_example_is() -> None:
    sound, seeded = "wins: {service.os: windows, service.arch: arm64}", "wins: {service.os: windows}"
    (found,) = _problems(PACK.replace(sound, seeded))
    assert (found.file, found.place is not None) == ("2.yaml", True)
