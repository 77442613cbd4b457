"""A git repository to run archadvisor in."""

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    """What git prints; it must succeed."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "user.name=tests", "-c", "user.email=tests@example.com", *arguments],
        cwd=folder, env=inherited, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A repository in which some files are committed."""
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    put(folder, files)
    commit(folder)
    return folder


def put(folder: Path, files: dict[str, str]) -> None:
    """Writes files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def commit(folder: Path) -> None:
    """Commits everything as it is."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--no-verify", "--allow-empty", "-m", "state")
