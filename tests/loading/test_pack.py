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
from archadvisor.model.rule import RulesOut
from tests.loading.broken_rules import BROKEN_RULES
from tests.loading.house import DECISION, LUNCH, PACK, SOURCES, house, read, rules, told, told_of_house


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


def test_a_choice_that_is_made_later_cannot_be_asked_for() -> None:
    text = rules("id: lunch/a, when: {choice.lunch: soup}, rules_out: soup")
    message = "`lunch/a` asks for the choice of `lunch`, which `lunch` does not come after"
    assert told_of_house(text) == [("rules.yaml", message, (3, 19), None)]


def test_a_default_that_is_no_option_is_told() -> None:
    found = told(("a.yaml", LUNCH.replace("default: soup", "default: sup")), ("pack.yaml", PACK))
    assert found == [("a.yaml", "`lunch` has no option `sup`", (6, 10), "did you mean `soup`?")]


@pytest.mark.parametrize("key", ["question", "about", "for", "default"])
def test_a_decision_needs_all_its_keys(key: str) -> None:
    text = "".join(line for line in LUNCH.splitlines(keepends=True) if not line.startswith(f"{key}:"))
    assert told(("a.yaml", text), ("pack.yaml", PACK)) == [
        ("a.yaml", f"a decision needs the key `{key}`", (1, 1), None)
    ]


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
