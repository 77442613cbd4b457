"""Two packs compared by meaning."""

import json
from collections.abc import Sequence

from archadvisor.analysis.packdiff import pack_diff
from archadvisor.analysis.verify.witness import Document
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import workload_files
from archadvisor.loading.examples import example_document, read_examples
from archadvisor.loading.home import home
from archadvisor.loading.sources import pack_sources
from archadvisor.loading.workload import read_workload
from archadvisor.model.packdiff import PackDiff
from archadvisor.model.workload import Workload
from archadvisor.workflows.reading import workload_in
from archadvisor.workflows.session import session_of

_OWN = "pack.yaml"


def compared(old: str, new: str, day: str, paths: Sequence[str]) -> PackDiff:
    """What the pack in the folder `new` decides otherwise than that in `old`, in general and in the files given.

    A pack with decisions of the built-in one stands for it; any other is added to it.

    Raises:
        UnusablePack: a pack cannot be used.
        UnreadableInput: a workload cannot be used.
    """
    before, after = (session_of(_folders(folder), day) for folder in (old, new))
    found = workload_files(list(paths))
    if found.problems:
        raise UnreadableInput(found.problems)
    given = [workload_in(file, after.rulebook) for file in found.files]
    known = [*_examples(before, old), *_examples(after, new)]
    return pack_diff(before, after, known, given, _read)


def titles(old: str, new: str, day: str) -> dict[tuple[str, str], str]:
    """What the options of both packs are called, by decision and option."""
    decisions = [each for folder in (old, new) for each in session_of(_folders(folder), day).rulebook.decisions]
    return {(decision.id, option.id): option.title for decision in decisions for option in decision.options}


def _folders(folder: str) -> tuple[str, ...]:
    """The folder alone where it is a version of the built-in pack, else with it."""
    return (folder,) if _name(folder) == _name(home("rules")) else (home("rules"), folder)


def _name(folder: str) -> str | None:
    for file, data in pack_sources(folder):
        for line in data.decode("utf-8", "replace").splitlines() if file.endswith(_OWN) else ():
            if line.startswith("pack:"):
                return line.removeprefix("pack:").strip().strip("\"'")
    return None


def _examples(program: Program, folder: str) -> list[Document]:
    """The examples of a pack and of what it is added to as workloads; choices are declared."""
    kinds = {rule.id: rule.subjects for rule in program.rulebook.rules}
    told = [example for each in _folders(folder) for example in read_examples(pack_sources(each))]
    found = [example for example in told if example.owner in kinds]
    return [example_document(example, kinds[example.owner], declared=True) for example in found]


def _read(document: Document) -> Workload | None:
    return read_workload(json.dumps(document).encode(), "witness.yaml").workload
