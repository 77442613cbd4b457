"""Launch types and capacity providers: what is already chosen, as decisions."""

from collections.abc import Iterable, Sequence

from archadvisor.intake.aws.resources import Stack
from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

Choice = frozenset[tuple[str, str]]
_FARGATE, _EC2 = ("compute", "fargate"), ("compute", "ec2")
_SPOT, _ON_DEMAND = ("capacity", "spot"), ("capacity", "on_demand")
_LAUNCH_TYPES: dict[str, Choice] = {
    "FARGATE": frozenset({_FARGATE}),
    "EC2": frozenset({_EC2}),
    "EXTERNAL": frozenset({("compute", "external"), ("hosts", "ecs_anywhere")}),
    "MANAGED_INSTANCES": frozenset({_EC2, ("hosts", "managed_instances")}),
}
_PROVIDERS: dict[str, Choice] = {
    "FARGATE": frozenset({_FARGATE, _ON_DEMAND}),
    "FARGATE_SPOT": frozenset({_FARGATE, _SPOT}),
}
_ENVIRONMENTS: dict[str, Choice] = {
    **_PROVIDERS,
    "EC2": frozenset({_EC2, _ON_DEMAND}),
    "SPOT": frozenset({_EC2, _SPOT}),
}
_PROVIDER = "AWS::ECS::CapacityProvider"


def note_launch_types(service: str, said: Sequence[Part], notes: Notes) -> None:
    """The launch type of a service, where there is only one that it may have."""
    if len({each.words for each in said}) == 1:
        note_choice(service, _LAUNCH_TYPES.get(said[0].words, frozenset()), said[0], notes)


def note_providers(service: str, strategy: Part, stack: Stack, notes: Notes) -> None:
    """What all capacity providers of a strategy have in common."""
    chosen = [_of_provider(each.at("capacityProvider"), stack) for each in strategy.items()]
    note_choice(service, common(chosen), strategy, notes)


def _of_provider(said: Part, stack: Stack) -> Choice:
    found = stack.referred(said, _PROVIDER)
    if found is None:
        return _PROVIDERS.get(said.words, frozenset())
    if found.said.at("autoScalingGroupProvider"):
        return frozenset({_EC2, ("hosts", "self_managed")})
    managed = found.said.at("managedInstancesProvider")
    spot = managed.at("instanceLaunchTemplate", "capacityOptionType").text == "SPOT"
    return _LAUNCH_TYPES["MANAGED_INSTANCES"] | ({_SPOT} if spot else set()) if managed else frozenset()


def choice_of_environment(said: Part) -> Choice:
    """What a compute environment of AWS Batch has chosen, by its type."""
    return _ENVIRONMENTS.get(said.words.upper(), frozenset())


def common(choices: Iterable[Choice]) -> Choice:
    """What is chosen in all of several choices."""
    sets = list(choices)
    return frozenset.intersection(*sets) if sets else frozenset()


def note_choice(service: str, choice: Choice, part: Part, notes: Notes) -> None:
    """Decisions about a service."""
    for decision, option in sorted(choice):
        notes.says(f"decisions.{decision}.{service}", option, part)
