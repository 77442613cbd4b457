"""Where a secret may stand in a workload file: `{}` is the secret."""

from collections.abc import Iterator

HEAD = "version: 1\nname: shop\n"
IN_SERVICE = HEAD + "services:\n  web:\n    environment:\n"
# So that the line with the secret is one that a message points at.
BROKEN = "services: {{web: {{kind: wob, environment: {{%s}}}}}}\n"

KEYS = [
    "DB_PASSWORD", "dbPassword", "PASSWORD", "MYSQL_PWD", "API_KEY", "apiKey", "CLIENT_SECRET", "clientSecret",
    "X_TOKEN", "AWS_SECRET_ACCESS_KEY", "GIT_CREDENTIALS", "SIGNING_KEY", "SENTRY_DSN", "CONNECTION_STRING",
    "spring.mail.password", "KEY_PASSPHRASE", "ENCRYPTION_KEY", "tokens",
    "REDISCLI_AUTH", "redisAuth", "PGPASSWORD", "SECRET_KEY_BASE", "MEILI_MASTER_KEY",
    "LICENSE_KEY", "newRelicLicenseKey", "API_KEY_2", "DB_PASSWORD1", "DB_PASSWORD_PROD", "MYPASSWORD",
    "POSTGRESPASSWORD", "DATADOG_API_KEY_EU", "API_TOKEN_EU_WEST_1", "PRIVATE_KEY_PEM", "STRIPE_KEY", "SMTP_KEY",
    "datadogApiKeyProd",
]  # fmt: skip
UNKNOWN_WHERE_YAML_IS_BROKEN = {"SENTRY_DSN", "CONNECTION_STRING"}
TOKENS = [
    "ghp_{}{}", "github_pat_{}{}", "glpat-{}x", "xoxb-{}", "sk_live_{}", "eyJ{}.eyJ{}.{}",
    "sk_test_{}", "rk_live_{}", "sk-proj-{}", "sk-ant-api03-{}", "SG.{}.{}{}",
    "https://hooks.slack.com/services/T0/B0/{}",
    "postgres://app:{}@db/shop", "redis://:{}@cache:6379/0", "https://user:{}@example.com/x?y=1",
    "run --password={} now", "token={}", "API_KEY={}", "Server=db;Password={};Port=1",
    "Server=db;Pwd={};", '{{"password":"{}"}}', '{{"db_password": "{}", "port": 1}}', "run --password {} now",
    "--api-key {}", "Bearer {}", "curl -H Authorization:Bearer {}", "Authorization: Basic {}==",
]  # fmt: skip
KEY_FILE = "-----BEGIN RSA PRIVATE KEY-----\n        {}\n        {}==\n        -----END RSA PRIVATE KEY-----"


def positions() -> Iterator[tuple[str, str]]:
    """The name of each position, and a file with `{}` for the secret; all of them must be masked."""
    for key in KEYS:
        yield f"under {key}", f"{IN_SERVICE}      {key}: {{}}\n"
        yield f"under {key}, beside a problem", HEAD + BROKEN % f"{key}: {{}}"
        if key in UNKNOWN_WHERE_YAML_IS_BROKEN:
            continue
        yield f"under {key}, in broken YAML", f"{IN_SERVICE}      {key}: {{}}\n      x: [\n"
        yield f"under {key}, in YAML broken on its line", f"{IN_SERVICE}      {key}: {{}}: 'x\n"
    for token in TOKENS:
        yield f"as {token}", f"{IN_SERVICE}      ANY: '{token}'\n"
        yield f"as {token}, beside a problem", HEAD + BROKEN % f"ANY: '{token}'"
        yield f"as {token}, in place of a word", f"{HEAD}team: {{{{hosts: '{token}'}}}}\n"
        yield f"as {token}, in a list", f"{HEAD}regions: [eu-west-1, '{token}']\n"
        yield f"as {token}, as a name", f"{HEAD}services: {{{{'{token}': {{{{}}}}}}}}\n"
        yield f"as {token}, as a key", f"{HEAD}'{token}': 1\n"
        yield f"as {token}, in a description", f"{HEAD}description: see '{token}' there\n"
        yield f"as {token}, in a comment", f"{HEAD}team: {{{{hosts: wob}}}} # {token}\n"
        yield f"as {token}, in broken YAML", f"{HEAD}x: ['{token}'\n"
        yield f"as {token}, as an option", f"{HEAD}decisions: {{{{compute: '{token}'}}}}\n"
    yield from OTHERS.items()


OTHERS = {
    "double quotes": IN_SERVICE + '      DB_PASSWORD: "{}"\n',
    "single quotes": IN_SERVICE + "      DB_PASSWORD: 'it''s {}'\n",
    "behind a number sign": IN_SERVICE + "      DB_PASSWORD: 'ab#{}'\n",
    "behind wide characters": HEAD + BROKEN % "A: '漢字😀👩‍💻', DB_PASSWORD: '漢😀{}'",
    "behind tabs": IN_SERVICE + "      DB_PASSWORD: \t{}\t# x\n",
    "behind a byte order mark": "\ufeff" + HEAD + BROKEN % "DB_PASSWORD: {}",
    "behind byte order marks inside": HEAD + BROKEN % "A: '\ufeff\ufeff\ufeff\ufeff\ufeff\ufeff', DB_PASSWORD: {}",
    "carriage returns": (HEAD + BROKEN % "DB_PASSWORD: {}").replace("\n", "\r\n"),
    "a literal block": IN_SERVICE + "      DB_PASSWORD: |\n        {}\n        {}\n      A: b\n",
    "a folded block": IN_SERVICE + "      DB_PASSWORD: >-\n        {}\n\n        {}\n",
    "quotes over two lines": IN_SERVICE + '      DB_PASSWORD: "{}\n        {}"\n',
    "plain over two lines": IN_SERVICE + "      DB_PASSWORD: {}\n        {}\n",
    "on the line below": IN_SERVICE + "      DB_PASSWORD:\n        {}\n",
    "a private key": IN_SERVICE + f"      ANY: |\n        {KEY_FILE}\n",
    "a private key in broken YAML": IN_SERVICE + f"      ANY: |\n        {KEY_FILE}\n   x\n",
    "with an anchor": IN_SERVICE + "      DB_PASSWORD: &p {}\n      OTHER: *p\n",
    "by alias": IN_SERVICE + "      OTHER: &p {}\n      DB_PASSWORD: *p\n",
    "with a tag": IN_SERVICE + "      DB_PASSWORD: !!str {}\n",
    "with a tag that is refused": IN_SERVICE + "      DB_PASSWORD: !vault {}\n",
    "a value of a secret": HEAD + "secrets: {{db: {{kind: database_credentials, value: {}}}}}\n",
    "a value of a secret, beside a problem": HEAD + "secrets: {{db: {{kind: wob, value: {}}}}}\n",
    "a value of a secret, in a block": HEAD + "secrets:\n  db:\n    value: |\n      {}\n",
    "a key that no workload has": HEAD + "password: {}\n",
    "a key that no service has": HEAD + "services: {{web: {{password: {}, kind: wob}}}}\n",
    "a list under an unknown key": HEAD + "callers: {{ci: {{token: [{}, {}]}}}}\n",
    "a key that appears twice": IN_SERVICE + "      DB_PASSWORD: {}\n      DB_PASSWORD: {}2\n",
    "a second document": HEAD + "---\npassword: {}\n",
    "a list of variables": HEAD + "services: {{web: {{environment: [DB_PASSWORD={}]}}}}\n",
    "a comment above": HEAD + "# password: {}\nteam: {{hosts: wob}}\n",
    "a comment with an equals sign": HEAD + "team: {{hosts: wob}} # DB_PASSWORD={}\n",
    "a comment about a token": HEAD + "team: {{hosts: wob}} # the token: {}\n",
    "a comment behind quotes": HEAD + "team: {{hosts: 'w#b'}} # api_key = {}\n",
    "base64 that begins as a path does": HEAD + BROKEN % "DB_PASSWORD: /{}",
    "instead of a secret": HEAD + "secrets: {{db: {}}}\n",
    "in a list instead of a secret": HEAD + "secrets: {{db: [{}]}}\n",
    "in a list of secrets": HEAD + "secrets: [{{db: {}}}, {}]\n",
    "instead of all secrets": HEAD + "secrets: {}\n",
    "instead of a key of a secret": HEAD + "secrets: {{db: {{{}}}}}\n",
    "instead of a kind of secret": HEAD + "secrets: {{db: {{kind: {}}}}}\n",
    "instead of a duration": HEAD + "secrets: {{db: {{kind: api_key, rotate_every: {}}}}}\n",
    "instead of Regions of a secret": HEAD + "secrets: {{db: {{replicas: [{}, {{x: {}}}]}}}}\n",
    "instead of names of secrets": HEAD + "services: {{web: {{uses: {{secrets: {{db: {}}}}}}}}}\n",
    "among secrets of a service": HEAD + "services: {{web: {{secrets: {{db: {}}}}}}}\n",
    "among misspelled secrets": HEAD + "sercets: {{db: {}}}\n",
    "as a key within a variable": HEAD + "services: {{web: {{environment: {{DB_PASSWORD: {{{}: 1}}}}}}}}\n",
    "written twice": HEAD + "services: {{web: {{cpu: {}, environment: {{DB_PASSWORD: {}}}, os: 'x'}}}} # {}\n",
    "instead of a mapping": HEAD + "team: 'password={}'\n",
    "instead of a number": HEAD + "services: {{web: {{gpus: 'token={}'}}}}\n",
}

# Positions of secrets that are not masked yet.
LEAKS = {
    "a key that is a secret and appears twice": HEAD + "'token={}': 1\n'token={}': 2\n",
    "a data source name in broken YAML": IN_SERVICE + "      SENTRY_DSN: {}: 'x\n",
    "a connection string in broken YAML": IN_SERVICE + "      CONNECTION_STRING: {}: 'x\n",
    "a list of names and values": HEAD + "services: {{web: {{environment: [{{name: DB_PASSWORD, value: {}}}]}}}}\n",
    "a mapping under a key that says secret": HEAD + "callers: {{ci: {{secret: {{deep: {}}}}}}}\n",
    "a comment about an AWS key": HEAD + "team: {{hosts: wob}} # AWS_SECRET_ACCESS_KEY={}\n",
    "a comment about a pwd": HEAD + "team: {{hosts: wob}} # MYSQL_PWD: {}\n",
    "a misspelled value of a secret": HEAD + "secrets: {{db: {{vaule: {}}}}}\n",
}
LOOK_ALIKES = [
    "CLUSTER_ID: q7Zk2Wn8Rt5Xb1Vm9", "DB_SECRET_NAME: prod/db", "PASSWORD_FILE: /run/secrets/db", "TOKEN_TTL: 3600",
    "DB_PASSWORD: ${DB_PASSWORD}", "DB_PASSWORD: $(DB_PASSWORD)", "DB_PASSWORD: '{{resolve:secretsmanager:db}}'",
    "DB_PASSWORD: <from the vault>", "DB_SECRET: arn:aws:secretsmanager:eu-west-1:1:secret:db",
    "PRIVATE_KEY: /etc/tls/key.pem",
    "DB_PASSWORD: ''", "DB_PASSWORD: null", "DB_PASSWORD: ~", "USE_TOKEN: true", "TOKEN: 'false'", "MONKEY: banana",
    "COMPASS: north", "KEYBOARD: de", "API_URL: https://api.example.com:8443/v1", "REMOTE: git@github.com:shop/web.git",
    "MAIL: shop@example.com", "JDBC: jdbc:postgresql://db:5432/shop", "CMD: run --password=$DB_PASSWORD",
    "CMD: run --password=${DB_PASSWORD}",
    "IMAGE: 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'",
    "AUTH_TYPE: hunter22", "POSTGRES_HOST_AUTH_METHOD: trust", "AUTH_ENABLED: 'on'", "AUTH: hunter22",
    "SMTP_AUTH: plain", "REQUIRE_AUTH: 1", "PROXY_AUTH: https://sign-in.example.com/start",
    "REDIS_AUTH: $REDIS_AUTH", "OAUTH: hunter22",
    "KEY_ALIAS: alias/shop", "ACCESS: AKIA", "SECRETARY: Jane", "PASSAGE: long-and-winding-road",
    "PARTITION_KEY: customer", "SORT_KEY: created_at", "PRIMARY_KEY: id", "KEY_ID: q7Zk2Wn8Rt5Xb1Vm9",
    "PUBLIC_KEY: q7Zk2Wn8Rt5Xb1Vm9", "STRIPE_PUBLISHABLE: pk_live_q7Zk2Wn8Rt5Xb1Vm9", "APP_KEY: storefront",
    "HASH: base64:q7Zk2Wn8", "TASK: task-proj-q7Zk2Wn8Rt5Xb1Vm9", "HOST: MSG.internal.example.com", "COMPASS_1: north",
    "SLACK: https://hooks.slack.com/services/", "LICENSE_KEY_NAME: shop/license", "API_KEY_ROTATION: 30",
    "TLS_KEY_FILE: /etc/tls/key2.pem", "CACHE_KEY_PREFIX: q7Zk2Wn8Rt5Xb1Vm9", "CACHE_KEY: q7Zk2Wn8Rt5Xb1Vm9",
    "PASSWORD_MIN_LENGTH: 12", "MAX_TOKENS: 4096", "MAX_OUTPUT_TOKENS: 512", "SECRETS_MANAGER_REGION: eu-west-1",
    "PASSWORD_POLICY: strong", "GEO_KEY: north-of-the-river", "PWD: /srv/app", "HEADER: Bearer authentication",
    "CMD: run --password-file /run/secrets/db", "CMD: login --password-stdin",
    "CMD: 'build --secret id=npm,src=.npmrc'",
    "DB_PASSWORD: /run/secrets/db", "DB_PASSWORD: /Shop/Production/DbPassword", "BODY: '{\"password\":\"${P}\"}'",
]  # fmt: skip
FALSE_ALARMS = ["DATABASE_URL: postgres://app:${DB_PASSWORD}@db/shop", "DB_PASSWORD: $DB_PASSWORD"]
