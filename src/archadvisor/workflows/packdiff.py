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
from archadvisor.loading.pack import pack_name
from archadvisor.loading.sources import pack_sources
from archadvisor.loading.workload import read_workload
from archadvisor.model.packdiff import PackDiff
from archadvisor.model.workload import Workload
from archadvisor.workflows.reading import workload_in
from archadvisor.workflows.session import session_of

Titles = dict[tuple[str, str], str]
"""What options are called, by decision and option."""


def compared(old: str, new: str, day: str, paths: Sequence[str]) -> tuple[PackDiff, Titles]:
    """What the pack in the folder `new` decides otherwise than that in `old`, in general and in the files given.

    A pack with decisions of the built-in one stands for it; any other is added to it.

    Raises:
        UnusablePack: a pack cannot be used.
        UnreadableInput: a workload cannot be used.
    """
    folders = [_folders(folder) for folder in (old, new)]
    before, after = (session_of(each, day) for each in folders)
    found = workload_files(list(paths))
    if found.problems:
        raise UnreadableInput(found.problems)
    given = [workload_in(file, after.rulebook) for file in found.files]
    known = [*_examples(before, folders[0]), *_examples(after, folders[1])]
    return pack_diff(before, after, known, given, _read), _titles(before, after)


def _folders(folder: str) -> tuple[str, ...]:
    """The folder alone where it is a version of the built-in pack, else with it."""
    own = home("rules")
    return (folder,) if pack_name(pack_sources(folder)) == pack_name(pack_sources(own)) else (own, folder)


def _titles(*programs: Program) -> Titles:
    decisions = [decision for program in programs for decision in program.rulebook.decisions]
    return {(decision.id, option.id): option.title for decision in decisions for option in decision.options}


def _examples(program: Program, folders: Sequence[str]) -> list[Document]:
    """The examples of a pack and of what it is added to as workloads; choices are declared."""
    kinds = {rule.id: rule.subjects for rule in program.rulebook.rules}
    told = [example for folder in folders for example in read_examples(pack_sources(folder))]
    found = [example for example in told if example.owner in kinds]
    return [example_document(example, kinds[example.owner], declared=True) for example in found]


def _read(document: Document) -> Workload | None:
    return read_workload(json.dumps(document).encode(), "witness.yaml").workload
