"""Rule packs: what they make together, and everything that is told of broken ones."""

import os
from pathlib import Path

import pytest

from archadvisor.engine.program import vocabulary
from archadvisor.errors import UnusablePack
from archadvisor.loading.home import home
from archadvisor.loading.pack import read_packs
from archadvisor.loading.sources import pack_sources
from archadvisor.loading.workload import stated_facts
from archadvisor.model.condition import Has, Is
from archadvisor.model.rule import Rulebook, RulesOut
from tests.loading.broken_rules import BROKEN_RULES

PACK = "pack: house\nversion: '1'\n"
SOURCES = "sources:\n  guide: {title: The guide, kind: aws, checked: 2026-11-23}\n"
DECISION = """\
decision: %s
question: what
about: it
for: service
after: [%s]
default: soup
options:
  soup: {title: Soup, summary: warm, wins: {}}
  salad: {title: Salad, summary: cold, wins: {}}
"""
LUNCH = DECISION % ("lunch", "")
REST = "because: b, rationale: r, sources: [guide], examples: {fires: {one: {}}}"
ANY_KIND = "expected `workload`, `service`, `image`, `endpoint`, `link`, `secret`, `caller`, `literal` or `outcome`"
Told = tuple[str, str, tuple[int, int] | None, str | None]


def rules(*given: str, decision: str = "decision: lunch\n") -> str:
    return decision + "rules:\n" + "".join(f"  - {{{rule}, {REST}}}\n" for rule in given)


def read(*files: tuple[str, str]) -> Rulebook:
    return read_packs([[(name, text.encode()) for name, text in files]], vocabulary(stated_facts()))


def house(rule_file: str, decision: str = LUNCH) -> Rulebook:
    return read(("lunch.yaml", decision), ("pack.yaml", PACK), ("rules.yaml", rule_file), ("sources.yaml", SOURCES))


def told(*files: tuple[str, str]) -> list[Told]:
    with pytest.raises(UnusablePack) as refusal:
        read(*files)
    found = refusal.value.diagnostics
    return [(d.file, d.message, (d.place.line, d.place.column) if d.place else None, d.hint) for d in found]


def told_of_house(rule_file: str, decision: str = LUNCH) -> list[Told]:
    return told(("lunch.yaml", decision), ("pack.yaml", PACK), ("rules.yaml", rule_file), ("sources.yaml", SOURCES))


def test_a_pack_that_is_well_formed_makes_rules_and_decisions() -> None:
    book = house(rules("id: lunch/a, when: {service.kind: [web, worker]}, rules_out: soup"))
    (rule,) = book.rules
    assert (rule.id, rule.pack, rule.decision, rule.subjects) == ("lunch/a", "house", "lunch", ("service",))
    assert rule.when == Is("service.kind", ("web", "worker"))
    assert rule.effect == RulesOut(("soup",))
    assert [option.id for option in book.decisions[0].options] == ["soup", "salad"]
    assert [(pack.name, pack.version) for pack in book.packs] == [("house", "1")]
    assert book.sources["guide"].checked == "2026-11-23"


def test_the_order_of_files_and_packs_changes_nothing() -> None:
    files = [
        ("lunch.yaml", LUNCH.encode()),
        ("pack.yaml", PACK.encode()),
        ("r.yaml", rules("id: lunch/a, when: {}, rules_out: soup").encode()),
        ("s.yaml", SOURCES.encode()),
    ]
    words = vocabulary(stated_facts())
    other = [("other/pack.yaml", b"pack: another\nversion: '2'\n")]
    assert read_packs([files, other], words) == read_packs([other, files[::-1]], words)


def test_the_built_in_pack_is_read() -> None:
    book = read_packs([pack_sources(home("rules"))], vocabulary(stated_facts()))
    assert any(rule.when == Has("kubernetes.uses", ("mesh",)) or rule.decision == "orchestrator" for rule in book.rules)


@pytest.mark.parametrize(("rule", "message", "column", "hint"), BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_a_broken_rule_is_told_with_its_place(rule: str, message: str, column: int, hint: str | None) -> None:
    assert told_of_house(rules(rule)) == [("rules.yaml", message, (3, column), hint)]


def test_an_unknown_source_is_told_with_the_nearest() -> None:
    text = rules("id: lunch/a, when: {}, rules_out: soup").replace("[guide]", "[gude]")
    assert told_of_house(text) == [("rules.yaml", "unknown source `gude`", (3, 82), "did you mean `guide`?")]


def test_a_rule_id_is_unique_over_all_files() -> None:
    text = rules("id: lunch/a, when: {}, rules_out: soup", "id: lunch/a, when: {}, rules_out: salad")
    assert told_of_house(text) == [
        ("rules.yaml", "the rule `lunch/a` is defined twice", (4, 10), "rule ids are unique over all packs")
    ]


def test_rules_on_a_decision_that_is_not_there_are_told() -> None:
    text = rules("id: lunch/a, when: {}, rules_out: soup", decision="decision: lunsh\n")
    assert told_of_house(text) == [("rules.yaml", "unknown decision `lunsh`", (1, 11), "did you mean `lunch`?")]


def test_a_source_or_decision_defined_twice_is_told() -> None:
    found = told(("a.yaml", LUNCH), ("b.yaml", LUNCH), ("pack.yaml", PACK), ("s.yaml", SOURCES), ("t.yaml", SOURCES))
    assert [(file, message) for file, message, _, _ in found] == [
        ("b.yaml", "the decision `lunch` is defined twice"),
        ("t.yaml", "the source `guide` is defined twice"),
    ]


def test_decisions_that_wait_for_each_other_are_told() -> None:
    found = told(
        ("a.yaml", DECISION % ("lunch", "dinner")), ("b.yaml", DECISION % ("dinner", "lunch")), ("pack.yaml", PACK)
    )
    assert found == [
        ("a.yaml", "`lunch` comes after itself, by way of `dinner`", (5, 9), None),
        ("b.yaml", "`dinner` comes after itself, by way of `lunch`", (5, 9), None),
    ]


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


def test_a_decision_that_hangs_on_one_between_is_not_foreseen_alone() -> None:
    lunch, tea, dinner = (DECISION % names for names in (("lunch", ""), ("tea", "lunch"), ("dinner", "lunch, tea")))
    rest = (("tea.yaml", tea), ("dinner.yaml", dinner), ("pack.yaml", PACK))
    hint = "let it foresee `tea` too, before `dinner`"
    for foresees in ("[dinner]", "[dinner, tea]"):
        assert told(("lunch.yaml", f"{lunch}foresees: {foresees}\n"), *rest) == [
            ("lunch.yaml", "`lunch` foresees `dinner`, which comes after `tea`", (10, 12), hint)
        ]
    assert read(("lunch.yaml", f"{lunch}foresees: [tea, dinner]\n"), *rest).decisions[0].foresees == ("tea", "dinner")


def test_a_decision_that_comes_after_an_unknown_one_is_told() -> None:
    found = told(("a.yaml", DECISION % ("lunch", "brekfast")), ("pack.yaml", PACK))
    assert found == [("a.yaml", "unknown decision `brekfast`", (5, 9), "expected `lunch`")]


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


def test_a_choice_that_is_made_later_cannot_be_asked_for() -> None:
    text = rules("id: lunch/a, when: {choice.lunch: soup}, rules_out: soup")
    message = "`lunch/a` asks for the choice of `lunch`, which `lunch` does not come after"
    assert told_of_house(text) == [("rules.yaml", message, (3, 19), None)]


def test_a_default_that_is_no_option_is_told() -> None:
    found = told(("a.yaml", LUNCH.replace("default: soup", "default: sup")), ("pack.yaml", PACK))
    assert found == [("a.yaml", "`lunch` has no option `sup`", (6, 10), "did you mean `soup`?")]


@pytest.mark.parametrize("key", ["decision", "question", "about", "for", "default"])
def test_nothing_under_a_key_of_a_decision_is_none_of_it(key: str) -> None:
    text = "".join(f"{key}: null\n" if line.startswith(f"{key}:") else line for line in LUNCH.splitlines(keepends=True))
    assert told(("a.yaml", text), ("pack.yaml", PACK)) == [
        ("a.yaml", f"a decision needs the key `{key}`", (1, 1), None)
    ]


@pytest.mark.parametrize("key", ["question", "about", "for", "default"])
def test_a_decision_needs_all_its_keys(key: str) -> None:
    text = "".join(line for line in LUNCH.splitlines(keepends=True) if not line.startswith(f"{key}:"))
    assert told(("a.yaml", text), ("pack.yaml", PACK)) == [
        ("a.yaml", f"a decision needs the key `{key}`", (1, 1), None)
    ]


def test_a_decision_is_for_some_kind_of_subject() -> None:
    text = LUNCH.replace("for: service", "for: []") + "applies: {service.kind: web}\n"
    text += "conflicts: [{when: {service.kind: web}, because: b}]\n"
    message = "a decision is for some kind of subject"
    assert told(("a.yaml", text), ("pack.yaml", PACK)) == [("a.yaml", message, (4, 6), None)]


def test_all_problems_of_all_files_are_told_at_once() -> None:
    found = told(
        ("a.yaml", "rules: 3\n"),
        ("b.yaml", "a: [\n"),
        ("c.yaml", "x: 1\nx: 2\n"),
        ("d.yaml", "decsion: x\n"),
        ("pack.yaml", PACK),
    )
    assert [(file, place) for file, _, place, _ in found] == [
        ("a.yaml", (1, 8)),
        ("b.yaml", (2, 1)),
        ("c.yaml", (1, 1)),
        ("c.yaml", (2, 1)),
        ("d.yaml", (1, 1)),
    ]
    many = told_of_house(rules(*(rule for rule, *_ in list(BROKEN_RULES.values())[:16])))
    assert {message for _, message, _, _ in many} >= {message for _, message, _, _ in list(BROKEN_RULES.values())[:16]}


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


@pytest.mark.parametrize("effect", ["requires: null", "favors: null, strength: strong, concern: cost"])
def test_an_effect_of_nothing_is_told(effect: str) -> None:
    assert told_of_house(rules(f"id: lunch/a, when: {{}}, {effect}"))


@pytest.mark.parametrize(
    "rule",
    [
        "id: lunch/a, when: {}, flags: null, for: service",
        "id: lunch/a, when: {}, favors: soup, strength: null, concern: cost",
        "id: lunch/a, when: {}, favors: soup, strength: strong, concern: null",
    ],
)
def test_nothing_where_a_word_is_needed_is_told(rule: str) -> None:
    assert told_of_house(rules(rule))


@pytest.mark.parametrize(("yes", "no"), [("true", "false"), ("True", "False"), ("TRUE", "FALSE")])
def test_a_truth_value_counts_however_it_is_spelled(yes: str, no: str) -> None:
    said = f"id: lunch/a, when: {{}}, for: service, flags: note, unverified: {yes}, suppressible: {no}"
    unsaid = f"id: lunch/b, when: {{}}, for: service, flags: note, unverified: {no}, suppressible: {yes}"
    found = [(rule.unverified, rule.suppressible) for rule in house(rules(said, unsaid)).rules]
    assert found == [(True, False), (False, True)]


@pytest.mark.parametrize("key", ["since", "until"])
def test_a_day_that_the_calendar_has_not_is_told(key: str) -> None:
    rule = rules(f"id: lunch/a, when: {{}}, rules_out: soup, {key}: 2026-02-30")
    place, hint = (3, rule.splitlines()[2].index("2026") + 1), "write a day of the calendar such as `2027-03-01`"
    assert told_of_house(rule) == [("rules.yaml", "`2026-02-30` is no day", place, hint)]


def test_a_day_of_nothing_is_no_bound() -> None:
    book = house(rules("id: lunch/a, when: {}, rules_out: soup, since: null"))
    assert book.rules[0].speaks_on("2026-11-23")


def test_a_decision_without_options_is_told() -> None:
    assert told(("a.yaml", LUNCH[: LUNCH.index("options:")] + "options: {}\n"), ("pack.yaml", PACK))


def test_a_pack_is_a_folder(tmp_path: Path) -> None:
    for folder in (tmp_path / "nothing", tmp_path / "file"):
        (tmp_path / "file").touch()
        with pytest.raises(UnusablePack) as refusal:
            pack_sources(str(folder))
        (found,) = refusal.value.diagnostics
        assert (found.file, found.message) == (str(folder), "the pack is not a folder")


def test_a_pack_has_a_pack_file(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    with pytest.raises(UnusablePack) as refusal:
        pack_sources(str(tmp_path))
    (found,) = refusal.value.diagnostics
    assert (found.message, found.hint) == ("the pack has no `pack.yaml`", "it holds `pack:` (a name) and `version:`")


def test_the_files_of_a_pack_are_those_of_yaml_in_all_its_folders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("pack.yaml", "deep/a.yml", "notes.md", "deep/b.yaml.bak"):
        (tmp_path / name).write_text(PACK, encoding="utf-8")
    for hidden in (".github/workflows/ci.yml", "node_modules/a/b.yaml", ".hooks.yaml"):
        (tmp_path / hidden).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / hidden).write_text("on: push\n", encoding="utf-8")
    names = [os.path.relpath(name, tmp_path) for name, _ in pack_sources(str(tmp_path))]
    assert names == ["deep/a.yml", "pack.yaml"]


def test_a_file_of_a_pack_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    with pytest.raises(UnusablePack):
        pack_sources(str(tmp_path))
