"""Made-up workload files of 127 lines, for measuring: the same for the same seed, and hardly two alike.

What a file says is drawn from what teams write: services of every kind in the shapes they come in, a few that need
something rare, facts that nobody stated, comments, and now and then a declared decision, a suppression or a mistake.
"""

from pathlib import Path
from random import Random

LINES = 127
_TOPICS = ("orders", "billing", "search", "media", "fleet", "claims", "ledger", "catalog", "booking", "tracking")
_PARTS = ("api", "front", "worker", "sync", "export", "import", "index", "mailer", "audit", "reports", "scorer", "gate")
_REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-southeast-2", "ap-northeast-1")
_AWS = ("s3", "sqs", "sns", "dynamodb", "kinesis", "ses", "bedrock")
_SIZES = ((0.25, "512 MiB"), (0.5, "1 GiB"), (1, "2 GiB"), (2, "4 GiB"), (4, "16 GiB"), (8, "64 GiB"), (0.3, "700 MiB"))
_ENGINES = ("aurora_postgresql", "aurora_mysql", "rds_postgresql", "rds_oracle", "documentdb", "redshift", "mongodb")
_RARE = (
    "gpus: 1",
    "gpus: 0.1",
    "os: windows",
    "needs: [privileged]",
    "needs: [docker_socket]",
    "needs: [host_network]",
    "volumes: [ebs]",
    "volumes: [host_path]",
    "capabilities: [NET_ADMIN]",
    "isolation: hostile_tenants",
    "singleton: true",
    "lifetime: 90 d",
    "disk: 250 GiB",
    "arch: arm64",
)
_REMARKS = (
    "# peak season starts in October",
    "# see the load test of last spring",
    "# agreed with the platform team",
    "# the vendor gives no support for anything else",
    "# to be looked at again next quarter",
)


def workload(random: Random, number: int) -> str:
    """The text of a workload file of `LINES` lines."""
    secrets = [
        f"{topic}_{kind}" for topic, kind in zip(random.sample(_TOPICS, 3), ("database", "key", "token"), strict=True)
    ]
    blocks = [_head(random, number), _secrets(random, secrets), _callers(random), _delivery(random)]
    blocks += [_decisions(random)] if random.random() < 0.3 else []
    room = LINES - sum(map(len, blocks)) - 1
    services: list[str] = ["services:"]
    for name in random.sample([f"{topic}-{part}" for topic in _TOPICS for part in _PARTS], 40):
        service = _service(random, name, secrets)
        if len(services) + len(service) <= room:
            services += service
    remarks = [random.choice(_REMARKS) for _ in range(room + 1 - len(services))]
    head, *rest = blocks
    return "\n".join([*remarks, *head, *services, *(line for block in rest for line in block)]) + "\n"


def write_workloads(folder: Path, count: int, seed: int = 1) -> Path:
    """The folder, with `count` files in it, a hundred to a folder of a team."""
    random = Random(seed)
    for number in range(count):
        team = folder / f"team-{number // 100:04}"
        if number % 100 == 0:
            team.mkdir(parents=True)
        (team / f"app-{number:06}.workload.yaml").write_text(workload(random, number), encoding="utf-8")
    return folder


def _some(random: Random, *options: tuple[float, str]) -> list[str]:
    """The lines whose chance comes up."""
    return [line for chance, line in options if random.random() < chance]


def _words(random: Random, words: tuple[str, ...] | list[str], most: int) -> str:
    return f"[{', '.join(random.sample(words, random.randint(1, most)))}]"


def _head(random: Random, number: int) -> list[str]:
    pick = random.choice
    return [
        "version: 1",
        f"name: {pick(_TOPICS)}-{number}",
        f"description: What {pick(_TOPICS)} and {pick(_TOPICS)} run on",
        f"regions: {_words(random, _REGIONS, 2)}",
        "accounts:",
        f"  count: {random.randint(1, 30)}",
        f"  organization: {pick(('true', 'false'))}",
        "team:",
        f"  hosts: {pick(('want', 'accept', 'avoid', 'avoid', 'never', 'unknown'))}",
        *_some(random, (0.8, f"  kubernetes: {pick(('none', 'some', 'strong'))}")),
        *_some(random, (0.3, f"kubernetes: {{uses: [{pick(('helm', 'operators', 'manifests'))}]}}")),
        *_some(random, (0.7, f"priorities: {_words(random, ('cost', 'operations', 'performance', 'isolation'), 2)}")),
    ]


def _service(random: Random, name: str, secrets: list[str]) -> list[str]:
    pick = random.choice
    kind = pick(("web", "web", "web", "worker", "worker", "batch", "scheduled", "function"))
    cpu, memory = pick(_SIZES)
    lines = [
        f"{name}:",
        f"  kind: {kind}",
        *_some(random, (0.5, f"  description: {name.replace('-', ' ')} for the {pick(_TOPICS)} team")),
        *_some(random, (0.9, f"  cpu: {cpu}"), (0.9, f"  memory: {memory}")),
        "  replicas:",
        f"    min: {random.randint(0, 4)}",
        f"    max: {random.randint(4, 60)}",
        *_some(random, (0.8, f"  traffic: {pick(('steady', 'daily', 'spiky', 'idle'))}")),
        *_some(random, (0.6, f"  utilisation: 0.{random.randint(1, 9)}{_remark(random)}")),
        *_some(random, (0.2, f"  {pick(_RARE)}{_remark(random)}")),
    ]
    lines += _web(random, name) if kind == "web" else _background(random, kind)
    lines += ["  uses:", f"    secrets: {_words(random, secrets, 2)}", f"    aws: {_words(random, _AWS, 3)}"]
    return [f"  {line}" for line in lines]


def _remark(random: Random) -> str:
    return f"  {random.choice(_REMARKS)}" if random.random() < 0.2 else ""


def _web(random: Random, name: str) -> list[str]:
    pick = random.choice
    visibility, through = pick((("public", "alb"), ("public", "cloudfront"), ("internal", "service_connect")))
    return [
        "  trigger: http",
        *_some(random, (0.5, "  latency_sensitive: true")),
        "  endpoints:",
        f"    {pick(('main', 'api', 'site'))}:",
        f"      visibility: {visibility}",
        f"      through: {through}",
        *([f"      domain: {name}.example.com"] if visibility == "public" else []),
    ]


def _background(random: Random, kind: str) -> list[str]:
    pick = random.choice
    trigger = {"worker": "queue", "function": "event"}.get(kind, "schedule")
    return [
        f"  trigger: {trigger}",
        *_some(random, (0.7, f"  interruptible: {pick(('true', 'true', 'false'))}")),
        *([] if kind == "worker" else [f"  duration: {random.randint(1, 90)} min"]),
    ]


def _secrets(random: Random, names: list[str]) -> list[str]:
    database, key, token = names
    every = random.choice(("7 d", "30 d", "90 d", "365 d", "never"))
    return [
        "secrets:",
        *[f"  {database}:", "    kind: database_credentials", f"    engine: {random.choice(_ENGINES)}"],
        *_some(random, (0.8, f"    rotate_every: {every}")),
        *[f"  {key}:", "    kind: api_key", f"    rotate_every: {random.choice(('365 d', 'never'))}"],
        *[f"  {token}:", f"    kind: {random.choice(('token', 'setting', 'private_key'))}"],
    ]


def _callers(random: Random) -> list[str]:
    pick = random.choice
    return [
        "callers:",
        *["  staff:", "    who: workforce", f"    to: {pick(('aws_accounts', 'app'))}"],
        f"    identities: [{pick(('saml', 'oidc', 'active_directory'))}]",
        *["  deploys:", "    who: ci", "    to: aws_api"],
        f"    provider: {pick(('github_actions', 'gitlab', 'jenkins', 'circleci'))}",
        *_some(random, (0.1, "    keys: long_lived")),
    ]


def _delivery(random: Random) -> list[str]:
    pick = random.choice
    return [
        "delivery:",
        f"  images: {pick(('built', 'pulled', 'both'))}",
        f"  registry: {pick(('ecr', 'ecr', 'docker_hub', 'ghcr', 'artifactory'))}",
        *_some(random, (0.7, f"  builder: {pick(('buildkit', 'codebuild', 'kaniko', 'docker'))}")),
    ]


def _decisions(random: Random) -> list[str]:
    return ["decisions:", f"  orchestrator: {random.choice(('ecs', 'ecs', 'eks'))}"]
