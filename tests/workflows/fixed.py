"""Texts that are fixed as the command fixes them."""

from archadvisor.engine.program import Program
from archadvisor.workflows.fix import FixedFile, fixed_files
from tests.engine.house_pack import real

HEAD = "version: 1\nname: x\n"
ECS = "decisions: {orchestrator: ecs}\n"


def fixed(text: str | bytes, unsafe: bool = False, program: Program | None = None) -> FixedFile:
    data = text if isinstance(text, bytes) else text.encode()
    (file,), problems = fixed_files(program or real(), ["-"], ("x.yaml", data), unsafe)
    assert problems == []
    return file


def after(text: str, unsafe: bool = False, program: Program | None = None) -> str:
    return fixed(text, unsafe, program).after.data.decode()
