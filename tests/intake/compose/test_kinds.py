"""What kind of thing a service is, and how it is reached, where something says so."""

import pytest

from tests.intake.compose.files import facts, surveyed

# A service called `web_1` -> its kind; most say none.
KINDS = [
    ("image: a, ports: ['80:80']", None),
    ("image: postgres, ports: ['5432:5432'], healthcheck: {test: pg_isready}", None),
    ("image: a, deploy: {mode: global}", "daemon"),
    ("image: a, labels: {kompose.controller.type: daemonset}", "daemon"),
    ("image: a, labels: ['kompose.controller.type=deployment']", None),
    ("image: a, labels: {kompose.cronjob.schedule: '0 * * * *'}", "scheduled"),
    ("image: a, deploy: {labels: {swarm.cronjob.schedule: '0 * * * *'}}", "scheduled"),
    ("image: 'gcr.io/kaniko-project/executor:v1'", "build"),
    ("image: 'moby/buildkit:v0.20'", "build"),
    ("image: a, ports: [{target: 80, app_protocol: http}]", "web"),
    ("image: a, ports: [{target: 80, app_protocol: redis}]", None),
    ("image: a, labels: ['traefik.http.routers.x.rule=Host(`a.example.com`)']", "web"),
    ("image: a, environment: {VIRTUAL_HOST: a.example.com}", "web"),
    ("build: ., ports: ['8080:80'], healthcheck: {test: [CMD, curl, 'http://localhost/up']}", "web"),
    ("build: ., ports: ['8080:81'], healthcheck: {test: [CMD, curl, 'http://localhost/up']}", None),
    ("image: a, ports: ['8080:80'], healthcheck: {test: [CMD, curl, 'http://localhost/up']}", None),
    ("image: a, command: celery -A shop worker", "worker"),
    ("image: a, command: [bundle, exec, sidekiq]", "worker"),
    ("image: a, command: [bundle, exec, sidekiq], ports: ['80']", None),
    ("image: a, restart: 'no'", None),
]


@pytest.mark.parametrize(("service", "expected"), KINDS)
def test_a_kind_is_stated_where_something_says_it(service: str, expected: str | None) -> None:
    assert facts(surveyed(f"services: {{it: {{{service}}}}}"), "it").get("kind") == expected


def test_what_another_service_waits_for_to_be_done_is_batch_work() -> None:
    found = surveyed(
        "services: {web: {build: ., depends_on: {seed: {condition: service_completed_successfully}}}, seed: {image: a}}"
    )
    (kind,) = [fact for fact in found.facts if fact.path == "services.seed.kind"]
    assert (kind.written, kind.key) == ("batch", "services.web.depends_on")


def test_jobs_are_batch_work_or_scheduled() -> None:
    found = surveyed(
        "jobs: {a: {image: x, triggers: {manual: true}}, b: {image: x, triggers: {schedule: ['0 * * * *']}}}"
    )
    assert [facts(found, name)["kind"] for name in ("a", "b")] == ["batch", "scheduled"]


@pytest.mark.parametrize(("name", "kind"), [("shop-worker", "worker"), ("web", "web"), ("database", None)])
def test_a_service_that_is_called_what_it_is_says_so(name: str, kind: str | None) -> None:
    ports = "" if kind == "worker" else ", ports: ['80']"
    assert facts(surveyed(f"services: {{{name}: {{image: a{ports}}}}}"), name).get("kind") == kind


LABELS = [
    (["traefik.http.routers.x.rule=Host(`a.example.com`)"], {"domain": "a.example.com"}),
    (
        ["traefik.http.routers.x.rule=Host(`a.example.com`)", "traefik.http.routers.x.tls.certresolver=le"],
        {"domain": "a.example.com", "protocol": "https", "acme": "true"},
    ),
    (["traefik.enable=false", "traefik.http.routers.x.rule=Host(`a.example.com`)"], {}),
    (["traefik.http.routers.x.rule=Host(`${HOST}`)"], {}),
    (["caddy=a.example.com"], {"domain": "a.example.com", "protocol": "https", "acme": "true"}),
    (["caddy=http://a.example.com"], {}),
    (["kompose.service.expose=a.example.com"], {"domain": "a.example.com"}),
]


@pytest.mark.parametrize(("labels", "expected"), LABELS)
def test_labels_for_a_proxy_say_how_a_service_is_reached(labels: list[str], expected: dict[str, str]) -> None:
    found = surveyed(f"services: {{it: {{image: a, expose: ['3000'], labels: {labels}}}}}")
    said = {name: value for name, value in facts(found, "it").items() if name.startswith("endpoints.")}
    assert said == {f"endpoints.port-3000.{name}": value for name, value in expected.items()}


PORTS = [
    ("'443:443'", {"protocol": "https", "terminates": "container"}),
    ("'443:8443'", {"protocol": "https"}),
    ("'53:53/udp'", {"protocol": "udp"}),
    ("'80:80'", {}),
]


@pytest.mark.parametrize(("port", "expected"), PORTS)
def test_a_published_port_says_its_protocol_where_that_is_plain(port: str, expected: dict[str, str]) -> None:
    found = facts(surveyed(f"services: {{it: {{build: ., ports: [{port}]}}}}"), "it")
    assert {name.rpartition(".")[2]: value for name, value in found.items()} == expected
