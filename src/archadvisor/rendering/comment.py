"""The report as Markdown that fits a comment on a pull request or the summary of a job."""

from collections.abc import Iterator
from html import escape

from archadvisor.model.advice import Advice, Finding, Report
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.totals import total
from archadvisor.rendering.concise import hinted
from archadvisor.rendering.groups import groups
from archadvisor.rendering.markdown import escaped
from archadvisor.rendering.paint import printable
from archadvisor.rendering.summary import sentence, statistics
from archadvisor.rendering.telling import Telling


def comment(report: Report, telling: Telling) -> str:
    """What was found, what is accepted, and the decisions folded away."""
    sections = [_head(report)] if not telling.quiet else []
    sections += [_statistics(report)] if telling.statistics else [_findings(report), _accepted(report)]
    sections += [_unusable(report.diagnostics)]
    if not telling.quiet and not telling.statistics:
        sections += [_decisions(report, advice) for advice in report.advices]
    rendered = [text for lines in sections if (text := "\n".join(lines))]
    return "\n\n".join(rendered) + ("\n" if rendered else "")


def _head(report: Report) -> Iterator[str]:
    yield from ("## archadvisor", "", f"{sentence(report, total(report.advices))}.")


def _findings(report: Report) -> Iterator[str]:
    found = [finding for advice in report.advices for finding in advice.findings]
    if found:
        yield from ("| severity | where | finding | rule |", "| --- | --- | --- | --- |")
    for finding in found:
        remedy = f"<br>Remedy: {escaped(printable(finding.remedy))}" if finding.remedy else ""
        message = escaped(printable(finding.message)) + remedy
        yield f"| **{finding.severity}** | {_where(finding)} | {message} | {_rule(finding)} |"


def _accepted(report: Report) -> Iterator[str]:
    accepted = [found for advice in report.advices for found in advice.suppressed]
    if accepted:
        yield from ("<details><summary>Suppressed findings</summary>", "")
        yield from ("| severity | where | finding | rule | because | until |", "| --- | --- | --- | --- | --- | --- |")
    for found in accepted:
        finding, said = found.finding, found.suppression
        told = f"{_where(finding)} | {escaped(printable(finding.message))} | {_rule(finding)}"
        yield f"| {finding.severity} | {told} | {escaped(printable(said.because))} | {said.until or ''} |"
    if accepted:
        yield from ("", "</details>")


def _statistics(report: Report) -> Iterator[str]:
    found = statistics(total(report.advices))
    if found:
        yield from ("| findings | severity | rule | suppressed | in the baseline |", "| --: | --- | --- | --: | --: |")
    for row in found:
        yield f"| {row.findings} | {row.severity} | `{row.rule}` | {row.suppressed} | {row.baselined} |"


def _unusable(diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    if diagnostics:
        yield from ("Could not be used:", "")
    for found in diagnostics:
        place = f":{found.place.line}:{found.place.column}" if found.place else ""
        yield f"- {_code(found.file + place)}: {escaped(printable(hinted(found)))}"


def _decisions(report: Report, advice: Advice) -> Iterator[str]:
    status = "settled" if advice.settled else "provisional"
    name = escape(printable(f"{advice.name} ({advice.file})"), quote=False)
    yield from (f"<details><summary>Decisions for {name}: {status}</summary>", "")
    yield from ("| decision | for | advice | verdict |", "| --- | --- | --- | --- |")
    for group in groups(report, advice.decisions):
        named = ", ".join(_code(name) for name in group.names) or "the workload"
        verdict = group.verdict.replace("?", ", provisional") + (", unverified" if group.unverified else "")
        yield f"| {group.decision} | {named} | {escaped(group.title)} | {verdict} |"
    asks = sorted({ask for outcome in advice.decisions for ask in outcome.asks})
    if asks:
        yield from ("", f"To settle it, state {', '.join(_code(ask) for ask in asks)}.")
    yield from ("", "</details>")


def _where(finding: Finding) -> str:
    return _code(f"{finding.file}:{finding.place.line}")


def _rule(finding: Finding) -> str:
    url = next((source.url for source in finding.sources if source.url), None)
    return f"[`{finding.rule}`]({url})" if url else f"`{finding.rule}`"


def _code(text: str) -> str:
    """A text as a code span in a table."""
    return escaped(f"`{printable(text).replace('`', chr(39))}`")
