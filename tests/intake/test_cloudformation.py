"""What a CloudFormation template says of its services, and what it does not say."""

import pytest

from archadvisor.intake.cloudformation import is_cloudformation, survey
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping
from archadvisor.model.intake import Survey

TASK = """
Parameters:
  Size: {{Type: String, Default: "512"}}
  Open: {{Type: String}}
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      {task}
      ContainerDefinitions: [{{Name: a, Image: nginx, {container}}}]
  {others}
"""


def surveyed(text: str) -> Survey:
    (root,) = parse_foreign(text, "template.yaml")
    assert isinstance(root, Mapping)
    assert is_cloudformation(root)
    return survey(root, "template.yaml")


def facts(task: str = "", container: str = "", others: str = "") -> dict[str, str]:
    """What is said of the service and decided about it, but for its registry and its orchestrator."""
    text = TASK.format(task=task, container=container or "Essential: true", others=others)
    found = {fact.path.removeprefix("services.web."): fact.written for fact in surveyed(text).facts}
    return {path: said for path, said in found.items() if path not in ("image.registry", "decisions.orchestrator")}


# A part of the task, a part of its container -> the facts they state.
SAID = [
    ("", "", {}),
    ('Cpu: "256"', "", {"cpu": "0.25"}),
    ("Cpu: !Ref Size", "", {"cpu": "0.5"}),
    ("Cpu: {Ref: Size}", "", {"cpu": "0.5"}),
    ("Cpu: !Ref Open", "", {}),
    ("Cpu: !Ref AWS::Region", "", {}),
    ('Cpu: !Sub "${Size}"', "", {"cpu": "0.5"}),
    ('Cpu: !Sub ["${N}", {N: !Ref Size}]', "", {"cpu": "0.5"}),
    ('Cpu: !Sub "${Open}"', "", {}),
    ('Cpu: !Join ["", ["5", "12"]]', "", {"cpu": "0.5"}),
    ('Cpu: !Join ["", ["5", !Ref Open]]', "", {}),
    ('Cpu: !If [Large, "1024", "512"]', "", {}),
    ("Cpu: !FindInMap [Sizes, web, cpu]", "", {}),
    ("RequiresCompatibilities: [FARGATE]", "", {"decisions.compute.web": "fargate"}),
    ("RequiresCompatibilities: [EC2, FARGATE]", "", {}),
    ("Volumes: [{Name: v, EFSVolumeConfiguration: {FilesystemId: fs-1}}]", "", {"volumes": "[efs]"}),
    ("", "Privileged: true", {"needs": "[privileged]"}),
    ("", "ResourceRequirements: [{Type: GPU, Value: 2}]", {"gpus": "2"}),
]


@pytest.mark.parametrize(("task", "container", "stated"), SAID)
def test_a_task_says(task: str, container: str, stated: dict[str, str]) -> None:
    assert facts(task, container) == stated


IMAGES = [
    ("nginx", "docker_hub"),
    ('!Sub "nginx:${Open}"', "docker_hub"),
    ("!Ref Size", "docker_hub"),
    ("!Ref Stored", "unknown"),
    ("!Ref Open", "unknown"),
    ('!Sub "${Open}:1"', "unknown"),
    ("!If [Own, !Ref Open, nginx]", "unknown"),
    ("'{{resolve:ssm:/web/image}}'", "unknown"),
    ('!Sub "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/web"', "ecr"),
    ('!Sub ["${Registry}/web", {Registry: !Sub "${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com"}]', "ecr"),
    ('!Join ["", [!Ref "AWS::AccountId", .dkr.ecr., !Ref "AWS::Region", .amazonaws.com/web]]', "ecr"),
    ('!Join [".", [!Ref "AWS::AccountId", dkr, ecr, !Ref "AWS::Region", amazonaws.com/web]]', "ecr"),
    ("!GetAtt Repository.RepositoryUri", "ecr"),
    ('!Sub "${Repository.RepositoryUri}:${Open}"', "ecr"),
    ('!Sub ["${Uri}:1", {Uri: !GetAtt Repository.RepositoryUri}]', "ecr"),
    ('!Join [":", [!GetAtt Repository.RepositoryUri, !Ref Open]]', "ecr"),
    ('!Sub "docker.io/library/${Repository}"', "docker_hub"),
]


@pytest.mark.parametrize(("image", "registry"), IMAGES)
def test_an_image_lies_where_its_name_says_as_far_as_it_is_known(image: str, registry: str) -> None:
    others = "Repository: {Type: AWS::ECR::Repository}"
    text = TASK.format(task="", container="Essential: true", others=others).replace("Image: nginx", f"Image: {image}")
    stored = 'Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /web/image}'
    found = surveyed(text.replace("Open: {Type: String}", f"Open: {{Type: String}}\n  {stored}"))
    assert [fact.written for fact in found.facts if fact.path == "services.web.image.registry"] == [registry]


STORES = [
    ('!Sub "arn:aws:ssm:${AWS::Region}:1:parameter/x"', "parameter_store"),
    ('!Sub "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:1:secret:x"', "secrets_manager"),
    ('!Join [":", [arn, !Ref "AWS::Partition", ssm, !Ref "AWS::Region", x]]', "parameter_store"),
    ('!Sub "/${Open}/password"', "parameter_store"),
    ('!Sub "${Open}/password"', None),
    ("!Ref Open", None),
    ("!Ref Kept", "secrets_manager"),
    ('!Sub "${Kept}:password::"', "secrets_manager"),
    ("!Ref Plain", "parameter_store"),
]


@pytest.mark.parametrize(("source", "store"), STORES)
def test_a_secret_is_in_the_store_that_its_source_names_as_far_as_it_is_known(source: str, store: str | None) -> None:
    kept = "Kept: {Type: AWS::SecretsManager::Secret}\n  Plain: {Type: AWS::SSM::Parameter}"
    found = facts(container=f"Secrets: [{{Name: DB, ValueFrom: {source}}}]", others=kept)
    assert found.get("decisions.secret_store.db") == store


def test_a_default_that_is_a_name_in_a_store_is_no_secret() -> None:
    text = 'Parameters: {DbPassword: {Type: "AWS::SSM::Parameter::Value<String>", Default: shop-db}}\n'
    assert surveyed(f"{text}Resources: {{Kept: {{Type: AWS::SecretsManager::Secret}}}}").leaks == ()


GLOBALS = """
Globals: {Function: {MemorySize: 256, EphemeralStorage: {Size: 2048}, Environment: {Variables: {A_TOKEN: swordfish}}}}
Resources:
  Own: {Type: AWS::Serverless::Function, Properties: {MemorySize: 512, Environment: {Variables: {B_TOKEN: swordfish}}}}
  Open: {Type: AWS::Serverless::Function, Properties: {MemorySize: !Ref Size}}
  Bare: {Type: AWS::Serverless::Function}
  Plain: {Type: AWS::Lambda::Function, Properties: {Handler: a}}
"""


def test_what_functions_have_in_common_is_merged_into_each_of_sam() -> None:
    found = surveyed(GLOBALS)
    sizes = {f.path.removeprefix("services."): f.written for f in found.facts if f.path.endswith(("memory", "disk"))}
    assert sizes == {
        "Own.memory": "512 MiB",
        "Bare.memory": "256 MiB",
        **{f"{name}.disk": "2048 MiB" for name in ("Own", "Open", "Bare")},
    }
    assert [(leak.service, leak.key, leak.place.line) for leak in found.leaks] == [
        ("Own", "A_TOKEN", 2),
        ("Own", "B_TOKEN", 4),
    ]
    uses = {fact.path: fact.written for fact in found.facts if fact.path.endswith("secrets")}
    assert uses == {
        "services.Own.uses.secrets": "[a_token, b_token]",
        "services.Open.uses.secrets": "[a_token]",
        "services.Bare.uses.secrets": "[a_token]",
    }


def test_secrets_in_plain_text_are_found_in_all_that_a_container_says() -> None:
    container = (
        "LogConfiguration: {Options: {splunk-token: swordfish}}, DockerLabels: {api_token: swordfish}, "
        "HealthCheck: {Command: [CMD, ping, --password=swordfish]}"
    )
    text = TASK.format(task="", container=container, others="")
    assert [leak.key for leak in surveyed(text).leaks] == ["splunk-token", "api_token", "password"]


SERVICE = "Run: {{Type: AWS::ECS::Service, Properties: {{TaskDefinition: {task}, {said}}}}}"
# The task that a service runs, what is said of it -> the facts.
RUN = [
    ("!Ref Web", "DesiredCount: 3", {"replicas.min": "3"}),
    ("!GetAtt Web.TaskDefinitionArn", "DesiredCount: 3", {"replicas.min": "3"}),
    ("!Ref Web", "DesiredCount: !Ref Open", {}),
    ("arn:aws:ecs:eu-west-1:1:task-definition/web:1", "DesiredCount: 3", {}),
    ("!Ref Web", "LaunchType: EC2", {"decisions.compute.web": "ec2"}),
    ("!Ref Web", "SchedulingStrategy: DAEMON", {"kind": "daemon"}),
    ("!Ref Web", "LoadBalancers: [{ContainerName: a}]", {"kind": "web"}),
]


@pytest.mark.parametrize(("task", "said", "stated"), RUN)
def test_a_service_says_how_its_task_runs(task: str, said: str, stated: dict[str, str]) -> None:
    assert facts(others=SERVICE.format(task=task, said=said)) == stated


def test_a_function_is_one_and_runs_as_one() -> None:
    found = surveyed(
        "Resources: {Count: {Type: AWS::Serverless::Function, Condition: Some, Properties: {MemorySize: 256,"
        " Architectures: [arm64], Environment: {Variables: {DB_PASSWORD: hunter2hunter2, DB_SECRET_NAME: shop/db}}}}}"
    )
    assert {fact.path: fact.written for fact in found.facts} == {
        "services.Count.kind": "function",
        "decisions.packaging.Count": "function",
        "services.Count.memory": "256 MiB",
        "services.Count.arch": "arm64",
        "services.Count.uses.secrets": "[db_password]",
    }
    assert [leak.key for leak in found.leaks] == ["DB_PASSWORD"]
    assert "hunter2" not in repr(found)
    assert [remark.message for remark in found.remarks] == [
        "`Count` is there only where `Some` holds, which is not known here"
    ]


def test_facts_stand_where_the_template_says_them() -> None:
    found = surveyed(TASK.format(task='Cpu: "256"', container="Essential: true", others=""))
    (cpu,) = (fact for fact in found.facts if fact.path.endswith(".cpu"))
    assert (cpu.place.line, cpu.place.column) == (10, 12)


@pytest.mark.parametrize("text", ["Resources: {a: {Type: text}}", "Resources: [a]", "resources: {}", "[]"])
def test_what_is_no_template_is_not_taken_for_one(text: str) -> None:
    (root,) = parse_foreign(text, "file.yaml")
    assert not is_cloudformation(root)
