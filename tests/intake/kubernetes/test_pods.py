"""What pods say: sizes, storage, secrets, the ecosystem around them."""

import pytest

from archadvisor.intake.kubernetes import survey
from archadvisor.loading.document import parse_foreign
from archadvisor.model.intake import Survey

POD = "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{{spec}}}\n"
ONE = "containers: [{name: a, resources: {requests: {cpu: 500m}, limits: {cpu: 4}}}]"


def surveyed(*manifests: str) -> Survey:
    return survey(parse_foreign("---\n".join(manifests), "f.yaml"), "f.yaml")


def facts(*manifests: str) -> dict[str, str]:
    """What is said of the service `web`."""
    own = {fact.path: fact.written for fact in surveyed(*manifests).facts if fact.path.startswith("services.web.")}
    return {path.removeprefix("services.web."): written for path, written in own.items()}


SIZES = [
    (ONE, {"cpu": "0.5"}),
    (f"{ONE}, initContainers: [{{name: i, resources: {{requests: {{cpu: 2}}}}}}]", {"cpu": "2"}),
    (f"{ONE}, initContainers: [{{name: i, resources: {{requests: {{cpu: 100m}}}}}}]", {"cpu": "0.5"}),
    (f"{ONE}, initContainers: [{{name: i, restartPolicy: Always, resources: {{requests: {{cpu: 1}}}}}}]",
     {"cpu": "1.5"}),
    (f"{ONE}, resources: {{requests: {{cpu: 3}}}}", {"cpu": "3"}),
    ("containers: [{name: a, resources: {limits: {aws.amazon.com/neuron: 2}}}]", {"neuron": "2"}),
    ("containers: [{name: a, resources: {limits: {aws.amazon.com/neuroncore: 2}}}]", {"neuron": "unknown"}),
    ("containers: [{name: a, resources: {requests: {ephemeral-storage: 50Gi}}}]", {"disk": "51200 MiB"}),
    ("containers: [{name: a, resources: {requests: {cpu: .5, memory: 1024e6}}}]",
     {"cpu": "0.5", "memory": "976.5625 MiB"}),
    ("containers: [{name: a, resources: {requests: {cpu: 1E0, memory: 1048576000m}}}]",
     {"cpu": "1", "memory": "1 MiB"}),
    ("containers: [{name: a, resources: {requests: {cpu: e3, memory: .}}}]", {}),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "stated"), SIZES)
def test_a_pod_asks_for_what_the_scheduler_counts(spec: str, stated: dict[str, str]) -> None:
    assert facts(POD.format(spec=spec)) == stated


# What the containers of a pod ask for and are allowed -> the limits beside the facts.
ASKED = "{{name: a, resources: {{requests: {{cpu: 1, memory: 1Gi}}, limits: {{{}}}}}}}"
LIMITS = [
    ([ASKED.format("cpu: 4, memory: 8Gi")], {"cpu": "4", "memory": "8192 MiB"}),
    ([ASKED.format("memory: 1Gi")], {"cpu": "", "memory": ""}),
    ([ASKED.format("cpu: 4"), ASKED.format("cpu: 2, memory: 2Gi")], {"cpu": "6", "memory": ""}),
    (["{name: a, resources: {limits: {cpu: 4}}}"], {"cpu": ""}),
]


@pytest.mark.parametrize(("containers", "limits"), LIMITS)
def test_limits_are_kept_apart_from_what_is_asked_for(containers: list[str], limits: dict[str, str]) -> None:
    found = surveyed(POD.format(spec=f"containers: [{', '.join(containers)}]"))
    sizes = {fact.path.rpartition(".")[2]: fact.limit for fact in found.facts if fact.path.startswith("services.")}
    assert sizes == limits


def volume(written: str) -> str:
    return POD.format(
        spec=f"containers: [{{name: a, volumeMounts: [{{name: v, mountPath: /dev/shm}}]}}], volumes: [{written}]"
    )


CLAIM = (
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: c}}\n"
    "spec: {{accessModes: [{mode}], storageClassName: s}}\n"
)
CLASS = "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: s}\nprovisioner: fsx.csi.aws.com\n"
USE = "{name: v, persistentVolumeClaim: {claimName: c}}"
VOLUMES: list[tuple[tuple[str, ...], dict[str, str]]] = [
    ((volume(USE),), {"volumes": "unknown"}),
    ((volume(USE), CLAIM.format(mode="ReadWriteMany")), {"volumes": "unknown"}),
    ((volume(USE), CLAIM.format(mode="ReadWriteOnce")), {"volumes": "unknown"}),
    ((volume(USE), CLAIM.format(mode="ReadWriteMany"), CLASS), {"volumes": "[fsx_lustre]"}),
    ((volume(USE), CLAIM.format(mode="ReadWriteMany"), CLASS.replace("fsx.csi.aws.com", "other")),
     {"volumes": "unknown"}),
    ((volume("{name: x, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: efs-sc}}}}"),),
     {"volumes": "unknown"}),
    ((volume(f"{USE}, {{name: x, csi: {{driver: efs.csi.aws.com}}}}"),), {"volumes": "[efs]"}),
    ((volume("{name: x, csi: {driver: efs.csi.aws.com}}"),), {"volumes": "[efs]"}),
    ((volume("{name: x, nfs: {server: 10.0.0.1}}"),), {}),
    ((volume("{name: x, nfs: {server: fs-12ab.efs.eu-west-1.amazonaws.com}}"),), {"volumes": "[efs]"}),
    ((volume("{name: v, emptyDir: {medium: Memory, sizeLimit: 2Gi}}"),), {"shared_memory": "2048 MiB"}),
    ((volume("{name: v, emptyDir: {medium: Memory}}"),), {"shared_memory": "unknown"}),
    ((volume("{name: x, emptyDir: {medium: Memory}}"),), {"volumes": "[tmpfs]"}),
    ((volume("{name: x, hostPath: {path: /dev/kvm}}"),), {"devices": "[/dev/kvm]"}),
    ((volume("{name: x, hostPath: {path: /var/run}}"),), {"needs": "[docker_socket]", "volumes": "[host_path]"}),
    ((volume("{name: x, hostPath: {path: '${SOCKET:-/var/run/docker.sock}'}}"),), {"needs": "[docker_socket]"}),
]  # fmt: skip


@pytest.mark.parametrize(("manifests", "stated"), VOLUMES)
def test_a_pod_mounts(manifests: tuple[str, ...], stated: dict[str, str]) -> None:
    assert facts(*manifests) == stated


def manifest(version: str, kind: str, metadata: str = "name: x") -> str:
    spec = "{template: {spec: {containers: [{name: a}]}}}"
    return f"apiVersion: {version}\nkind: {kind}\nmetadata: {{{metadata}}}\nspec: {spec}\n"


USES = [
    (manifest("v1", "ConfigMap"), "[manifests]"),
    (manifest("apps/v1", "StatefulSet"), "[manifests, stateful_sets]"),
    (manifest("v1", "ConfigMap", "name: x, labels: {app.kubernetes.io/managed-by: Helm}"), "[manifests, helm]"),
    (manifest("v1", "Namespace", "name: x, labels: {istio-injection: enabled}"), "[manifests, mesh]"),
    (manifest("networking.istio.io/v1", "VirtualService"), "[manifests, mesh, custom_resources]"),
    (manifest("argoproj.io/v1alpha1", "Application"), "[manifests, gitops, custom_resources]"),
    (manifest("argoproj.io/v1alpha1", "Rollout"), "[manifests, custom_resources]"),
    (manifest("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"), "[manifests, admission_webhooks]"),
    (manifest("sparkoperator.k8s.io/v1beta2", "SparkApplication"), "[manifests, custom_resources]"),
    (manifest("snapshot.storage.k8s.io/v1", "VolumeSnapshot"), "[manifests, custom_resources]"),
    (manifest("gateway.networking.k8s.io/v1", "HTTPRoute"), "[manifests]"),
    (manifest("storage.k8s.io/v1", "StorageClass"), "[manifests]"),
    (manifest("flowcontrol.apiserver.k8s.io/v1", "FlowSchema"), "[manifests]"),
    (manifest("apps.openshift.io/v1", "DeploymentConfig"), None),
    (manifest("kustomize.config.k8s.io/v1beta1", "Kustomization"), None),
]


@pytest.mark.parametrize(("text", "uses"), USES)
def test_manifests_use_of_kubernetes(text: str, uses: str | None) -> None:
    written = {fact.path: fact.written for fact in surveyed(text).facts}
    assert written.get("kubernetes.uses") == uses
    assert bool(surveyed(text).remarks) is (uses is None)


def secret(data: str, kind: str = "Secret") -> str:
    return f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: s}}\n{data}\n"


LEAKS = [
    (secret("data: {password: aHVudGVyMg==}"), ["password"]),
    (secret("data: {password: ''}"), []),
    (secret("data: {password: JHtQQVNTV09SRH0=}"), []),  # ${PASSWORD}
    (secret("data: {username: YWRtaW4=, tls.crt: LS0t, APP_ENV: cHJvZA==}"), []),
    (secret("stringData: {token: '<path:kv/data/x#token>', key: 'ENC[AES256_GCM,data:x]'}"), []),
    (secret("stringData: {token: swordfish}"), ["token"]),
    (secret("stringData: {STRIPE_SK: swordfish, PIN: '4711', DB_DSN: swordfish}"), ["STRIPE_SK", "PIN", "DB_DSN"]),
    (secret("stringData: {STRIPE_SK: '${STRIPE_SK}', PIN: <pin>, OTHER: '{{ .Values.other }}'}"), []),
    (secret("stringData: {LOG_LEVEL: info, CLIENT_ID: a1b2, WORKERS: '4', API: https://a.example, DEBUG: 'true'}"), []),
    (secret("data: {app.yaml: 'database: {password: swordfish}'}", "ConfigMap"), ["app.yaml"]),
    (secret("data: {app.json: '{\"a\": [{\"password\": \"swordfish\"}]}'}", "ConfigMap"), ["app.json"]),
    (secret("data: {app.yaml: 'database: {password: $PASSWORD, secretName: db, tokenTtl: 5}'}", "ConfigMap"), []),
    (secret("data: {app.yaml: 'password: [', app.json: '{\"password\"', x: the password}", "ConfigMap"), []),
    (POD.format(spec="containers: [{name: a, livenessProbe: {exec: {command: [ping, --password=swordfish]}}}]"),
     ["password"]),
    (secret("data: {DB_PASSWORD: swordfish, CLUSTER_ID: x}", "ConfigMap"), ["DB_PASSWORD"]),
    (secret("data: {app.ini: 'url=postgres://a:swordfish@b/c'}", "ConfigMap"), ["app.ini"]),
    (POD.format(spec="containers: [{name: a, args: [--db-password=swordfish, --tls-secret=a/b]}]"), ["db-password"]),
    (POD.format(spec="containers: [{name: a, env: [{name: A_TOKEN, value: 'swo$$fish'}]}]"), ["A_TOKEN"]),
    (POD.format(spec="containers: [{name: a, env: [{name: A_TOKEN, value: $(OTHER)}]}]"), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "keys"), LEAKS)
def test_secrets_in_plain_text_are_found_and_look_alikes_are_not(text: str, keys: list[str]) -> None:
    found = surveyed(text)
    assert [leak.key for leak in found.leaks] == keys
    assert "swordfish" not in repr(found)


def test_services_of_the_same_name_are_told_apart() -> None:
    job = (
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: a}]}}}\n"
    )
    found = surveyed(POD.format(spec="containers: [{name: a}]"), job)
    assert [name for name, _ in found.services] == ["web", "web-job"]


def test_a_cluster_that_eksctl_makes_is_one_of_eks() -> None:
    found = surveyed(
        "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: c, region: eu-west-1, version: '1.31'}\n"
    )
    assert {fact.path: fact.written for fact in found.facts} == {
        "decisions.orchestrator": "eks",
        "existing.eks_version": '"1.31"',
        "existing.services": "[eks_cluster]",
        "regions": "[eu-west-1]",
    }
