"""What pipelines say of a workload, and what they do not say."""

from collections.abc import Callable

import pytest

from archadvisor.intake import github_actions, gitlab_ci
from archadvisor.intake.compose.survey import is_compose
from archadvisor.loading.document import parse_foreign
from archadvisor.loading.masking import masked
from archadvisor.loading.node import Mapping
from archadvisor.model.intake import Survey
from archadvisor.model.place import Place


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
    ("{uses: docker/build-push-action@v6, with: {tags: 'ghcr.io/a/b:1'}}", "{}", {"delivery.builder": "buildkit"}),
    ("{run: docker build .}", "{}", {"delivery.builder": "docker"}),
    ("{run: docker buildx build .}", "{}", {"delivery.builder": "buildkit"}),
    ("{run: docker compose build}", "{}", {}),
    ("{uses: aws-actions/amazon-ecr-login@v2}", "{}", {}),
    ("{uses: docker/login-action@v3}", "{}", {}),
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
    ("script: [aws ecr get-login-password]", "{}", {}),
    ("script: [docker login $CI_REGISTRY, docker push $CI_REGISTRY_IMAGE]", "{}", {}),
    ("script: [docker push $IMAGE]", "{IMAGE: quay.io/a/b}", {"delivery.registry": "quay"}),
    ("script: [docker push $IMAGE]", "{IMAGE: {value: quay.io/a/b, description: x}}", {"delivery.registry": "quay"}),
    ("script: [x], id_tokens: {AWS_TOKEN: {aud: x}}", "{}", {"caller.identities": "[oidc]"}),
    ("script: [x], id_tokens: {VAULT: {aud: https://vault}}", "{}", {}),
    ("script: [x]", "{AWS_ACCESS_KEY_ID: $KEY}", {"caller.keys": "long_lived"}),
]


@pytest.mark.parametrize(("job", "variables", "stated"), JOBS)
def test_a_pipeline_says(job: str, variables: str, stated: dict[str, str]) -> None:
    assert facts(gitlab(job, variables)) == stated


PUSH = "uses: docker/build-push-action@v6, with: {push: true, tags"
LOGIN, ECR_LOGIN = "{uses: docker/login-action@v3}", "{id: ecr, uses: aws-actions/amazon-ecr-login@v2}"
GHCR_LOGIN = "{uses: docker/login-action@v3, with: {registry: '${{ env.REGISTRY }}'}}"
HIDDEN_LOGIN = "{uses: docker/login-action@v3, with: {registry: '${{ vars.REGISTRY }}'}}"
HIDDEN = f"{{{PUSH}: '${{{{ vars.IMAGE }}}}'}}}}"
# Steps of a workflow with `REGISTRY: ghcr.io` -> the registry that images are pushed to.
PUSHES = [
    (f"{{{PUSH}: 'ghcr.io/a/b:1'}}}}", "ghcr"),
    (f"{{{PUSH}: '${{{{ env.REGISTRY }}}}/a/b:${{{{ github.sha }}}}'}}}}", "ghcr"),
    (f"{{{PUSH}: 'a/b:${{{{ github.sha }}}}'}}}}", "docker_hub"),
    ("{uses: docker/build-push-action@v6, with: {push: false, tags: 'ghcr.io/a/b:1'}}", None),
    ("{uses: docker/build-push-action@v6, with: {push: \"${{ github.event_name != 'pull_request' }}\", "
     "tags: quay.io/a/b}}", "quay"),
    ("{uses: docker/build-push-action@v6, with: {outputs: 'type=image,name=quay.io/a/b,push=true'}}", "quay"),
    ("{uses: docker/build-push-action@v6, with: {outputs: 'type=image,name=quay.io/a/b'}}", None),
    (f"{HIDDEN}", None),
    (f"{LOGIN}, {HIDDEN}", "docker_hub"),
    (f"{GHCR_LOGIN}, {HIDDEN}", "ghcr"),
    (f"{HIDDEN_LOGIN}, {HIDDEN}", None),
    (f"{LOGIN}, {GHCR_LOGIN}, {HIDDEN}", None),
    (f"{LOGIN}, {ECR_LOGIN}, {{{PUSH}: '${{{{ steps.ecr.outputs.registry }}}}/a:1'}}}}", "ecr"),
    (f"{ECR_LOGIN}, {{run: docker push $REPO, env: {{REPO: '${{{{ steps.ecr.outputs.registry }}}}/a'}}}}", "ecr"),
    ("{id: meta, uses: docker/metadata-action@v5, with: {images: 'name=ghcr.io/a/b,enable=true'}}, "
     f"{LOGIN}, {GHCR_LOGIN}, {{{PUSH}: '${{{{ steps.meta.outputs.tags }}}}'}}}}", "ghcr"),
    ("{run: docker push -q ghcr.io/a/b}", "ghcr"),
    ("{run: docker push ghcr.io/a/b >/dev/null 2>&1}", "ghcr"),
    ("{run: IMAGE=ghcr.io/a/b; docker push \"$IMAGE:$TAG\"}", "ghcr"),
    ("{run: docker buildx build --push -t ghcr.io/a/b .}", "ghcr"),
    ("{run: docker buildx build --load -t ghcr.io/a/b .}", None),
    ("{run: docker buildx build --output type=registry --tag=ghcr.io/a/b .}", "ghcr"),
    ("{run: docker buildx bake --push}", None),
    ("{run: docker login ghcr.io -u me --password-stdin && docker compose push}", "ghcr"),
    ("{run: aws ecr get-login-password | docker login -u AWS --password-stdin $ECR; docker push $ECR/a}", "ecr"),
    ("{run: buildah push it docker://quay.io/a/b}", "quay"),
    ("{run: docker push localhost:5000/a}", None),
    ("{run: '# docker push ghcr.io/a/b'}", None),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "registry"), PUSHES)
def test_the_registry_is_where_images_are_pushed_to(steps: str, registry: str | None) -> None:
    assert facts(github(steps, "{REGISTRY: ghcr.io}")).get("delivery.registry") == registry


KEYED, REACHES, BY_TOKEN, NOTHING = "long_lived", "reaches", "[oidc]", None
ID = "AWS_ACCESS_KEY_ID"
EXPORTED = f"export {ID}=AKIAABCDEFGHIJKLMNOP"
OUTPUT = "${{ steps.c.outputs.aws-access-key-id }}"
LOCALSTACK = "AWS_ENDPOINT_URL: 'http://localhost:4566'"
# Steps of a workflow -> how it reaches AWS.
GITHUB_ACCESS = [
    (f"{{run: {EXPORTED} AWS_SECRET_ACCESS_KEY=x; aws ecs update-service --cluster a}}", KEYED),
    (f"{{run: 'echo \"{ID}=AKIAABCDEFGHIJKLMNOP\" >> $GITHUB_ENV'}}", KEYED),
    ("{run: aws configure set aws_access_key_id $KEY, env: {KEY: '${{ secrets.KEY }}'}}", KEYED),
    (f"{{run: make, env: {{{ID}: '${{{{ secrets.A }}}}'}}}}", KEYED),
    (f"{{run: make, env: {{{ID}: '{OUTPUT}'}}}}", REACHES),
    (f"{{run: make, env: {{{ID}: '${{{{ secrets.A }}}}', AWS_SESSION_TOKEN: '${{{{ secrets.B }}}}'}}}}", REACHES),
    (f"{{{CREDENTIALS}: {{role-to-assume: a, output-credentials: true}}}}, "
     f"{{run: make, env: {{{ID}: '{OUTPUT}', AWS_SESSION_TOKEN: '${{{{ steps.c.outputs.aws-session-token }}}}'}}}}",
     BY_TOKEN),
    (f"{{{CREDENTIALS}: {{aws-access-key-id: '${{{{ secrets.A }}}}', aws-session-token: '${{{{ secrets.B }}}}'}}}}",
     REACHES),
    (f"{{run: aws s3 ls, env: {{{ID}: test, AWS_SECRET_ACCESS_KEY: test, {LOCALSTACK}}}}}", NOTHING),
    (f"{{run: aws s3 ls, env: {{{ID}: testing, AWS_SECRET_ACCESS_KEY: testing}}}}", NOTHING),
    (f"{{run: aws s3 ls, env: {{{ID}: '${{{{ secrets.A }}}}', AWS_ENDPOINT_URL_S3: 'https://r2.example.com'}}}}",
     NOTHING),
    (f"{{run: aws s3 ls, env: {{{LOCALSTACK}}}}}, {{run: aws s3 ls}}", REACHES),
    ("{run: aws s3 ls, env: {AWS_ENDPOINT_URL: 'https://s3.eu-west-1.amazonaws.com'}}", REACHES),
    ("{run: 'aws --endpoint-url=http://localhost:4566 s3 ls'}", NOTHING),
    ("{run: 'X=\"$(aws sts get-caller-identity --query \"Account\")\"'}", REACHES),
    ("{run: if ! aws s3 ls; then exit 1; fi}", REACHES),
    ("{run: sudo -E /usr/local/bin/aws s3 ls}", REACHES),
    ("{run: \"bash -c 'set -e; aws s3 ls'\"}", REACHES),
    ("{run: aws --version}", NOTHING),
    ("{run: pip install aws cli}", NOTHING),
    ("{run: 'echo done # aws s3 ls'}", NOTHING),
    ("{uses: aws-actions/amazon-ecr-login@v2}", REACHES),
]  # fmt: skip
ASSUMES = "aws sts assume-role-with-web-identity --role-arn $R --web-identity-token $GITLAB_OIDC_TOKEN"
TOKEN = "id_tokens: {GITLAB_OIDC_TOKEN: {aud: 'https://gitlab.example.com'}}"
# A job of GitLab -> how it reaches AWS.
GITLAB_ACCESS = [
    (f"{TOKEN}, script: [{ASSUMES}]", BY_TOKEN),
    (f"{TOKEN}, script: ['export $(printf \"{ID}=%s AWS_SESSION_TOKEN=%s\" $({ASSUMES}))', aws s3 ls]", BY_TOKEN),
    (f"{TOKEN}, script: [aws s3 ls]", REACHES),
    (f"{TOKEN}, script: [make], variables: {{AWS_ROLE_ARN: a}}", BY_TOKEN),
    ("script: [make], variables: {AWS_ROLE_ARN: a}", REACHES),
    ("script: [export AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/token]", BY_TOKEN),
    ("script: ['echo \"web_identity_token_file=/tmp/token\" > ~/.aws/config']", BY_TOKEN),
    (f"script: [export {ID}=$MY_KEY]", KEYED),
    (f"script: [export {ID}=$(cat key)]", REACHES),
    (f"script: ['KEY=$(cat key)', export {ID}=$KEY]", REACHES),
    (f"script: [x], variables: {{{ID}: {{value: AKIAABCDEFGHIJKLMNOP, description: x}}}}", KEYED),
    (f"script: [x], variables: {{{ID}: ''}}", NOTHING),
]  # fmt: skip
ACCESS = [
    *((github, steps, access) for steps, access in GITHUB_ACCESS),
    *((gitlab, job, access) for job, access in GITLAB_ACCESS),
]


@pytest.mark.parametrize(("survey", "text", "access"), ACCESS)
def test_access_to_aws_is_what_variables_and_commands_say(
    survey: Callable[[str], Survey], text: str, access: str | None
) -> None:
    found = survey(text)
    said = facts(found)
    reached = REACHES if found.callers else NOTHING
    assert said.get("caller.keys", said.get("caller.identities", reached)) == access


# A GitLab file -> whether it pushes to quay.io and reaches AWS.
SCRIPTS = [
    (".p: &p [docker push quay.io/a/b, aws s3 ls]\na: {script: [*p, echo hi]}", True),
    (".p: &p [[docker push quay.io/a/b], [[aws s3 ls]]]\na: {script: [*p]}", True),
    (".p: {one: [docker push quay.io/a/b, aws s3 ls]}\na: {script: [!reference [.p, one], make]}", True),
    (".p: {one: [docker push quay.io/a/b], two: [!reference [.p, one], aws s3 ls]}\n"
     "a: {script: !reference [.p, two]}", True),
    (".p: {one: [!reference [.p, one]]}\na: {script: !reference [.p, one]}", False),
    ("a: {script: [!reference [.gone, one]]}", False),
    (".p: {variables: {I: quay.io/a/b}}\na: {extends: .p, script: [docker push $I, aws s3 ls]}", True),
    (".v: {V: {I: quay.io/a/b}}\na: {variables: !reference [.v, V], script: [docker push $I, aws s3 ls]}", True),
    ("before_script: [docker push quay.io/a/b]\na: {script: [aws s3 ls]}", True),
]  # fmt: skip


def surveyed(text: str) -> Survey:
    (root,) = parse_foreign(text, ".gitlab-ci.yml")
    assert isinstance(root, Mapping)
    assert gitlab_ci.is_gitlab_ci(root)
    return gitlab_ci.survey(root, ".gitlab-ci.yml")


@pytest.mark.parametrize(("text", "is_read"), SCRIPTS)
def test_scripts_are_put_together_as_gitlab_does(text: str, is_read: bool) -> None:
    found = surveyed(text)
    assert (facts(found).get("delivery.registry") == "quay", bool(found.callers)) == (is_read, is_read)


# What a GitLab file includes -> what is remarked on it.
INCLUDES = [
    ("[{local: ci/build.yml}]", ["`ci/build.yml`"]),
    ("{project: g/t, file: [a.yml, b.yml]}", ["`a.yml`, `b.yml` of `g/t`"]),
    ("ci/build.yml", ["`ci/build.yml`"]),
    ("[{template: Auto-DevOps.gitlab-ci.yml}, {component: x/y@1}]", ["`Auto-DevOps.gitlab-ci.yml`", "`x/y@1`"]),
]


@pytest.mark.parametrize(("include", "named"), INCLUDES)
def test_what_a_pipeline_includes_is_told(include: str, named: list[str]) -> None:
    for text in (f"include: {include}", f"include: {include}\na: {{script: [make]}}"):
        (root,) = parse_foreign(text, ".gitlab-ci.yml")
        assert not is_compose(root)
        told = [remark.message for remark in surveyed(text).remarks]
        assert told == [f"{name} is included, and not read with this file" for name in named]


# A script -> what is secret in it, by name and text.
SECRETS: list[tuple[str, list[tuple[str, str]]]] = [
    ("export A_PASSWORD=hunter2hunter2 B=c", [("A_PASSWORD", "hunter2hunter2")]),
    ("x\nexport A_PASSWORD='hunter2 hunter2'\ny", [("A_PASSWORD", "'hunter2 hunter2'")]),
    ("docker login -u me -p hunter2hunter ghcr.io", [("password", "hunter2hunter")]),
    ("docker login -phunter2hunter", [("password", "hunter2hunter")]),
    ("docker login --password=hunter2hunter", [("password", "hunter2hunter")]),
    ("docker login -u me -p $PASSWORD", []),
    ("docker login -p ${{ secrets.PASSWORD }}", []),
    ("mkdir -p login", []),
    ("aws configure set aws_secret_access_key hunter2hunter", [("aws_secret_access_key", "hunter2hunter")]),
    ("aws configure set aws_access_key_id AKIAABCDEFGHIJKLMNOP", [("aws_access_key_id", "AKIAABCDEFGHIJKLMNOP")]),
    ("docker run -e DB_PASSWORD=hunter2hunter a", [("DB_PASSWORD", "hunter2hunter")]),
    ("curl https://me:hunter2@example.com/x", [("run", "https://me:hunter2@example.com/x")]),
    ("curl https://me:$PASSWORD@example.com/x", []),
    ("make\n# AKIAABCDEFGHIJKLMNOP\nmake", [("run", "# AKIAABCDEFGHIJKLMNOP")]),
    ('export DB_PASSWORD=$(cat it) API_TOKEN=`cat it` PGPASSWORD="$P"', []),
    ("AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test make", []),
    ("export TOKEN_FILE=/run/it", []),
]


@pytest.mark.parametrize(("script", "secret"), SECRETS)
@pytest.mark.parametrize("style", ["|", "|2-", "plain"])
def test_secrets_in_scripts_are_found_where_they_stand(script: str, secret: list[tuple[str, str]], style: str) -> None:
    block = "".join(f"\n            {line}" for line in script.split("\n"))
    if style == "plain" and ("\n" in script or "#" in script):
        return
    head = "on: push\njobs:\n  a:\n    steps:\n        - run:"
    text = f"{head} {script}\n" if style == "plain" else f"{head} {style}{block}\n"
    (root,) = parse_foreign(text, "ship.yaml")
    assert isinstance(root, Mapping)
    leaks = github_actions.survey(root, "ship.yaml").leaks
    lines, exposed = masked([root], text, [leak.place for leak in leaks])
    found = [(leak.key, text.split("\n")[leak.place.line - 1][slice(*columns(leak.place))]) for leak in leaks]
    assert found == secret
    assert set(exposed) == {leak.place for leak in leaks}
    assert not any(hidden in line for _, hidden in secret for line in lines)


def columns(place: Place) -> tuple[int, int]:
    return place.column - 1, place.end_column - 1


def test_secrets_in_folded_scripts_are_found_and_masked() -> None:
    text = "on: push\njobs:\n  a:\n    steps:\n    - run: >\n        docker login\n        -p hunter2hunter\n"
    (root,) = parse_foreign(text, "ship.yaml")
    assert isinstance(root, Mapping)
    (leak,) = github_actions.survey(root, "ship.yaml").leaks
    lines, exposed = masked([root], text, [leak.place])
    assert (leak.key, list(exposed), "hunter2" in "".join(lines)) == ("password", [leak.place], False)


LEAKY = [
    github("{uses: docker/login-action@v3, with: {username: me, password: hunter2hunter2}}"),
    gitlab("script: [x]", "{DB_PASSWORD: {value: hunter2, description: x}}"),
    gitlab("script: [x]", "{AWS_ACCESS_KEY_ID: {value: AKIAABCDEFGHIJKLMNOP, description: x}}"),
    gitlab("script: [x], variables: {AWS_SECRET_ACCESS_KEY: hunter2, AWS_ENDPOINT_URL: 'https://minio.example.com'}"),
    github("{run: make}", "{AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzz}"),
    gitlab("script: [x]", "{DB_PASSWORD: hunter2hunter2}"),
]


@pytest.mark.parametrize("leaky", LEAKY)
def test_secrets_in_plain_text_are_found_and_shown_nowhere(leaky: Survey) -> None:
    assert len(leaky.leaks) == 1
    assert "hunter2" not in repr(leaky)
    assert "wJalr" not in repr(leaky)
    assert "AKIA" not in repr(leaky)


def test_images_for_several_registries_are_told() -> None:
    found = github("{run: docker push a/b}, {run: docker push ghcr.io/a/b}")
    assert "(docker_hub, ghcr)" in found.remarks[0].message


@pytest.mark.parametrize("text", ["jobs: {a: {steps: []}}", "on: push", "on: push\njobs: {a: {}}", "services: {a: {}}"])
def test_what_is_no_pipeline_is_not_taken_for_one(text: str) -> None:
    (root,) = parse_foreign(text, "file.yaml")
    assert not github_actions.is_workflow(root)
    assert not gitlab_ci.is_gitlab_ci(root)
