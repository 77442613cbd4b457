"""Settings are read as if they stood in the file, with the same complaints."""

import pytest

from archadvisor.errors import UnreadableInput
from archadvisor.loading.settings import read_with, setting
from archadvisor.loading.workload import read_workload
from archadvisor.model.diagnostic import Diagnostic

FILE = """\
version: 1
name: shop
team: {hosts: avoid}
priorities: [cost]
services:
  web:
    cpu: 0.5
    replicas: {min: 1}
    environment: {DB_PASSWORD: correct-horse-9}
"""
SAME = [
    ("team.hosts=never", FILE.replace("avoid", "never")),
    ("team.kubernetes=some", FILE.replace("avoid", "avoid, kubernetes: some")),
    ("accounts.count=3", FILE + "accounts: {count: 3}\n"),
    ("priorities=[cost, isolation]", FILE.replace("cost]", "cost, isolation]")),
    ("services.web.replicas.max=4", FILE.replace("min: 1", "min: 1, max: 4")),
    ("services.web.memory=2 GiB", FILE.replace("cpu: 0.5", "cpu: 0.5\n    memory: 2 GiB")),
    ("services.web.cpu=unknown", FILE.replace("cpu: 0.5", "cpu: unknown")),
    ("services.web.endpoints={shop: {through: alb}}", FILE + "    endpoints: {shop: {through: alb}}\n"),
    ("services.web.image.size=1 GiB", FILE + "    image: {size: 1 GiB}\n"),
    ("services.mail={kind: worker}", FILE + "  mail: {kind: worker}\n"),
    ('existing.eks_version="1.35"', FILE + "existing: {eks_version: '1.35'}\n"),
    ("decisions.orchestrator=eks", FILE + "decisions: {orchestrator: eks}\n"),
]
REFUSED = [
    ("services.wep.cpu=1", "there is no `wep` in `services`", "did you mean `web`?"),
    ("services.mail.cpu=1", "there is no `mail` in `services`", "to add it, set the whole of it: `services.mail={…}`"),
    ("services.web.cpux=1", "unknown key `cpux`", "did you mean `cpu`?"),
    ("services.web.cpu=lots", "expected a quantity such as `0.5`, `2 vCPU` or `500m`, found `lots`", None),
    ("services.web.cpu.x=1", "`cpu` is a single value, and nothing can be set within it", None),
    ("team.hosts=nver", "expected `want`, `accept`, `avoid` or `never`, found `nver`", "did you mean `never`?"),
    ("priorities=cost", "expected a list, found `cost`", "write it as `[…]`"),
    ("existing.eks_version=1.35", 'expected a Kubernetes version in quotes, such as `"1.35"`, found `1.35`', None),
    ("teem.hosts=never", "unknown key `teem`", "did you mean `team`?"),
    (".".join("a" * 1000) + "=1", "the path has more than 64 parts", None),
    ("priorities=[cost", "the value is no YAML", "put quotes around text that holds `:`, `#`, `{`, `[` or the like"),
]
UNREADABLE = ["", "=", "team.hosts", "team.hosts=", "=never"]


def _diagnostics(written: str) -> tuple[Diagnostic, ...]:
    return read_with(FILE.encode(), "shop.yaml", [setting(written)]).diagnostics


@pytest.mark.parametrize(("written", "file"), SAME, ids=[written for written, _ in SAME])
def test_a_setting_reads_like_the_same_words_in_the_file(written: str, file: str) -> None:
    found = read_with(FILE.encode(), "shop.yaml", [setting(written)]).workload
    wanted = read_workload(file.encode(), "shop.yaml").workload
    assert found is not None, _diagnostics(written)
    assert wanted is not None
    assert found != read_workload(FILE.encode(), "shop.yaml").workload
    for here, there in zip(found.root.all(), wanted.root.all(), strict=True):
        said = {name: stated.value for name, stated in here.facts.items() if stated.value is not None}
        assert (here.path, said) == (
            there.path,
            {name: stated.value for name, stated in there.facts.items() if stated.value is not None},
        )
    assert [declared.option for declared in found.declarations] == [d.option for d in wanted.declarations]


@pytest.mark.parametrize(("written", "message", "hint"), REFUSED, ids=[written for written, _, _ in REFUSED])
def test_what_cannot_be_set_is_told_with_the_nearest_that_can(written: str, message: str, hint: str | None) -> None:
    assert [(found.message, found.hint) for found in _diagnostics(written)][:1] == [(message, hint)]


@pytest.mark.parametrize("written", UNREADABLE)
def test_a_setting_needs_a_path_and_a_value(written: str) -> None:
    with pytest.raises(UnreadableInput, match="expected a path and a value"):
        setting(written)


def test_what_a_setting_replaces_keeps_its_place() -> None:
    found = read_with(FILE.encode(), "shop.yaml", [setting("team.hosts=never")]).workload
    assert found is not None
    place = found.root.facts["team.hosts"].place
    assert place is not None
    assert (place.line, place.column) == (3, 15)


def test_secrets_are_masked_in_the_file_and_in_settings() -> None:
    found = read_with(FILE.encode(), "shop.yaml", [setting("services.web.environment.API_TOKEN=battery-staple-7")])
    assert found.workload is not None
    assert "correct-horse" not in repr(found) + "".join(found.lines) + "".join(found.workload.lines)
    assert "battery-staple" not in repr(found.workload.root)
    assert {part.name for part in found.workload.root.parts if part.kind == "literal"} == {"DB_PASSWORD", "API_TOKEN"}


def test_a_file_that_is_unusable_is_told_as_it_is() -> None:
    found = read_with(b"version: 2\nname: x\n", "shop.yaml", [setting("team.hosts=nver")])
    assert [diagnostic.message for diagnostic in found.diagnostics] == ["expected `1`, found `2`"]
