"""The shape of a service and of what it holds: image, endpoints, calls."""

from typing import Annotated, Literal

from pydantic import Field

from archadvisor.loading.shapes.base import (
    Count,
    Cpu,
    Duration,
    Memory,
    Name,
    Number,
    Shape,
    Share,
    Text,
    Unknown,
    Word,
    aside,
    asked,
    assumed,
    inherited,
    section,
    subjects,
)

Place = Literal["region", "on_premises", "outposts", "local_zone", "wavelength"]
Registry = Literal["ecr", "ecr_public", "docker_hub", "ghcr", "gitlab", "quay", "artifactory", "self_hosted", "other"]
Domain = Annotated[str, Field(pattern=r"^(\*\.)?[A-Za-z0-9][A-Za-z0-9_.:@-]{0,252}$")]
Capability = Annotated[str, Field(pattern=r"^[A-Z][A-Z_]{1,40}$")]


class Replicas(Shape):
    """How many copies of a service run at once."""

    min: Count | Unknown = asked("the fewest replicas that run at any time")
    max: Count | Unknown = asked("the most replicas that run at any time")


class Windows(Shape):
    """What a Windows container needs of its host."""

    version: Literal["2016", "2019", "2022", "2025"] | Unknown = asked("Windows Server release the image is built for")
    gmsa: bool | Unknown = assumed(False, "it signs in to Active Directory with a group managed service account")


class ServiceLocation(Shape):
    """Where this service runs, where that differs from the workload."""

    kind: Place | Unknown | None = inherited("location.kind", "where this service runs")
    connected: bool | Unknown | None = inherited("location.connected", "the place has a lasting link to an AWS Region")


class Image(Shape):
    """The container image of a service."""

    size: Memory | Unknown = assumed("500 MiB", "compressed size of the image")
    audience: Literal["private", "public"] | Unknown = assumed(
        "private", "who may pull the image; public is anyone on the internet"
    )
    registry: Registry | Unknown | None = inherited("delivery.registry", "where the image lies today")
    regions: Count | Unknown = assumed(1, "in how many Regions the image is pulled")
    accounts: Count | Unknown = assumed(1, "how many AWS accounts pull the image")
    throttled: bool | Unknown = assumed(False, "pulls from today's registry are throttled (`toomanyrequests`)")


class Endpoint(Shape):
    """A name and port under which callers reach a service."""

    visibility: Literal["public", "internal"] | Unknown = asked(
        "public: reached from the internet; internal: from inside the network only"
    )
    through: Literal["alb", "nlb", "cloudfront", "api_gateway", "service_connect", "vpc_lattice", "none"] | Unknown = (
        asked("what stands in front of the service")
    )
    terminates: Literal["edge", "container", "on_premises"] | Unknown = assumed(
        "edge", "where TLS ends: at what stands in front, inside the container, or on premises"
    )
    protocol: Literal["https", "http", "grpc", "tcp", "tls", "udp"] | Unknown = assumed(
        "https", "what callers speak; `http` is plain text"
    )
    domain: Domain | Unknown = assumed(
        "none", "the name callers use, such as `shop.example.com`, or `*.example.com` for all names below one"
    )
    mutual: bool | Unknown = assumed(False, "callers must present a client certificate (mutual TLS)")
    client_certificate: bool | Unknown = assumed(
        False, "this name's certificate is itself used as a TLS client certificate"
    )
    own_certificate: bool | Unknown = assumed(
        False, "the certificate is bought elsewhere and must be used (extended validation, say)"
    )
    acme: bool | Unknown = assumed(False, "the server fetches its certificate itself by the ACME protocol")


class Call(Shape):
    """A link from this service to another one, or to a named system outside."""

    tls: Literal["none", "server", "mutual"] | Unknown = asked("how the link is protected")


class Uses(Shape):
    """What a service uses of the rest."""

    secrets: tuple[Name, ...] | Unknown = assumed((), "names under `secrets` that the service reads")
    aws: tuple[Word, ...] | Unknown = assumed((), "AWS services whose API it calls, such as `s3` or `sqs`")
    cross_account: bool | Unknown = assumed(False, "it calls AWS APIs in another account than its own")


class Service(Shape):
    """Something that runs: a web service, a worker, a batch job, a daemon, an image build, a function."""

    description: Text | None = aside("what it is, for people")
    kind: Literal["web", "worker", "batch", "scheduled", "daemon", "build", "function", "workflow"] | Unknown = asked(
        "what kind of thing it is"
    )
    cpu: Cpu | Unknown = asked("vCPU that one replica needs")
    memory: Memory | Unknown = asked("memory that one replica needs")
    replicas: Replicas = section(Replicas, "how many copies run")
    traffic: Literal["steady", "daily", "spiky", "idle"] | Unknown = asked(
        "load over time: steady, a daily wave, sudden peaks, or mostly idle"
    )
    utilisation: Share | Unknown = asked(
        "share (0 to 1) of an instance's CPU and memory that it and what runs beside it would keep reserved"
    )
    os: Literal["linux", "windows"] | Unknown = assumed("linux", "operating system of the image")
    windows: Windows = section(Windows, "for `os: windows`")
    arch: Literal["x86_64", "arm64", "any"] | Unknown = assumed(
        "x86_64", "processor architecture the image is built for"
    )
    disk: Memory | Unknown = assumed("20 GiB", "scratch disk that one replica needs beside the layers of its image")
    shared_memory: Memory | Unknown = assumed("64 MiB", "size of `/dev/shm` that one replica needs")
    volumes: (
        tuple[Literal["ebs", "efs", "fsx_lustre", "fsx_windows", "fsx_ontap", "s3_files", "tmpfs", "host_path"], ...]
        | Unknown
    ) = assumed((), "kinds of storage it mounts")
    gpus: Number | Unknown = assumed(0, "GPUs that one replica needs; 0.1 is a tenth of a shared one")
    neuron: Number | Unknown = assumed(0, "Inferentia or Trainium devices that one replica needs")
    needs: (
        tuple[
            Literal[
                "privileged",
                "host_network",
                "host_pid",
                "host_ipc",
                "docker_socket",
                "fuse",
                "kernel_module",
                "host_agent",
                "ssh",
                "custom_ami",
                "dedicated_host",
                "placement",
                "alternate_cni",
                "overcommit",
                "nested_virtualization",
                "gui",
                "hardware_key",
                "mac_address",
            ],
            ...,
        ]
        | Unknown
    ) = assumed((), "what it needs of its host")
    capabilities: tuple[Capability, ...] | Unknown = assumed(
        (), "Linux capabilities it adds, without `CAP_`, such as `NET_ADMIN`"
    )
    devices: tuple[Annotated[str, Field(pattern=r"^/dev/[A-Za-z0-9_./-]+$")], ...] | Unknown = assumed(
        (), "host devices it mounts, such as `/dev/kvm`"
    )
    sysctls: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.*-]+$")], ...] | Unknown = assumed(
        (), "kernel parameters it sets"
    )
    log_driver: (
        Literal["awslogs", "awsfirelens", "splunk", "fluentd", "gelf", "journald", "json-file", "syslog"] | Unknown
    ) = assumed("awslogs", "container log driver")
    containers_allowed: bool | Unknown = assumed(True, "its vendor or licence allows it to run in a container")
    isolation: Literal["normal", "hostile_tenants", "confidential"] | Unknown = assumed(
        "normal",
        "what must be kept apart: nothing special, tenants who distrust each other, or data in use even from operators",
    )
    lifetime: Duration | Unknown = assumed("0 s", "how long one host must go without being replaced")
    startup: Duration | Unknown = assumed("30 s", "time from start to ready")
    drain: Duration | Unknown = assumed("30 s", "time it needs to stop cleanly")
    duration: Duration | Unknown = asked("how long one run takes (batch, scheduled, build, function)")
    concurrency: Count | Unknown = assumed(1, "jobs that run at once (batch)")
    interruptible: bool | Unknown = assumed(
        False, "a replica may be stopped at two minutes' notice and its work repeated"
    )
    latency_sensitive: bool | Unknown = assumed(
        False, "callers wait for it, and an interrupted replica would be noticed"
    )
    singleton: bool | Unknown = assumed(False, "exactly one replica may run at a time")
    trigger: Literal["http", "queue", "event", "schedule", "manual"] | Unknown = asked("what starts its work")
    steps: Count | Unknown = assumed(1, "steps of one run that hand over to each other (workflow)")
    waits: bool | Unknown = assumed(False, "a run waits hours or days for people or other systems")
    environment: dict[
        Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_.-]{0,127}$")], str | int | float | bool | None
    ] = Field(
        default_factory=dict,
        description="environment variables with literal values (read only to find secrets in them)",
        json_schema_extra={"x-aside": True},
    )
    location: ServiceLocation = section(ServiceLocation, "where it runs, where that differs from the workload")
    image: Image = Field(
        default_factory=Image, description="its container image", json_schema_extra={"x-subject": "image"}
    )
    uses: Uses = section(Uses, "what it uses of the rest")
    calls: dict[Name, Call] = subjects("link", "services it calls, by name")
    endpoints: dict[Name, Endpoint] = subjects("endpoint", "names under which it is reached")
