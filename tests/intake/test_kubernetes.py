"""What Kubernetes manifests say of a service, and what they do not say."""

import pytest

from archadvisor.intake.kubernetes import is_kubernetes, survey
from archadvisor.loading.document import parse_foreign
from archadvisor.model.intake import Survey

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  {spec}
  template: {{spec: {{containers: [{{name: a, image: nginx, {container}}}], {pod}}}}}
"""


def surveyed(text: str) -> Survey:
    roots = parse_foreign(text, "f.yaml")
    assert all(map(is_kubernetes, roots))
    return survey(roots, "f.yaml")


def facts(text: str) -> dict[str, str]:
    """What is said of the service `web`, but for its registry."""
    found = {fact.path: fact.written for fact in surveyed(text).facts}
    own = {
        path.removeprefix("services.web."): written for path, written in found.items() if path.startswith("services")
    }
    return {path: written for path, written in own.items() if path != "image.registry"}


# Parts of a Deployment -> the facts they state.
SAID: list[tuple[dict[str, str], dict[str, str]]] = [
    ({}, {}),
    ({"spec": "replicas: 3"}, {"replicas.min": "3", "replicas.max": "3"}),
    ({"container": "resources: {requests: {cpu: 250m, memory: 512Mi}}"}, {"cpu": "0.25", "memory": "512 MiB"}),
    ({"container": "resources: {limits: {cpu: 2, memory: 1Gi}}"}, {"cpu": "2", "memory": "1024 MiB"}),
    ({"container": "resources: {requests: {cpu: '1'}, limits: {cpu: '2'}}"}, {"cpu": "1"}),
    ({"container": "resources: {requests: {cpu: lots}}"}, {}),
    ({"container": "resources: {limits: {nvidia.com/gpu: 2}}"}, {"gpus": "2"}),
    ({"container": "securityContext: {privileged: true}"}, {"needs": "[privileged]"}),
    ({"container": "securityContext: {privileged: false}"}, {}),
    ({"container": "securityContext: {capabilities: {add: [NET_ADMIN]}}"}, {"capabilities": "[NET_ADMIN]"}),
    ({"pod": "hostNetwork: true, hostPID: true"}, {"needs": "[host_network, host_pid]"}),
    ({"pod": "volumes: [{name: x, hostPath: {path: /var/run/docker.sock}}]"}, {"needs": "[docker_socket]"}),
    ({"pod": "volumes: [{name: x, hostPath: {path: /etc}}]"}, {"volumes": "[host_path]"}),
    ({"pod": "volumes: [{name: x, emptyDir: {}}]"}, {}),
    ({"pod": "nodeSelector: {kubernetes.io/arch: arm64}"}, {"arch": "arm64"}),
    ({"pod": "nodeSelector: {kubernetes.io/os: windows}"}, {"os": "windows"}),
    ({"pod": "terminationGracePeriodSeconds: 90"}, {"drain": "90 s"}),
    ({"pod": "volumes: [{name: x, secret: {secretName: tls.key}}]"}, {"uses.secrets": "[tls-key]"}),
    (
        {"container": "env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: x}}}]"},
        {"uses.secrets": "[db]"},
    ),
]


@pytest.mark.parametrize(("parts", "expected"), SAID)
def test_a_deployment_says_what_is_written_and_nothing_else(parts: dict[str, str], expected: dict[str, str]) -> None:
    empty = {"spec": "paused: false", "container": "tty: false", "pod": "hostname: x"}
    assert facts(DEPLOYMENT.format(**{**empty, **parts})) == expected


def test_sizes_of_containers_are_added_up_only_if_all_say_theirs() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{containers: [{}]}}\n"
    one, none = "{name: a, resources: {requests: {cpu: 500m}}}", "{name: b}"
    assert facts(pod.format(f"{one}, {one}")) == {"cpu": "1"}
    assert facts(pod.format(f"{one}, {none}")) == {}


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("DaemonSet", "template: {spec: {containers: [{name: a}]}}", "daemon"),
        ("Job", "template: {spec: {containers: [{name: a}]}}", "batch"),
        ("CronJob", "jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}", "scheduled"),
        ("StatefulSet", "template: {spec: {containers: [{name: a}]}}", None),
    ],
)
def test_the_kind_says_what_kind_of_thing_it_is(kind: str, spec: str, expected: str | None) -> None:
    text = f"apiVersion: batch/v1\nkind: {kind}\nmetadata: {{name: web}}\nspec: {{{spec}}}\n"
    assert facts(text).get("kind") == expected


def test_a_scaler_of_the_same_file_says_how_many_replicas_there_may_be() -> None:
    scaler = """\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: any}
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 9}
"""
    text = DEPLOYMENT.format(spec="replicas: 3", container="tty: false", pod="hostname: x") + scaler
    assert facts(text) == {"replicas.min": "2", "replicas.max": "9"}


def test_a_list_holds_manifests_and_what_an_operator_must_know_is_a_custom_resource() -> None:
    inner = "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: a, image: ghcr.io/a}]}}"
    other = "{apiVersion: example.com/v1, kind: Thing, metadata: {name: x}}"
    found = surveyed(f"apiVersion: v1\nkind: List\nitems: [{inner}, {other}]\n")
    assert [name for name, _ in found.services] == ["web"]
    written = {fact.path: fact.written for fact in found.facts}
    assert written["kubernetes.uses"] == "[manifests, custom_resources]"
    assert written["services.web.image.registry"] == "ghcr"


def test_the_items_of_a_list_of_one_kind_are_of_that_kind() -> None:
    spec = "{template: {spec: {containers: [{name: a, securityContext: {privileged: true}}]}}}"
    text = f"apiVersion: apps/v1\nkind: DeploymentList\nitems: [{{metadata: {{name: web}}, spec: {spec}}}]\n"
    assert facts(text) == {"needs": "[privileged]"}
    (needs,) = (fact for fact in surveyed(text).facts if fact.path == "services.web.needs")
    assert needs.key == "Deployment web: containers[0].securityContext.privileged"


def test_secrets_in_plain_text_are_found_in_variables_and_in_secret_manifests_and_not_kept() -> None:
    env = "env: [{name: DB_PASSWORD, value: correct-horse}, {name: TOKEN_TTL, value: '30'}]"
    text = DEPLOYMENT.format(spec="paused: false", container=env, pod="hostname: x")
    text += "---\napiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {token: correct-horse}\n"
    found = surveyed(text)
    assert [leak.key for leak in found.leaks] == ["DB_PASSWORD", "token"]
    assert found.secrets == ("db_password", "keys")
    assert "correct-horse" not in repr(found)


NO_MANIFESTS = [
    ("apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: []\n", False),
    ('{"kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "Request"}', False),
    ("apiVersion: release-notes/v2\nkind: bug-fix\narea: security\n", False),
    ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", True),
    ("apiVersion: v1\nkind: PodList\nitems: []\n", True),
    ("apiVersion: apps/v1\nkind: Deployment\nspec: {}\n", True),
]


@pytest.mark.parametrize(("text", "expected"), NO_MANIFESTS)
def test_a_kind_and_a_version_alone_make_no_manifest(text: str, expected: bool) -> None:
    (root,) = parse_foreign(text, "file.yaml")
    assert is_kubernetes(root) is expected


def test_what_has_no_containers_is_told_and_no_service() -> None:
    found = surveyed("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n")
    assert found.services == ()
    assert [remark.message for remark in found.remarks] == ["`web` has no containers, so it is no service"]


CHOSEN: list[tuple[str, dict[str, str]]] = [
    ("nodeSelector: {eks.amazonaws.com/compute-type: fargate}", {"orchestrator": "eks", "compute.web": "fargate"}),
    ("nodeSelector: {eks.amazonaws.com/nodegroup: large}",
     {"orchestrator": "eks", "compute.web": "ec2", "hosts.web": "node_group"}),
    ("nodeSelector: {karpenter.sh/capacity-type: spot}", {"capacity.web": "spot"}),
    ("nodeSelector: {kubernetes.io/os: linux}", {}),
]  # fmt: skip


@pytest.mark.parametrize(("pod", "chosen"), CHOSEN)
def test_what_only_eks_knows_says_that_it_is_chosen(pod: str, chosen: dict[str, str]) -> None:
    found = surveyed(DEPLOYMENT.format(spec="replicas: 1", container="tty: true", pod=pod)).facts
    decisions = {fact.path: fact.written for fact in found if fact.path.startswith("decisions.")}
    assert decisions == {f"decisions.{path}": option for path, option in chosen.items()}


def test_a_role_for_a_service_account_says_that_eks_is_chosen() -> None:
    role = "{name: a, annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::1:role/x'}}"
    found = surveyed(f"{{apiVersion: v1, kind: ServiceAccount, metadata: {role}}}").facts
    assert [fact.written for fact in found if fact.path == "decisions.orchestrator"] == ["eks"]
