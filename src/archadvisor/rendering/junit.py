"""The report as JUnit XML: a suite for each file, a case for each finding."""

from xml.etree import ElementTree as ET

from archadvisor.model.advice import Advice, Finding, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import SEVERITIES
from archadvisor.rendering.address import relative
from archadvisor.rendering.concise import UNUSABLE, hinted
from archadvisor.rendering.paint import printable
from archadvisor.rendering.telling import Telling


def junit(report: Report, telling: Telling) -> str:
    """Findings that fail the check are failures, accepted ones are skipped, unusable files are errors."""
    root = ET.Element("testsuites", name="archadvisor")
    for advice in report.advices:
        suite = _suite(root, relative(advice.file, report.folder))
        _add_findings(suite, advice, telling)
    unusable: dict[str, list[Diagnostic]] = {}
    for found in report.diagnostics:
        unusable.setdefault(relative(found.file, report.folder), []).append(found)
    for file, problems in unusable.items():
        _add_errors(_suite(root, file), problems)
    for suite in root:
        _count(suite)
    _total(root)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, file: str) -> ET.Element:
    return ET.SubElement(root, "testsuite", name=printable(file))


def _case(suite: ET.Element, rule: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=printable(name), classname=f"archadvisor.{rule}")


def _add_findings(suite: ET.Element, advice: Advice, telling: Telling) -> None:
    """A suite must have a case, so a file without findings has one that passes."""
    for found in advice.findings:
        case = _case(suite, found.rule, _name(found))
        if telling.fail_on and SEVERITIES.index(found.severity) <= SEVERITIES.index(telling.fail_on):
            failure = ET.SubElement(case, "failure", type=found.severity, message=printable(found.message))
            failure.text = _text(found)
        else:
            ET.SubElement(case, "system-out").text = _text(found)
    for accepted in advice.suppressed:
        case = _case(suite, accepted.finding.rule, _name(accepted.finding))
        ET.SubElement(case, "skipped", type="suppressed", message=printable(accepted.suppression.because))
    for known in advice.baselined:
        case = _case(suite, known.rule, _name(known))
        ET.SubElement(case, "skipped", type="baseline", message="the baseline knows it")
    if not len(suite):
        _case(suite, "check", "no findings")


def _add_errors(suite: ET.Element, problems: list[Diagnostic]) -> None:
    for found in problems:
        place = f" (line {found.place.line}, column {found.place.column})" if found.place else ""
        case = _case(suite, UNUSABLE, f"the file can be used{place}")
        ET.SubElement(case, "error", type=UNUSABLE, message=printable(hinted(found)))


def _name(found: Finding) -> str:
    return f"{found.rule}{f' of {found.subject}' if found.subject else ''} ({found.place.in_words})"


def _text(found: Finding) -> str:
    """What a person needs: where, what, what to do, on what grounds."""
    lines = [f"{found.file}:{found.place.line}:{found.place.column}: {found.severity}: {found.message}"]
    lines += [f"remedy: {found.remedy}"] if found.remedy else []
    lines += [f"{place.in_words}: {note}" for note, place in found.related]
    lines += [source.url for source in found.sources if source.url]
    return "\n".join(map(printable, lines))


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite)))
    for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{element}"))))


def _total(root: ET.Element) -> None:
    for attribute in ("tests", "failures", "errors"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in root)))
