"""Settings that all tests share."""

import datetime
import shutil

import pytest
from hypothesis import HealthCheck, settings

from archadvisor import load_packs
from archadvisor.engine.program import Program

settings.register_profile(
    "steady", deadline=None, derandomize=True, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
DAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="session")
def built_in() -> Program:
    """The built-in pack on the day it was last checked."""
    return load_packs(as_of=DAY)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says at the end what could not be tried here."""
    reports = terminalreporter.getreports("skipped")
    without = [each for each in reports if "there is no Chromium" in str(each.longrepr)]
    if without:
        terminalreporter.line(
            f"{len(without)} tests were skipped for want of Chromium; scripts/install-browser gets it"
        )
