"""Packs that installed distributions offer, found without importing anything of theirs."""

import os
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

from archadvisor.errors import UnusablePack
from archadvisor.loading.wording import near_names
from archadvisor.model.diagnostic import Diagnostic

GROUP = "archadvisor.packs"


def pack_folder(pack: str) -> str:
    """The folder of a pack: itself, or that of the installed pack of this name.

    Raises:
        UnusablePack: it is neither.
    """
    if os.path.exists(pack) or "/" in pack or os.sep in pack:
        return pack
    offered = {point.name: point for point in entry_points(group=GROUP)}
    if pack not in offered:
        hint = near_names(pack, offered) or "a pack is a folder with a `pack.yaml`, or the name of an installed one"
        message = "there is no such folder, and no installed pack of this name"
        raise UnusablePack([Diagnostic(pack, message, None, hint)])
    return _folder(offered[pack])


def _folder(point: EntryPoint) -> str:
    """The folder that an entry point names as a dotted path: `acme_rules.packs` is `packs` in the package."""
    package, *inner = point.value.replace(":", ".").split(".")
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = next((folder for place in places if os.path.isdir(folder := os.path.join(place, *inner))), None)
    if found is None:
        message = f"the installed pack names `{point.value}`, which is no folder of its distribution"
        raise UnusablePack([Diagnostic(point.name, message)])
    return found
