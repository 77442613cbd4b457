"""Paths of a host that containers mount: devices, the socket of Docker, and all others."""

import re

from archadvisor.intake.notes import Notes
from archadvisor.intake.part import Part

_SOCKET = re.compile(r"/(?:var/)?run(?:/docker\.sock)?/?")
"""The socket of Docker, and the folders that it lies in."""
_DEVICE = re.compile(r"/dev/[A-Za-z0-9_./-]+")
_NO_DEVICES = ("/dev/shm", "/dev/disk", "/dev/log")
_DEFAULT = re.compile(r"\$\{\w+:?-([^{}]*)\}")


def note_host_path(service: str, said: Part, notes: Notes) -> None:
    """A path of the host that a service mounts; of a variable in it the default counts."""
    path = _DEFAULT.sub(r"\1", said.words.strip()).replace("\\", "/")
    if _DEVICE.fullmatch(path) and not path.startswith(_NO_DEVICES):
        notes.also(f"services.{service}.devices", path, said)
        return
    if _SOCKET.fullmatch(path):
        notes.also(f"services.{service}.needs", "docker_socket", said)
    if path and not path.endswith("docker.sock"):
        notes.also(f"services.{service}.volumes", "host_path", said)


def note_device(service: str, said: Part, notes: Notes) -> None:
    """A device of the host that a service is given."""
    if _DEVICE.fullmatch(said.words):
        notes.also(f"services.{service}.devices", said.words, said)
