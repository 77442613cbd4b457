"""The rules and the catalog of a run, laid beside its results so that a process anywhere can work by them."""

from functools import lru_cache

from archadvisor.engine.program import Program, program
from archadvisor.errors import UnusablePack
from archadvisor.fleet.addresses import shown
from archadvisor.fleet.stores import Store
from archadvisor.loading.compiled import compiled, restored
from archadvisor.loading.workload import stated_facts
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fleet import Order
from archadvisor.version import __version__


def lay(store: Store, name: str, made: Program) -> None:
    """Writes the rules and the catalog of a program."""
    store.write_json(name, compiled(made.rulebook, made.catalog))


@lru_cache(maxsize=1)
def program_for(order: Order) -> Program:
    """The program of an order, as this process has it.

    Raises:
        UnusablePack: it is an order of another version, or its rules cannot be read here.
    """
    if order.version != __version__:
        message = f"a worker has archadvisor {__version__}, and the run was started with {order.version}"
        raise UnusablePack([Diagnostic("archadvisor", message, None, "install the same version everywhere")])
    found = restored(Store(order.out).read_json([order.pack]).get(order.pack))
    if found is None:
        hint = "every worker needs to reach the folder of the results under the same name"
        raise UnusablePack(
            [Diagnostic(shown(f"{order.out}/{order.pack}"), "a worker cannot read the rules", None, hint)]
        )
    return program(*found, stated_facts(), order.day)
