"""archadvisor: advice on AWS container architecture.

from archadvisor import advise, load_packs, load_workload, render

advice = advise(load_workload("workload.yaml"))
for outcome in advice.decisions:
    print(outcome.decision, outcome.subject, outcome.option, outcome.verdict)
print(render(advice, "text"))
"""

from typing import TYPE_CHECKING

from archadvisor.version import __version__

if TYPE_CHECKING:
    from archadvisor.api import advise, load_packs, load_workload, render

__all__ = ["__version__", "advise", "load_packs", "load_workload", "render"]


def __getattr__(name: str) -> object:
    """The functions of the API, imported when they are first asked for, so that the command starts fast."""
    if name not in __all__:
        raise AttributeError(f"module `archadvisor` has no `{name}`")
    from archadvisor import api

    return getattr(api, name)
