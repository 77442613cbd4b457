"""How tools write the keys that the API of AWS has: `loadBalancers`, `LoadBalancers`, `load_balancer`."""

import re

from archadvisor.intake.part import Spelling

_PASCAL = {
    "dnsName": "DNSName",
    "efsVolumeConfiguration": "EFSVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration": "FSxWindowsFileServerVolumeConfiguration",
    "s3filesVolumeConfiguration": "S3FilesVolumeConfiguration",
}
_SNAKE = {
    "actions": "action",
    "aliasTarget": "alias",
    "clientAliases": "client_alias",
    "conditions": "condition",
    "defaultActions": "default_action",
    "dnsName": "name",
    "environmentVariables": "environment_variable",
    "fileSystemConfigs": "file_system_config",
    "forwardConfig": "forward",
    "hostHeaderConfig": "host_header",
    "loadBalancers": "load_balancer",
    "managedEBSVolume": "managed_ebs_volume",
    "placementStrategies": "ordered_placement_strategy",
    "replicaRegions": "replica",
    "services": "service",
    "sizeInGiB": "size_in_gib",
    "targetGroups": "target_group",
    "volumeConfigurations": "volume_configuration",
    "volumes": "volume",
}
"""Keys that Terraform calls otherwise; blocks that are repeated have names in the singular."""
_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _pascal(key: str) -> str:
    return _PASCAL.get(key) or f"{key[:1].upper()}{key[1:]}"


def _snake(key: str) -> str:
    return _SNAKE.get(key) or _CAPITALS.sub("_", key).lower()


CLOUDFORMATION = Spelling(_pascal)
TERRAFORM = Spelling(_snake, has_blocks=True)
