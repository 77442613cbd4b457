"""What every command needs: the packs, the catalog and a day, made ready to advise."""

import hashlib
import os
from collections.abc import Sequence

from archadvisor.engine.program import Program, program, vocabulary
from archadvisor.loading.compiled import compiled, restored
from archadvisor.loading.discovery import folder_files, read_bytes
from archadvisor.loading.home import home
from archadvisor.loading.sources import pack_sources
from archadvisor.loading.workload import stated_facts
from archadvisor.model.catalog import Catalog
from archadvisor.model.frozen import replace
from archadvisor.model.rule import Rulebook
from archadvisor.policy.rules import RULES, SOURCE
from archadvisor.storage import cache
from archadvisor.version import __version__

_COMPILED = "compiled"
Files = Sequence[tuple[str, bytes]]
"""Names of files, with their content."""


def session(packs: Sequence[str], day: str | None, assume: bool = True) -> Program:
    """The built-in pack and house packs (folders), ready to advise on an ISO day; None: when they were last checked.

    Raises:
        UnusablePack: a pack cannot be used; it carries every problem.
    """
    return session_of((home("rules"), *packs), day, assume)


def session_of(folders: Sequence[str], day: str | None, assume: bool = True) -> Program:
    """The packs of some folders and no others, ready to advise on an ISO day; None: when they were last checked.

    Raises:
        UnusablePack: a pack cannot be used; it carries every problem.
    """
    key, rulebook, catalog = _rulebook_and_catalog(folders)
    whole = _with_own_rules(rulebook)
    day = day or newest_source(whole)
    made = program(whole, catalog, stated_facts(), day, assume)
    return replace(made, key=f"{key} {day} {assume}")


def newest_source(rulebook: Rulebook) -> str:
    """The day on which packs were last checked, for which their examples are told."""
    return max(source.checked for source in rulebook.sources.values())


def _with_own_rules(rulebook: Rulebook) -> Rulebook:
    """The rulebook with the rules about what a team accepts, so that they are listed, explained and chosen like all."""
    rules = sorted([*rulebook.rules, *RULES.values()], key=lambda rule: rule.id)
    return replace(rulebook, rules=tuple(rules), sources={**rulebook.sources, SOURCE.id: SOURCE})


def _rulebook_and_catalog(folders: Sequence[str]) -> tuple[str, Rulebook, Catalog]:
    """The merged packs and the catalog, from the cache where they are the same, with the key of their files."""
    packs = [pack_sources(folder) for folder in dict.fromkeys(folders)]
    tables = folder_files(home("catalog"))
    key = _key([*packs, tables])
    found = restored(cache.load(key, home(_COMPILED)) or cache.load(key))
    if found is None:
        found = _read(packs, tables)
        cache.save(key, compiled(*found))
    return key, *found


def compile_into(folder: str) -> str:
    """Writes the built-in pack and the catalog to a file in a folder, ready to use; the path it has in the package."""
    packs, tables = [pack_sources(home("rules"))], folder_files(home("catalog"))
    key = _key([*packs, tables])
    cache.save(key, compiled(*_read(packs, tables)), folder)
    return f"data/{_COMPILED}/{cache.file_name(key)}"


def _read(packs: Sequence[Files], tables: Files) -> tuple[Rulebook, Catalog]:
    """What the files say; what reads them is imported here, as most runs find it in the cache."""
    from archadvisor.loading.catalog import read_catalog
    from archadvisor.loading.pack import read_packs

    return read_packs(packs, vocabulary(stated_facts())), read_catalog(tables)


def _key(groups: Sequence[Files]) -> str:
    """A digest of the schema and of groups of files, wherever they lie."""
    digest = hashlib.sha256(__version__.encode())
    schema = read_bytes(os.path.join(home("schema"), "workload.schema.json"))
    digest.update(schema if isinstance(schema, bytes) else b"")
    for number, files in enumerate(groups):
        folder = os.path.commonpath([os.path.dirname(name) for name, _ in files])
        for name, data in files:
            inside = name[len(folder) :].replace(os.sep, "/")
            digest.update(f"\0{number}\0{inside}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
            digest.update(data)
    return digest.hexdigest()
