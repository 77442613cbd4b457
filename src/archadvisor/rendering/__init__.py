"""Reports as text: one function a format."""

from collections.abc import Callable

from archadvisor.model.advice import Report
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling


def _text(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.text import Detail, text

    reasons = telling.verbose or not report.several
    return text(report, paper, Detail(reasons, telling.verbose, telling.quiet, telling.statistics))


def _concise(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.concise import concise

    return concise(report, paper, telling)


def _json(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.json import json_text

    return json_text(report)


def _sarif(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.sarif import sarif

    return sarif(report)


def _junit(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.junit import junit

    return junit(report, telling)


def _github(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.github import github

    return github(report)


def _gitlab(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.gitlab import gitlab

    return gitlab(report)


def _markdown(report: Report, paper: Paper, telling: Telling) -> str:
    from archadvisor.rendering.comment import comment

    return comment(report, telling)


FORMATS: dict[str, Callable[[Report, Paper, Telling], str]] = {
    "text": _text,
    "concise": _concise,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "markdown": _markdown,
}
"""The formats of `check`, by name; each is imported when it is asked for."""
