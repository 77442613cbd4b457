"""The design report as Markdown."""

import re
from collections.abc import Iterator, Sequence

from archadvisor.model.advice import Evidence
from archadvisor.model.catalog import Table
from archadvisor.model.cost import Quote
from archadvisor.model.dossier import Answer, Chapter, Declared, Dossier, Ground, Row, Standing
from archadvisor.model.quantity import worded
from archadvisor.model.rule import Source
from archadvisor.rendering.cost import NOT_COUNTED, quote_in_words
from archadvisor.rendering.dossier import named
from archadvisor.rendering.imprint import imprint_line
from archadvisor.rendering.mermaid import flowchart
from archadvisor.rendering.paint import counted

_SPECIAL = re.compile(r"([\\`<>|*_\[\]#])")
_CODE = re.compile(r"(`[^`]*`)")


def markdown(found: Dossier) -> str:
    """The report on one workload, ready for a review."""
    sections = (_head, _summary, _diagram, _details, _cost, _questions, _findings, _suppressed, _sources, _making)
    return "\n".join(line for section in sections for line in (*section(found), "")) + "\n"


def escaped(text: str) -> str:
    """Text in which nothing acts as Markdown or HTML but its code spans."""
    parts = _CODE.split(text.replace("\n", " "))
    parts[::2] = [_SPECIAL.sub(r"\\\1", part) for part in parts[::2]]
    parts[1::2] = [span.replace("|", "\\|") for span in parts[1::2]]
    return "".join(parts)


def _head(found: Dossier) -> Iterator[str]:
    yield f"# Architecture of {escaped(found.name)}"
    yield ""
    yield f"Advice for `{found.file}` as of {found.as_of}: {found.status}."


def _summary(found: Dossier) -> Iterator[str]:
    yield "## Summary"
    yield ""
    yield "| decision | for | advice | verdict | lead |"
    yield "| --- | --- | --- | --- | --- |"
    yield from map(_row, found.rows)
    if found.declared is not None:
        yield ""
        yield "Already declared:"
        yield ""
        for declared in found.declared:
            yield from _declared(declared)


def _row(row: Row) -> str:
    verdict = row.verdict + (", provisional" if row.provisional else "") + (", unverified" if row.unverified else "")
    lead = "" if row.margin is None else str(row.margin)
    return f"| {row.decision} | {named(row.subjects)} | {escaped(row.advised)} | {verdict} | {lead} |"


def _declared(declared: Declared) -> Iterator[str]:
    note = "as advised" if declared.otherwise is None else f"the advice is {escaped(declared.otherwise)}"
    yield f"- {declared.decision} of {named(declared.subjects)}: {escaped(declared.chosen)} ({note})"
    yield from _conflict(declared.conflict)


def _diagram(found: Dossier) -> Iterator[str]:
    yield "## Diagram"
    yield ""
    yield "```mermaid"
    yield flowchart(found.architecture).rstrip("\n")
    yield "```"


def _details(found: Dossier) -> Iterator[str]:
    yield "## Decisions"
    for chapter in found.chapters:
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield ""
    yield f"### {chapter.decision.id}: {escaped(chapter.decision.question)}"
    yield ""
    yield escaped(chapter.decision.about)
    for answer in chapter.answers:
        yield ""
        yield from _answer(answer)


def _answer(answer: Answer) -> Iterator[str]:
    yield f"**{named(answer.subjects)}: {escaped(answer.advised)}** ({answer.verdict})"
    yield ""
    yield "| option | standing | score |"
    yield "| --- | --- | --- |"
    yield from map(_standing, answer.options)
    yield ""
    for ground in answer.grounds:
        yield from _ground(ground)
    for conflict in answer.conflicts:
        yield from _conflict(conflict)
    if answer.tipping:
        yield ""
        yield "What would change this, one stated fact at a time:"
        yield ""
    yield from (f"- {named(subjects)}: {escaped(told)}" for subjects, told in answer.tipping)


def _standing(option: Standing) -> str:
    title = escaped(option.option)
    score = "" if option.score is None else option.score
    return f"| {f'**{title}**' if option.advised else title} | {escaped(option.told)} | {score} |"


def _ground(ground: Ground) -> Iterator[str]:
    unverified = " *(unverified)*" if ground.unverified else ""
    yield f"- {escaped(ground.option)}: {escaped(ground.because)}.{unverified} `{ground.rule}` {ground.effect}."
    if ground.evidence:
        yield f"  - Evidence: {'; '.join(map(evidence, ground.evidence))}"
    yield f"  - Sources: {_links(ground.sources)}"


def _conflict(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"- **Conflict.** {escaped(lines[0])}"
        yield from (f"  - {escaped(line)}" for line in lines[1:])


def evidence(used: Evidence, places: bool = True) -> str:
    """A fact that a rule used, with its value and how it is known, perhaps also where it is written."""
    value = "\\*\\*\\*\\*" if used.redacted else escaped(worded(used.value, used.unit))
    place = used.place.in_words if used.place and places else ""
    inputs = ", ".join(f"`{name}`" for name in used.inputs)
    derived = f"derived from {inputs}" if used.origin == "derived" and used.inputs != ("-",) else ""
    known = ", ".join(filter(None, (place, derived))) or used.origin
    return f"`{used.fact}` is {value} ({known})"


def _cost(found: Dossier) -> Iterator[str]:
    estimate = found.estimate
    yield "## Cost"
    yield ""
    yield "| all of it | a month | |"
    yield "| --- | --: | --- |"
    yield from map(_quote, estimate.plans)
    for service in estimate.services:
        yield ""
        yield f"| `{service.service}` | a month | |"
        yield "| --- | --: | --- |"
        yield from map(_quote, filter(None, (service.advised, *service.others)))
    yield ""
    yield f"{NOT_COUNTED} Prices were checked on {estimate.checked}; `archadvisor cost` shows every formula."


def _quote(quote: Quote) -> str:
    return f"| {escaped(quote.title)} | {quote_in_words(quote)} | {'unverified' if quote.unverified else ''} |"


def _questions(found: Dossier) -> Iterator[str]:
    yield "## Open questions"
    yield ""
    if not found.questions:
        yield "None: no unknown fact could change the advice."
    yield from (f"- `{ask}` could change {', '.join(decisions)}" for ask, decisions in found.questions)
    if found.questions and not found.exact:
        yield ""
        yield "So many facts are unknown that not all combinations were tried: some of these may not matter."


def _findings(found: Dossier) -> Iterator[str]:
    yield "## Findings"
    yield ""
    if not found.findings:
        yield "None."
    for each in found.findings:
        yield f"- **{each.severity}** {escaped(each.message)} (`{each.rule}`, line {each.place.line})"
        if each.remedy:
            yield f"  - Remedy: {escaped(each.remedy)}"
        yield f"  - Sources: {_links(each.sources)}"


def _suppressed(found: Dossier) -> Iterator[str]:
    yield "## Accepted findings"
    yield ""
    if not found.suppressed:
        yield "None."
    for each in found.suppressed:
        said = each.suppression
        until = f", until {said.until}" if said.until else ""
        yield f"- {escaped(each.finding.message)} (`{each.finding.rule}`, line {each.finding.place.line})"
        yield f"  - Accepted on line {said.place.line}{until}: {escaped(said.because)}"


def _sources(found: Dossier) -> Iterator[str]:
    yield "## Sources"
    yield ""
    yield from (f'- <a id="{_anchor(source)}"></a>{sourced(source)}' for source in found.sources)


def sourced(source: Source) -> str:
    """A source with its kind, its date and its address."""
    link = f" <{source.url}>" if source.url else ""
    return f"{source.id}: {escaped(source.title)} ({source.kind.replace('_', ' ')}, checked {source.checked}){link}"


def _making(found: Dossier) -> Iterator[str]:
    yield "## How this was made"
    yield ""
    packs = ", ".join(found.packs)
    yield f"archadvisor {found.version}, packs: {packs}, {found.rules} rules, as of {found.as_of}."
    yield f"The oldest source used was checked on {found.oldest_fact}."
    yield ""
    yield "| table of the catalog | checked | values | unverified |"
    yield "| --- | --- | --: | --: |"
    yield from map(_table, found.tables)
    yield ""
    rules = ", ".join(f"`{rule}`" for rule in found.unverified)
    spoke = f"{counted(len(found.unverified), 'rule')} that spoke: {rules}" if rules else "no rule that spoke"
    yield f"Unverified: {spoke}."
    yield ""
    yield imprint_line(found.imprint)


def _table(table: Table) -> str:
    unverified = sum(row.unverified for row in table.rows)
    return f"| {table.name} | {table.checked} | {len(table.rows)} | {unverified or ''} |"


def _links(sources: Sequence[Source]) -> str:
    return ", ".join(f"[{source.id}](#{_anchor(source)})" for source in sources)


def _anchor(source: Source) -> str:
    return f"source-{source.id}"
