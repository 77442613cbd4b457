"""ECS services: how many of a task run, on what, and what leads to them."""

from dataclasses import dataclass

from archadvisor.intake.aws.launching import note_launch_types, note_providers
from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

SERVICE, TASK, CLUSTER = "AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::ECS::Cluster"
_PROVIDERS_OF_CLUSTER = "AWS::ECS::ClusterCapacityProviderAssociations"
_SCALABLE = "AWS::ApplicationAutoScaling::ScalableTarget"
_LISTS = (("placementConstraints", "placement"), ("placementStrategies", "placement"))
_ENDED = (
    ("platformVersion", "", "1.3.0", "fargate_platform_1_3_0"),
    ("deploymentController", "type", "CODE_DEPLOY", "codedeploy_blue_green"),
)
"""Keys, what they hold, and the ended service or setting that this is."""


@dataclass(frozen=True, slots=True)
class Running:
    """An ECS service and the service of the workload whose task it runs."""

    resource: Resource
    service: str

    @property
    def said(self) -> Part:
        """Its properties."""
        return self.resource.said

    @property
    def path(self) -> str:
        """Where a workload file has the service."""
        return f"services.{self.service}"


def running(stack: Stack, tasks: dict[tuple[str, str], str], families: dict[str, str]) -> list[Running]:
    """The ECS services that run tasks of the same stack, by what they refer to, else by the family that they name."""
    found: list[Running] = []
    for resource in stack.of(SERVICE):
        said = resource.said.at("taskDefinition")
        task = stack.referred(said, TASK, instance=resource.instance)
        family = said.words.rpartition("/")[2].partition(":")[0]
        alone = len(families) == 1 and len(stack.of(SERVICE)) == 1 and not said
        only = next(iter(families.values())) if alone else None
        name = tasks.get(task.key) if task is not None else families.get(family, only)
        if name is not None:
            found.append(Running(resource, name))
    return found


def note_running(each: Running, stack: Stack, notes: Notes) -> None:
    """What a service says of the task that it runs."""
    count, strategy = each.said.at("desiredCount"), each.said.at("schedulingStrategy")
    _note_scaling(each, stack, notes)
    notes.says(f"{each.path}.replicas.min", count.number, count)
    notes.says(f"{each.path}.kind", "daemon" if strategy.text == "DAEMON" else None, strategy)
    if each.said.at("loadBalancers").items():
        notes.says(f"{each.path}.kind", "web", each.said.at("loadBalancers"))
    _note_capacity(each, stack, notes)
    _note_connect(each, notes)
    for key, need in _LISTS:
        if each.said.at(key).items():
            notes.also(f"{each.path}.needs", need, each.said.at(key))
    for volume in each.said.at("volumeConfigurations").items():
        if said := volume.at("managedEBSVolume"):
            notes.also(f"{each.path}.volumes", "ebs", said)
    for key, inner, word, ended in _ENDED:
        said = each.said.at(key).at(inner) if inner else each.said.at(key)
        if said.text == word:
            notes.also("existing.services", ended, said)


def _note_capacity(each: Running, stack: Stack, notes: Notes) -> None:
    """The launch type, or the capacity providers of the service, or those that its cluster has by default."""
    launch, strategy = each.said.at("launchType"), each.said.at("capacityProviderStrategy")
    if launch:
        note_launch_types(each.service, [launch], notes)
    elif strategy.items():
        note_providers(each.service, strategy, stack, notes)
    elif not launch.is_open and not strategy.is_open:
        cluster = stack.referred(each.said.at("cluster"), CLUSTER)
        for default in _defaults(cluster, stack) if cluster else ():
            note_providers(each.service, default, stack, notes)


def _defaults(cluster: Resource, stack: Stack) -> list[Part]:
    """The default strategies of a cluster, which may be a resource of its own."""
    key = "defaultCapacityProviderStrategy"
    others = [
        each.said.at(key)
        for each in stack.of(_PROVIDERS_OF_CLUSTER)
        if cluster in (stack.referred(each.said.at(name), CLUSTER) for name in ("cluster", "clusterName"))
    ]
    return [each for each in (cluster.said.at(key), *others) if each.items()]


def _note_scaling(each: Running, stack: Stack, notes: Notes) -> None:
    """How many there may be, where the service is scaled."""
    for target in stack.of(_SCALABLE):
        scaled = target.said.at("resourceId")
        own = stack.referred(scaled, SERVICE, instance=each.resource.instance)
        name = each.said.at("serviceName").text or each.said.at("name").text
        if own == each.resource or (name is not None and scaled.words.endswith(f"/{name}")):
            for end, key in (("min", "minCapacity"), ("max", "maxCapacity")):
                said = target.said.at(key)
                notes.says(f"{each.path}.replicas.{end}", said.number, said)


def _note_connect(each: Running, notes: Notes) -> None:
    """What other services reach by Service Connect."""
    for offered in each.said.at("serviceConnectConfiguration", "services").items():
        for alias in offered.at("clientAliases").items():
            port = alias.at("port")
            if port.number:
                path = notes.endpoint(each.service, f"connect-{port.number}", port)
                notes.says(f"{path}.visibility", "internal", port)
                notes.says(f"{path}.through", "service_connect", offered)
                tls = offered.at("tls")
                notes.says(f"{path}.protocol", "tls" if tls else None, tls)
