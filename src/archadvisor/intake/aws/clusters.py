"""Clusters of EKS, and services of AWS that end."""

from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.notes import Notes
from archadvisor.intake.regions import note_eks_version

_EKS = "AWS::EKS::Cluster"
_PARTS_OF_EKS = (
    "AWS::EKS::Nodegroup",
    "AWS::EKS::FargateProfile",
    "AWS::EKS::Addon",
    "AWS::EKS::PodIdentityAssociation",
)
_ENDED = {
    "AWS::AppRunner::Service": "app_runner",
    "AWS::AppMesh::Mesh": "app_mesh",
    "AWS::Proton::ServiceTemplate": "proton",
    "AWS::Proton::EnvironmentTemplate": "proton",
}


def note_clusters(stack: Stack, has_tasks: bool, notes: Notes) -> None:
    """That EKS is chosen, the version of its cluster, and what is in use of services that end."""
    clusters = stack.of(_EKS)
    for found in (*clusters, *stack.of(*_PARTS_OF_EKS))[:1]:
        _note_choice(found, has_tasks, notes)
    for cluster in clusters:
        notes.also("existing.services", "eks_cluster", cluster.said.told_as(cluster.title))
        note_eks_version(cluster.said.at("version"), notes)
        auto = cluster.said.at("computeConfig", "enabled")
        if auto.is_true:
            notes.remark(
                auto, f"the cluster `{cluster.title}` has EKS Auto Mode, which is a decision about each service"
            )
    for kind, word in _ENDED.items():
        for found in stack.of(kind)[:1]:
            notes.also("existing.services", word, found.said.told_as(found.title))


def _note_choice(found: Resource, has_tasks: bool, notes: Notes) -> None:
    """EKS as a decision, unless there are tasks of ECS as well: a workload has one orchestrator."""
    named = found.said.told_as(found.title)
    if has_tasks:
        notes.remark(named, f"`{found.title}` is of EKS, and there are tasks of ECS; a workload has one orchestrator")
    else:
        notes.says("decisions.orchestrator", "eks", named)
