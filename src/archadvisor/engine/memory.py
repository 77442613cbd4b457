"""What came out before where nothing could tell a difference: in a fleet of services most have their like."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_MOST = 8192
Result = TypeVar("Result")


class Memory(Generic[Result]):
    """Results by what could be seen; the one thing that is kept from one workload to the next."""

    def __init__(self) -> None:
        self._found: dict[Hashable, Result] = {}

    def recall(self, seen: Hashable, make: Callable[[], Result]) -> Result:
        """What `make` gives, or gave when the same was seen."""
        result = self._found.get(seen)
        if result is None:
            result = make()
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[seen] = result
        return result
