"""Terraform plans, as `terraform show -json` writes them, to what they say of a workload."""

from collections.abc import Iterator
from dataclasses import replace

from archadvisor.errors import UnreadableInput
from archadvisor.intake import ecs
from archadvisor.intake.tree import at, items, pairs
from archadvisor.intake.values import as_name, number, text_of
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping, Node, Scalar, Sequence
from archadvisor.model.intake import Inferred, Leak, Remark, Survey
from archadvisor.model.place import Place

KIND = "Terraform plan"
_TASK, _SERVICE, _FUNCTION = "aws_ecs_task_definition", "aws_ecs_service", "aws_lambda_function"
_LAUNCH_TYPES = {"FARGATE": "fargate", "EC2": "ec2"}
_DEEPEST = 32
"""Modules within modules."""
_KEYS = {
    "network_mode": "networkMode",
    "pid_mode": "pidMode",
    "ipc_mode": "ipcMode",
    "requires_compatibilities": "requiresCompatibilities",
    "ephemeral_storage": "ephemeralStorage",
    "size_in_gib": "sizeInGiB",
    "runtime_platform": "runtimePlatform",
    "cpu_architecture": "cpuArchitecture",
    "operating_system_family": "operatingSystemFamily",
    "efs_volume_configuration": "efsVolumeConfiguration",
    "fsx_windows_file_server_volume_configuration": "fsxWindowsFileServerVolumeConfiguration",
}
_BLOCKS = frozenset({"ephemeral_storage", "runtime_platform"})
"""What Terraform writes as a list of one."""


def is_plan(root: Node) -> bool:
    """Whether a document is a plan or a state as JSON."""
    return text_of(at(root, "format_version")) is not None and (
        at(root, "planned_values") is not None or at(root, "values") is not None
    )


def survey(root: Mapping, file: str) -> Survey:
    """What a plan says of tasks and functions, a service each; what is known only after apply stays unknown."""
    plan = _Plan(root, file)
    surveys = [*plan.tasks(), *plan.functions()]
    facts = {fact.path: fact for each in surveys for fact in each.facts}
    return Survey(
        None,
        tuple(dict(service for each in surveys for service in each.services).items()),
        tuple(dict.fromkeys(name for each in surveys for name in each.secrets)),
        tuple(facts.values()),
        tuple(leak for each in surveys for leak in each.leaks),
        tuple(plan.remarks),
        KIND,
        tuple(place for each in surveys for place in each.places),
    )


class _Plan:
    """One plan."""

    def __init__(self, root: Mapping, file: str) -> None:
        self.file = file
        self.remarks: list[Remark] = []
        module = at(root, "planned_values", "root_module") or at(root, "values", "root_module")
        self.resources = list(_resources(module, 0))

    def of(self, kind: str) -> Iterator[tuple[str, Node]]:
        """The resources of a type that are to be there: their names and their values."""
        for resource in self.resources:
            values = at(resource, "values")
            if text_of(at(resource, "type")) == kind and text_of(at(resource, "mode")) != "data" and values is not None:
                yield text_of(at(resource, "name")) or kind, values

    def tasks(self) -> Iterator[Survey]:
        """A survey for each task definition whose containers are known, with what services say of it."""
        for name, values in self.of(_TASK):
            definition = self._definition(name, values)
            if definition is not None:
                found = ecs.survey(definition, self.file)
                ((service, _),) = found.services
                yield replace(found, facts=(*found.facts, *self._running(text_of(at(values, "family")), service)))

    def _definition(self, name: str, values: Node) -> Mapping | None:
        """A task definition as ECS has it, its containers read from the text in which Terraform keeps them."""
        written = at(values, "container_definitions")
        containers = self._containers(written) if isinstance(written, Scalar) else None
        whole = _as_ecs(values)
        if containers is None or not isinstance(whole, Mapping):
            self.remarks.append(Remark(self.file, values.place, f"the containers of `{name}` are known after apply"))
            return None
        whole.items["containerDefinitions"] = (Scalar("containerDefinitions", "", containers.place), containers)
        if text_of(at(whole, "family")) is None:
            whole.items["family"] = (Scalar("family", "family", values.place), Scalar(name, name, values.place))
        return whole if ecs.task_definition(whole) is not None else None

    def _containers(self, written: Scalar) -> Node | None:
        """The containers in a text; None where they are not known, or that is no list."""
        try:
            (found,) = parse_foreign(written.written, self.file)
        except (UnreadableInput, ValueError):
            return None
        return _moved(found, written.place) if isinstance(found, Sequence) else None

    def _running(self, family: str | None, service: str) -> Iterator[Inferred]:
        """How an ECS service runs a task, where its name says that it is of the same family."""
        services = list(self.of(_SERVICE))
        alone = len(services) == 1 and len(list(self.of(_TASK))) == 1
        for _, values in services:
            task = text_of(at(values, "task_definition")) or ""
            if alone or (family is not None and task.rpartition("/")[2].partition(":")[0] == family):
                yield from self._run(service, values)

    def _run(self, service: str, values: Node) -> Iterator[Inferred]:
        count, launch, strategy = (at(values, key) for key in ("desired_count", "launch_type", "scheduling_strategy"))
        if count is not None and number(count):
            yield self._fact(f"services.{service}.replicas.min", number(count) or "", count, "desired_count")
        if launch is not None and (chosen := _LAUNCH_TYPES.get(text_of(launch) or "")):
            yield self._fact(f"decisions.compute.{service}", chosen, launch, "launch_type")
        if strategy is not None and text_of(strategy) == "DAEMON":
            yield self._fact(f"services.{service}.kind", "daemon", strategy, "scheduling_strategy")
        elif (balancers := at(values, "load_balancer")) is not None and items(balancers):
            yield self._fact(f"services.{service}.kind", "web", balancers, "load_balancer")

    def functions(self) -> Iterator[Survey]:
        """A survey for each Lambda function."""
        for name, values in self.of(_FUNCTION):
            service = as_name(name)
            facts = [self._fact(f"services.{service}.kind", "function", values, _FUNCTION)]
            facts.append(self._fact(f"decisions.packaging.{service}", "function", values, _FUNCTION))
            memory = at(values, "memory_size")
            if memory is not None and number(memory):
                facts.append(self._fact(f"services.{service}.memory", f"{number(memory)} MiB", memory, "memory_size"))
            place = (f"services.{service}", values.place)
            leaks = tuple(self._leaks(service, values))
            secrets = tuple(leak.secret for leak in leaks)
            yield Survey(None, ((service, ()),), secrets, tuple(facts), leaks, (), KIND, (place,))

    def _leaks(self, service: str, values: Node) -> Iterator[Leak]:
        for block in items(at(values, "environment")):
            yield from ecs.leaks_among(service, pairs(at(block, "variables")), self.file)

    def _fact(self, path: str, written: str, node: Node, key: str) -> Inferred:
        return Inferred(path, written, self.file, node.place, key)


def _resources(module: Node | None, depth: int) -> Iterator[Node]:
    """The resources of a module and of those within it."""
    yield from items(at(module, "resources"))
    if depth < _DEEPEST:
        for child in items(at(module, "child_modules")):
            yield from _resources(child, depth + 1)


def _as_ecs(node: Node) -> Node:
    """The values of a task definition with the keys that the API of ECS has; what is null is left out."""
    match node:
        case Mapping():
            whole = Mapping(node.place)
            for key, value in pairs(node):
                single = items(value)[0] if key.written in _BLOCKS and items(value) else value
                if not (isinstance(single, Scalar) and single.value is None) and key.written != "container_definitions":
                    whole.items[_KEYS.get(key.written, key.written)] = (key, _as_ecs(single))
            if "volume" in whole.items:
                whole.items["volumes"] = whole.items.pop("volume")
            return whole
        case Sequence():
            parts = Sequence(node.place)
            parts.items = [_as_ecs(item) for item in node.items]
            return parts
        case _:
            return node


def _moved(node: Node, place: Place) -> Node:
    """A tree from a text within a file: everything in it stands where the text does."""
    node.place = place
    for key, value in pairs(node):
        key.place = place
        _moved(value, place)
    for item in items(node):
        _moved(item, place)
    return node
