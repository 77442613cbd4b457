"""Batches worked on by the workers of a Dask cluster that is there already."""

import logging
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from distributed import Client, Future, as_completed
from distributed.comm.addressing import get_address_host_port
from distributed.scheduler import KilledWorker
from distributed.security import Security

from archadvisor.errors import ArchadvisorError, UnreadableInput
from archadvisor.fleet.addresses import shown
from archadvisor.fleet.checking import checked
from archadvisor.fleet.engine import Engine, Result
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Batch, Order, Tally

_KNOCKING = 5
"""Seconds to wait for the scheduler to answer."""
_PATIENCE = 30
"""Seconds to wait for a first worker, and for another one after the last has died."""
_GLANCE = 0.005
"""Seconds between two looks at what is done."""
_RETRIES = 2
_AHEAD = 2
"""Batches for each thread of the workers, so that none waits for the next."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a worker cannot do a batch; an exception that carries this would not survive the way."""

    diagnostics: tuple[Diagnostic, ...]


def done_or_refused(order: Order, batch: Batch) -> Tally | Refused:
    """What a worker does with a batch."""
    try:
        return checked(order, batch)
    except ArchadvisorError as error:
        return Refused(error.diagnostics)


@contextmanager
def on_cluster(scheduler: str) -> Iterator[Engine]:
    """An engine of the workers of a scheduler.

    Raises:
        UnreadableInput: the scheduler cannot be reached, or has no workers.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        _check(scheduler)
        client = Client(scheduler, timeout=_KNOCKING, set_as_default=False)
    except (OSError, ValueError):
        raise _unusable(scheduler, "the scheduler cannot be reached") from None
    with client:
        yield Cluster(client, scheduler)


def _check(scheduler: str) -> None:
    """Refuses what no scheduler can be reached by: a client that fails for another reason than `OSError` never ends.

    Raises:
        UnreadableInput: it asks for certificates, and there are none.
        ValueError: it is no address.
    """
    get_address_host_port(scheduler)
    is_secure = scheduler.partition("://")[0] in ("tls", "wss")
    if is_secure and not Security().get_connection_args("client").get("ssl_context"):
        hint = "Dask's configuration names them, under `distributed.comm.tls`"
        raise _unusable(scheduler, "the scheduler asks for TLS, and there are no certificates for it", hint)


class Cluster:
    """The workers of a scheduler as an engine."""

    def __init__(self, client: Client, scheduler: str) -> None:
        self.client, self.scheduler = client, scheduler

    def __call__(self, order: Order, batches: Iterable[Batch], alone: bool) -> Iterator[Result]:
        """What came of each batch, as soon as it is there; only some are with the scheduler at a time."""
        waiting = iter(batches)
        running: dict[Future[object], Batch] = {}
        done = as_completed([], loop=self.client.loop, with_results=True, raise_errors=False)
        while True:
            room = (1 if alone else _AHEAD * self._threads()) - len(running)
            for batch in islice(waiting, max(0, room)):
                running[added := self._submitted(order, batch)] = batch
                done.add(added)
            if not running:
                return
            future, answer = self._next(done)
            yield running.pop(future), self._tally(answer)

    def _threads(self) -> int:
        """How many batches the workers can be at now, once there are any; they may come and go."""
        threads: int = sum(self.client.nthreads().values())
        if threads:
            return threads
        try:
            self.client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise _unusable(self.scheduler, "the scheduler has no workers") from None
        threads = sum(self.client.nthreads().values())
        return max(1, threads)

    def _submitted(self, order: Order, batch: Batch) -> Future[object]:
        key = f"archadvisor-{batch.id}-{uuid.uuid4().hex}"
        return self.client.submit(done_or_refused, order, batch, key=key, retries=_RETRIES, pure=False)

    def _next(self, done: as_completed) -> tuple[Future[object], object]:
        """The next future with its answer; it is noticed where nobody is left who could answer."""
        since = time.monotonic()
        while not done.has_ready():
            if time.monotonic() - since > _PATIENCE:
                self._threads()
                since = time.monotonic()
            time.sleep(_GLANCE)
        found: tuple[Future[object], object] = next(done)
        return found

    def _tally(self, answer: object) -> Tally | None:
        match answer:
            case Tally():
                return answer
            case Refused(diagnostics):
                raise UnreadableInput(diagnostics)
            case (_, KilledWorker(), _):
                return None
            case (_, ImportError() as error, _):
                hint = "install `archadvisor[fleet]` where the workers run"
                raise _unusable(self.scheduler, f"the workers lack `{error.name}`", hint)
            case (_, BaseException() as error, _):
                raise error
            case _:
                raise _unusable(self.scheduler, "the scheduler has dropped the run")


def _unusable(scheduler: str, message: str, hint: str | None = None) -> UnreadableInput:
    return UnreadableInput([Diagnostic(shown(scheduler), message, None, hint)])
