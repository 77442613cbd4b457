"""Proves a pack, or shows where it has holes."""

import json
from collections.abc import Sequence
from dataclasses import replace

from archadvisor.analysis.exercise import speaking
from archadvisor.analysis.verify.pack import Verifier
from archadvisor.analysis.verify.witness import Document
from archadvisor.engine.program import Program
from archadvisor.model.verification import Defect, Verification
from archadvisor.model.workload import Workload
from archadvisor.workflows.check import advice_on
from archadvisor.workflows.reading import reading_of
from archadvisor.workflows.rules import cases_of

_FILE = "witness.yaml"


def verified(program: Program, packs: Sequence[str]) -> Verification:
    """What is found of the built-in pack and house packs; each workload it shows has been checked as any file is.

    Raises:
        UnusablePack: an example of a pack states something that no workload can.
    """
    known = [case.workload for cases in cases_of(program, packs).values() for case in cases]
    found = Verifier(program, known, lambda document: _read(program, document)).verification()
    checked = [(defect, _checked(program, defect)) for defect in found.defects]
    lost = (f"whether {defect.message}" for defect, told in checked if told is None)
    return replace(
        found,
        defects=tuple(told for _, told in checked if told is not None),
        undecided=(*found.undecided, *lost),
    )


def _read(program: Program, document: Document) -> Workload | None:
    return reading_of(_FILE, program.rulebook, json.dumps(document).encode()).workload


def _checked(program: Program, defect: Defect) -> Defect | None:
    """A defect whose workload shows it when it is checked; a conflict is none unless it does."""
    workload = None if defect.witness is None else _read(program, defect.witness)
    if workload is None:
        return None if defect.kind == "conflict" else replace(defect, witness=None)
    advice = advice_on(workload, program)
    if defect.kind == "conflict":
        return defect if any(outcome.verdict == "conflict" for outcome in advice.decisions) else None
    return defect if defect.about in speaking(advice) else replace(defect, witness=None)
