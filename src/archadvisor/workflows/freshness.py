"""Whether reports that were written earlier are what they would be if they were written now, for the same day."""

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from archadvisor.errors import UnreadableInput
from archadvisor.loading.discovery import read_bytes
from archadvisor.loading.imprint import imprint_in
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.imprint import Imprint
from archadvisor.storage import git
from archadvisor.version import __version__
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.report import Form, design_report

_ENDINGS = (".md", ".html")
"""Of the forms that say how they were made."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """A report, and what is out of date in it; None where nothing is."""

    report: str
    stale: str | None


def committed_reports(folder: str) -> list[str]:
    """The reports in a folder that git tracks.

    Raises:
        UnreadableInput: the folder is in no git repository.
    """
    top = os.path.join(os.path.realpath(folder), "")
    inside = sorted(file for file in git.tracked(folder) if file.startswith(top) and file.endswith(_ENDINGS))
    return [os.path.relpath(file) for file in inside if imprint_in(_text(file) or "") is not None]


def freshness(report: str, workload: str | None, packs: Sequence[str]) -> Freshness:
    """Whether a report is fresh; if it is to be about a certain `workload`, whether it is.

    Raises:
        UnreadableInput: the workload or its configuration cannot be used; with every problem.
        UnusablePack: a pack cannot be used.
    """
    text = _text(report)
    made = imprint_in(text or "")
    if text is None or made is None:
        problem = "there is no such report" if text is None else "it does not say how it was made"
        return Freshness(report, problem + _again(workload, report, packs))
    about = os.path.normpath(os.path.join(os.path.dirname(report), made.workload))
    if workload is not None and not _same(workload, about):
        return Freshness(report, f"it is about `{about}`" + _again(workload, report, packs))
    if not os.path.exists(about):
        return Freshness(report, f"it is about `{about}`, which is not there")
    form: Form = "html" if report.endswith(".html") else "md"
    now = design_report(configured([about], packs, made.as_of), about, form, report).decode()
    return Freshness(report, None if now == text else _difference(made, text, now) + _again(about, report, packs))


def _difference(made: Imprint, then: str, now: str) -> str:
    if made.version != __version__:
        return f"it was made by archadvisor {made.version}, and this is {__version__}"
    pairs = enumerate(zip_longest(then.splitlines(), now.splitlines()), 1)
    line = next(number for number, (before, after) in pairs if before != after)
    return f"line {line} would not be the same now"


def _again(workload: str | None, report: str, packs: Sequence[str]) -> str:
    given = [part for pack in packs for part in ("--pack", pack)]
    command = shlex.join(["archadvisor", "report", workload or "WORKLOAD", "-o", report, *given])
    return f"; write it again with `{command}`"


def _text(file: str) -> str | None:
    """The text of a report with the line ends it was written with; None if there is no such file.

    Raises:
        UnreadableInput: there is one that cannot be read.
    """
    data = read_bytes(file) if os.path.lexists(file) else None
    if isinstance(data, Diagnostic):
        raise UnreadableInput([data])
    return None if data is None else data.decode("utf-8", "replace").replace("\r\n", "\n")


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
