"""What the tests of estimates share."""

import datetime

import pytest

from archadvisor import load_packs
from archadvisor.engine.program import Program
from tests.cli.command import DAY


@pytest.fixture(scope="session")
def program() -> Program:
    return load_packs(as_of=datetime.date.fromisoformat(DAY))
