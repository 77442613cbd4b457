"""What the pages have in common: templates that escape, and a policy under which nothing else acts."""

import base64
import hashlib
import re

import jinja2
from markupsafe import Markup

from archadvisor.rendering.paint import printable

_CODE = re.compile(r"`([^`]*)`")


def environment() -> jinja2.Environment:
    """Templates in which whatever is put in is escaped, and shows direction marks as what they are."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("archadvisor.rendering"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
    )
    made.filters["prose"] = _prose
    return made


def template(name: str) -> str:
    """The text of a template, as it is."""
    loader = jinja2.PackageLoader("archadvisor.rendering")
    return loader.get_source(jinja2.Environment(autoescape=True), name)[0]


def _shown(value: object) -> object:
    return _line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _line(text: str) -> str:
    return printable(text.replace("\n", " ").expandtabs(4))


def _prose(text: str) -> Markup:
    """Text with its code spans as code."""
    parts = _CODE.split(printable(text))
    spans = (
        Markup("<code>{}</code>").format(part) if index % 2 else Markup.escape(part) for index, part in enumerate(parts)
    )
    return Markup("").join(spans)


def policy(style: str, script: str) -> str:
    """A Content-Security-Policy under which this style and this script run, and nothing else does."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
