"""Writes the generated files: JSON Schemas, reference pages, pages with outputs, the gallery, golden reports.

`make docs` runs it; a test holds that running it would change nothing.
"""

import atexit
import datetime
import itertools
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import click
import yaml
from click.testing import CliRunner

from archadvisor import load_packs
from archadvisor.cli.commands import archadvisor as command
from archadvisor.engine.program import Program
from archadvisor.loading.ledger import ledger
from archadvisor.loading.sources import pack_sources
from archadvisor.model.advice import Advice, Report, Suppressed
from archadvisor.model.diagnostic import Diagnostic
from archadvisor.model.fix import Edit, Fix
from archadvisor.model.place import Place
from archadvisor.model.suppression import Suppression
from archadvisor.rendering import FORMATS
from archadvisor.rendering.gallery import Scene, gallery_page
from archadvisor.rendering.paint import Paper
from archadvisor.rendering.reference import coverage_page, facts_page, note_page, rules_page
from archadvisor.rendering.telling import Telling
from archadvisor.rendering.text import Detail, text
from archadvisor.workflows.check import Checking, check
from archadvisor.workflows.diagram import diagram
from archadvisor.workflows.mutation import outcome_lines
from archadvisor.workflows.report import design_report
from archadvisor.workflows.schema import NAMES, generated_schema
from archadvisor.workflows.session import newest_source

ROOT = Path(__file__).resolve().parent.parent
_SCRATCH = "/tmp/"
"""The folder that pages write files to."""
_UNDATED = ("config", "import")
"""Commands that ask for no day."""
GOLDEN = Path("tests", "golden")
EXTENSIONS = {"sarif": "json", "junit": "xml", "json": "json", "gitlab": "json", "markdown": "md"}


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file, relative to the project, with its content."""
    for name in NAMES:
        yield Path("schema", f"{name}.schema.json"), generated_schema(name)
    today = newest_source(load_packs().rulebook)
    program = load_packs(as_of=datetime.date.fromisoformat(today))
    sources = program.rulebook.sources
    yield Path("docs", "facts.md"), facts_page(program.vocabulary, program.rulebook)
    yield Path("docs", "rules.md"), rules_page(program.rulebook, program.vocabulary)
    yield Path("docs", "coverage.md"), coverage_page(ledger(pack_sources(str(ROOT / "rules"))))
    yield Path("docs", "note-coverage.md"), note_page(ledger(pack_sources(str(ROOT / "rules"))), sources)
    yield Path("docs", "cli.md"), _cli_page()
    yield Path("docs", "gallery", "scenarios.md"), gallery_page(list(_scenes(program)), program.rulebook.decisions)
    gallery = Path("docs", "gallery", "webshop.html")
    yield gallery, design_report(program, "samples/webshop/workload.yaml", "html", str(gallery)).decode()
    yield gallery.with_suffix(".svg"), diagram(program, "samples/webshop/workload.yaml", "svg")
    yield GOLDEN / "outcomes.txt", "\n".join(outcome_lines(program, ())) + "\n"
    for page in ("answers", "configuration", "importing", "init", "verifying"):
        yield Path("docs", f"{page}.md"), _with_outputs(Path("docs", "examples", f"{page}.txt"), today)
    for sample in sorted(ROOT.glob("samples/*/workload.yaml")):
        name = sample.parent.name
        file = sample.relative_to(ROOT).as_posix()
        report = check(Checking(program, deep=True), [file])
        yield GOLDEN / f"{name}.txt", text(report, Paper(), Detail(reasons=True, arithmetic=True))
        yield GOLDEN / f"{name}.md", design_report(program, file).decode()
    report = _eventful(program)
    for form, rendered in FORMATS.items():
        yield GOLDEN / "formats" / f"{form}.{EXTENSIONS.get(form, 'txt')}", rendered(report, Paper(), Telling())


def _scenes(program: Program) -> Iterator[Scene]:
    for file in sorted(ROOT.glob("tests/scenarios/*/workload.yaml"), key=_number):
        expected = yaml.safe_load(file.with_name("expected.yaml").read_text(encoding="utf-8"))
        comments = itertools.takewhile(lambda line: line.startswith("#"), file.read_text(encoding="utf-8").splitlines())
        story = " ".join(line.removeprefix("#").strip() for line in comments if "yaml-language-server" not in line)
        (advice,) = check(Checking(program), [file.relative_to(ROOT).as_posix()]).advices
        link = f"../../{file.relative_to(ROOT).as_posix()}"
        yield Scene(file.parent.name, expected["title"], story, link, advice)


def _number(file: Path) -> tuple[int, str]:
    return int("".join(filter(str.isdigit, file.parent.name)) or 0), file.parent.name


def _eventful(program: Program) -> Report:
    """A report with everything a format must tell: findings shown, accepted and known, a fix, unusable files."""
    report = check(Checking(program), [f"samples/{name}/workload.yaml" for name in ("ci-farm", "windows-legacy")])
    first, second = report.advices
    gone = Diagnostic("samples/gone away/workload.yaml", "there is no such file or folder")
    misspelled = Diagnostic(
        "samples/50%/workload.yaml", "unknown key `servics`", Place(3, 1, 3, 8), "did you mean `services`?"
    )
    return replace(report, advices=(_accepted(first), second), diagnostics=(gone, misspelled))


def _accepted(advice: Advice) -> Advice:
    """Advice of whose findings the first has a fix, the second is suppressed, and the third is known."""
    first, second, third, *others = advice.findings
    fix = Fix("write `on`", safe=True, edits=(Edit(first.place, "on"),))
    said = Suppression(second.rule, second.subject, "agreed in review", "2027-03-01", Place(1, 1, 1, 10), "section")
    return replace(
        advice,
        findings=(replace(first, fix=fix), *others),
        suppressed=(Suppressed(second, said),),
        baselined=(third,),
    )


def _cli_page() -> str:
    """The help of every command, as it is shown."""
    sections = ["# Command line", "", "Generated by `make docs` from the commands themselves."]
    context = click.Context(command, info_name="archadvisor", terminal_width=100)
    for path, found in _commands(command, context):
        inner = click.Context(
            found, info_name=path, terminal_width=100, max_content_width=100, help_option_names=["-h", "--help"]
        )
        sections += ["", f"## {path}", "", "```", found.get_help(inner), "```"]
    return "\n".join(sections) + "\n"


def _with_outputs(page: Path, day: str) -> str:
    """A page in which each command, a line that begins with `$`, is followed by what it prints on a day."""
    lines: list[str] = []
    for line in page.read_text(encoding="utf-8").splitlines():
        lines += ["```", line, "", *_printed(line, day), "```"] if line.startswith("$ ") else [line]
    return "\n".join(lines) + "\n"


def _printed(line: str, day: str) -> list[str]:
    """What a command prints; `cat` shows a file, and what a command writes into `/tmp` lies in a folder of its own."""
    _, program, *arguments = shlex.split(line)
    if program == "cat":
        return _in_scratch(arguments[0]).read_text(encoding="utf-8").splitlines()
    written = [str(_in_scratch(word)) if word.startswith(_SCRATCH) else word for word in arguments]
    dated = [] if arguments[0] in _UNDATED else ["--as-of", day]
    ran = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(command, [*written, *dated])
    assert not ran.stderr, ran.stderr
    return ran.stdout.replace(f"{_folder()}/", _SCRATCH).rstrip("\n").splitlines()


def _in_scratch(path: str) -> Path:
    return Path(_folder(), path.removeprefix(_SCRATCH)) if path.startswith(_SCRATCH) else Path(path)


@cache
def _folder() -> str:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _commands(
    group: click.Command, context: click.Context, path: str = "archadvisor"
) -> Iterator[tuple[str, click.Command]]:
    yield path, group
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            if found is not None:
                yield from _commands(found, context, f"{path} {name}")


def main() -> None:
    """Writes what has changed."""
    os.chdir(ROOT)
    for file, content in generated():
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != content:
            file.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
