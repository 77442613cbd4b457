"""What the importer makes of every real file, a line each: `python -m tests.corpus.summary` writes it anew."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from archadvisor.workflows.intake import survey_of
from tests.corpus.files import CORPUS, FOLDERS, Found, Refused, imported

SUMMARY = Path(__file__).parent / "summary.tsv"
HEAD = ("file", "kind", "services", "digest", "leaks", "refused")
_COUNTED = {"kind": "kinds", "os": "os", "arch": "arch"}
_LISTED = ("needs", "capabilities", "volumes", "devices")
_WORDS = 9


def names() -> list[str]:
    """All files of the corpus, by their path in it."""
    return sorted(str(file.relative_to(CORPUS)) for folder in FOLDERS for file in (CORPUS / folder).iterdir())


def line(name: str) -> str:
    """The line of a file; names and numbers only, never a value of the file."""
    got = imported(name)
    if isinstance(got, Refused):
        return "\t".join([name, "-", "-", "-", "-", _first_words(got.message)])
    services = ", ".join(service["name"] for service in got["services"]) or "-"
    kind = survey_of(str(CORPUS / name), (CORPUS / name).read_bytes()).kind
    return "\t".join([name, kind, services, "; ".join(_digest(got)) or "-", str(len(got["plain_text_secrets"])), "-"])


def text(lines: Iterable[str]) -> str:
    """The whole summary."""
    return "\n".join(["\t".join(HEAD), *lines, ""])


def _first_words(message: str) -> str:
    said = re.sub(r"`[^`]*`", "`…`", message)
    return " ".join(said.split()[:_WORDS])


def _digest(got: Found) -> Iterator[str]:
    """What stands out, over all services: `kinds: daemon 2`, `gpus: 1`, `volumes: host_path`."""
    values = [(fact["path"].rpartition(".")[2], fact["value"]) for fact in got["facts"]]
    for leaf, title in _COUNTED.items():
        if counted := Counter(value for found, value in values if found == leaf):
            yield f"{title}: {', '.join(f'{value} {count}' for value, count in sorted(counted.items()))}"
    if gpus := sorted(value for leaf, value in values if leaf in ("gpus", "neuron")):
        yield f"gpus: {', '.join(gpus)}"
    for wanted in _LISTED:
        if items := {item for leaf, value in values if leaf == wanted for item in _items(value)}:
            yield f"{wanted}: {', '.join(sorted(items))}"
    if endpoints := sum(len(service["endpoints"]) for service in got["services"]):
        yield f"endpoints: {endpoints}"


def _items(value: str) -> list[str]:
    found = yaml.safe_load(value)
    return [str(item) for item in found] if isinstance(found, list) else [value]


if __name__ == "__main__":
    SUMMARY.write_text(text(map(line, names())), encoding="utf-8")
