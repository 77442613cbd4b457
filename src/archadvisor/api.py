"""The Python API: load a workload and packs, get advice, render it."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice
from archadvisor.model.workload import Workload
from archadvisor.rendering import FORMATS
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.check import advice_on, report
from archadvisor.workflows.reading import workload_in
from archadvisor.workflows.session import session

Form = Literal["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"]


def load_workload(source: str | Path | Mapping[str, Any], packs: Program | None = None) -> Workload:
    """The workload in a file, or in a mapping shaped like one; `packs` say which decisions it may declare.

    Raises:
        UnreadableInput: it is no workload; `diagnostics` holds every problem with its place.
    """
    rulebook = (packs or load_packs()).rulebook
    if isinstance(source, Mapping):
        return workload_in("workload", rulebook, json.dumps(source, default=_written).encode())
    return workload_in(str(source), rulebook)


def _written(value: object) -> str:
    """A day as YAML writes it, which its readers make a date of; nothing else is expected in a mapping."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of a workload")


def load_packs(*folders: str | Path, as_of: datetime.date | None = None) -> Program:
    """The built-in pack with house packs from `folders`, for the facts of a day (default: today).

    Raises:
        UnusablePack: a pack cannot be used; `diagnostics` holds every problem with its place.
    """
    return session([str(folder) for folder in folders], (as_of or datetime.date.today()).isoformat())


def advise(workload: Workload, packs: Program | None = None) -> Advice:
    """All decisions and findings for a workload, under `packs` (default: the built-in one, today)."""
    return advice_on(workload, packs or load_packs())


def render(advice: Advice | Sequence[Advice], form: Form = "text", packs: Program | None = None) -> str:
    """Advice in one of the formats of `archadvisor check`; `packs` are those it was made with."""
    advices = (advice,) if isinstance(advice, Advice) else tuple(advice)
    return FORMATS[form](report(packs or load_packs(), advices), Paper(), Telling())
