"""`check FILE...` without click, which takes as long to import as the rest of such a check to start."""

import gc
import os
import sys
from collections.abc import Sequence

NO_CACHE = frozenset({"--no-cache"})
QUIET = frozenset({"-q", "--quiet"})


def is_plain(words: Sequence[str]) -> bool:
    """Whether the words of a command line check files that can be read, and ask for nothing unusual."""
    command, *asked = words or ("",)
    files = [word for word in asked if word not in NO_CACHE | QUIET]
    return command == "check" and bool(files) and all(map(_is_file, files)) and not _is_for_click()


def _is_file(word: str) -> bool:
    return not word.startswith("-") and os.access(word, os.R_OK)


def _is_for_click() -> bool:
    """Whether a shell asks for completions, or click would expand words that the shell of the system does not."""
    return sys.platform == "win32" or any(name.endswith("_COMPLETE") for name in os.environ)


def check_plainly(words: Sequence[str]) -> None:
    """Checks the files that plain words name, and ends."""
    gc.disable()  # imports make many objects too, and none in cycles that matter
    from archadvisor.cli.checking import Options, checked

    files = tuple(word for word in words[1:] if word not in NO_CACHE | QUIET)
    checked(files, Options(quiet=not QUIET.isdisjoint(words), no_cache=not NO_CACHE.isdisjoint(words)))
