"""The names that packs use, and what is told of many problems at once."""

import pytest

from tests.loading.broken_rules import BROKEN_RULES
from tests.loading.house import ANY_KIND, DECISION, LUNCH, PACK, REST, SOURCES, house, rules, told, told_of_house


@pytest.mark.parametrize(
    ("key", "message"), [("after", "`lunch` comes after itself"), ("foresees", "`lunch` foresees itself")]
)
def test_a_decision_does_not_name_itself(key: str, message: str) -> None:
    text = LUNCH.replace("after: []", f"{key}: [lunch]")
    column = len(key) + 4
    assert told(("a.yaml", text), ("pack.yaml", PACK)) == [("a.yaml", message, (5, column), None)]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("default: soup", "default: soup\napplies: {choice.dinner: salad}", (7, 1)),
        ("summary: warm", "summary: warm, only: {choice.dinner: salad}", (8, 38)),
    ],
)
def test_a_decision_or_option_that_hangs_on_a_later_choice_is_told_at_its_place(
    old: str, new: str, place: tuple[int, int]
) -> None:
    rest = (("dinner.yaml", DECISION % ("dinner", "")), ("pack.yaml", PACK))
    message = "`lunch` asks for the choice of `dinner`, which it does not come after"
    assert told(("lunch.yaml", LUNCH.replace(old, new)), *rest) == [("lunch.yaml", message, place, None)]


def test_a_file_about_a_decision_that_is_not_there_is_told_once() -> None:
    text = rules("id: lunch/a, when: {}, for: service, flags: note", decision="decision: lunsh\n")
    conflicts = "decision: lunsh\nconflicts:\n  - {when: {}, because: b}\n"
    for file in (text, conflicts):
        assert told_of_house(file) == [("rules.yaml", "unknown decision `lunsh`", (1, 11), "did you mean `lunch`?")]


def test_conflicts_and_rules_about_no_decision_are_told() -> None:
    text = rules("id: lunch/a, when: {}, rules_out: soup", decision="conflicts: [{when: {}, because: b}]\n")
    hint = "write `decision:` at the top of the file"
    assert told_of_house(text) == [
        ("rules.yaml", "conflicts are those of a decision", (1, 13), "write `decision:`"),
        ("rules.yaml", "a rule that does not flag speaks on a decision", (3, 10), hint),
    ]


def test_what_is_shown_first_is_a_decision() -> None:
    pack = PACK + "decisions: [lunsh, lunch, nonesuch]\n"
    assert told(("lunch.yaml", LUNCH), ("pack.yaml", pack)) == [
        ("pack.yaml", "unknown decision `lunsh`", (3, 13), "did you mean `lunch`?"),
        ("pack.yaml", "unknown decision `nonesuch`", (3, 27), "expected `lunch`"),
    ]


def test_a_message_names_no_choice_that_is_made_later() -> None:
    text = rules("id: lunch/a, when: {}, rules_out: soup").replace("because: b", "because: 'as {choice.lunch}'")
    message = "the choice of `lunch` is not made before the decision that this rule speaks on"
    assert told_of_house(text) == [("rules.yaml", message, (3, 59), None)]


def test_a_message_may_hold_braces_that_name_no_fact() -> None:
    said = """'write {"a": {"b": 1}}, {} or ${NAME} for {service.name}'"""
    text = rules("id: lunch/a, when: {}, for: service, flags: note").replace("because: b", f"because: {said}")
    assert house(text).rules[0].because == said.strip("'")


def test_a_message_of_several_lines_is_told_where_it_begins() -> None:
    rule = f"rules:\n  - {REST.replace(', ', chr(10) + '    ')}"
    text = rule.replace("because: b", "because: >-\n      this\n      {service.cpuu}")
    text += "\n    id: lunch/a\n    for: service\n    when: {}\n    flags: note\n"
    message, hint = "unknown fact `service.cpuu` in `because`", "did you mean `service.cpu`?"
    assert told_of_house(text) == [("rules.yaml", message, (2, 14), hint)]


FRAGMENTS = {
    "an unknown fact": ("{service.cpuu: 1}", "unknown fact `service.cpuu`", 1, "did you mean `service.cpu`?"),
    "an unknown fact in a list": (
        "{services: [{service.kinf: web}]}", "unknown fact `service.kinf`", 13, "did you mean `service.kind`?",
    ),
    "a derived fact": (
        "{region_count: 2}", "`region_count` is derived, and no file states it", 1, "it is derived from `regions`",
    ),
    "a choice of an unknown decision": (
        "{choice.lunhc: soup}", "unknown decision `lunhc`", 1, "did you mean `lunch`?",
    ),
    "a choice that is no option": (
        "{choice.lunch: suop}", "`lunch` has no option `suop`", 15, "did you mean `soup`?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fragment", "message", "at", "hint"), FRAGMENTS.values(), ids=FRAGMENTS)
def test_an_example_that_no_workload_can_be_is_told_at_its_fact(
    fragment: str, message: str, at: int, hint: str
) -> None:
    text = rules("id: lunch/a, when: {}, rules_out: soup").replace("{one: {}}", f"{{one: {fragment}}}")
    column = text.splitlines()[2].index(fragment) + 1 + at
    assert told_of_house(text) == [("rules.yaml", message, (3, column), hint)]
    option = LUNCH.replace("wins: {}}\n  salad", f"wins: {fragment}}}\n  salad")
    column = option.splitlines()[7].index(fragment) + 1 + at
    assert told(("a.yaml", option), ("pack.yaml", PACK)) == [("a.yaml", message, (8, column), hint)]


def test_examples_may_say_what_no_rule_reads() -> None:
    said = "{service.environment: {A: b}, decisions: {lunch: soup}, team: {hosts: avoid}, as_of: 2026-01-01}"
    assert house(rules("id: lunch/a, when: {}, rules_out: soup").replace("{one: {}}", f"{{one: {said}}}"))


@pytest.mark.parametrize("key", ["decision", "question", "about", "for", "default"])
def test_nothing_under_a_key_of_a_decision_is_none_of_it(key: str) -> None:
    text = "".join(f"{key}: null\n" if line.startswith(f"{key}:") else line for line in LUNCH.splitlines(keepends=True))
    assert told(("a.yaml", text), ("pack.yaml", PACK)) == [
        ("a.yaml", f"a decision needs the key `{key}`", (1, 1), None)
    ]


def test_a_decision_is_for_some_kind_of_subject() -> None:
    text = LUNCH.replace("for: service", "for: []") + "applies: {service.kind: web}\n"
    text += "conflicts: [{when: {service.kind: web}, because: b}]\n"
    message = "a decision is for some kind of subject"
    assert told(("a.yaml", text), ("pack.yaml", PACK)) == [("a.yaml", message, (4, 6), None)]


def test_the_names_of_one_rule_are_told_beside_the_shape_of_another() -> None:
    found = told_of_house(rules(*(rule for rule, *_ in BROKEN_RULES.values())))
    assert {message for _, message, _, _ in found} >= {message for _, message, _, _ in BROKEN_RULES.values()}


def test_the_names_of_a_rule_are_told_beside_its_shape() -> None:
    text = rules(
        "id: lunch/a, when: {service.knd: web}, favors: sup, strength: huge, concern: cost",
        "id: lunch/a, when: {service.os: linux}, favors: soup, strength: huge, concern: cost",
    ).replace("[guide]", "[gude]").replace("because: b", "because: '{service.cpuu}'")  # fmt: skip
    assert [(message, place and place[0]) for _, message, place, _ in told_of_house(text)] == [
        ("unknown fact `service.knd`", 3),
        ("`lunch` has no option `sup`", 3),
        ("expected `strong`, `moderate` or `slight`, found `huge`", 3),
        ("unknown fact `service.cpuu` in `because`", 3),
        ("unknown source `gude`", 3),
        ("the rule `lunch/a` is defined twice", 4),
        ("expected `strong`, `moderate` or `slight`, found `huge`", 4),
        ("unknown fact `service.cpuu` in `because`", 4),
        ("unknown source `gude`", 4),
    ]


def test_the_names_of_a_rule_are_told_beside_its_effects() -> None:
    text = rules(
        "id: lunch/a, when: {service.knd: web}, rules_out: soup, requires: salad",
        "id: lunch/b, when: {service.knd: web}, favors: sup",
    )
    assert [(message, place and place[0]) for _, message, place, _ in told_of_house(text)] == [
        ("a rule has one effect", 3),
        ("unknown fact `service.knd`", 3),
        ("unknown fact `service.knd`", 4),
        ("`favors` needs `strength` and `concern`", 4),
        ("`lunch` has no option `sup`", 4),
    ]


def test_a_key_that_appears_twice_hides_nothing() -> None:
    twice = SOURCES + "  guide: {title: Another, kind: aws, checked: 2026-11-23}\n"
    text = rules("id: lunch/a, when: {service.knd: web}, rules_out: soup")
    found = told(("lunch.yaml", LUNCH), ("pack.yaml", PACK), ("rules.yaml", text), ("sources.yaml", twice))
    assert [(file, message) for file, message, _, _ in found] == [
        ("rules.yaml", "unknown fact `service.knd`"),
        ("sources.yaml", "the key `guide` appears twice"),
    ]


@pytest.mark.parametrize("broken", [f"{LUNCH}x: [\n", f"{LUNCH}about: &a !!x y\n"])
def test_what_a_file_that_cannot_be_read_may_define_is_not_called_unknown(broken: str) -> None:
    text = rules("id: lunch/a, when: {service.knd: web, choice.lunch: soup}, rules_out: soup")
    found = told(("lunch.yaml", broken + SOURCES), ("pack.yaml", PACK), ("rules.yaml", text))
    assert [file for file, *_ in found] == ["lunch.yaml"]


def test_what_is_defined_badly_is_not_called_unknown() -> None:
    sources = "sources:\n  guide: {title: The guide, kind: awz, checked: 2026-11-23}\n"
    lunch = LUNCH.replace("summary: warm, ", "").replace("for: service", "for: sevice")
    text = rules("id: lunch/a, when: {choice.lunch: soup}, rules_out: soup")
    found = told(("lunch.yaml", lunch), ("pack.yaml", PACK), ("rules.yaml", text), ("sources.yaml", sources))
    assert [(file, message) for file, message, _, _ in found] == [
        ("lunch.yaml", ANY_KIND + ", found `sevice`"),
        ("lunch.yaml", "the key `summary` is missing"),
        ("sources.yaml", "expected `aws`, `third_party`, `note` or `inference`, found `awz`"),
    ]


def test_a_file_of_nothing_is_told_what_a_file_of_a_pack_holds() -> None:
    hint = "a file of a pack holds `pack`, `sources`, `decision` or `rules`"
    assert told(("a.yaml", "# later\n"), ("pack.yaml", PACK)) == [("a.yaml", "the file is empty", (1, 1), hint)]


def test_a_version_is_text() -> None:
    found = told(("pack.yaml", "pack: house\nversion: 1.0\n"))
    assert found == [("pack.yaml", 'expected a version in quotes, such as `"1.0"`, found `1.0`', (2, 10), None)]
