"""Reports as text: one function a format."""

from collections.abc import Callable

from archadvisor.model.advice import Report
from archadvisor.rendering.paint import Paper


def _text(report: Report, paper: Paper, verbose: bool) -> str:
    from archadvisor.rendering.text import Detail, text

    return text(report, paper, Detail(reasons=verbose or len(report.advices) == 1, arithmetic=verbose))


def _json(report: Report, paper: Paper, verbose: bool) -> str:
    from archadvisor.rendering.json import json_text

    return json_text(report)


FORMATS: dict[str, Callable[[Report, Paper, bool], str]] = {"text": _text, "json": _json}
"""The formats of `check`, by name; each is imported when it is asked for."""
