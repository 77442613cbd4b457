"""Printing that fails says why."""

from pathlib import Path

import pytest

from archadvisor.drawing.pdf import PrintingFailed, pdf
from tests.cli.command import DAY

# What stands in a file that is called like a browser -> what is said of it.
FAILING = [
    ("\0", "chromium` cannot be run: exec format error"),
    ("#!/nowhere/sh\n", "chromium` cannot be run: no such file or directory"),
    ("#!/bin/sh\nexit 3\n", "chromium` made no PDF and ended with 3"),
]


@pytest.mark.parametrize(("content", "message"), FAILING)
def test_a_browser_that_cannot_print_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(content)
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintingFailed, match=message):
        pdf("<p>", DAY)


def test_where_there_is_no_browser_the_ones_looked_for_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintingFailed, match="expected one of chromium"):
        pdf("<p>", DAY)
