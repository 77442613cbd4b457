"""`archadvisor import`."""

import json
import os
import sys

import click

from archadvisor.cli.overwriting import refuse_overwriting
from archadvisor.cli.terminal import UNUSABLE, complain, give_up, today, write
from archadvisor.errors import ArchadvisorError
from archadvisor.model.intake import Imported
from archadvisor.rendering.intake import (
    imported_file,
    imported_json,
    imported_lines,
    merged_lines,
    proposal_lines,
    told_lines,
)
from archadvisor.workflows.configuration import configured
from archadvisor.workflows.importing import imported
from archadvisor.workflows.intake import write as write_file
from archadvisor.workflows.questions import with_questions

_STDOUT = "-"


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False), metavar="PATH...")
@click.option(
    "-o",
    "--output",
    default="workload.yaml",
    type=click.Path(readable=False),
    metavar="FILE",
    help="The file to write; `-` is stdout.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--merge", is_flag=True, help="If the file is there, add what is new to it.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", help="JSON goes to stdout.")
def import_(paths: tuple[str, ...], output: str, force: bool, merge: bool, form: str) -> None:
    """Write a workload file from files of other tools.

    These are Compose files, Kubernetes manifests, ECS task definitions, CloudFormation and SAM templates, Terraform
    plans, and pipelines of GitHub Actions and GitLab CI.

    PATH is such a file, or a folder whose files describe one workload together. Each fact says where it comes from.
    Several files are joined in their order; Compose files are merged as Compose does, with what they extend and include
    and their files of variables, if that lies in the folder of the first one. What they do not say stays unknown; what
    decisions hang on is listed as open. Secrets in plain text are told by name and place, and their values are kept
    nowhere. Nothing is run. If a file that belongs to the others cannot be read, the exit status is 2, and what was
    found is written all the same.

    If the output is there already, a diff shows what is new, and --merge adds that. What stands there, comments too,
    stays as it is.
    """
    if force and merge:
        raise click.UsageError("`--force` replaces the file, and `--merge` adds to it: take one of them")
    if force:
        refuse_overwriting([output], paths)
    try:
        found = with_questions(imported(paths), configured(paths, (), today()))
        if form == "json":
            write(json.dumps(imported_json(found), indent=2) + "\n")
        elif output == _STDOUT:
            write(imported_file(found))
            complain("".join(f"{line}\n" for line in told_lines(found.leaks, found.remarks)))
        elif os.path.lexists(output) and not force:
            sys.exit(_merge(found, output, merge))
        else:
            write_file(found, output, force)
            write("".join(f"{line}\n" for line in imported_lines(output, found)))
    except ArchadvisorError as error:
        give_up(error)
    sys.exit(UNUSABLE if any(each.is_unread for each in found.remarks) else 0)


def _merge(found: Imported, output: str, wanted: bool) -> int:
    """Merges, or shows what that would change; 2: there is something new, and it was not to be written."""
    from archadvisor.workflows.merging import merge, save_merge

    made = merge(found, output)
    if made.is_changed and not wanted:
        write(made.diff())
        complain("".join(f"{line}\n" for line in proposal_lines(output, made.kept)))
        return UNUSABLE
    if made.is_changed:
        save_merge(made)
    lines = merged_lines(output, made.is_changed, made.kept, found.leaks, found.remarks)
    write("".join(f"{line}\n" for line in lines))
    return 0
