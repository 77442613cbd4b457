"""The rules of a SARIF log: what viewers show beside a finding."""

from archadvisor.model.advice import Cited, Finding, Report
from archadvisor.model.rule import Flags
from archadvisor.rendering.handbook import grounds_markdown

Json = dict[str, object]


def descriptors(report: Report) -> list[Json]:
    """A descriptor for every rule that was found, by id."""
    cited = {found.rule.id: found for found in report.cited}
    first: dict[str, Finding] = {}
    for advice in report.advices:
        for finding in advice.every_finding():
            first.setdefault(finding.rule, finding)
    return [_descriptor(cited[rule]) if rule in cited else _bare(found) for rule, found in sorted(first.items())]


def _descriptor(cited: Cited) -> Json:
    rule = cited.rule
    assert isinstance(rule.effect, Flags)
    url = next((source.url for source in cited.sources if source.url), None)
    level = "warning" if rule.unverified and rule.effect.severity == "error" else rule.effect.severity
    return {
        "id": rule.id,
        "shortDescription": {"text": _title(rule.id)},
        "fullDescription": {"text": rule.rationale},
        "help": {"text": _help(cited), "markdown": "\n".join(grounds_markdown(rule, cited.sources))},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": level},
        "properties": {
            "pack": rule.pack,
            "subjects": list(rule.subjects),
            "unverified": rule.unverified,
            "tags": ["architecture", rule.id.partition("/")[0]],
        },
    }


def _bare(finding: Finding) -> Json:
    """The descriptor of a rule that no pack has."""
    title = {"text": _title(finding.rule)}
    return {
        "id": finding.rule,
        "shortDescription": title,
        "fullDescription": title,
        "help": {"text": finding.remedy or finding.message},
        "defaultConfiguration": {"level": finding.severity},
    }


def _title(rule: str) -> str:
    """An id as a sentence: `Public endpoint in plain http.`"""
    words = rule.rpartition("/")[2].replace("-", " ")
    return f"{words[:1].upper()}{words[1:]}."


def _help(cited: Cited) -> str:
    rule = cited.rule
    remedy = rule.effect.remedy if isinstance(rule.effect, Flags) else None
    sources = [f"{source.title}{f' <{source.url}>' if source.url else ''}" for source in cited.sources]
    parts = [rule.rationale, *([f"Remedy: {remedy}"] if remedy else []), f"Sources: {'; '.join(sources)}"]
    return "\n\n".join(parts)
