"""Settings that all tests share."""

import datetime

import pytest
from hypothesis import HealthCheck, settings

from archadvisor import load_packs
from archadvisor.engine.program import Program

settings.register_profile(
    "steady", deadline=None, derandomize=True, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

DAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="session")
def built_in() -> Program:
    """The built-in pack on the day it was last checked."""
    return load_packs(as_of=DAY)
