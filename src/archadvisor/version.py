"""The version of archadvisor."""

__version__ = "0.1.0"
