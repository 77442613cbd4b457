"""rules/coverage.yaml accounts for every row of the AWS facts and names only what exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from archadvisor.engine.derived import DERIVED
from tests.engine.house_pack import built_in, catalog

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT.parent / "shared" / "aws-facts.md"
LEDGER: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(ROOT / "rules" / "coverage.yaml")
CARRIED = [(entry["row"], name) for entry in LEDGER["carried"] for name in entry["by"]]
ROWS = [entry["row"] for entry in (*LEDGER["carried"], *LEDGER["deferred"])]
STATEMENTS = [f"N{number}" for number in range(1, 48)]


def known_names() -> set[str]:
    return (
        {rule.id for rule in built_in().rules}
        | {fact.name for fact in DERIVED}
        | {f"catalog:{table}" for table in catalog()}
    )


def unmarked(text: str) -> str:
    return text.replace("`", "").replace("**", "").strip()


def fact_rows(text: str) -> Iterator[tuple[str, str]]:
    """The first cell of every table row and the text of every bullet of sections 2.1 to 2.5, with the section."""
    section, header = "", True
    for line in text.splitlines():
        if line.startswith("#"):
            found = re.match(r"#+ (2\.[1-5]) ", line)
            section = found[1] if found else ""
        is_row = line.startswith("|")
        if section and is_row and not header and not line.startswith("|-"):
            yield section, unmarked(line.split("|")[1])
        elif section and line.startswith("- "):
            yield section, unmarked(line[2:])
        header = not is_row


def accounted(section: str, text: str) -> bool:
    """Whether a row is named as it stands, or a bullet by its first words; a part of a row is not enough."""
    whole = f"{section} {text}"
    if section == "2.3":
        return any(whole.startswith(row) for row in ROWS if row.startswith("2.3 "))
    return whole in ROWS


@pytest.fixture(scope="module")
def facts() -> str:
    if not FACTS.exists():
        pytest.skip("the AWS facts are not part of the repository")
    return FACTS.read_text(encoding="utf-8")


def test_whatever_carries_a_row_is_a_rule_a_derived_fact_or_a_catalog_table() -> None:
    known = known_names()
    assert [(row, name) for row, name in CARRIED if name not in known] == []


def test_no_row_appears_twice() -> None:
    assert sorted(row for row in set(ROWS) if ROWS.count(row) > 1) == []


def test_no_carrier_is_named_twice_for_a_row() -> None:
    assert [entry["row"] for entry in LEDGER["carried"] if len(set(entry["by"])) != len(entry["by"])] == []


def test_a_part_of_a_row_belongs_to_a_row_that_is_there() -> None:
    parts = [row for row in ROWS if ": " in row]
    assert parts
    assert [row for row in parts if row.partition(": ")[0] not in ROWS] == []


@pytest.mark.parametrize("statement", STATEMENTS)
def test_each_statement_of_the_course_note_is_carried_or_deferred(statement: str) -> None:
    assert statement in ROWS


def test_the_ledger_names_no_statement_that_the_course_note_lacks() -> None:
    named = {row.partition(":")[0] for row in ROWS if row.startswith("N")}
    assert named == set(STATEMENTS)


def test_each_row_of_the_facts_on_fargate_hosts_and_orchestrators_is_carried_or_deferred(facts: str) -> None:
    rows = list(fact_rows(facts))
    assert len(rows) > 60
    assert [f"{section} {text}" for section, text in rows if not accounted(section, text)] == []


def test_each_statement_of_the_facts_is_known_to_the_ledger(facts: str) -> None:
    assert re.findall(r"^\| (N\d+) \|", facts, re.MULTILINE) == STATEMENTS


def test_rules_and_facts_named_in_a_reason_exist() -> None:
    known = known_names()
    named = [name for entry in LEDGER["deferred"] for name in re.findall(r"\b[a-z_]+/[a-z][a-z-]+\b", entry["because"])]
    assert named
    assert [name for name in named if name not in known and name != "blue/green"] == []


def test_every_statement_carried_is_cited_by_a_rule_that_carries_it() -> None:
    cited = {rule.id: rule.sources for rule in built_in().rules}
    statements = [entry for entry in LEDGER["carried"] if re.match(r"N\d", entry["row"])]
    assert [entry["row"] for entry in statements if not is_cited(entry, cited)] == []


def is_cited(entry: dict[str, Any], cited: dict[str, tuple[str, ...]]) -> bool:
    source = f"note-{entry['row'].partition(':')[0].lower()}"
    return any(source in cited.get(name, ()) for name in entry["by"])
