"""Rules that cannot be used, beside what is told of them."""

# A rule -> what is told of it: message, column in its line, hint.
BROKEN_RULES: dict[str, tuple[str, str, int, str | None]] = {
    "an unknown fact": (
        "id: lunch/a, when: {service.knd: web}, rules_out: soup",
        "unknown fact `service.knd`", 26, "did you mean `service.kind`?",
    ),
    "an unknown fact that is like none": (
        "id: lunch/a, when: {zzzz: 1}, rules_out: soup",
        "unknown fact `zzzz`", 26, None,
    ),
    "a word the fact never is": (
        "id: lunch/a, when: {service.kind: wob}, rules_out: soup",
        "`service.kind` is never `wob`", 40, "did you mean `web`?",
    ),
    "a fact of another subject": (
        "id: lunch/a, when: {caller.who: ci}, rules_out: soup",
        "`caller.who` is a fact of the caller, which a rule about the service cannot read", 26, None,
    ),
    "a comparison that does not fit a word": (
        "id: lunch/a, when: {service.kind: {gt: 1}}, rules_out: soup",
        "`gt` cannot be asked of `service.kind`, which is a word", 41, "write the value, or a list of values",
    ),
    "a comparison that does not fit a number": (
        "id: lunch/a, when: {service.cpu: {has: 1}}, rules_out: soup",
        "`has` cannot be asked of `service.cpu`, which is a number", 40, "expected `gt`, `gte`, `lt` or `lte`",
    ),
    "a comparison that does not fit a set": (
        "id: lunch/a, when: {service.needs: {gt: 1}}, rules_out: soup",
        "`gt` cannot be asked of `service.needs`, which is a set", 42, "expected `has`, `lacks` or `empty`",
    ),
    "a set that must equal something": (
        "id: lunch/a, when: {service.needs: fuse}, rules_out: soup",
        "`service.needs` is a set", 41, "ask with `{has: …}`, `{lacks: …}` or `{empty: true}`",
    ),
    "a bound without its unit": (
        "id: lunch/a, when: {service.memory: {gt: 4}}, rules_out: soup",
        "expected a quantity such as `512 MiB` or `2 GiB` for `service.memory`, found `4`", 47, None,
    ),
    "a word for a boolean": (
        "id: lunch/a, when: {service.singleton: yes}, rules_out: soup",
        "expected `true` or `false`", 45, None,
    ),
    "known under an effect that is no flag": (
        "id: lunch/a, when: {service.kind: {known: true}}, rules_out: soup",
        "`known` cannot be asked of `service.kind`, which is a word", 41, "write the value, or a list of values",
    ),
    "an unknown collection": (
        "id: lunch/a, when: {some: {servces: {}}}, rules_out: soup",
        "unknown collection `servces`", 33, "did you mean `services`?",
    ),
    "two collections": (
        "id: lunch/a, when: {some: {services: {}, secrets: {}}}, rules_out: soup",
        "expected one collection under `some`", 32,
        "expected `services`, `images`, `endpoints`, `calls`, `secrets` or `callers`",
    ),
    "all over a mapping": (
        "id: lunch/a, when: {all: {}}, rules_out: soup",
        "expected a list of conditions under `all`", 31, None,
    ),
    "a choice of an unknown decision": (
        "id: lunch/a, when: {choice.lunsh: soup}, rules_out: soup",
        "unknown decision `lunsh`", 26, "did you mean `lunch`?",
    ),
    "an unknown option": (
        "id: lunch/a, when: {}, rules_out: [soup, sald]",
        "`lunch` has no option `sald`", 47, "did you mean `salad`?",
    ),
    "an unknown option that is required": (
        "id: lunch/a, when: {}, requires: soop",
        "`lunch` has no option `soop`", 39, "did you mean `soup`?",
    ),
    "two effects": (
        "id: lunch/a, when: {}, rules_out: soup, requires: salad",
        "a rule has one effect", 10, "write `requires`, `rules_out`, `favors` or `flags`",
    ),
    "no effect": (
        "id: lunch/a, when: {}",
        "a rule has one effect", 10, "write `requires`, `rules_out`, `favors` or `flags`",
    ),
    "no strength": (
        "id: lunch/a, when: {}, favors: soup, concern: cost",
        "`favors` needs `strength` and `concern`", 29, None,
    ),
    "no concern": (
        "id: lunch/a, when: {}, favors: soup, strength: strong",
        "`favors` needs `strength` and `concern`", 29, None,
    ),
    "an unknown strength": (
        "id: lunch/a, when: {}, favors: soup, strength: string, concern: cost",
        "expected `strong`, `moderate` or `slight`, found `string`", 53, "did you mean `strong`?",
    ),
    "an unknown key": (
        "id: lunch/a, when: {}, rule_out: soup",
        "unknown key `rule_out`", 29, "did you mean `rules_out`?",
    ),
    "an id that is none": (
        "id: Lunch, when: {}, rules_out: soup",
        "expected text that matches `^[a-z][a-z0-9_-]*/[a-z0-9][a-z0-9-]*$`, found `Lunch`", 10, None,
    ),
    "a flag without a subject": (
        "id: lunch/a, when: {}, flags: note",
        "a rule that flags needs `for`", 10, None,
    ),
}  # fmt: skip
