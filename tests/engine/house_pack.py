"""Small packs written as YAML in a test, made into programs, and workloads written the same way."""

import json
from functools import cache
from typing import Any

import yaml

from archadvisor.engine.advise import advise
from archadvisor.engine.program import Program, program, vocabulary
from archadvisor.loading.catalog import read_catalog
from archadvisor.loading.discovery import folder_files
from archadvisor.loading.home import home
from archadvisor.loading.pack import read_packs
from archadvisor.loading.sources import pack_sources
from archadvisor.loading.workload import read_workload, stated_facts
from archadvisor.model.advice import Advice, Finding, Outcome
from archadvisor.model.catalog import Catalog
from archadvisor.model.rule import Rulebook
from archadvisor.model.workload import Workload

DAY = "2026-11-23"
Document = dict[str, Any]


@cache
def catalog() -> Catalog:
    return read_catalog(folder_files(home("catalog")))


@cache
def built_in() -> Rulebook:
    return read_packs([pack_sources(home("rules"))], vocabulary(stated_facts()))


@cache
def real(day: str = DAY) -> Program:
    return program(built_in(), catalog(), stated_facts(), day)


def house(text: str) -> Program:
    """The program of a pack with one file for each YAML document in `text`; what every rule needs is filled in."""
    source = {"title": "House", "kind": "inference", "checked": DAY}
    files: list[Document] = [{"pack": "house", "version": "1"}, {"sources": {"house": source}}]
    files += [_completed(document) for document in yaml.safe_load_all(text)]
    sources = [(f"{number}.yaml", json.dumps(file).encode()) for number, file in enumerate(files)]
    return program(read_packs([sources], vocabulary(stated_facts())), catalog(), stated_facts(), DAY)


def _completed(document: Document) -> Document:
    rules = [
        {"because": rule["id"], "rationale": "House.", "sources": ["house"], "examples": {"fires": {"one": {}}}, **rule}
        for rule in document.get("rules", [])
    ]
    if "options" not in document:
        return {**document, "rules": rules}
    options = {
        name: {"title": name, "summary": name, "wins": {}, **(option or {})}
        for name, option in document["options"].items()
    }
    return {"question": "Which?", "about": "It.", **document, "options": options, "rules": rules}


def workload(given: str | Document) -> Workload:
    document = yaml.safe_load(given) if isinstance(given, str) else given
    reading = read_workload(json.dumps({"version": 1, "name": "trial", **document}).encode(), "workload.yaml")
    assert reading.workload is not None, reading.diagnostics
    return reading.workload


def advice(pack: Program, given: str | Document) -> Advice:
    return advise(workload(given), pack)


def outcome(found: Advice, decision: str, subject: str | None = None, kept: bool = False) -> Outcome:
    (only,) = [
        each
        for each in (found.kept or () if kept else found.decisions)
        if each.decision == decision and each.subject == subject
    ]
    return only


def finding(found: Advice, rule: str) -> Finding:
    (only,) = [each for each in found.findings if each.rule == rule]
    return only
