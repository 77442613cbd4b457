"""The design report of one workload."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, assert_never, get_args

from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.loading.prices import catalog_prices
from archadvisor.model.advice import Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.dossier import Dossier
from archadvisor.model.workload import Workload
from archadvisor.rendering.dossier import dossier
from archadvisor.rendering.markdown import markdown
from archadvisor.workflows.acceptance import from_folder
from archadvisor.workflows.check import advice_on, report
from archadvisor.workflows.cost import estimated
from archadvisor.workflows.diagram import picture
from archadvisor.workflows.extras import needing
from archadvisor.workflows.reading import workload_in

Form = Literal["md", "html", "pdf", "json"]
FORMS: tuple[Form, ...] = get_args(Form)
Telling = Callable[[str], None]
"""Is told what is done now."""


@dataclass(frozen=True, slots=True)
class Design:
    """The advice on one workload, and all that a report tells of it."""

    report: Report
    workload: Workload
    dossier: Dossier


def design(program: Program, file: str, output: str | None = None, data: bytes | None = None) -> Design:
    """All that is to be told of a workload file, which is named as seen from the folder of `output`, else from this.

    Raises:
        UnreadableInput: with every problem of the file.
    """
    workload = workload_in(file, program.rulebook, data)
    named = workload if file == "-" else replace(workload, file=from_folder(file, output or "-"))
    choice = program.choice(file)
    own = replace(program, choice=lambda _: choice)
    advice = advice_on(named, own, deep=True)
    estimate = estimated(own, named, advice, catalog_prices(program.catalog, program.day))
    made = report(own, (advice,))
    return Design(made, named, dossier(made, named, estimate, tuple(program.catalog.values())))


def design_report(program: Program, file: str, form: Form = "md", output: str | None = None) -> bytes:
    """The report on a workload file in one of the forms.

    Raises:
        UnreadableInput: with every problem of the file; or what it takes is not installed.
    """
    return rendered(design(program, file, output), form)


def rendered(found: Design, form: Form, tell: Telling = lambda _: None) -> bytes:
    """A report in one of the forms.

    Raises:
        UnreadableInput: what it takes is not installed.
    """
    match form:
        case "md":
            return _encoded(markdown(found.dossier))
        case "json":
            return _encoded(_json(found))
        case "html":
            return _encoded(_page(found.dossier, tell))
        case "pdf":
            return _printed(_page(found.dossier, tell), found.dossier, tell)
        case _:
            assert_never(form)


def _json(found: Design) -> str:
    from archadvisor.rendering.cost import cost_json
    from archadvisor.rendering.json import report_json

    parts = {"advice": report_json(found.report), "cost": json.loads(cost_json(found.dossier.estimate))}
    return json.dumps({"schema": "report/1", **parts}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _page(found: Dossier, tell: Telling) -> str:
    with needing("an HTML report", "report"):
        from archadvisor.drawing.plot import break_even_plot
        from archadvisor.rendering.html import Pictures, html, plot_in_words
    tell("drawing the architecture")
    diagram = picture(found.architecture, standalone=False)
    tell("drawing the cost")
    words = plot_in_words(found.estimate)
    return html(found, Pictures(diagram, break_even_plot(found.estimate, words), words))


def _printed(page: str, found: Dossier, tell: Telling) -> bytes:
    from archadvisor.drawing.pdf import PrintingFailed, pdf

    tell("printing")
    try:
        return pdf(page, found.as_of)
    except PrintingFailed as error:
        hint = "`-o FILE.html` writes a page that any browser prints"
        raise UnreadableInput([Diagnostic(found.file, f"the PDF cannot be made: {error}", None, hint)]) from None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
