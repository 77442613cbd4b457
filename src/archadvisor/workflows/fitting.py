"""Which facts do not fit a workload file: all of them are put into one at once, and complaints tell whose they are."""

from collections.abc import Sequence

from archadvisor.loading.settings import Setting, read_with
from archadvisor.model.intake import Inferred
from archadvisor.model.place import START


def misfits(bare: str, facts: Sequence[Inferred]) -> dict[str, str]:
    """The paths of the facts that a workload file does not take, each with what is said of it.

    `bare` is the file without them. What comes to light only when others are left out is found in a further look.
    """
    found: dict[str, str] = {}
    while True:
        # Instead of a file, each place names the fact that is put there.
        kept = [fact for fact in facts if fact.path not in found]
        settings = [Setting(fact.path, fact.written, START._replace(file=fact.path)) for fact in kept]
        told = read_with(bare.encode(), "workload.yaml", settings).diagnostics
        new = {each.place.file: each.message for each in reversed(told) if each.place is not None and each.place.file}
        if not new:
            return found
        found |= new
