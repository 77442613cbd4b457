"""Names in a workload that must mean something: decisions, options, subjects, secrets."""

from collections.abc import Iterator

from archadvisor.loading.wording import suggestion
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.rule import Decision, Rulebook
from archadvisor.model.workload import Declaration, Subject, Workload, is_named


def dangling(workload: Workload, rulebook: Rulebook) -> list[Diagnostic]:
    """Every name in a workload that means nothing, in the order of the file."""
    found = [*_in_declarations(workload, rulebook), *_in_uses(workload)]
    return sorted(found, key=lambda diagnostic: diagnostic.place or ())


def _in_declarations(workload: Workload, rulebook: Rulebook) -> Iterator[Diagnostic]:
    decisions = {decision.id: decision for decision in rulebook.decisions}
    subjects = list(workload.root.all())
    for declared in workload.declarations:
        decision = decisions.get(declared.decision)
        if decision is None:
            message = f"there is no decision `{declared.decision}`"
            yield Diagnostic(workload.file, message, declared.place, suggestion(declared.decision, list(decisions)))
        else:
            yield from _in_declaration(workload, declared, decision, subjects)


def _in_declaration(
    workload: Workload, declared: Declaration, decision: Decision, subjects: list[Subject]
) -> Iterator[Diagnostic]:
    options = [option.id for option in decision.options]
    if declared.option not in options:
        message = f"`{decision.id}` has no option `{declared.option}`"
        yield Diagnostic(workload.file, message, declared.place, suggestion(declared.option, options))
    own = [subject for subject in subjects if subject.kind in decision.subjects]
    if declared.subject is not None and not any(is_named(subject.path, declared.subject) for subject in own):
        message = f"`{decision.id}` is not made for a `{declared.subject}`"
        names = [subject.short_name for subject in own if subject.path]
        hint = suggestion(declared.subject, names) if names else "it is made for the whole workload"
        yield Diagnostic(workload.file, message, declared.place, hint)


def _in_uses(workload: Workload) -> Iterator[Diagnostic]:
    secrets = [part.name for part in workload.root.parts if part.kind == "secret"]
    for service in workload.root.parts:
        used = service.facts.get("service.uses.secrets")
        for name in used.value if used is not None and isinstance(used.value, tuple) else ():
            if name not in secrets:
                hint = suggestion(name, secrets) if secrets else "add it under `secrets`"
                yield Diagnostic(workload.file, f"there is no secret `{name}`", used.place if used else None, hint)
