"""A folder that cannot be looked into, whoever looks."""

import os
from pathlib import Path


def make_too_deep(folder: Path) -> None:
    """Makes folders in a folder until the path of the last is longer than the system reads."""
    deep = os.open(folder, os.O_RDONLY)
    for _ in range(17):
        os.mkdir("d" * 250, dir_fd=deep)
        deep, above = os.open("d" * 250, os.O_RDONLY, dir_fd=deep), deep
        os.close(above)
    os.close(deep)
