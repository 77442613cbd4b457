"""What templates and plans say of what is around tasks: load balancers, scaling, schedules, jobs, clusters."""

import json
from typing import Any

import pytest

from archadvisor.intake import cloudformation, terraform
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping
from archadvisor.model.intake import Survey

V2 = "AWS::ElasticLoadBalancingV2"
TASK = "Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: web, ContainerDefinitions: [{Name: a}]}}"
RUN = "Run: {{Type: AWS::ECS::Service, Properties: {{TaskDefinition: !Ref Task, {}}}}}"
BALANCED = RUN.format("LoadBalancers: [{ContainerPort: 80, TargetGroupArn: !Ref Targets}]")
TARGETS = f"Targets: {{Type: '{V2}::TargetGroup'}}"
FORWARD = "DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]"


def template(*resources: str) -> Survey:
    (root,) = parse_foreign("Resources:\n" + "".join(f"  {each}\n" for each in resources), "t.yaml")
    assert isinstance(root, Mapping)
    return cloudformation.survey(root, "t.yaml")


def facts(found: Survey) -> dict[str, str]:
    """What is said, but for the orchestrator."""
    said = {fact.path.removeprefix("services.web."): fact.written for fact in found.facts}
    return {path: written for path, written in said.items() if path not in ("decisions.orchestrator", "kind")}


def balancer(said: str) -> str:
    return f"Balancer: {{Type: '{V2}::LoadBalancer', Properties: {{{said}}}}}"


def listener(said: str) -> str:
    return f"Listener: {{Type: '{V2}::Listener', Properties: {{LoadBalancerArn: !Ref Balancer, {said}}}}}"


RULE = (
    f"Rule: {{Type: '{V2}::ListenerRule', Properties: {{ListenerArn: !Ref Listener, "
    "Actions: [{TargetGroupArn: !Ref Targets}], Conditions: [{Field: host-header, Values: [a.example.com]}]}}"
)
# What is said of a balancer and of its listener -> the facts of the endpoint.
WAYS = [
    ("Scheme: internal", f"Protocol: HTTPS, {FORWARD}",
     {"protocol": "https", "through": "alb", "visibility": "internal"}),
    ("Name: x", f"Protocol: HTTP, {FORWARD}", {"protocol": "http", "through": "alb", "visibility": "public"}),
    ("Type: network, Scheme: !Ref Unknown", f"Protocol: TLS, {FORWARD}", {"protocol": "tls", "through": "nlb"}),
    ("Scheme: !If [A, internal, internet-facing]", f"Protocol: !Ref Unknown, {FORWARD}",
     {"protocol": "unknown", "through": "alb"}),
    ("Scheme: internal", "Protocol: HTTP, DefaultActions: [{Type: redirect}]", {}),
]  # fmt: skip


@pytest.mark.parametrize(("front", "listening", "stated"), WAYS)
def test_a_listener_says_what_leads_to_a_service(front: str, listening: str, stated: dict[str, str]) -> None:
    found = template(TASK, BALANCED, TARGETS, balancer(front), listener(listening))
    assert facts(found) == {f"endpoints.port-80.{fact}": said for fact, said in stated.items()}


def test_a_rule_says_for_which_name() -> None:
    found = template(TASK, BALANCED, TARGETS, balancer("Scheme: internal"), listener("Protocol: HTTPS"), RULE)
    assert facts(found)["endpoints.port-80.domain"] == "a.example.com"


PROVIDER = "Hosts: {Type: AWS::ECS::CapacityProvider, Properties: {%s: {}}}"
SCALED = (
    "Scale: {Type: AWS::ApplicationAutoScaling::ScalableTarget, "
    "Properties: {MinCapacity: 2, MaxCapacity: 9, ResourceId: !Sub 'service/c/${Run.Name}'}}"
)
AROUND: list[tuple[tuple[str, ...], dict[str, str]]] = [
    ((RUN.format("CapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT}]"),),
     {"decisions.compute.web": "fargate", "decisions.capacity.web": "spot"}),
    ((RUN.format("CapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT}, {CapacityProvider: FARGATE}]"),),
     {"decisions.compute.web": "fargate"}),
    ((RUN.format("CapacityProviderStrategy: [{CapacityProvider: !Ref Hosts}]"), PROVIDER % "AutoScalingGroupProvider"),
     {"decisions.compute.web": "ec2", "decisions.hosts.web": "self_managed"}),
    ((RUN.format("CapacityProviderStrategy: [{CapacityProvider: !Ref Hosts}]"), PROVIDER % "ManagedInstancesProvider"),
     {"decisions.compute.web": "ec2", "decisions.hosts.web": "managed_instances"}),
    ((RUN.format("DesiredCount: 4"), SCALED), {"replicas.min": "2", "replicas.max": "9"}),
    ((RUN.format("PlatformVersion: 1.3.0"),), {"existing.services": "[fargate_platform_1_3_0]"}),
    (("Night: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), "
      "Targets: [{EcsParameters: {TaskDefinitionArn: !Ref Task}}]}}",), {"trigger": "schedule"}),
    (("Repo: {Type: AWS::ECR::Repository, Properties: {ImageTagMutability: IMMUTABLE}}",),
     {"delivery.registry": "ecr", "delivery.immutable_tags": "true"}),
    (("Mesh: {Type: AWS::AppMesh::Mesh}",), {"existing.services": "[app_mesh]"}),
]  # fmt: skip


@pytest.mark.parametrize(("resources", "stated"), AROUND)
def test_what_is_around_a_task_says(resources: tuple[str, ...], stated: dict[str, str]) -> None:
    assert facts(template(TASK, *resources)) == stated


def test_a_job_definition_is_batch_work_on_what_its_environment_has() -> None:
    job = (
        "Web: {Type: AWS::Batch::JobDefinition, Properties: {JobDefinitionName: web, ContainerProperties: {"
        "ResourceRequirements: [{Type: VCPU, Value: '4'}, {Type: MEMORY, Value: '8192'}, {Type: GPU, Value: '1'}]}}}"
    )
    environment = "Env: {Type: AWS::Batch::ComputeEnvironment, Properties: {ComputeResources: {Type: SPOT}}}"
    found = template(job, environment)
    assert facts(found) == {
        "decisions.runner.web": "batch", "decisions.compute.web": "ec2", "decisions.capacity.web": "spot",
        "cpu": "4", "memory": "8192 MiB", "gpus": "1",
    }  # fmt: skip
    assert {fact.key for fact in found.facts if fact.path.endswith(".cpu")} == {
        "Web: ContainerProperties.ResourceRequirements[0].Value"
    }


def test_a_state_machine_is_told_and_no_service() -> None:
    found = template("Order: {Type: AWS::StepFunctions::StateMachine, Properties: {}}")
    assert (found.services, found.facts) == ((), ())
    assert [remark.message for remark in found.remarks] == [
        "`Order` is a state machine: what it starts is carried over, and it is no service itself"
    ]


def test_what_is_known_later_is_unknown_where_silence_says_something() -> None:
    linux = "LinuxParameters: {SharedMemorySize: !Ref Shared}, StopTimeout: !Ref Stop, Cpu: !Ref Cpu"
    platform = "RuntimePlatform: {CpuArchitecture: !Ref Arch}"
    found = template(TASK.replace("[{Name: a}]", f"[{{Name: a, {linux}}}], {platform}"))
    assert facts(found) == {"shared_memory": "unknown", "drain": "unknown", "arch": "unknown"}


def test_a_template_of_a_cluster_alone_says_what_it_holds() -> None:
    found = template("Main: {Type: AWS::EKS::Cluster, Properties: {Version: '1.31'}}")
    assert {fact.path: fact.written for fact in found.facts} == {
        "decisions.orchestrator": "eks",
        "existing.eks_version": '"1.31"',
        "existing.services": "[eks_cluster]",
    }


PLAIN = [
    ("Db: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: swordfish-9}}", ["MasterUserPassword"]),
    ("Db: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: '{{resolve:ssm-secure:x}}'}}", []),
    ("Own: {Type: Custom::Thing, Properties: {ServiceToken: swordfish-9}}", []),
    ("Kept: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: swordfish-9}}", ["SecretString"]),
    ("Kept: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: !Sub '${X}'}}", []),
    ("Param: {Type: AWS::SSM::Parameter, Properties: {Name: /a/db_password, Value: swordfish-9}}", ["db_password"]),
]


@pytest.mark.parametrize(("resource", "keys"), PLAIN)
def test_secrets_in_plain_text_are_found_in_any_resource(resource: str, keys: list[str]) -> None:
    found = template(resource)
    assert [leak.key for leak in found.leaks] == keys
    assert "swordfish" not in repr(found)


def planned(kind: str, name: str, **values: Any) -> dict[str, Any]:
    return {"address": f"module.app.{kind}.{name}", "type": kind, "name": name, "mode": "managed", "values": values}


def refers(*names: str) -> dict[str, Any]:
    return {"references": list(names)}


def test_what_is_known_after_apply_is_followed_through_modules() -> None:
    own = [
        planned("aws_ecs_task_definition", "web", family="web", container_definitions='[{"name": "a"}]'),
        planned("aws_ecs_task_definition", "other", family="other", container_definitions='[{"name": "a"}]'),
        planned("aws_ecs_service", "run", launch_type="EC2", load_balancer=[{"container_port": 80}]),
        planned("aws_lb_listener", "front", protocol="HTTPS", default_action=[{"type": "forward"}]),
        {"address": "aws_lb.main", "type": "aws_lb", "name": "main", "mode": "managed",
         "values": {"internal": True, "load_balancer_type": "application"}},
    ]  # fmt: skip
    own.append(planned("aws_lb_target_group", "targets", port=80))
    described = [
        {"address": "aws_ecs_service.run", "expressions": {
            "task_definition": refers("aws_ecs_task_definition.web.arn", "aws_ecs_task_definition.web"),
            "load_balancer": [{"target_group_arn": refers("aws_lb_target_group.targets.arn")}]}},
        {"address": "aws_lb_listener.front", "expressions": {
            "load_balancer_arn": refers("var.balancer"),
            "default_action": [{"target_group_arn": refers("aws_lb_target_group.targets.arn")}]}},
    ]  # fmt: skip
    plan = {
        "format_version": "0.1",
        "planned_values": {"root_module": {"child_modules": [{"resources": own}]}},
        "configuration": {
            "provider_config": {"aws": {"expressions": {"region": {"constant_value": "eu-west-1"}}}},
            "root_module": {"module_calls": {"app": {
                "expressions": {"balancer": refers("aws_lb.main.arn", "aws_lb.main")},
                "module": {"resources": described},
            }}},
        },
    }  # fmt: skip
    (root,) = parse_foreign(json.dumps(plan, indent=1), "plan.json")
    assert isinstance(root, Mapping)
    assert facts(terraform.survey(root, "plan.json")) == {
        "decisions.compute.web": "ec2",
        "endpoints.port-80.protocol": "https",
        "endpoints.port-80.through": "alb",
        "endpoints.port-80.visibility": "internal",
        "regions": "[eu-west-1]",
    }
