"""Lines of files of other tools are shown without the secrets in them."""

import pytest

from archadvisor.loading.document import parse_foreign
from archadvisor.loading.masking import masked
from archadvisor.model.place import Place

MASKED = [
    ("PASSWORD: hunter2-x", "PASSWORD: ****     "),
    ("PASSWORD: ${DB:-hunter2}", "PASSWORD: ****          "),
    ("PASSWORD: ${DB}", "PASSWORD: ${DB}"),
    ("PASSWORD: ''", "PASSWORD: ''"),
    ("env: [A=1, PASSWORD=x9]", "env: [A=1, ****       ]"),
    ("{name: DB_PASSWORD, value: hunter2}", "{name: DB_PASSWORD, value: ****   }"),
    ("{name: MODE, value: fast}", "{name: MODE, value: fast}"),
    ("{kind: Secret, data: {x: aHVudGVyMg==}}", "{kind: Secret, data: {x: ****        }}"),
    ("secrets: [database]", "secrets: [database]"),
    ("secret: {secretName: database}", "secret: {secretName: database}"),
    ("url: postgres://u:pw@host/x", "url: ****                  "),
    ("a: 1 # password: hunter2", "a: 1 # password: ****"),
]


@pytest.mark.parametrize(("line", "shown"), MASKED)
def test_a_line_is_shown_with_secrets_masked(line: str, shown: str) -> None:
    lines, _ = masked(parse_foreign(line, "file"), line, ())
    assert lines == (shown,)


LEAKED = [
    ("env: {ODD: hunter2}", Place(1, 7, 1, 10), "env: {ODD: ****   }", Place(1, 12, 1, 19), "password"),
    ("env: {ODD: hunter2}", Place(1, 12, 1, 19), "env: {ODD: ****   }", Place(1, 12, 1, 19), "password"),
    ("env: [ODD=hunter2]", Place(1, 7, 1, 18), "env: [ODD=****   ]", Place(1, 11, 1, 18), "password"),
    ("env: ['ODD=hunter2']", Place(1, 7, 1, 20), "env: ['ODD=****   ']", Place(1, 12, 1, 19), "password"),
    ("env: {U: 'a://b:c@d'}", Place(1, 7, 1, 8), "env: {U: ****       }", Place(1, 10, 1, 21), "url_credentials"),
]


@pytest.mark.parametrize(("line", "leak", "shown", "place", "looks_like"), LEAKED)
def test_a_known_leak_is_masked_and_placed_at_its_value(
    line: str, leak: Place, shown: str, place: Place, looks_like: str
) -> None:
    lines, exposed = masked(parse_foreign(line, "file"), line, (leak,))
    assert lines == (shown,)
    assert [(at, each.place, each.looks_like) for at, each in exposed.items()] == [(leak, place, looks_like)]


def test_a_value_of_several_lines_is_masked_whole() -> None:
    text = "key:\n  PASSWORD: |\n    first\n    second\n  next: shown\n"
    lines, _ = masked(parse_foreign(text, "file"), text, ())
    assert not {"first", "second"} & set(" ".join(lines).split())
    assert lines[-1] == "  next: shown"
