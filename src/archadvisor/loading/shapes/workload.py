"""The shape of a workload file: the one table of its facts, their types, and what silence means."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from archadvisor.loading.shapes.base import (
    Count,
    Duration,
    Name,
    Shape,
    Size,
    Text,
    Unknown,
    Word,
    aside,
    asked,
    assumed,
    section,
    subjects,
)
from archadvisor.loading.shapes.service import Place, Registry, Service

Region = Annotated[str, Field(pattern=r"^[a-z]{2,4}(-[a-z]+)+-[0-9]$")]
EndedService = Literal[
    "app_runner",
    "app_mesh",
    "copilot",
    "proton",
    "cognito_sync",
    "kaniko",
    "codedeploy_blue_green",
    "fargate_platform_1_3_0",
    "ecr_repository_scan_settings",
    "sts_global_endpoint",
    "ecs_cluster",
    "eks_cluster",
    "ec2_fleet",
]


def _no_boolean(version: object) -> object:
    if isinstance(version, bool):
        raise ValueError("expected 1")
    return version


class Accounts(Shape):
    """The AWS accounts that people and machines work in."""

    count: Count | Unknown = asked("how many AWS accounts")
    organization: bool | Unknown = asked("the accounts are in an AWS organization")


class Location(Shape):
    """Where the workload runs."""

    kind: Place | Unknown = assumed("region", "an AWS Region, or a place outside one")
    connected: bool | Unknown = assumed(True, "the place has a lasting link to an AWS Region")


class Team(Shape):
    """Who runs it: skills, and the will to run servers."""

    kubernetes: Literal["none", "some", "strong"] | Unknown = asked("Kubernetes skill in the team")
    hosts: Literal["want", "accept", "avoid", "never"] | Unknown = asked("will to patch and scale servers")


class Kubernetes(Shape):
    """What the workload needs of Kubernetes."""

    required: bool | Unknown = asked("it must run on Kubernetes (a mandate, or software that runs nowhere else)")
    uses: (
        tuple[
            Literal[
                "manifests",
                "helm",
                "operators",
                "custom_resources",
                "admission_webhooks",
                "gitops",
                "mesh",
                "stateful_sets",
                "daemon_sets",
            ],
            ...,
        ]
        | Unknown
    ) = assumed((), "parts of the Kubernetes ecosystem in use today")
    nodes: Count | Unknown = assumed(0, "nodes that one cluster is expected to reach")


class Existing(Shape):
    """What is there already."""

    services: tuple[EndedService, ...] | Unknown = assumed(
        (), "services and settings in use today, ended ones included"
    )
    eks_version: Annotated[str, Field(pattern=r"^(1\.[0-9]{1,2}|none)$")] | Unknown = assumed(
        "none", "Kubernetes version of the EKS cluster in use"
    )


class Secret(Shape):
    """Something that must not be read by everyone."""

    kind: (
        Literal["database_credentials", "api_key", "oauth_client", "private_key", "token", "keystore", "setting"]
        | Unknown
    ) = asked("what it is; a setting is not confidential")
    engine: (
        Literal[
            "aurora_mysql",
            "aurora_postgresql",
            "rds_mysql",
            "rds_postgresql",
            "rds_mariadb",
            "rds_oracle",
            "rds_sqlserver",
            "rds_db2",
            "redshift",
            "documentdb",
            "elasticache",
            "mongodb",
            "mysql",
            "postgresql",
            "other",
            "none",
        ]
        | Unknown
    ) = assumed("none", "what the credentials open")
    rotate_every: Duration | Literal["never"] | Unknown = asked("how often it must change; `never` where it need not")
    partner: bool | Unknown = assumed(
        False, "it belongs to a partner that Secrets Manager rotates (managed external secrets)"
    )
    iam_authentication: bool | Unknown = assumed(False, "its consumers can sign in to the engine with IAM instead")
    size: Size | Unknown = assumed("1 KiB", "size of its value")
    replicas: tuple[Region, ...] | Unknown = assumed((), "other Regions that must hold it")
    shared_with: tuple[Word, ...] | Unknown = assumed((), "other AWS accounts that read it")
    value: str | int | float | bool | None = aside("never write it here: a value in the file is reported and masked")


class Caller(Shape):
    """A person or machine that signs in or needs AWS credentials."""

    who: (
        Literal["customers", "partners", "workforce", "ci", "account", "service", "server", "device", "vendor"]
        | Unknown
    ) = asked(
        "customers of the app, partner companies, own staff, a pipeline, another AWS account, a workload on AWS, "
        "a server outside AWS, a device, a third-party vendor"
    )
    to: Literal["app", "aws_api", "aws_accounts", "other_account"] | Unknown = asked(
        "what it reaches: the app, AWS APIs, AWS accounts (console and CLI), or roles in another account"
    )
    needs_aws: bool | Unknown = assumed(False, "it calls AWS APIs itself, besides the app")
    identities: tuple[Literal["own", "social", "saml", "oidc", "active_directory", "x509", "aws"], ...] | Unknown = (
        assumed((), "where its identity comes from; `own` is a directory of the app")
    )
    provider: (
        Literal[
            "github_actions",
            "gitlab",
            "bitbucket",
            "circleci",
            "buildkite",
            "terraform_cloud",
            "jenkins",
            "google_cloud",
            "azure",
            "other",
            "none",
        ]
        | Unknown
    ) = assumed("none", "which product issues its identity")
    browser: bool | Unknown = assumed(True, "people use a web browser (else a mobile or desktop app)")
    through_alb: bool | Unknown = assumed(
        False, "sign-in should happen at the Application Load Balancer, before the app"
    )
    session: Duration | Unknown = assumed("1 h", "how long one session must last")
    chained: bool | Unknown = assumed(False, "the role is assumed from another role (role chaining)")
    monthly_users: Count | Unknown = assumed(0, "people who sign in each month")
    device_sync: bool | Unknown = assumed(False, "user data must sync across devices")
    threat_protection: bool | Unknown = assumed(False, "adaptive authentication or leaked-password checks are wanted")
    keys: Literal["none", "long_lived"] | Unknown = assumed("none", "long-lived access keys in use today")
    subject_pinned: bool | Unknown = assumed(True, "the trust policy pins both `aud` and `sub`")


class Delivery(Shape):
    """How images are made and kept."""

    images: Literal["built", "pulled", "both"] | Unknown = assumed(
        "built", "images are built by the team, pulled from others, or both"
    )
    registry: Registry | Unknown = assumed("ecr", "where images lie today")
    builder: Literal["buildkit", "codebuild", "kaniko", "docker", "other"] | Unknown = assumed(
        "other", "what builds the images"
    )
    immutable_tags: bool | Unknown = assumed(True, "an image tag never moves")
    scanned: bool | Unknown = assumed(True, "images are scanned on push")
    keep: Duration | Unknown = assumed("0 s", "how long images must be kept")
    stored: Annotated[float, Field(ge=0)] | Unknown = assumed(0, "GiB of images kept in all")


Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Reason = Annotated[str, Field(pattern=r"^[\s\S]*\S[\s\S]*$", max_length=2000)]


class Suppression(Shape):
    """A finding that is accepted."""

    rule: Word = Field(description="the rule whose finding is accepted")
    subject: Text | None = Field(
        default=None, description="what it is about, such as `web.shop` or `secrets.database`; else the workload itself"
    )
    because: Reason = Field(description="why it is accepted")
    until: Day | None = Field(default=None, description="the last day on which it is accepted")


OptionFor = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Workload(Shape):
    """A workload file, version 1."""

    version: Annotated[Literal[1], BeforeValidator(_no_boolean)] = Field(
        description="version of the file format", json_schema_extra={"x-aside": True}
    )
    name: Name = Field(description="name of the workload", json_schema_extra={"x-aside": True})
    description: Text | None = aside("what it is, for people")
    regions: tuple[Region, ...] | Unknown = assumed((), "AWS Regions it runs in")
    accounts: Accounts = section(Accounts, "AWS accounts")
    location: Location = section(Location, "where it runs")
    multi_cloud: bool | Unknown = assumed(False, "the same deployment must also run on another cloud")
    team: Team = section(Team, "who runs it")
    kubernetes: Kubernetes = section(Kubernetes, "need of Kubernetes")
    priorities: tuple[Literal["cost", "operations", "portability", "isolation", "performance"], ...] | Unknown = (
        assumed((), "what matters most")
    )
    existing: Existing = section(Existing, "what is there already")
    services: dict[Name, Service] = subjects("service", "what runs")
    secrets: dict[Name, Secret] = subjects("secret", "what must be kept secret")
    callers: dict[Name, Caller] = subjects("caller", "who signs in, or needs AWS")
    delivery: Delivery = section(Delivery, "how images are made and kept")
    decisions: dict[OptionFor, OptionFor | dict[str, OptionFor]] = Field(
        default_factory=dict,
        description="what is already decided: an option for all subjects of a decision, or by subject",
        json_schema_extra={"x-aside": True},
    )
    suppressions: tuple[Suppression, ...] = Field(
        default=(), description="findings that are accepted, and why", json_schema_extra={"x-aside": True}
    )
