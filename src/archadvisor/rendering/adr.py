"""Architecture decision records in the form of MADR."""

from collections.abc import Iterator, Mapping, Sequence

from archadvisor.model.adr import BEGIN, END, Contradiction, Filed, Recorded
from archadvisor.model.dossier import Answer, Chapter, Ground
from archadvisor.model.lock import Held
from archadvisor.model.workload import short_name
from archadvisor.rendering.dossier import named
from archadvisor.rendering.imprint import hidden
from archadvisor.rendering.markdown import escaped, evidence, sourced


def new_record(block: str, day: str) -> str:
    """A record that nobody has agreed to yet, with room for what people have to say."""
    return f"---\nstatus: proposed\ndate: {day}\n---\n\n{block}\n## Notes\n\n"


def block(chapter: Chapter, recorded: Recorded, supersedes: Filed | None) -> str:
    """The part of a record that archadvisor writes, between its marks."""
    return "\n".join(
        (BEGIN, "", *_lines(chapter, recorded, supersedes), "", hidden("record", _json(recorded)), END, "")
    )


def renewed(text: str, new: str) -> str:
    """A record with another part between the marks; everything else stays as it is."""
    start, end = text.index(BEGIN), text.index(END)
    return text[:start] + new.removesuffix("\n") + text[end + len(END) :]


def superseded(filed: Filed, by: str) -> str:
    """A record that says which one took its place, and is else as it was."""
    line = f"status: superseded by [{by.partition('-')[0]}]({by})"
    head, mark, rest = filed.text.partition("\n---")
    lines = [line if each.startswith("status:") else each for each in head.split("\n")]
    return "\n".join(lines) + mark + rest


def contradictions_text(found: Sequence[Contradiction], titles: Mapping[tuple[str, str], str]) -> str:
    """What was accepted and is not today's advice, an answer a line."""
    return "".join(f"{_contradiction(each, titles)}\n" for each in found)


def _contradiction(found: Contradiction, titles: Mapping[tuple[str, str], str]) -> str:
    subject = f" of `{short_name(found.subject)}`" if found.subject else ""
    then, now = (titles.get((found.decision, option or ""), "no answer") for option in (found.accepted, found.advised))
    return f"{found.file}: `{found.decision}`{subject} was accepted as {then}, and the advice is {now}: {found.why}"


def _lines(chapter: Chapter, recorded: Recorded, supersedes: Filed | None) -> Iterator[str]:
    options = dict.fromkeys(answer.advised for answer in chapter.answers)
    yield f"# {chapter.decision.id}: {escaped(', '.join(options))}"
    if supersedes is not None:
        yield ""
        yield f"Supersedes [{supersedes.file.partition('-')[0]}]({supersedes.file})."
    yield from ("", "## Context and Problem Statement", "")
    yield f"{escaped(chapter.decision.question)} {escaped(chapter.decision.about)}"
    yield f"This is about `{recorded.workload}`."
    yield from ("", "## Considered Options", "")
    yield from _options(chapter)
    yield from ("", "## Decision Outcome", "")
    yield from (
        f"- {named(answer.subjects)}: **{escaped(answer.advised)}** ({answer.verdict})" for answer in chapter.answers
    )
    yield from ("", "### Consequences", "")
    yield from dict.fromkeys(line for answer in chapter.answers for line in _consequences(answer))
    yield from ("", "## Facts", "")
    yield from dict.fromkeys(line for answer in chapter.answers for line in _facts(answer))
    yield from ("", "## More Information", "")
    sources = {
        source.id: source for answer in chapter.answers for ground in answer.grounds for source in ground.sources
    }
    yield from (f"- {sourced(source)}" for _, source in sorted(sources.items()))


def _options(chapter: Chapter) -> Iterator[str]:
    """The options that exist for a subject at all."""
    there = {standing.option for answer in chapter.answers for standing in answer.options}
    for option in chapter.decision.options:
        if option.title in there:
            yield f"- {escaped(option.title)}: {escaped(option.summary)}"


def _consequences(answer: Answer) -> Iterator[str]:
    """What speaks for the answer, then for and against the other options."""
    for ground in sorted(answer.grounds, key=lambda ground: ground.option != answer.advised):
        yield f"- {_mood(ground, answer)}, because {escaped(ground.because)} (`{ground.rule}`)"
    if not answer.grounds:
        yield f"- Neutral, because nothing speaks for or against an option for {named(answer.subjects)}"


def _mood(ground: Ground, answer: Answer) -> str:
    if ground.option == answer.advised:
        return f"Bad for {escaped(ground.option)}" if ground.against else f"Good for {escaped(ground.option)}"
    return f"Rules out {escaped(ground.option)}" if ground.against else f"Speaks for {escaped(ground.option)} instead"


def _facts(answer: Answer) -> Iterator[str]:
    return (f"- {evidence(used, places=False)}" for ground in answer.grounds for used in ground.evidence)


def _json(recorded: Recorded) -> dict[str, object]:
    return {
        "workload": recorded.workload,
        "decision": recorded.decision,
        "answers": [_answer(each) for each in recorded.answers],
    }


def _answer(held: Held) -> dict[str, object]:
    return {
        "subject": held.subject,
        "option": held.option,
        "rules": list(held.rules),
        "facts": dict(held.facts),
    }
