"""Names in a workload that must mean something: decisions, options, subjects, secrets, rules; and bounds that fit."""

from collections.abc import Iterator, Mapping

from archadvisor.loading.wording import nearest, suggestion
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import replace
from archadvisor.model.rule import Decision, Flags, Rule, Rulebook
from archadvisor.model.suppression import Misfit, Suppression
from archadvisor.model.workload import Declaration, Subject, Workload, is_named


def dangling(workload: Workload, rulebook: Rulebook) -> list[Diagnostic]:
    """Every name in a workload that means nothing, in the order of the file."""
    found = [*_in_declarations(workload, rulebook), *_in_uses(workload), *_in_replicas(workload)]
    return sorted(found, key=lambda diagnostic: diagnostic.place or ())


def _in_declarations(workload: Workload, rulebook: Rulebook) -> Iterator[Diagnostic]:
    decisions = {decision.id: decision for decision in rulebook.decisions}
    subjects = workload.root.all()
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


def _in_replicas(workload: Workload) -> Iterator[Diagnostic]:
    """Services of which at least more are to run than at most."""
    for service in workload.root.parts:
        fewest, most = service.facts.get("service.replicas.min"), service.facts.get("service.replicas.max")
        if fewest is None or most is None:
            continue
        low, high = fewest.value, most.value
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            message = f"at least {low} replicas cannot be at most {high}"
            others = (("at most", most.place),) if most.place else ()
            yield Diagnostic(workload.file, message, fewest.place, "`min` is no larger than `max`", others)


def settled_suppressions(workload: Workload, rulebook: Rulebook) -> Workload:
    """The workload with its suppressions that mean something; subjects by their paths, all others as misfits."""
    if not workload.suppressions:
        return workload
    rules = {rule.id: rule for rule in rulebook.rules}
    found = [_settled(workload, said, rules) for said in workload.suppressions]
    return replace(
        workload,
        suppressions=tuple(each for each in found if isinstance(each, Suppression)),
        misfits=workload.misfits + tuple(each for each in found if isinstance(each, Misfit)),
    )


def _settled(workload: Workload, said: Suppression, rules: Mapping[str, Rule]) -> Suppression | Misfit:
    rule = rules.get(said.rule)
    if rule is None or not isinstance(rule.effect, Flags):
        problem = f"there is no rule `{said.rule}`" if rule is None else f"`{said.rule}` is never a finding"
        flagging = [name for name, known in rules.items() if isinstance(known.effect, Flags)]
        close = nearest(said.rule, flagging)
        remedy = f"did you mean `{close}`?" if close else "see `archadvisor rules list --decision findings`"
        return Misfit("unknown-rule", problem, remedy, said.place)
    if not rule.suppressible:
        return Misfit("unsuppressable", f"`{said.rule}` cannot be accepted", "do what the finding says", said.place)
    if said.subject is None:
        return said
    paths = [subject.path for subject in workload.root.all() if subject.path and is_named(subject.path, said.subject)]
    if paths:
        return replace(said, subject=said.subject if said.subject in paths else paths[0])
    names = [subject.short_name for subject in workload.root.all() if subject.path and subject.kind != "literal"]
    hint = suggestion(said.subject, names) if names else "leave `subject` out for the workload itself"
    return Misfit("misplaced", f"there is no `{said.subject}` here", hint, said.place)
