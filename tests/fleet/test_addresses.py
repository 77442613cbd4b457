"""How addresses are shown: what may be secret in a URL is masked, and different files stay different."""

import pytest

from archadvisor.fleet.addresses import shown

S3 = "s3://fleet/a@b/v?versionId=3/c#d.yaml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("teams/a@b?c#d", "teams/a@b?c#d"),
        (S3, S3),
        ("zip://a@b/c?d.yaml::teams.zip", "zip://a@b/c?d.yaml::teams.zip"),
        ("abfs://box@account.dfs.core.windows.net/x", "abfs://box@account.dfs.core.windows.net/x"),
        ("http://127.0.0.1:8080/a@b/x.yaml", "http://127.0.0.1:8080/a@b/x.yaml"),
        ("http://[::1]:80/a?b", "http://[::1]:80/a?****"),
        ("https://user:PW@h/x", "https://****@h/x"),
        ("HTTPS://user:PW@h/x?PW", "HTTPS://****@h/x?****"),
        ("http://TOKEN@h/a@b", "http://****@h/a@b"),
        ("http://user:PW@PW@h/x", "http://****@h/x"),
        ("ftp://user:PW/PW@h/x", "ftp://****@h/x"),
        ("tcp://user:PW@h:8786", "tcp://****@h:8786"),
        ("http://h/x?X-Amz-Date=2024-01-01T00:00:00Z&X-Amz-Signature=PW", "http://h/x?****"),
        ("abfs://box/x.yaml?se=2024-01-01T00:00Z&sig=PW", "abfs://box/x.yaml?****"),
        ("webhdfs://h:1/x?delegation=PW", "webhdfs://h:1/x?****"),
        ("http://h/x#PW", "http://h/x#****"),
        ("zip://t?m.yaml::https://u:PW@h/t.zip?sig=PW::1", "zip://t?m.yaml::https://****@h/t.zip?****"),
        ("simplecache::http://u:PW@h/x?PW", "simplecache::http://****@h/x?****"),
        ("cannot read http://u:PW@h/x?PW now", "cannot read http://****@h/x?**** now"),
        ("\udcff", r"\udcff"),
    ],
)
def test_an_address_shows_what_it_may(text: str, expected: str) -> None:
    assert shown(text) == expected
