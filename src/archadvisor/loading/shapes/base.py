"""What all input shapes share: strictness, names, quantities, and what silence means."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from archadvisor.model.quantity import EXAMPLES, MOST, pattern, quantity

Unknown = Literal["unknown"]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,62}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./:@*-]{0,252}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Number = Annotated[float, Field(ge=0, le=1_000_000)]


class Shape(BaseModel):
    """A mapping of an input file: unknown keys are refused, values are taken as written."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def asked(description: str) -> Any:
    """A fact whose silence means unknown: it is asked for where it could still change the advice."""
    return Field(default="unknown", description=description)


def assumed(silence: object, description: str) -> Any:
    """A fact whose silence means `silence`, which takes part like a stated value."""
    return Field(default=silence, description=description)


def inherited(fact: str, description: str) -> Any:
    """A fact whose silence means the value of the workload's `fact`."""
    return Field(default=None, description=description, json_schema_extra={"x-inherits": fact})


def subjects(kind: str, description: str) -> Any:
    """A collection of named subjects of one kind; an absent one is empty."""
    return Field(default_factory=dict, description=description, json_schema_extra={"x-subjects": kind})


def section(shape: type[Shape], description: str) -> Any:
    """A group of facts that may be left out as a whole."""
    return Field(default_factory=shape, description=description)


def aside(description: str) -> Any:
    """A value that no rule reads."""
    return Field(default=None, description=description, json_schema_extra={"x-aside": True})


def _measured(unit: str) -> Any:
    def read(written: object) -> object:
        if written == "unknown":
            return written
        amount = quantity(written, unit) if isinstance(written, (str, int, float)) else None
        if amount is None or isinstance(written, bool):
            raise ValueError(f"expected a quantity such as {EXAMPLES[unit]}")
        return amount

    bare = unit == "vCPU"
    types: object = ["number", "string"] if bare else "string"
    schema = {"type": types, "pattern": pattern(unit), "x-unit": unit} | (
        {"minimum": 0, "maximum": MOST} if bare else {}
    )
    return Annotated[float, BeforeValidator(read), Field(ge=0), WithJsonSchema(schema)]


Cpu = _measured("vCPU")
Memory = _measured("GiB")
Size = _measured("KiB")
Duration = _measured("s")
