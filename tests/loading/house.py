"""A small pack, and what is told of it where it is broken."""

import pytest

from archadvisor.engine.program import vocabulary
from archadvisor.errors import UnusablePack
from archadvisor.loading.pack import read_packs
from archadvisor.loading.workload import stated_facts
from archadvisor.model.rule import Rulebook

PACK = "pack: house\nversion: '1'\n"
SOURCES = "sources:\n  guide: {title: The guide, kind: aws, checked: 2026-11-23}\n"
DECISION = """\
decision: %s
question: what
about: it
for: service
after: [%s]
default: soup
options:
  soup: {title: Soup, summary: warm, wins: {}}
  salad: {title: Salad, summary: cold, wins: {}}
"""
LUNCH = DECISION % ("lunch", "")
REST = "because: b, rationale: r, sources: [guide], examples: {fires: {one: {}}}"
ANY_KIND = "expected `workload`, `service`, `image`, `endpoint`, `link`, `secret`, `caller`, `literal` or `outcome`"
Told = tuple[str, str, tuple[int, int] | None, str | None]


def rules(*given: str, decision: str = "decision: lunch\n") -> str:
    return decision + "rules:\n" + "".join(f"  - {{{rule}, {REST}}}\n" for rule in given)


def read(*files: tuple[str, str]) -> Rulebook:
    return read_packs([[(name, text.encode()) for name, text in files]], vocabulary(stated_facts()))


def house(rule_file: str, decision: str = LUNCH) -> Rulebook:
    return read(("lunch.yaml", decision), ("pack.yaml", PACK), ("rules.yaml", rule_file), ("sources.yaml", SOURCES))


def told(*files: tuple[str, str]) -> list[Told]:
    with pytest.raises(UnusablePack) as refusal:
        read(*files)
    found = refusal.value.diagnostics
    return [(d.file, d.message, (d.place.line, d.place.column) if d.place else None, d.hint) for d in found]


def told_of_house(rule_file: str, decision: str = LUNCH) -> list[Told]:
    return told(("lunch.yaml", decision), ("pack.yaml", PACK), ("rules.yaml", rule_file), ("sources.yaml", SOURCES))
