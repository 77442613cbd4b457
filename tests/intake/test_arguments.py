"""Which arguments of a command hold a secret in plain text."""

import pytest

from archadvisor.intake.arguments import secret_arguments

# Arguments -> the number of each that holds a secret, with the option.
COMMANDS: list[tuple[list[str], list[tuple[int, str]]]] = [
    (["redis-server", "--requirepass", "hunter2"], [(2, "requirepass")]),
    (["redis-server --requirepass hunter2 --maxmemory 10mb"], [(0, "requirepass")]),
    (["--db-password=hunter2"], [(0, "db-password")]),
    (["--api-key", "'hunter2'"], [(1, "api-key")]),
    (["sh", "-c", 'serve --password "$P" --token=hunter2'], [(2, "token")]),
    (["serve", "--password", "$PASSWORD"], []),
    (["serve --password=$(cat /run/secrets/it now)"], []),
    (["serve", "--auth-token=<fill in>"], []),
    (["serve", "--token", "--verbose"], []),
    (["serve", "--password"], []),
    (["serve", "--password-file", "/run/secrets/it"], []),
    (["serve", "--password", "true"], []),
]


@pytest.mark.parametrize(("arguments", "expected"), COMMANDS)
def test_a_secret_stands_behind_its_option_or_is_the_next_word(
    arguments: list[str], expected: list[tuple[int, str]]
) -> None:
    assert list(secret_arguments(arguments)) == expected
