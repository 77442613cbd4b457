"""The order in which decisions are made, and what asks for one before it is made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archadvisor.loading.node import Mapping as Tree
from archadvisor.loading.node import pairs_at, text_at, words_at
from archadvisor.loading.packfile import PackFile, rules_in
from archadvisor.model.condition import facts
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.place import Place
from archadvisor.model.rule import Decision, Rule

_CHOICE = "choice."


def ordered(decisions: Iterable[Decision], shown: Sequence[str]) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """Decisions, each after those it builds on, else as they are `shown`; and some that wait for each other, if any.

    Where that can be, a decision is also made after what the decisions that it foresees build on.
    """
    waiting = sorted(decisions, key=lambda each: (shown.index(each.id) if each.id in shown else len(shown), each.id))
    after = {decision.id: set(decision.after) for decision in waiting}
    ahead = {decision.id: _ahead(decision, after) for decision in waiting}
    found: list[Decision] = []
    while waiting:
        done = {decision.id for decision in found}
        free = [each for each in waiting if after[each.id] & after.keys() <= done]
        ready = next((each for each in free if ahead[each.id] & after.keys() <= done), next(iter(free), None))
        if ready is None:
            return tuple(found), _circle(waiting, after)
        waiting.remove(ready)
        found.append(ready)
    return tuple(found), ()


def _circle(waiting: Sequence[Decision], after: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Decisions of which each comes after the next, and the last after the first."""
    stuck = {decision.id for decision in waiting}
    way = [waiting[0].id]
    while (ahead := min(after[way[-1]] & stuck)) not in way:
        way.append(ahead)
    return tuple(way[way.index(ahead) :])


def in_circle(files: Sequence[PackFile], circle: Sequence[str]) -> Iterator[Diagnostic]:
    """What is wrong where decisions wait for each other: of each what it names."""
    for name, ahead in zip(circle, (*circle[1:], *circle[:1]), strict=True):
        by = "" if name == ahead else f", by way of `{ahead}`"
        file = _defining(files, name)
        yield Diagnostic(file.file, f"`{name}` comes after itself{by}", _named_at(file, "after", ahead))


def _defining(files: Sequence[PackFile], decision: str) -> PackFile:
    """The file that defines a decision."""
    return next(file for file in files if text_at(file.root, "decision") == decision and "options" in file.root.items)


def _named_at(file: PackFile, key: str, word: str) -> Place:
    """Where a word stands in the list under a key of a file."""
    return next(node.place for node in words_at(file.root, key) if node.written == word)


def _ahead(decision: Decision, after: Mapping[str, set[str]]) -> set[str]:
    """What the decisions that one foresees build on, besides it and each other."""
    built_on = {name for foreseen in decision.foresees for name in after.get(foreseen, ())}
    return built_on - {decision.id, *decision.foresees}


def asked_too_early(
    files: Sequence[PackFile], decisions: Iterable[Decision], rules: Sequence[Rule]
) -> Iterator[Diagnostic]:
    """What is wrong where conditions of a decision ask for a choice that is not made before it."""
    for decision in decisions:
        own = [rule for rule in rules if rule.decision == decision.id]
        asked = [
            (decision.id, decision.applies),
            *((option.id, option.only) for option in decision.options),
            *((rule.id, rule.when) for rule in own),
        ]
        for name, condition in asked:
            for chosen in (fact.removeprefix(_CHOICE) for fact in facts(condition) if fact.startswith(_CHOICE)):
                if chosen not in decision.after:
                    yield _too_early(files, name, decision.id, chosen)


def _too_early(files: Sequence[PackFile], name: str, decision: str, chosen: str) -> Diagnostic:
    for file in files:
        for node in rules_in(file):
            if text_at(node, "id") == name:
                message = f"`{name}` asks for the choice of `{chosen}`, which `{decision}` does not come after"
                return Diagnostic(file.file, message, node.items["when"][0].place)
    file = _defining(files, decision)
    message = f"`{decision}` asks for the choice of `{chosen}`, which it does not come after"
    option = {key.written: node for key, node in pairs_at(file.root, "options")}.get(name)
    key = option.items["only"][0] if isinstance(option, Tree) else file.root.items["applies"][0]
    return Diagnostic(file.file, message, key.place)


def unforeseen(files: Sequence[PackFile], decisions: Sequence[Decision]) -> Iterator[Diagnostic]:
    """What is wrong where a decision looks ahead to itself.

    Or to one that hangs on another, made by then and not looked ahead to.
    """
    made = {decision.id: place for place, decision in enumerate(decisions)}
    for decision in decisions:
        for at, name in enumerate(decision.foresees):
            if name == decision.id:
                file = _defining(files, name)
                yield Diagnostic(file.file, f"`{name}` foresees itself", _named_at(file, "foresees", name))
            after = decisions[made[name]].after if name in made else ()
            later = [other for other in after if made.get(other, -1) > made[decision.id]]
            for other in later:
                if other not in decision.foresees[:at]:
                    yield _unforeseen(files, decision.id, name, other)


def _unforeseen(files: Sequence[PackFile], decision: str, name: str, other: str) -> Diagnostic:
    message = f"`{decision}` foresees `{name}`, which comes after `{other}`"
    hint = f"let it foresee `{other}` too, before `{name}`"
    file = _defining(files, decision)
    return Diagnostic(file.file, message, _named_at(file, "foresees", name), hint)
