"""The interview in a terminal."""

import os
import re
from collections.abc import Callable, Sequence

import questionary

from archadvisor.cli.terminal import paper, write
from archadvisor.engine.program import Program
from archadvisor.errors import UnreadableInput
from archadvisor.model.fact import FactType
from archadvisor.model.interview import DONT_KNOW, Question, Sheet
from archadvisor.model.quantity import EXAMPLES
from archadvisor.model.workload import short_name
from archadvisor.rendering.paint import folded, printable
from archadvisor.workflows.interview import Interview

_BACK, _STOP = "go back", "stop here"
_NOT_KNOWN = "don't know"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,62}")
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]")
_BOOLEANS = {"yes": "true", "no": "false"}
_CONTROLS = {"": DONT_KNOW, "<": _BACK, "!": _STOP}
"""What may be typed in the place of an answer."""
_MOST_SHOWN = 4
"""Decisions that are named as the reason for a question."""


def may_replace(file: str) -> bool:
    """Whether a file that is there may be replaced."""
    answer = questionary.confirm(f"{printable(file)} is there already; replace it at the end?", default=False)
    return bool(answer.unsafe_ask())


def held(program: Program) -> Interview:
    """The interview, as far as the person goes.

    Raises:
        KeyboardInterrupt: the person ends it without a result.
    """
    interview = Interview(program, _described())
    told: set[tuple[str, str | None, str | None]] = set()
    while True:
        _tell_decided(interview, told)
        question = interview.question
        if question is None:
            return interview
        answer = _asked(interview, question, can_go_back=bool(interview.sheet.stated))
        if answer == _STOP:
            return interview
        interview = interview.back() if answer == _BACK else interview.answered(question.path, answer)


def _described() -> Sheet:
    """What the workload consists of."""
    write("What is there? Names are words such as `shop` or `order-worker`; several are parted by commas.\n\n")
    folder = os.path.basename(os.getcwd())
    name = _text("Name of the workload", _one_name, default=folder if _NAME.fullmatch(folder) else "")
    regions = tuple(_parted(_text("AWS Regions it runs in, such as eu-west-1", _all_regions)))
    services = _names("Services: what runs, jobs and image builds too")
    endpoints = [
        _names(f"Endpoints of {service}: what callers reach it by (none: leave empty)") for service in services
    ]
    secrets = _names("Secrets: passwords, keys, tokens (none: leave empty)")
    callers = _names("Callers: who or what signs in, such as customers, staff, deploys (none: leave empty)")
    write("\n")
    return Sheet(name, regions, tuple(zip(services, endpoints, strict=True)), secrets, callers)


def _tell_decided(interview: Interview, told: set[tuple[str, str | None, str | None]]) -> None:
    """Shows what has been decided since the last question."""
    titles = {
        (decision.id, option.id): option.title
        for decision in interview.program.rulebook.decisions
        for option in decision.options
    }
    for outcome in interview.advice.decisions:
        key = outcome.decision, outcome.subject, outcome.option
        if outcome.settled and key not in told:
            told.add(key)
            of = f" of {short_name(outcome.subject)}" if outcome.subject else ""
            title = titles.get((outcome.decision, outcome.option or ""), "no answer")
            write(f"  {paper().paint(f'decided: {outcome.decision}{of}: {title}', 'green')}\n")


def _asked(interview: Interview, question: Question, can_go_back: bool) -> str:
    """The answer as YAML writes it, or what else the person wants."""
    shown = question.hangs[:_MOST_SHOWN]
    more = f" and {len(question.hangs) - len(shown)} more" if len(question.hangs) > len(shown) else ""
    why = f"{question.fact.description}; it can still change {', '.join(shown)}{more}"
    write("".join(f"{line}\n" for line in folded(why, paper().width, "  ", "  ")))
    of = f" of {question.about}" if question.about else ""
    title = f"{_name(question.fact)}{of}"
    choices = _choices(question.fact)
    if choices:
        return _chosen(title, choices, can_go_back)
    return _written(title, interview, question, can_go_back)


def _name(fact: FactType) -> str:
    """What a fact is called in a question: `replicas max`, `kubernetes required`."""
    name = fact.name if fact.subject == "workload" else fact.name.partition(".")[2]
    return name.replace(".", " ").replace("_", " ")


def _choices(fact: FactType) -> dict[str, str]:
    """What can be chosen from, by how it is shown; empty where the answer is to be typed."""
    if fact.kind == "boolean":
        return _BOOLEANS
    return {word: f'"{word}"' if word[:1].isdigit() else word for word in fact.words} if fact.kind == "word" else {}


def _chosen(title: str, choices: dict[str, str], can_go_back: bool) -> str:
    others = [_NOT_KNOWN, *([_BACK] if can_go_back else []), _STOP]
    shown = [questionary.Choice(title=choice) for choice in (*choices, *others)]
    answer = str(questionary.select(title, shown).unsafe_ask())
    return {**choices, _NOT_KNOWN: DONT_KNOW}.get(answer, answer)


def _written(title: str, interview: Interview, question: Question, can_go_back: bool) -> str:
    """An answer that is typed; it is tried before it is taken."""

    def fits(text: str) -> bool | str:
        if text.strip() in _CONTROLS:
            return True
        try:
            interview.answered(question.path, _yaml(text, question.fact))
        except UnreadableInput as error:
            return printable(error.diagnostics[0].message)
        return True

    controls = f"empty: {_NOT_KNOWN}; {'<: back; ' if can_go_back else ''}!: stop"
    text = _text(f"{title} ({_form(question.fact)}; {controls})", fits)
    return _CONTROLS.get(text) or _yaml(text, question.fact)


def _form(fact: FactType) -> str:
    """How an answer is typed."""
    if fact.kind == "set":
        return f"some of {', '.join(fact.words)}, or none" if fact.words else "several are parted by commas, or none"
    if fact.kind == "number":
        written = EXAMPLES.get(fact.unit or "", "a number").replace("`", "")
        return " or ".join([written, *fact.words])
    return "a word"


def _yaml(text: str, fact: FactType) -> str:
    if fact.kind != "set":
        return text.strip()
    return "[]" if text.strip() == "none" else f"[{', '.join(_parted(text))}]"


def _text(title: str, validate: Callable[[str], bool | str], default: str = "") -> str:
    return str(questionary.text(title, default=default, validate=validate).unsafe_ask()).strip()


def _names(title: str) -> tuple[str, ...]:
    return tuple(_parted(_text(title, _all_names)))


def _parted(text: str) -> Sequence[str]:
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _one_name(text: str) -> bool | str:
    return _NAME.fullmatch(text.strip()) is not None or "a name is a letter, then letters, digits, `-` or `_`"


def _all_regions(text: str) -> bool | str:
    wrong = [name for name in _parted(text) if not _REGION.fullmatch(name)]
    return f"`{printable(wrong[0])}` is no AWS Region, such as eu-west-1" if wrong else True


def _all_names(text: str) -> bool | str:
    wrong = [name for name in _parted(text) if not _NAME.fullmatch(name)]
    return f"`{printable(wrong[0])}` is no name: a letter, then letters, digits, `-` or `_`" if wrong else True
