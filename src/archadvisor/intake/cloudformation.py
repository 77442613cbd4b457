"""CloudFormation and SAM templates to what they say of a workload."""

from collections.abc import Iterator

from archadvisor.intake import ecs
from archadvisor.intake.intrinsics import Template
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name, number, text_of
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.model.intake import Inferred, Remark, Survey

KIND = "CloudFormation template"
_TASK, _SERVICE = "AWS::ECS::TaskDefinition", "AWS::ECS::Service"
_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Serverless::Function")
_CLUSTERS = ("AWS::EKS::Cluster",)
_LAUNCH_TYPES = {"FARGATE": "fargate", "EC2": "ec2"}
_ARCHES = {"arm64": "arm64", "x86_64": "x86_64"}
_NAMES = {"EFSVolumeConfiguration": "efsVolumeConfiguration"}
_NAMES |= {"FSxWindowsFileServerVolumeConfiguration": "fsxWindowsFileServerVolumeConfiguration"}


def is_cloudformation(root: Node) -> bool:
    """Whether a document is a template: resources, each with a type that is an AWS one."""
    types = [text_of(at(node, "Type")) or "" for _, node in pairs(at(root, "Resources"))]
    return any(each.startswith(("AWS::", "Custom::", "Alexa::")) for each in types)


def survey(root: Mapping, file: str) -> Survey:
    """What a template says: a service for each task definition and each function."""
    found = _Stack(root, file)
    surveys = [*found.tasks(), *found.functions()]
    chosen = [fact for each in surveys for fact in each.facts if fact.path.startswith("decisions.orchestrator")][:1]
    facts = [fact for each in surveys for fact in each.facts if not fact.path.startswith("decisions.orchestrator")]
    return Survey(
        None,
        tuple(service for each in surveys for service in each.services),
        tuple(dict.fromkeys([*(name for each in surveys for name in each.secrets), *found.secrets()])),
        (*(found.cluster() or chosen), *facts),
        tuple(leak for each in surveys for leak in each.leaks),
        tuple(found.remarks()),
        KIND,
        tuple(place for each in surveys for place in each.places),
    )


class _Stack:
    """One template."""

    def __init__(self, root: Mapping, file: str) -> None:
        self.template = Template(root)
        self.file = file

    def of(self, *types: str) -> Iterator[tuple[str, Mapping]]:
        """The resources of some types, by their logical names."""
        for name, node in self.template.resources.items():
            if text_of(at(node, "Type")) in types:
                yield name, node

    def tasks(self) -> Iterator[Survey]:
        """A survey for each task definition, with what ECS services say of it."""
        for name, node in self.of(_TASK):
            definition = self._definition(name, node)
            if definition is not None:
                found = ecs.survey(definition, self.file)
                ((service, _),) = found.services
                facts = {fact.path: fact for fact in (*found.facts, *self._running(name, service))}
                yield Survey(
                    None, found.services, found.secrets, tuple(facts.values()), found.leaks, (), KIND, found.places
                )

    def _definition(self, name: str, node: Mapping) -> Mapping | None:
        """A task definition as ECS has it; its family is the logical name where none is said."""
        properties = at(node, "Properties")
        whole = _camel(self.template.resolved(properties))
        if not isinstance(whole, Mapping) or properties is None or ecs.task_definition(whole) is None:
            return None
        if text_of(at(whole, "family")) is None:
            key = Scalar("family", "family", properties.place)
            whole.items["family"] = (key, Scalar(name, name, node.place))
        return whole

    def _running(self, task: str, service: str) -> Iterator[Inferred]:
        """How ECS services run a task: how many, on what, behind what."""
        for _, node in self.of(_SERVICE):
            properties = at(node, "Properties")
            if self.template.named(at(properties, "TaskDefinition")) != task:
                continue
            said = self.template.resolved(properties)
            for key, path, read in (
                ("DesiredCount", f"services.{service}.replicas.min", number),
                ("LaunchType", f"decisions.compute.{service}", lambda each: _LAUNCH_TYPES.get(text_of(each) or "")),
                ("SchedulingStrategy", f"services.{service}.kind", _daemon),
            ):
                value = at(said, key)
                if value is not None and (written := read(value)) is not None:
                    yield Inferred(path, written, self.file, value.place, key)
            balancers = at(said, "LoadBalancers")
            if balancers is not None and items(balancers):
                yield Inferred(f"services.{service}.kind", "web", self.file, balancers.place, "LoadBalancers")

    def functions(self) -> Iterator[Survey]:
        """A survey for each function."""
        for name, node in self.of(*_FUNCTIONS):
            said = self.template.resolved(at(node, "Properties"))
            service = as_name(name)
            leaks = tuple(ecs.leaks_among(service, pairs(at(said, "Environment", "Variables")), self.file))
            secrets = tuple(leak.secret for leak in leaks)
            place = (f"services.{service}", node.place)
            facts = tuple(self._function(service, node, said))
            yield Survey(None, ((service, ()),), secrets, facts, leaks, (), KIND, (place,))

    def _function(self, service: str, node: Mapping, said: Node | None) -> Iterator[Inferred]:
        path = f"services.{service}"
        kind = at(node, "Type")
        if kind is not None:
            yield Inferred(f"{path}.kind", "function", self.file, kind.place, "Type")
            yield Inferred(f"decisions.packaging.{service}", "function", self.file, kind.place, "Type")
        memory = at(said, "MemorySize")
        if memory is not None and number(memory):
            yield Inferred(f"{path}.memory", f"{number(memory)} MiB", self.file, memory.place, "MemorySize")
        arch = next(iter(items(at(said, "Architectures"))), None)
        if arch is not None and text_of(arch) in _ARCHES:
            yield Inferred(f"{path}.arch", text_of(arch) or "", self.file, arch.place, "Architectures")

    def secrets(self) -> Iterator[str]:
        """The secrets that the template keeps in Secrets Manager, by their logical names."""
        yield from (as_name(name.lower()) for name, _ in self.of("AWS::SecretsManager::Secret"))

    def cluster(self) -> list[Inferred]:
        """That EKS is chosen, where the template has a cluster of it."""
        found = [(name, node) for name, node in self.of(*_CLUSTERS)]
        return [Inferred("decisions.orchestrator", "eks", self.file, node.place, name) for name, node in found[:1]]

    def remarks(self) -> Iterator[Remark]:
        """What is there only under a condition."""
        for name, node in self.of(_TASK, *_FUNCTIONS):
            condition = at(node, "Condition")
            if condition is not None:
                message = f"`{name}` is there only where `{text_of(condition)}` holds, which is not known here"
                yield Remark(self.file, condition.place, message)


def _daemon(node: Node) -> str | None:
    return "daemon" if text_of(node) == "DAEMON" else None


def _camel(node: Node | None) -> Node | None:
    """A tree whose keys begin as the API of ECS writes them."""
    match node:
        case Mapping():
            whole = Mapping(node.place)
            for key, value in pairs(node):
                name = _NAMES.get(key.written) or f"{key.written[:1].lower()}{key.written[1:]}"
                found = _camel(value)
                if found is not None:
                    whole.items[name] = (key, found)
            return whole
        case Sequence():
            parts = Sequence(node.place)
            parts.items = [found for item in node.items if (found := _camel(item)) is not None]
            return parts
        case _:
            return node
