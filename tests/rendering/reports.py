"""Reports that hold everything a format may have to tell, made of real advice and of awkward texts."""

import json
from collections.abc import Mapping
from dataclasses import replace

from archadvisor import advise, load_workload
from archadvisor.engine.program import Program
from archadvisor.model.advice import Advice, Finding, Report, Suppressed
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fix import Edit, Fix
from archadvisor.model.place import Place
from archadvisor.model.suppression import Suppression
from archadvisor.rendering import FORMATS
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.telling import Telling
from archadvisor.workflows.check import report

STATED: Mapping[str, object] = {
    "version": 1,
    "name": "awkward",
    "delivery": {"builder": "kaniko", "images": "built"},
    "existing": {"services": ["app_mesh"]},
    "services": {"web": {"kind": "web", "environment": {"DB_PASSWORD": "correct-horse-9"}}},
}
AWKWARD = "100% <b>|`_*:,::set-env name=A::b\r\n\x1b[31mred\x00 ]]> & @team\udcff é 漢"
"""Everything that some format gives a meaning to."""
PLACE = Place(2, 3, 4, 5)


_ADVICE: dict[int, Advice] = {}


def found(program: Program) -> Advice:
    """Advice with three findings: an error, a warning, and one more; worked out once for each program."""
    if id(program) not in _ADVICE:
        advice = advise(load_workload(STATED, program), program)
        assert len(advice.findings) >= 3
        _ADVICE[id(program)] = replace(advice, file="folder/work load.yaml")
    return _ADVICE[id(program)]


def plain(program: Program) -> Report:
    """A report on one file with findings."""
    return replace(report(program, (found(program),)), folder="/repository")


def clean(program: Program) -> Report:
    """A report on one file without findings."""
    return replace(plain(program), advices=(replace(found(program), findings=()),))


def accepted(program: Program) -> Report:
    """A report of whose findings the first has a fix, the second is suppressed and the third known."""
    advice = found(program)
    first, second, third, *others = advice.findings
    fix = Fix("write `on`", False, (Edit(PLACE, "on"), Edit(Place(9, 1, 9, 1), "x: 1\n")))
    said = Suppression(second.rule, second.subject, "agreed", "2027-03-01", Place(7, 1, 7, 20), "comment")
    changed = replace(
        advice,
        findings=(replace(first, fix=fix, related=(("said here", PLACE),)), *others),
        suppressed=(Suppressed(second, said),),
        baselined=(third,),
    )
    return replace(report(program, (changed,)), folder="/repository")


def awkward(program: Program) -> Report:
    """A report in which every free text, and a file's name, is awkward; a rule that no pack has made a finding."""
    first = found(program).findings[0]
    finding = replace(
        first, rule="suppressions/unused", message=AWKWARD, remedy=AWKWARD, file=AWKWARD, subject=AWKWARD, place=PLACE,
        related=((AWKWARD, PLACE),),
    )  # fmt: skip
    said = Suppression(first.rule, None, AWKWARD, None, PLACE, "comment")
    advice = replace(
        found(program), name=AWKWARD, file=AWKWARD, findings=(finding, finding), suppressed=(Suppressed(finding, said),)
    )
    diagnostics = (
        Diagnostic(AWKWARD, AWKWARD, PLACE, AWKWARD),
        Diagnostic(AWKWARD, AWKWARD),
        Diagnostic("/elsewhere/a b.yaml", "gone"),
    )
    return replace(report(program, (advice,), diagnostics), folder="/repository")


def every(program: Program) -> dict[str, Report]:
    """All of them, and one on nothing, by name."""
    return {
        "plain": plain(program),
        "clean": clean(program),
        "accepted": accepted(program),
        "awkward": awkward(program),
        "nothing": replace(report(program, ()), folder="/repository"),
    }


def rendered(form: str, told: Report, telling: Telling | None = None) -> str:
    """A report in a format, for a page without colours; what a surrogate stands for cannot be written."""
    text = FORMATS[form](told, Paper(), telling or Telling())
    return text.encode("utf-8", "replace").decode("utf-8")


def findings(told: Report) -> list[Finding]:
    """The findings that are shown."""
    return [finding for advice in told.advices for finding in advice.findings]


def data(form: str, told: Report) -> object:
    """What a JSON format says."""
    return json.loads(rendered(form, told))
