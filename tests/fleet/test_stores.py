"""Sources and results elsewhere: in a zip file, and on a server that speaks S3."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import boto3  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from tests.cli.command import run
from tests.fleet.runs import SMALL, TABLES, fleet, rows, said, write


def made(bucket: dict[str, str]) -> Any:
    """A client of the object store, after the bucket `fleet` was made."""
    s3 = boto3.client(
        "s3",
        endpoint_url=bucket["AWS_ENDPOINT_URL"],
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        region_name="eu-west-1",
    )
    s3.create_bucket(Bucket="fleet", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return s3


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The URL of a server of the files in a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


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
    s3 = made(bucket)
    files = [*sorted((teams / "team-0001").glob("app-*"))[:40], teams / "team-0001" / "odd.workload.yaml"]
    for file in files:
        s3.put_object(Bucket="fleet", Key=f"in/team-0001/{file.name}", Body=file.read_bytes())
    s3.put_object(Bucket="fleet", Key="in/team-0001/values.yaml", Body=b"replicas: 3\n")
    sources = ("s3://fleet/in", "--out", "s3://fleet/out")
    first = fleet(*sources, cwd=tmp_path, cache=cache, environment=bucket)
    assert (first.status, "41 files: 40 workloads" in first.out) == (2, True)
    again = fleet(*sources, cwd=tmp_path, cache=cache, environment=bucket)
    assert "none of them done before" not in said(again)
    got = {}
    for table in TABLES:
        (part,) = s3.list_objects_v2(Bucket="fleet", Prefix=f"out/{table}/")["Contents"]
        s3.download_file("fleet", part["Key"], str(tmp_path / f"{table}.parquet"))
        got[table] = pq.read_table(tmp_path / f"{table}.parquet").to_pylist()
    assert {row["uri"] for row in got["decisions"]} == {f"s3://fleet/in/team-0001/{file.name}" for file in files[:40]}
    assert {row["team"] for row in got["decisions"]} == {"team-0001"}
    assert {row["uri"] for row in got["diagnostics"]} == {"s3://fleet/in/team-0001/odd.workload.yaml"}
    report = run("fleet", "report", "s3://fleet/out", cwd=tmp_path, cache=cache, environment=bucket)
    assert "40 workloads in 41 files" in said(report)


def test_a_bucket_that_is_not_there_is_told(cache: Path, tmp_path: Path, bucket: dict[str, str]) -> None:
    ran = fleet("s3://nowhere/in", "--out", "out", cwd=tmp_path, cache=cache, environment=bucket)
    assert (ran.status, "s3://nowhere/in" in ran.err) == (2, True)


def test_names_elsewhere_are_no_patterns_and_no_chains(cache: Path, tmp_path: Path, bucket: dict[str, str]) -> None:
    names = {f"{folder}/workload.yaml" for folder in ("team[1]", "te*am", "w?t", "co::lon", "a b", "x#y")}
    s3 = made(bucket)
    with zipfile.ZipFile(tmp_path / "teams.zip", "w") as archive:
        for name in names:
            archive.writestr(name, SMALL)
            s3.put_object(Bucket="fleet", Key=f"in[1]/{name}", Body=SMALL.encode())
    for source, start, end in (("s3://fleet/in[1]", "s3://fleet/in[1]/", ""), ("teams.zip", "zip://", "::teams.zip")):
        ran = fleet(source, "--out", "out", cwd=tmp_path, cache=cache, environment=bucket)
        assert (ran.status, ran.err) == (0, "")
        assert {row["uri"] for row in rows(tmp_path / "out")["decisions"]} == {f"{start}{name}{end}" for name in names}


def test_an_archive_that_is_none_keeps_no_other_source_from_being_checked(cache: Path, tmp_path: Path) -> None:
    write(tmp_path / "team" / "workload.yaml", SMALL)
    write(tmp_path / "not.zip", "x\n")
    ran = fleet("team", "not.zip", "--out", "out", cwd=tmp_path, cache=cache)
    assert (ran.status, "unusable: it cannot be read: file is not a zip file" in ran.err) == (2, True), ran.shown
    assert "1 workload in 1 file" in said(run("fleet", "report", "out", cwd=tmp_path, cache=cache))


def test_a_file_of_an_archive_that_is_damaged_is_told_and_no_other(cache: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "teams.zip", "w") as archive:
        for name in ("a", "b"):
            archive.writestr(f"{name}/workload.yaml", SMALL.replace("small", name))
    data = (tmp_path / "teams.zip").read_bytes()
    (tmp_path / "teams.zip").write_bytes(data.replace(b"name: a", b"name: x", 1))
    ran = fleet("teams.zip", "--out", "out", cwd=tmp_path, cache=cache)
    assert (ran.status, "Traceback" in ran.err) == (2, False), ran.shown
    found = rows(tmp_path / "out")
    assert {row["workload"] for row in found["decisions"]} == {"b"}
    (problem,) = found["diagnostics"]
    assert problem["uri"] == "zip://a/workload.yaml::teams.zip"
    assert problem["message"].startswith("the file cannot be read: bad CRC-32")


def test_names_that_lead_out_of_an_archive_are_told(cache: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "teams.zip", "w") as archive:
        for name in ("in/workload.yaml", "../up/workload.yaml", "./here/workload.yaml", "a\\b\\workload.yaml"):
            archive.writestr(name, SMALL)
    ran = fleet("teams.zip", "--out", "out", cwd=tmp_path, cache=cache)
    told = [line for line in ran.err.splitlines() if line.startswith("unusable")]
    assert (ran.status, told) == (
        2,
        [
            "unusable: `../up/workload.yaml` is no path below it, and is not read",
            "unusable: `./here/workload.yaml` is no path below it, and is not read",
            "unusable: `a\\b\\workload.yaml` is no path below it, and is not read",
        ],
    )
    assert {row["uri"] for row in rows(tmp_path / "out")["decisions"]} == {"zip://in/workload.yaml::teams.zip"}


def test_results_in_a_bucket_are_replaced(cache: Path, tmp_path: Path, bucket: dict[str, str]) -> None:
    s3 = made(bucket)
    write(tmp_path / "teams" / "workload.yaml", SMALL)
    for folder in ("out", "o[u]t"):
        for day in ("2026-11-23", "2026-11-24"):
            options = ("--out", f"s3://fleet/{folder}")
            assert fleet("teams", *options, cwd=tmp_path, cache=cache, environment=bucket, day=day).status == 0
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket="fleet")["Contents"]]
    assert [sum(key.startswith(f"{folder}/") for key in keys) for folder in ("out", "o[u]t")] == [6, 6]


def test_a_server_that_says_nothing_of_changes_is_asked_again(cache: Path, tmp_path: Path) -> None:
    write(tmp_path / "team" / "workload.yaml", SMALL)
    with served(tmp_path) as host:
        url = f"http://TOKEN@{host}/team/workload.yaml?signature=2026-11-23T00:00:00SECRET"
        assert fleet(url, "--out", "out", cwd=tmp_path, cache=cache).status == 0
        write(tmp_path / "team" / "workload.yaml", SMALL.replace("small", "other"))
        assert fleet(url, ".", "--out", "out", cwd=tmp_path, cache=cache).status == 0
    found = rows(tmp_path / "out")
    assert {(row["workload"], row["team"]) for row in found["decisions"]} == {("other", "team")}
    assert {row["uri"] for row in found["decisions"]} == {
        f"http://****@{host}/team/workload.yaml?****",
        "./team/workload.yaml",
    }
    texts = [file.read_text("utf-8", "replace") for file in (tmp_path / "out").rglob("*.*")]
    assert not [text for text in texts if "SECRET" in text or "TOKEN" in text]


def test_a_password_is_not_told(cache: Path, tmp_path: Path) -> None:
    for url in ("http://user:SECRET@127.0.0.1:9/results", "ftp://user:SEC/RET@127.0.0.1:9/results"):
        for command in (("fleet", "report", url), ("fleet", url, "--out", "out"), ("fleet", ".", "--out", url)):
            write(tmp_path / "workload.yaml", SMALL)
            ran = run(*command, cwd=tmp_path, cache=cache)
            assert (ran.status, "SEC" in ran.shown, "****@" in ran.shown) == (2, False, True)
