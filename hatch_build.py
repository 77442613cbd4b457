"""Builds the pack and the catalog into the wheel as they are used, so that the first run need not read them."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPack(BuildHookInterface[Any]):
    """Adds the compiled pack to a wheel; an editable install reads the rules as they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles before the files of the wheel are gathered."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from archadvisor.workflows.session import compile_into

        self.scratch = TemporaryDirectory()
        inside = compile_into(self.scratch.name)
        build_data["force_include"][str(Path(self.scratch.name, Path(inside).name))] = f"archadvisor/{inside}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes what was compiled."""
        if version != "editable":
            self.scratch.cleanup()
