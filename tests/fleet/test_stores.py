"""Sources and results elsewhere: in a zip file, and on a server that speaks S3."""

import shutil
from pathlib import Path

import boto3  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from tests.cli.command import run
from tests.fleet.runs import TABLES, fleet, rows


def test_a_zip_file_says_what_its_folder_says(teams: Path, cache: Path, tmp_path: Path) -> None:
    small = tmp_path / "teams"
    (small / "team-0000").mkdir(parents=True)
    for name in ("app-000001.workload.yaml", "app-000002.workload.yaml", "broken.workload.yaml"):
        shutil.copy(teams / "team-0000" / name, small / "team-0000")
    shutil.make_archive(str(tmp_path / "teams"), "zip", small)
    assert fleet("teams", "--out", "folder", cwd=tmp_path, cache=cache).status == 2
    assert fleet("teams.zip", "--out", "zip", cwd=tmp_path, cache=cache).status == 2
    inside, outside = rows(tmp_path / "zip"), rows(tmp_path / "folder", "teams/")
    for table in inside.values():
        for row in table:
            row["uri"] = row["uri"].removeprefix("zip://").removesuffix("::teams.zip")
    assert inside == outside


def test_a_bucket_is_read_written_and_resumed(teams: Path, cache: Path, tmp_path: Path, bucket: dict[str, str]) -> None:
    s3 = boto3.client(
        "s3",
        endpoint_url=bucket["AWS_ENDPOINT_URL"],
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        region_name="eu-west-1",
    )
    s3.create_bucket(Bucket="fleet", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    files = [*sorted((teams / "team-0001").glob("app-*"))[:40], teams / "team-0001" / "odd.workload.yaml"]
    for file in files:
        s3.put_object(Bucket="fleet", Key=f"in/team-0001/{file.name}", Body=file.read_bytes())
    s3.put_object(Bucket="fleet", Key="in/team-0001/values.yaml", Body=b"replicas: 3\n")
    sources = ("s3://fleet/in", "--out", "s3://fleet/out")
    first = fleet(*sources, cwd=tmp_path, cache=cache, environment=bucket)
    assert (first.status, "41 files: 40 workloads" in first.out) == (2, True)
    again = fleet(*sources, cwd=tmp_path, cache=cache, environment=bucket)
    assert "none of them done before" not in again.out
    got = {}
    for table in TABLES:
        (part,) = s3.list_objects_v2(Bucket="fleet", Prefix=f"out/{table}/")["Contents"]
        s3.download_file("fleet", part["Key"], str(tmp_path / f"{table}.parquet"))
        got[table] = pq.read_table(tmp_path / f"{table}.parquet").to_pylist()
    assert {row["uri"] for row in got["decisions"]} == {f"s3://fleet/in/team-0001/{file.name}" for file in files[:40]}
    assert {row["team"] for row in got["decisions"]} == {"team-0001"}
    assert {row["uri"] for row in got["diagnostics"]} == {"s3://fleet/in/team-0001/odd.workload.yaml"}
    report = run("fleet", "report", "s3://fleet/out", cwd=tmp_path, cache=cache, environment=bucket)
    assert "40 workloads in 41 files" in report.out


def test_a_bucket_that_is_not_there_is_told(cache: Path, tmp_path: Path, bucket: dict[str, str]) -> None:
    ran = fleet("s3://nowhere/in", "--out", "out", cwd=tmp_path, cache=cache, environment=bucket)
    assert (ran.status, "s3://nowhere/in" in ran.err) == (2, True)
