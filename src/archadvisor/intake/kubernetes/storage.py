"""Volumes of pods: claims with their classes, volumes of drivers, memory."""

import re

from archadvisor.intake.kubernetes.manifests import Cluster
from archadvisor.intake.kubernetes.pods import Pod
from archadvisor.intake.kubernetes.quantities import in_mib
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_DRIVERS = {
    "kubernetes.io/aws-ebs": "ebs",
    "ebs.csi.aws.com": "ebs",
    "ebs.csi.eks.amazonaws.com": "ebs",
    "efs.csi.aws.com": "efs",
    "kubernetes.io/aws-efs": "efs",
    "openshift.org/aws-efs": "efs",
    "fsx.csi.aws.com": "fsx_lustre",
}
_EFS_HOST = re.compile(r"fs-[0-9a-f]+\.efs\..+")
_SHARED_MEMORY = "/dev/shm"


def note_volumes(pod: Pod, cluster: Cluster, notes: Notes) -> None:
    """The kinds of storage that a pod mounts."""
    for claim in pod.manifest.root.at("spec", "volumeClaimTemplates").items():
        _note_claim(pod, claim.at("spec") or claim, cluster, notes)
    for volume in pod.spec.at("volumes").items():
        if claim := _claim(pod, volume, cluster):
            _note_claim(pod, claim, cluster, notes)
        _note_driver(pod, volume.at("csi", "driver"), notes)
        for key, kind in (("awsElasticBlockStore", "ebs"), ("nfs", "efs")):
            said = volume.at(key)
            if said and (key != "nfs" or _EFS_HOST.fullmatch(said.at("server").words)):
                notes.also(f"{pod.path}.volumes", kind, said)
        if volume.at("emptyDir", "medium").text == "Memory":
            _note_memory(pod, volume, notes)


def _claim(pod: Pod, volume: Part, cluster: Cluster) -> Part:
    """The claim that a volume stands for: one of its own, or one of a manifest, else as far as it is named."""
    named = volume.at("persistentVolumeClaim")
    found = cluster.find("PersistentVolumeClaim", named.at("claimName").text, pod.manifest.namespace)
    return volume.at("ephemeral", "volumeClaimTemplate", "spec") or (found.at("spec") if found else named)


def _note_claim(pod: Pod, claim: Part, cluster: Cluster, notes: Notes) -> None:
    """What a claim comes to: by its volume, by its class, else it is not known."""
    volume = cluster.find("PersistentVolume", claim.at("volumeName").text, "")
    of_class = cluster.find("StorageClass", claim.at("storageClassName").text, "")
    drivers = [volume.at("spec", "csi", "driver")] if volume else []
    drivers += [of_class.at("provisioner")] if of_class else []
    for driver in list(filter(None, drivers))[:1]:
        _note_driver(pod, driver, notes)
    notes.says(f"{pod.path}.volumes", "unknown", claim.at("storageClassName") or claim)


def _note_driver(pod: Pod, driver: Part, notes: Notes) -> None:
    kind = _DRIVERS.get(driver.words)
    if kind is not None:
        notes.also(f"{pod.path}.volumes", kind, driver)


def _note_memory(pod: Pod, volume: Part, notes: Notes) -> None:
    """A volume in memory: the shared memory of the pod, where a container mounts it as that."""
    name = volume.at("name").words
    mounts = [mount for each in pod.every_container for mount in each.at("volumeMounts").items()]
    if any(each.at("name").text == name and each.at("mountPath").text == _SHARED_MEMORY for each in mounts):
        limit = volume.at("emptyDir", "sizeLimit")
        notes.says(f"{pod.path}.shared_memory", in_mib(limit) or "unknown", limit or volume.at("emptyDir"))
    else:
        notes.also(f"{pod.path}.volumes", "tmpfs", volume.at("emptyDir"))
