"""Work shared out among processes: results come in order, and a process that dies takes nothing else with it."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from archadvisor.errors import ArchadvisorError
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.frozen import dataclass

Result = TypeVar("Result")
Items = Sequence[str]
Refusal = tuple[type[ArchadvisorError], tuple[Diagnostic, ...], dict[str, Sequence[str]]]
_PATIENCE = 1.0
"""Seconds after which a process that waits for work looks whether anybody is left to give it some."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items that a process takes at a time, and where they stand among all."""

    start: int
    items: Items

    def singles(self) -> "list[Chunk]":
        """The same items, one by one."""
        return [Chunk(self.start + number, [item]) for number, item in enumerate(self.items)]


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What came of so many items, or why what they need could not be used."""

    items: int
    results: tuple[Result, ...]
    """One; none where there was an error."""
    error: Refusal | None = None


def results_in_order(
    shares: Sequence[Items], work: Callable[[Items], Result], lost: Callable[[str], Result], jobs: int
) -> Iterator[tuple[int, Result]]:
    """What `work` makes of each share of some items, in order, by so many processes, with the number of its items.

    A share that a process dies of is worked on item by item; `lost` gives what stands for one they die of even then.

    Raises:
        ArchadvisorError: whatever `work` raised first, in the order of the items.
    """
    position, end = 0, sum(map(len, shares))
    crew = Crew(work, lost, jobs, _chunks(shares))
    try:
        while position < end:
            done = crew.next_from(position)
            if done.error is not None:
                kind, diagnostics, lines = done.error
                raise kind(diagnostics, lines)
            yield from ((done.items, result) for result in done.results)
            position += done.items
    finally:
        crew.dismiss()


def _chunks(shares: Sequence[Items]) -> list[Chunk]:
    starts = accumulate(map(len, shares), initial=0)
    return [Chunk(start, items) for start, items in zip(starts, shares, strict=False)]


class Hand:
    """A process, and the chunk it is at."""

    def __init__(self, process: BaseProcess, chunk: Chunk) -> None:
        self.process, self.chunk = process, chunk


class Crew(Generic[Result]):
    """Processes that take chunks until none is left."""

    def __init__(
        self, work: Callable[[Items], Result], lost: Callable[[str], Result], jobs: int, chunks: Sequence[Chunk]
    ) -> None:
        self.work, self.lost, self.jobs = work, lost, jobs
        self.todo = deque(chunks)
        self.hands: dict[Connection, Hand] = {}
        self.done: dict[int, Done[Result]] = {}

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
        with _interrupted_later():
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
            self.done[chunk.start] = Done(1, (self.lost(chunk.items[0]),))

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


@contextmanager
def _interrupted_later() -> Iterator[None]:
    """Has Ctrl-C wait.

    Around a fork modules such as `logging` have functions called out of which no exception gets, and a process that is
    new would show one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    met: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, frame: met.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if met:
        signal.raise_signal(signal.SIGINT)


def _serve(connection: Connection, other_end: Connection, work: Callable[[Items], Result]) -> None:
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


def _received(connection: Connection) -> Items | None:
    try:
        items: Items = connection.recv()
    except (EOFError, OSError):
        return None
    return items


def _sent(connection: Connection, done: Done[Result]) -> bool:
    try:
        connection.send(done)
    except OSError:
        return False
    return True


def _done(items: Items, work: Callable[[Items], Result]) -> Done[Result]:
    try:
        return Done(len(items), (work(items),))
    except ArchadvisorError as error:
        return Done(len(items), (), (type(error), error.diagnostics, dict(error.lines)))
