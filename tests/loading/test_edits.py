"""What the steps of a fix come to in a file, in every style that YAML has."""

from collections.abc import Callable

import pytest

from archadvisor.editing.spans import applied
from archadvisor.loading.workload import read_workload
from archadvisor.model.fix import Refer, Remove, Rewrite, Split, Step
from archadvisor.model.place import Place

HEAD = "version: 1\nname: x\n"
WEB = HEAD + "services:\n  web:\n"
SECRETS = "secrets:\n  db_password: {kind: unknown}\n"


def edited(text: str, at: str, step: Callable[[Place], Step]) -> str | None:
    """The text after a step at the place where `at` stands first, or None where the step cannot be made."""
    reading = read_workload(text.encode(), "x.yaml")
    assert reading.workload is not None, reading.diagnostics
    begin = text.index(at)
    place = Place(*_at(text, begin), *_at(text, begin + len(at)))
    edits = reading.workload.editor((step(place),))
    return None if edits is None else applied(text, edits)


def _at(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


REWRITTEN = [
    ("cpu: 7 # one", "7", "cpu: 2 vCPU # one"),
    ('cpu: "7"', '"7"', 'cpu: "2 vCPU"'),
    ("cpu: '7'", "'7'", "cpu: '2 vCPU'"),
    ("cpu: &a 7", "7", "cpu: &a 2 vCPU"),
    ("cpu: |-\n      7\n    # end", "|-\n      7", "cpu: 2 vCPU\n    # end"),
    ("cpu:\n      7", "7", "cpu:\n      2 vCPU"),
]


@pytest.mark.parametrize(("written", "at", "expected"), REWRITTEN)
def test_a_value_is_rewritten_in_the_quotes_it_has(written: str, at: str, expected: str) -> None:
    text = f"{HEAD}services:\n  web:\n    {written}\n"
    found = edited(text, at, lambda place: Rewrite(place, "2 vCPU"))
    assert found == text.replace(written, expected)


def test_a_text_that_may_not_be_plain_is_quoted() -> None:
    text = HEAD + "description: old\n"
    assert edited(text, "old", lambda place: Rewrite(place, "new: #1")) == text.replace("old", '"new: #1"')


def test_a_word_of_a_list_is_rewritten_and_the_others_stay() -> None:
    text = HEAD + "regions:  [ eu-west-1,'eu-west-2' , eu-west-3 ] # here\n"
    at = "[ eu-west-1,'eu-west-2' , eu-west-3 ]"
    found = edited(text, at, lambda place: Rewrite(place, "us-east-1", "eu-west-2"))
    assert found == text.replace("eu-west-2", "us-east-1")
    assert edited(text, at, lambda place: Rewrite(place, "us-east-1", "eu-west-9")) is None


def test_an_option_for_all_becomes_one_for_each() -> None:
    text = HEAD + "services: {web: {}, job: {}}\ndecisions:\n  compute: 'ec2' # all\n"
    found = edited(text, "'ec2'", lambda place: Split(place, (("web", "fargate"), ("job", "ec2"))))
    assert found == text.replace("'ec2'", "{web: fargate, job: ec2}")


SHARED = [
    "services: {web: {cpu: &c 11}, api: {cpu: *c}}",
    "services: {web: &w {cpu: 11}, api: *w}",
    "services: {web: {cpu: 1}}",
]


@pytest.mark.parametrize("written", SHARED)
def test_a_value_that_is_there_twice_or_not_at_all_is_left_alone(written: str) -> None:
    text = f"{HEAD}{written}\n# 11\n"
    assert edited(text, "11", lambda place: Rewrite(place, "2")) is None


# What a service and the secrets say -> what becomes of it; the secret is `hunter-22`.
REFERRED = {
    "a block": (
        WEB + "    environment:\n      DB_PASSWORD: hunter-22 # c\n    cpu: 1 # d\n# end\n",
        WEB + '    environment:\n      DB_PASSWORD: "${db_password}" # c\n    cpu: 1 # d\n'
        f"    uses: {{secrets: [db_password]}}\n{SECRETS}# end\n",
    ),
    "no line break at the end": (
        WEB + "    environment:\n      DB_PASSWORD: hunter-22",
        WEB
        + '    environment:\n      DB_PASSWORD: "${db_password}"\n    uses: {secrets: [db_password]}\n'
        + SECRETS[:-1],
    ),
    "a comment that is masked": (
        WEB + "    environment:\n      DB_PASSWORD: hunter-22 # the token: abcdefgh\n",
        WEB + '    environment:\n      DB_PASSWORD: "${db_password}" # the token: abcdefgh\n'
        "    uses: {secrets: [db_password]}\n" + SECRETS,
    ),
    "brackets": (
        "{version: 1, name: x, services: {web: {environment: {DB_PASSWORD: hunter-22}}}}",
        '{version: 1, name: x, services: {web: {environment: {DB_PASSWORD: "${db_password}"}, '
        "uses: {secrets: [db_password]}}}, secrets: {db_password: {kind: unknown}}}",
    ),
    "brackets with commas at their ends": (
        WEB + "    {environment: {DB_PASSWORD: hunter-22,},}\nsecrets: {}\n",
        WEB + '    {environment: {DB_PASSWORD: "${db_password}",}, uses: {secrets: [db_password]},}\n'
        "secrets: {db_password: {kind: unknown}}\n",
    ),
    "secrets that are used": (
        WEB
        + "    uses:\n      secrets:\n      - a # first\n    environment: {DB_PASSWORD: hunter-22}\nsecrets: {a: {}}\n",
        WEB + "    uses:\n      secrets:\n      - a # first\n      - db_password\n"
        '    environment: {DB_PASSWORD: "${db_password}"}\nsecrets: {a: {}, db_password: {kind: unknown}}\n',
    ),
    "a use of something else": (
        WEB + "    uses: {aws: [s3]}\n    environment: {DB_PASSWORD: hunter-22}\n",
        WEB + "    uses: {aws: [s3], secrets: [db_password]}\n"
        '    environment: {DB_PASSWORD: "${db_password}"}\n' + SECRETS,
    ),
    "a secret that is named and used already": (
        WEB + "    uses: {secrets: [db_password]}\n    environment: {DB_PASSWORD: hunter-22}\n" + SECRETS,
        WEB + '    uses: {secrets: [db_password]}\n    environment: {DB_PASSWORD: "${db_password}"}\n' + SECRETS,
    ),
    "another secret of that name": (
        WEB + "    environment: {DB_PASSWORD: hunter-22}\n" + SECRETS,
        WEB + '    environment: {DB_PASSWORD: "${web_db_password}"}\n    uses: {secrets: [web_db_password]}\n'
        f"{SECRETS}  web_db_password: {{kind: unknown}}\n",
    ),
    "a name that no secret may have": (
        WEB + "    environment: {__spring.DB_PASSWORD: hunter-22}\n",
        WEB + '    environment: {__spring.DB_PASSWORD: "${secret_spring_db_password}"}\n'
        "    uses: {secrets: [secret_spring_db_password]}\nsecrets:\n  secret_spring_db_password: {kind: unknown}\n",
    ),
    "under secrets, beside others": (
        HEAD + "secrets:\n  db:\n    kind: token\n    value: hunter-22 # c\n  a: {}\n",
        HEAD + "secrets:\n  db:\n    kind: token\n  a: {}\n",
    ),
    "under secrets, in brackets": (
        HEAD + "secrets: {db: {value: hunter-22, kind: token}}\n",
        HEAD + "secrets: {db: {kind: token}}\n",
    ),
    "under secrets, last in brackets": (
        HEAD + "secrets: {db: {kind: token, value: hunter-22}}\n",
        HEAD + "secrets: {db: {kind: token}}\n",
    ),
    "under secrets, alone": (
        HEAD + "secrets:\n  db:\n    value: hunter-22\n",
        HEAD + "secrets:\n  db:\n    kind: unknown\n",
    ),
}


@pytest.mark.parametrize("name", REFERRED)
def test_a_secret_becomes_a_reference(name: str) -> None:
    before, after = REFERRED[name]
    assert edited(before, "hunter-22", Refer) == after
    windows = edited(before.replace("\n", "\r\n"), "hunter-22", Refer)
    assert windows == (after.replace("\n", "\r\n") if "\n" in before else after)
    assert read_workload(after.encode(), "x.yaml").workload is not None


LEFT_ALONE = {
    "a description": HEAD + "description: token=hunter-22\n",
    "an anchor that is used": WEB + "    environment: {DB_PASSWORD: &p hunter-22, OTHER: *p}\n",
    "a service with an anchor": HEAD + "services:\n  web: &w\n    environment: {DB_PASSWORD: hunter-22}\n",
    "a service that ends with an alias": HEAD
    + "services:\n  api: {image: &i {size: 1 GiB}}\n  web:\n    environment: {DB_PASSWORD: hunter-22}\n    image: *i\n",
    "a service that ends with kept blank lines": WEB
    + "    environment: {DB_PASSWORD: hunter-22}\n    description: |+\n      text\n\n",
    "secrets that nobody knows": WEB + "    uses: {secrets: unknown}\n    environment: {DB_PASSWORD: hunter-22}\n",
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_a_secret_that_cannot_be_moved_without_touching_more_stays(name: str) -> None:
    text = LEFT_ALONE[name]
    at = "token=hunter-22" if "token=" in text else "hunter-22"
    assert edited(text, at, Refer) is None


MARK = "archadvisor: ignore"
WITHOUT = [
    (f"team: {{}} # {MARK}[a/b] because x\n", "team: {}\n"),
    (f"team: {{}} # {MARK}[c/d, a/b] because x\n", f"team: {{}} # {MARK}[c/d] because x\n"),
    (f"team: {{}} # {MARK}[ a/b , c/d] because x\n", f"team: {{}} # {MARK}[ c/d] because x\n"),
    (f"  ## {MARK}[a/b] because x\nteam: {{}}\n", "team: {}\n"),
    (f"team: {{}}\n# {MARK}[a/b] because x", "team: {}"),
    (f"team: {{}} # {MARK}[a/b] because token=abcdefgh1234 it\n", "team: {}\n"),
]


@pytest.mark.parametrize(("before", "after"), WITHOUT)
def test_a_rule_is_taken_out_of_a_comment_and_an_empty_comment_goes(before: str, after: str) -> None:
    assert edited(HEAD + before, "a/b", Remove) == HEAD + after


ITEMS = [
    ("regions:\n- aa-b-1\n- cc-d-2 # c\n- ee-f-3\n", "regions:\n- aa-b-1\n- ee-f-3\n"),
    ("regions:\n  # before\n  - cc-d-2\n  # after\n  - ee-f-3\n", "regions:\n  # before\n  # after\n  - ee-f-3\n"),
    ("regions: [aa-b-1, cc-d-2, ee-f-3]\n", "regions: [aa-b-1, ee-f-3]\n"),
    ("regions: [aa-b-1, cc-d-2 ]\n", "regions: [aa-b-1 ]\n"),
    ("regions: [cc-d-2]\nteam: {}\n", "team: {}\n"),
    ("regions:\n- cc-d-2\n# end", "# end"),
]


@pytest.mark.parametrize(("before", "after"), ITEMS)
def test_an_entry_is_taken_out_of_a_list_and_an_empty_list_goes(before: str, after: str) -> None:
    assert edited(HEAD + before, "cc-d-2", Remove) == HEAD + after


@pytest.mark.parametrize(
    "written", ["team: {hosts: want} # cc-d-2", "regions: [aa-b-1, # c\n  cc-d-2]", "# only cc-d-2"]
)
def test_what_is_no_entry_or_holds_a_comment_stays(written: str) -> None:
    assert edited(f"{HEAD}{written}\n", "cc-d-2", Remove) is None
