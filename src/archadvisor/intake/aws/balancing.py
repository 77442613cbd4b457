"""Load balancers: from their listeners to the services whose targets they forward to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archadvisor.intake.aws.resources import Resource, Stack
from archadvisor.intake.aws.services import Running
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_V2 = "AWS::ElasticLoadBalancingV2::"
BALANCER, LISTENER, RULE, TARGETS = f"{_V2}LoadBalancer", f"{_V2}Listener", f"{_V2}ListenerRule", f"{_V2}TargetGroup"
_RECORD = "AWS::Route53::RecordSet"
_PROTOCOLS = {"HTTPS": "https", "HTTP": "http", "TLS": "tls", "TCP": "tcp", "UDP": "udp", "TCP_UDP": "tcp"}
_TYPES = {"application": "alb", "network": "nlb"}
_SCHEMES = {"internal": "internal", "internet-facing": "public", "true": "internal", "false": "public"}
"""Schemes as CloudFormation says them, and whether a balancer is internal, as Terraform does."""
_DOMAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a listener to targets, with the hosts that it is for."""

    listener: Resource
    hosts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Balancing:
    """The ways to each target group of a stack."""

    stack: Stack
    _ways: dict[tuple[str, str], list[Way]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Finds the ways; those that are encrypted come first."""
        for listener in self.stack.of(LISTENER):
            self._add(listener, listener, listener.said.at("defaultActions").items(), ())
        for rule in self.stack.of(RULE):
            found = self.stack.referred(rule.said.at("listenerArn"), LISTENER, instance=rule.instance)
            if found is not None:
                self._add(found, rule, rule.said.at("actions").items(), tuple(_hosts(rule.said)))
        for ways in self._ways.values():
            ways.sort(key=lambda way: way.listener.said.at("protocol").text not in ("HTTPS", "TLS"))

    def note(self, each: Running, notes: Notes) -> None:
        """The endpoints of an ECS service that targets lead to."""
        for balancer in each.said.at("loadBalancers").items():
            targets = self.stack.referred(balancer.at("targetGroupArn"), TARGETS, instance=each.resource.instance)
            ways = self._ways.get(targets.key, []) if targets is not None else []
            port = balancer.at("containerPort")
            if targets is not None and ways and (port.number or balancer.at("containerName")):
                path = notes.endpoint(each.service, f"port-{port.number or 'balanced'}", port or balancer)
                version = targets.said.at("protocolVersion")
                notes.says(f"{path}.protocol", "grpc" if version.text == "GRPC" else None, version)
                for way in ways:
                    self._say(path, way, notes)

    def _add(self, listener: Resource, owner: Resource, actions: list[Part], hosts: tuple[Part, ...]) -> None:
        for part in (each for action in actions for each in _forwarded(action)):
            targets = self.stack.referred(part, TARGETS, instance=owner.instance)
            if targets is not None:
                self._ways.setdefault(targets.key, []).append(Way(listener, hosts))

    def _say(self, path: str, way: Way, notes: Notes) -> None:
        said = way.listener.said
        protocol, mode = said.at("protocol"), said.at("mutualAuthentication", "mode")
        notes.says(f"{path}.protocol", _PROTOCOLS.get(protocol.words), protocol)
        notes.says(f"{path}.mutual", "true" if mode.text in ("verify", "passthrough") else None, mode)
        for host in way.hosts:
            notes.says(f"{path}.domain", host.text if _DOMAIN.fullmatch(host.words) else None, host)
        balancer = self.stack.referred(said.at("loadBalancerArn"), BALANCER, instance=way.listener.instance)
        if balancer is not None:
            self._say_balancer(path, balancer, notes)

    def _say_balancer(self, path: str, balancer: Resource, notes: Notes) -> None:
        """What a balancer is; where it does not say, it is an application load balancer that faces the internet."""
        default = balancer.said.told_as(balancer.title)
        for fact, keys, silence, words in (
            ("through", ("type", "loadBalancerType"), "application", _TYPES),
            ("visibility", ("scheme", "internal"), "internet-facing", _SCHEMES),
        ):
            told = [each for key in keys if (each := balancer.said.at(key)) or each.is_open]
            word = told[0].words if told else silence
            notes.says(f"{path}.{fact}", words.get(word), told[0] if told else default)
        for record in self.stack.of(_RECORD):
            name = record.said.at("name")
            domain = name.words.rstrip(".")
            if self.stack.referred(record.said.at("aliasTarget", "dnsName"), BALANCER) == balancer:
                notes.says(f"{path}.domain", domain if _DOMAIN.fullmatch(domain) else None, name)


def _forwarded(action: Part) -> Iterator[Part]:
    """The target groups that an action forwards to."""
    yield action.at("targetGroupArn")
    for group in action.at("forwardConfig", "targetGroups").items():
        yield group.at("targetGroupArn")
        yield group.at("arn")


def _hosts(rule: Part) -> Iterator[Part]:
    """The host names that a rule is for."""
    for condition in rule.at("conditions").items():
        yield from condition.at("hostHeaderConfig", "values").items()
        if condition.at("field").text == "host-header":
            yield from condition.at("values").items()
