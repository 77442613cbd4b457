"""What was changed in a file, as a unified diff."""

import difflib
from collections.abc import Sequence


def unified(file: str, before: Sequence[str], after: Sequence[str]) -> str:
    """The diff of the lines of a file, which have their ends; they are shown as they are given, so mask them before."""
    lines = difflib.unified_diff(before, after, file, file)
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n" for line in lines)
