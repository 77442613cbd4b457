"""Files that the command line is tried on."""

from tests.cli.command import ROOT

GOOD = "version: 1\nname: good\nservices: {web: {kind: web}}\n"
WARNED = "version: 1\nname: warned\ndelivery: {builder: kaniko}\n"
FAULTY = "version: 1\nname: faulty\nservices: {web: {environment: {DB_PASSWORD: correct-horse-9}}}\n"
PACK = "pack: house\nversion: '1'\n"
SOURCES = "sources:\n  guide: {title: The guide, kind: aws, checked: 2026-11-23}\n"
RULES = """\
rules:
  - id: house/no-batch
    for: service
    when: {service.kind: batch}
    flags: warning
    because: "`{service.name}` is a batch job"
    rationale: we do not want them
    sources: [guide]
    examples: {fires: {one: {service.kind: batch}}, silent: {none: {service.kind: web}}}
"""
FILES: dict[str, str | bytes] = {
    "good.yaml": GOOD,
    "warned.yaml": WARNED,
    "faulty.yaml": FAULTY,
    "noted.yaml": (ROOT / "samples" / "webshop" / "workload.yaml").read_bytes(),
    "empty.yaml": "",
    "comment.yaml": "# nothing\n",
    "binary.yaml": b"\x89PNG\r\n\x1a\n\x00\x00",
    "zeros.yaml": b"\0" * 100,
    "utf16.yaml": GOOD.encode("utf-16"),
    "large.yaml": b"#" * (2 * 1024 * 1024 + 1),
    "syntax.yaml": GOOD + "x: [1\n",
    "tab.yaml": "version: 1\nname: x\nservices:\n\tweb: {}\n",
    "duplicate.yaml": GOOD + "name: again\n",
    "key.yaml": GOOD.replace("services", "servics"),
    "type.yaml": GOOD.replace("{kind: web}", "[]"),
    "unit.yaml": GOOD.replace("kind: web", "memory: 2 GHz"),
    "range.yaml": GOOD.replace("kind: web", "utilisation: 1.5"),
    "two.yaml": GOOD + "---\n" + GOOD,
    "scalar.yaml": "hello\n",
    "deep.yaml": "[" * 100_000,
    "folder/notes.yaml": "a: 1\n",
    "mixed/a.workload.yaml": GOOD,
    "mixed/b.workload.yaml": "x: [",
    "mixed/c.workload.yaml": GOOD,
    "mixed/d.workload.yaml": "version: 2\nname: x\n",
    "pack/pack.yaml": PACK,
    "pack/sources.yaml": SOURCES,
    "pack/rules.yaml": RULES,
    "other/pack.yaml": PACK.replace("house", "other"),
    "other/rules.yaml": RULES.replace("house/", "other/").replace("batch}", "worker}"),
    "no-pack/rules.yaml": RULES,
    "broken-pack/pack.yaml": PACK,
    "broken-pack/rules.yaml": "rules: [\n",
    "unknown-fact/pack.yaml": PACK,
    "unknown-fact/sources.yaml": SOURCES,
    "unknown-fact/rules.yaml": RULES.replace("service.kind: batch}\n    flags", "service.knd: batch}\n    flags"),
}
