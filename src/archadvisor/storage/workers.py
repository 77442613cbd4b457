"""Work shared out among processes: results come in order, and a process that dies takes nothing else with it."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from archadvisor.errors import ArchadvisorError
from archadvisor.model.diagnostic import Diagnostic

Result = TypeVar("Result")
Refusal = tuple[type[ArchadvisorError], tuple[Diagnostic, ...], dict[str, Sequence[str]]]
_LARGEST_CHUNK = 64
_CHUNKS_A_PROCESS = 4
_PATIENCE = 1.0
"""Seconds after which a process that waits for work looks whether anybody is left to give it some."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items that a process takes at a time, and where they stand among all."""

    start: int
    items: tuple[str, ...]

    def singles(self) -> "list[Chunk]":
        """The same items, one by one."""
        return [Chunk(self.start + number, (item,)) for number, item in enumerate(self.items)]


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """The results of a chunk, up to the item whose input could not be used, if there was one."""

    results: tuple[Result, ...]
    error: Refusal | None = None


def results_in_order(
    items: Sequence[str],
    work: Callable[[str], Result],
    lost: Callable[[str], Result],
    jobs: int,
    largest: int = _LARGEST_CHUNK,
) -> Iterator[Result]:
    """What `work` makes of each item, in order, by so many processes; `lost` gives what stands for an item they die of.

    A process takes some items at a time, `largest` at most.

    Raises:
        ArchadvisorError: whatever `work` raised first, in the order of the items.
    """
    crew = Crew(work, lost, jobs, _chunks(items, jobs, largest))
    try:
        position = 0
        while position < len(items):
            done = crew.next_from(position)
            yield from done.results
            if done.error is not None:
                kind, diagnostics, lines = done.error
                raise kind(diagnostics, lines)
            position += len(done.results)
    finally:
        crew.dismiss()


def _chunks(items: Sequence[str], jobs: int, largest: int) -> list[Chunk]:
    size = max(1, min(largest, len(items) // (jobs * _CHUNKS_A_PROCESS)))
    return [Chunk(start, tuple(items[start : start + size])) for start in range(0, len(items), size)]


@dataclass(slots=True)
class Hand:
    """A process, and the chunk it is at."""

    process: BaseProcess
    chunk: Chunk


@dataclass(slots=True)
class Crew(Generic[Result]):
    """Processes that take chunks until none is left."""

    work: Callable[[str], Result]
    lost: Callable[[str], Result]
    jobs: int
    chunks: "list[Chunk]"
    hands: dict[Connection, Hand] = field(default_factory=dict)
    done: dict[int, Done[Result]] = field(default_factory=dict)
    todo: deque[Chunk] = field(init=False)

    def __post_init__(self) -> None:
        self.todo = deque(self.chunks)

    def next_from(self, position: int) -> Done[Result]:
        """The results of the chunk that starts at a position, once they are there."""
        while position not in self.done:
            while self.todo and len(self.hands) < self.jobs:
                self.hire()
            for connection in wait([*self.hands]):
                assert isinstance(connection, Connection)
                self.receive(connection)
        return self.done.pop(position)

    def hire(self) -> None:
        """Starts a process on the next chunk."""
        ours, theirs = Pipe()
        process = get_context("fork").Process(target=_serve, args=(theirs, ours, self.work), daemon=True)
        process.start()
        theirs.close()
        self.hands[ours] = Hand(process, self.todo[0])
        self.give(ours)

    def give(self, connection: Connection) -> None:
        """Gives the next chunk to a process; one that has died meanwhile is noticed when it does not answer."""
        hand = self.hands[connection]
        hand.chunk = self.todo.popleft()
        try:
            connection.send(hand.chunk.items)
        except OSError:
            return

    def receive(self, connection: Connection) -> None:
        """Takes what a process has done, or, where it has died, sees to what it was at."""
        hand = self.hands[connection]
        try:
            self.done[hand.chunk.start] = connection.recv()
        except (EOFError, OSError):
            self.bury(connection)
            return
        if self.todo:
            self.give(connection)
        else:
            self.end(connection)

    def bury(self, connection: Connection) -> None:
        """Has the items of a dead process done one by one; the one that is alone when it dies was the cause."""
        chunk = self.hands[connection].chunk
        self.end(connection)
        if len(chunk.items) > 1:
            self.todo.extendleft(reversed(chunk.singles()))
        else:
            self.done[chunk.start] = Done((self.lost(chunk.items[0]),))

    def end(self, connection: Connection) -> None:
        """Ends a process."""
        hand = self.hands.pop(connection)
        connection.close()
        hand.process.terminate()
        hand.process.join()

    def dismiss(self) -> None:
        """Ends all processes."""
        for connection in [*self.hands]:
            self.end(connection)


def _serve(connection: Connection, other_end: Connection, work: Callable[[str], Result]) -> None:
    """What a process does: takes chunks and answers, as long as the process that started it is there.

    Ctrl-C is for that one to see; it ends all others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other_end.close()
    parent = os.getppid()
    while True:
        while not connection.poll(_PATIENCE):
            if os.getppid() != parent:
                return
        items = _received(connection)
        if items is None or not _sent(connection, _done(items, work)):
            return


def _received(connection: Connection) -> tuple[str, ...] | None:
    try:
        items: tuple[str, ...] = connection.recv()
    except (EOFError, OSError):
        return None
    return items


def _sent(connection: Connection, done: Done[Result]) -> bool:
    try:
        connection.send(done)
    except OSError:
        return False
    return True


def _done(items: tuple[str, ...], work: Callable[[str], Result]) -> Done[Result]:
    results: list[Result] = []
    for item in items:
        try:
            results.append(work(item))
        except ArchadvisorError as error:
            return Done(tuple(results), (type(error), error.diagnostics, dict(error.lines)))
    return Done(tuple(results))
