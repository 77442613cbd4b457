"""What came out for the same facts before: in a fleet of services most have their like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from archadvisor.engine.scope import ABSENT, Scope
from archadvisor.model.condition import Condition, asks_over, facts
from archadvisor.model.fact import Known

_MOST = 4096
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Memory:
    """Results by the values of the facts on which alone they depend."""

    inputs: tuple[str, ...] | None
    """None where a condition asks over a collection: then nothing is remembered."""
    found: dict[tuple[Known, ...], object] = field(default_factory=dict, compare=False)

    def recall(self, scope: Scope, make: Callable[[Scope], Result]) -> Result:
        """What `make` gives for a scope, or gave for one with the same facts."""
        if self.inputs is None:
            return make(scope)
        values = scope.values
        key = tuple([values.get(fact, ABSENT) for fact in self.inputs])
        result = self.found.get(key)
        if result is None:
            if len(self.found) >= _MOST:
                self.found.clear()
            result = self.found[key] = make(scope)
        return result  # type: ignore[return-value]


def memory_of(conditions: Sequence[Condition]) -> Memory:
    """A memory for what depends on some conditions only."""
    if any(asks_over(condition) for condition in conditions):
        return Memory(None)
    return Memory(tuple(dict.fromkeys(fact for condition in conditions for fact in facts(condition))))
