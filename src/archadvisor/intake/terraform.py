"""Terraform plans, as `terraform show -json` writes them, to what they say of a workload."""

from archadvisor.intake.aws import Description, note_stack
from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.aws.services import TASK
from archadvisor.intake.aws.spelling import TERRAFORM
from archadvisor.intake.configuration import Configuration, combined, without_index
from archadvisor.intake.embedded import documents
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part
from archadvisor.intake.regions import note_region
from archadvisor.intake.tree import at, items, pairs
from archadvisor.loading.node import Mapping, Node, Scalar
from archadvisor.model.intake import Survey
from archadvisor.model.place import Place

KIND = "Terraform plan"
_NEWEST = "1"
"""The format of plans that is known, by its first number; what is added to it later is no change of that."""
_DEEPEST = 32
"""Modules within modules."""
_TYPES = {
    "aws_appautoscaling_target": "AWS::ApplicationAutoScaling::ScalableTarget",
    "aws_apprunner_service": "AWS::AppRunner::Service",
    "aws_appmesh_mesh": "AWS::AppMesh::Mesh",
    "aws_batch_compute_environment": "AWS::Batch::ComputeEnvironment",
    "aws_batch_job_definition": "AWS::Batch::JobDefinition",
    "aws_cloudwatch_event_rule": "AWS::Events::Rule",
    "aws_cloudwatch_event_target": "AWS::Events::Target",
    "aws_codebuild_project": "AWS::CodeBuild::Project",
    "aws_ecr_repository": "AWS::ECR::Repository",
    "aws_ecs_capacity_provider": "AWS::ECS::CapacityProvider",
    "aws_ecs_cluster": "AWS::ECS::Cluster",
    "aws_ecs_cluster_capacity_providers": "AWS::ECS::ClusterCapacityProviderAssociations",
    "aws_ecs_service": "AWS::ECS::Service",
    "aws_ecs_task_definition": TASK,
    "aws_eks_addon": "AWS::EKS::Addon",
    "aws_eks_cluster": "AWS::EKS::Cluster",
    "aws_eks_fargate_profile": "AWS::EKS::FargateProfile",
    "aws_eks_node_group": "AWS::EKS::Nodegroup",
    "aws_eks_pod_identity_association": "AWS::EKS::PodIdentityAssociation",
    "aws_lambda_event_source_mapping": "AWS::Lambda::EventSourceMapping",
    "aws_lambda_function": "AWS::Lambda::Function",
    "aws_lambda_function_url": "AWS::Lambda::Url",
    "aws_route53_record": "AWS::Route53::RecordSet",
    "aws_scheduler_schedule": "AWS::Scheduler::Schedule",
    "aws_secretsmanager_secret": "AWS::SecretsManager::Secret",
    "aws_secretsmanager_secret_rotation": "AWS::SecretsManager::RotationSchedule",
    "aws_secretsmanager_secret_version": "AWS::SecretsManager::SecretVersion",
    "aws_sfn_state_machine": "AWS::StepFunctions::StateMachine",
    "aws_ssm_parameter": "AWS::SSM::Parameter",
    **{
        f"aws_{balancer}{end}": f"AWS::ElasticLoadBalancingV2::{kind}"
        for balancer in ("lb", "alb")
        for end, kind in (
            ("", "LoadBalancer"),
            ("_listener", "Listener"),
            ("_listener_rule", "ListenerRule"),
            ("_target_group", "TargetGroup"),
        )
    },
}
"""What Terraform calls the types of CloudFormation."""
_JSON = {TASK: ("container_definitions",), "AWS::Batch::JobDefinition": ("container_properties", "ecs_properties")}
"""Attributes that hold JSON as a text."""


def is_plan(root: Node) -> bool:
    """Whether a document is a plan or a state as JSON."""
    return isinstance(at(root, "format_version"), Scalar) and (
        at(root, "planned_values") is not None or at(root, "values") is not None
    )


def survey(root: Mapping, file: str) -> Survey:
    """What a plan says of tasks, functions and jobs, a service each; what is known only after apply stays unknown."""
    notes = Notes()
    values = at(root, "planned_values") or at(root, "values")
    configuration = Configuration(at(root, "configuration", "root_module"))
    resources = [_resource(each, configuration, file) for each in _resources(at(values, "root_module"))]
    stack = Stack(resources)
    containers = {each.key: each.said.named("container_definitions").items() for each in stack.of(TASK)}
    note_stack(Description(stack, containers, by_family=True), notes)
    _note_remarks(root, file, [each for each in stack.of(TASK) if not containers[each.key]], notes)
    if not notes.is_empty:
        _note_region(root, file, notes)
    return notes.survey(KIND)


def _note_region(root: Mapping, file: str, notes: Notes) -> None:
    """The Region of the provider, where it is a constant."""
    region = at(root, "configuration", "provider_config", "aws", "expressions", "region", "constant_value")
    note_region(Part(region, file, "provider aws: region"), notes)


def _resources(module: Node | None) -> list[Mapping]:
    """The resources that a plan is to make, in all modules."""
    found: list[Mapping] = []
    pending = [(module, 0)]
    while pending:
        node, depth = pending.pop(0)
        managed = (each for each in items(at(node, "resources")) if Part(each, "").at("mode").text != "data")
        found += [each for each in managed if isinstance(each, Mapping) and at(each, "values") is not None]
        if depth < _DEEPEST:
            pending += [(child, depth + 1) for child in items(at(node, "child_modules"))]
    return found


def _resource(node: Mapping, configuration: Configuration, file: str) -> Resource:
    """A resource with what its values refer to; text that is JSON is read."""
    whole = Part(node, file)
    written, name = whole.at("type").words, whole.at("name").words
    address = whole.at("address").text or f"{written}.{name}"
    plain = without_index(address)
    values = at(node, "values")
    assert values is not None
    told = configuration.expressions(plain)
    tree = combined(values, told.node, told.resolved)
    kind = _TYPES.get(written, "")
    for key in _JSON.get(kind, ()):
        _read_json(tree, key, file)
    index = whole.at("index").words
    title = f"{name}-{index}" if index else name
    said = Part(tree, file, f"{address}: ", TERRAFORM)
    return Resource(kind, plain, title or written, said, said, values.place, index)


def _read_json(tree: Node, key: str, file: str) -> None:
    """Puts a tree in the place of a text that is JSON; what is none is left out."""
    pair = tree.items.get(key) if isinstance(tree, Mapping) else None
    if pair is None or not isinstance(tree, Mapping) or not isinstance(pair[1], Scalar) or not pair[1].written:
        return
    if found := documents(pair[1].written, file):
        tree.items[key] = (pair[0], _moved(found[0], pair[1].place))
    else:
        del tree.items[key]


def _moved(node: Node, place: Place) -> Node:
    """A tree from a text within a file: everything in it stands where the text does."""
    node.place = place
    for key, value in pairs(node):
        key.place = place
        _moved(value, place)
    for item in items(node):
        _moved(item, place)
    return node


def _note_remarks(root: Mapping, file: str, unknown: list[Resource], notes: Notes) -> None:
    """What is known only after apply, and that the format is newer than what is known here."""
    for task in unknown:
        notes.remark(task.said, f"the containers of `{task.title}` are known after apply")
    version = Part(root, file).at("format_version")
    if version.words.partition(".")[0] not in ("0", _NEWEST):
        message = f"the format of this plan is {version.words}, and what is known here is 1; something may be misread"
        notes.remark(version, message)
