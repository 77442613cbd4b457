"""What pipelines say of a workload, and what they do not say."""

import pytest

from archadvisor.intake import github_actions, gitlab_ci
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.node import Mapping
from archadvisor.model.intake import Survey


def github(steps: str, more: str = "{}", job: str = "name: a") -> Survey:
    text = f"name: ship\non: push\nenv: {more}\njobs: {{a: {{{job}, steps: [{steps}]}}}}\n"
    (root,) = parse_foreign(text, "ship.yaml")
    assert isinstance(root, Mapping)
    assert github_actions.is_workflow(root)
    return github_actions.survey(root, "ship.yaml")


def gitlab(job: str, variables: str = "{}") -> Survey:
    (root,) = parse_foreign(f"variables: {variables}\nbuild: {{{job}}}\n", "shop/.gitlab-ci.yml")
    assert isinstance(root, Mapping)
    assert gitlab_ci.is_gitlab_ci(root)
    return gitlab_ci.survey(root, "shop/.gitlab-ci.yml")


BUILD = {"build.kind": "build"}
PRIVILEGED = {**BUILD, "build.needs": "[privileged]"}


def facts(found: Survey) -> dict[str, str]:
    """What is said, with `caller` for its only caller, whom everything says is a pipeline that calls AWS."""
    said = {fact.path: fact.written for fact in found.facts}
    for name in found.callers:
        said = {path.replace(f"callers.{name}", "caller"): written for path, written in said.items()}
        assert (said.pop("caller.who"), said.pop("caller.to")) == ("ci", "aws_api")
        assert said.pop("caller.provider") in ("github_actions", "gitlab")
    for name, _ in found.services:
        said = {path.replace(f"services.{name}", "build"): written for path, written in said.items()}
    return said


CREDENTIALS = "uses: aws-actions/configure-aws-credentials@v5, with"
# Steps of a workflow, its variables -> the facts.
WORKFLOWS = [
    ("{run: make}", "{}", {}),
    ("{uses: docker/build-push-action@v6}", "{}", {"delivery.builder": "buildkit"}),
    ("{uses: docker/build-push-action@v6, with: {tags: 'ghcr.io/a/b:1'}}", "{}",
     {"delivery.builder": "buildkit", "delivery.registry": "ghcr"}),
    ("{run: docker build .}", "{}", {"delivery.builder": "docker"}),
    ("{run: docker buildx build .}", "{}", {"delivery.builder": "buildkit"}),
    ("{run: docker compose build}", "{}", {}),
    ("{uses: aws-actions/amazon-ecr-login@v2}", "{}", {"delivery.registry": "ecr"}),
    ("{uses: aws-actions/amazon-ecr-login@v2, with: {registry-type: public}}", "{}",
     {"delivery.registry": "ecr_public"}),
    ("{uses: docker/login-action@v3, with: {registry: ghcr.io}}", "{}", {"delivery.registry": "ghcr"}),
    ("{uses: docker/login-action@v3}", "{}", {"delivery.registry": "docker_hub"}),
    ("{uses: docker/login-action@v3, with: {registry: '${{ vars.REGISTRY }}'}}", "{}", {}),
    ("{uses: docker/login-action@v3}, {uses: aws-actions/amazon-ecr-login@v2}", "{}", {}),
    (f"{{{CREDENTIALS}: {{aws-region: eu-west-1, role-to-assume: arn}}}}", "{}",
     {"caller.identities": "[oidc]", "regions": "[eu-west-1]"}),
    (f"{{{CREDENTIALS}: {{role-to-assume: arn}}}}", "{}", {"caller.identities": "[oidc]"}),
    (f"{{{CREDENTIALS}: {{aws-access-key-id: '${{{{ secrets.ID }}}}'}}}}", "{}", {"caller.keys": "long_lived"}),
    ("{run: make}", "{AWS_ACCESS_KEY_ID: '${{ secrets.ID }}'}", {"caller.keys": "long_lived"}),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "variables", "stated"), WORKFLOWS)
def test_a_workflow_says(steps: str, variables: str, stated: dict[str, str]) -> None:
    assert facts(github(steps, variables)) == stated


# What is said of a job, its only step -> the facts.
CONTAINERS = [
    ("services: {d: {image: 'docker:dind', options: --privileged}}", PRIVILEGED),
    ("container: {image: ubuntu, options: --privileged --cpus 1}", PRIVILEGED),
    ("container: gcr.io/kaniko-project/executor:debug", {"delivery.builder": "kaniko", **BUILD}),
    ("container: {image: node}", {}),
]


@pytest.mark.parametrize(("job", "stated"), CONTAINERS)
def test_a_job_that_builds_images_in_a_container_is_a_service(job: str, stated: dict[str, str]) -> None:
    assert facts(github("{run: make}", job=job)) == stated


# A job of GitLab, the variables of its pipeline -> the facts.
JOBS = [
    ("script: [make]", "{}", {}),
    ("script: docker build .", "{}", {"delivery.builder": "docker"}),
    ("script: [x], image: gcr.io/kaniko-project/executor:debug", "{}", {"delivery.builder": "kaniko", **BUILD}),
    ("script: [x], image: quay.io/buildah/stable", "{}", {"delivery.builder": "other", **BUILD}),
    ("script: [buildah bud .], image: quay.io/containers/buildah:v1", "{}", {"delivery.builder": "other", **BUILD}),
    ("script: [docker build .], services: [docker:27-dind]", "{}", {"delivery.builder": "docker", **PRIVILEGED}),
    ("script: [x], services: [{name: 'docker:dind', alias: d}]", "{}", PRIVILEGED),
    ("script: [x], services: ['postgres:16']", "{}", {}),
    (
        "script: [/kaniko/executor --destination ghcr.io/a/b:1]",
        "{}",
        {"delivery.builder": "kaniko", "delivery.registry": "ghcr"},
    ),
    ("script: [docker push registry.gitlab.com/a/b]", "{}", {"delivery.registry": "gitlab"}),
    ("script: [docker push $CI_REGISTRY_IMAGE]", "{}", {}),
    ("script: [aws ecr get-login-password]", "{}", {"delivery.registry": "ecr"}),
    ("script: [x], id_tokens: {AWS_TOKEN: {aud: x}}", "{}", {"caller.identities": "[oidc]"}),
    ("script: [x], id_tokens: {VAULT: {aud: https://vault}}", "{}", {}),
    ("script: [x]", "{AWS_ACCESS_KEY_ID: $KEY}", {"caller.keys": "long_lived"}),
]


@pytest.mark.parametrize(("job", "variables", "stated"), JOBS)
def test_a_pipeline_says(job: str, variables: str, stated: dict[str, str]) -> None:
    assert facts(gitlab(job, variables)) == stated


LEAKY = [
    github("{run: make}", "{AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzz}"),
    gitlab("script: [x]", "{DB_PASSWORD: hunter2hunter2}"),
]


@pytest.mark.parametrize("surveyed", LEAKY)
def test_secrets_in_plain_text_are_found_and_shown_nowhere(surveyed: Survey) -> None:
    assert len(surveyed.leaks) == 1
    assert "hunter2" not in repr(surveyed)
    assert "wJalr" not in repr(surveyed)


def test_images_for_several_registries_are_told() -> None:
    found = github("{uses: docker/login-action@v3}, {uses: aws-actions/amazon-ecr-login@v2}")
    assert "(docker_hub, ecr)" in found.remarks[0].message


@pytest.mark.parametrize("text", ["jobs: {a: {steps: []}}", "on: push", "on: push\njobs: {a: {}}", "services: {a: {}}"])
def test_what_is_no_pipeline_is_not_taken_for_one(text: str) -> None:
    (root,) = parse_foreign(text, "file.yaml")
    assert not github_actions.is_workflow(root)
    assert not gitlab_ci.is_gitlab_ci(root)
