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
        "expected the id of a rule, such as `compute/gpus-need-hosts`, found `Lunch`", 10, None,
    ),
    "a comparison with nothing": (
        "id: lunch/a, when: {service.kind: {}}, rules_out: soup",
        "nothing is asked of `service.kind`", 40, "leave it out where any value will do",
    ),
    "one of no words": (
        "id: lunch/a, when: {service.kind: []}, rules_out: soup",
        "nothing is asked of `service.kind`", 40, None,
    ),
    "a set that has nothing": (
        "id: lunch/a, when: {service.needs: {has: []}}, rules_out: soup",
        "`has` needs at least one word", 47, None,
    ),
    "a bound that is no number": (
        "id: lunch/a, when: {service.gpus: {gt: .nan}}, rules_out: soup",
        "expected a number for `service.gpus`, found `.nan`", 45, None,
    ),
    "a bound without end": (
        "id: lunch/a, when: {service.gpus: {lt: .inf}}, rules_out: soup",
        "expected a number for `service.gpus`, found `.inf`", 45, None,
    ),
    "all of nothing": (
        "id: lunch/a, when: {all: []}, rules_out: soup",
        "expected at least one condition under `all`", 31, None,
    ),
    "any of nothing": (
        "id: lunch/a, when: {any: []}, rules_out: soup",
        "expected at least one condition under `any`", 31, None,
    ),
    "an option with letters that changed places": (
        "id: lunch/a, when: {}, rules_out: suop",
        "`lunch` has no option `suop`", 40, "did you mean `soup`?",
    ),
    "a remedy of a rule that rules out": (
        "id: lunch/a, when: {}, rules_out: soup, remedy: eat",
        "`remedy` is for a rule that flags", 46, None,
    ),
    "a rule that rules out and cannot be accepted": (
        "id: lunch/a, when: {}, rules_out: soup, suppressible: false",
        "`suppressible` is for a rule that flags", 46, None,
    ),
    "the strength of a rule that rules out": (
        "id: lunch/a, when: {}, rules_out: soup, strength: slight",
        "`strength` is for a rule that favors an option", 46, None,
    ),
    "the concern of a rule that flags": (
        "id: lunch/a, when: {}, for: service, flags: note, concern: cost",
        "`concern` is for a rule that favors an option", 56, None,
    ),
    "an unknown fact in a remedy": (
        "id: lunch/a, when: {}, for: service, flags: note, remedy: 'use {service.cpuu} now'",
        "unknown fact `service.cpuu` in `remedy`", 69, "did you mean `service.cpu`?",
    ),
    "a fact of another subject in a remedy": (
        "id: lunch/a, when: {}, for: service, flags: note, remedy: 'tell {caller.who}'",
        "`caller.who` is a fact of the caller, which a rule about the service cannot read", 70, None,
    ),
    "a choice of an unknown decision in a remedy": (
        "id: lunch/a, when: {}, for: service, flags: note, remedy: 'eat {choice.lunhc}'",
        "unknown decision `lunhc`", 69, "did you mean `lunch`?",
    ),
    "a brace that is never closed": (
        "id: lunch/a, when: {}, for: service, flags: note, remedy: 'use {service.cpu'",
        "a brace in `remedy` is never closed", 69, "facts are written as `{service.cpu}`",
    ),
    "a fact with blanks in its braces": (
        "id: lunch/a, when: {}, for: service, flags: note, remedy: 'use { service.cpu }'",
        "`{ service.cpu }` in `remedy` holds a blank", 69, "write `{service.cpu}`",
    ),
    "an unknown fact in the title of a fix": (
        "id: lunch/a, when: {}, for: service, flags: note, "
        "fix: {title: 'write {service.cup}', set_facts: {service.cpu: 1}}",
        "unknown fact `service.cup` in `title`", 76, "did you mean `service.cpu`?",
    ),
    "an unknown fact in what is left to do after a fix": (
        "id: lunch/a, when: {}, for: service, flags: note, "
        "fix: {title: t, afterwards: '{service.cup}', set_facts: {service.cpu: 1}}",
        "unknown fact `service.cup` in `afterwards`", 85, "did you mean `service.cpu`?",
    ),
    "a rule for subjects that its decision is not made for": (
        "id: lunch/a, for: endpoint, when: {}, rules_out: soup",
        "`lunch` is not made for the endpoint, so no rule for it can speak on it", 24, "it is made for the service",
    ),
    "a collection that is no part of the subject": (
        "id: lunch/a, when: {some: {callers: {caller.who: vendor}}}, rules_out: soup",
        "`callers` are no parts of the service, so a condition on it cannot ask over them", 33,
        "expected `images`, `endpoints` or `calls`",
    ),
    "a collection of a subject without parts": (
        "id: lunch/a, for: endpoint, when: {every: {services: {}}}, flags: note",
        "`services` are no parts of the endpoint, so a condition on it cannot ask over them", 49,
        "the endpoint has no parts to ask over",
    ),
    "a collection within itself": (
        "id: lunch/a, for: workload, when: {some: {services: {some: {services: {}}}}}, flags: note",
        "`services` are no parts of the service, so a condition on it cannot ask over them", 66,
        "expected `images`, `endpoints` or `calls`",
    ),
    "a day that is in no calendar": (
        "id: lunch/a, when: {}, rules_out: soup, since: 2026-02-30",
        "`2026-02-30` is no day", 53, "write a day of the calendar such as `2027-03-01`",
    ),
    "a last day before the first": (
        "id: lunch/a, when: {}, rules_out: soup, since: 2026-02-02, until: 2026-02-01",
        "a rule speaks on no day if its `since` comes after its `until`", 72, None,
    ),
    "an outcome of a decision that is not there": (
        "id: lunch/a, for: outcome, when: {outcome.decision: lunhc}, flags: note",
        "`outcome.decision` is never `lunhc`", 58, "did you mean `lunch`?",
    ),
    "an outcome that is no option": (
        "id: lunch/a, for: outcome, when: {outcome.option: salat}, flags: note",
        "`outcome.option` is never `salat`", 56, "did you mean `salad`?",
    ),
    "an outcome that is no option of the decision": (
        "id: lunch/a, for: outcome, when: {outcome.decision: lunch, outcome.advised: ec2}, flags: note",
        "`outcome.advised` is never `ec2`", 82, "expected `soup` or `salad`",
    ),
    "a flag without a subject": (
        "id: lunch/a, when: {}, flags: note",
        "a rule that flags needs `for`", 10, None,
    ),
}  # fmt: skip
