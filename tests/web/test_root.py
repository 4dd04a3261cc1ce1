"""Under a path of a proxy, which may take it away from requests or leave it: every address stays within it."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

ROOT = "/course/backpass"
ADDRESS = re.compile(r'(?:href|src|action)="(/[^"]*)"')


@pytest.fixture(scope="module")
def rooted() -> TestClient:
    """The application under ROOT, without its workers: none of these needs them."""
    return TestClient(create_app(Settings(root_path=ROOT)), follow_redirects=False)


@pytest.mark.parametrize("prefix", ["", ROOT])
@pytest.mark.parametrize("path", ["/", "/embed", "/docs", "/nowhere"])
def test_every_address_of_a_page_is_within(rooted: TestClient, prefix: str, path: str) -> None:
    answer = rooted.get(prefix + path, headers={"Accept": "text/html"})
    assert answer.status_code == (404 if path == "/nowhere" else 200)
    found = ADDRESS.findall(answer.text)
    assert found
    assert [address for address in found if not address.startswith(f"{ROOT}/")] == []
    if path in {"/", "/embed"}:  # where there are scripts to tell it to
        assert f'data-root="{ROOT}"' in answer.text


@pytest.mark.parametrize("prefix", ["", ROOT])
def test_files_that_a_page_names_are_there_and_kept(rooted: TestClient, prefix: str) -> None:
    addresses = [address for address in ADDRESS.findall(rooted.get("/").text) if "/static/" in address]
    assert addresses
    for address in addresses[:5]:
        answer = rooted.get(prefix + address.removeprefix(ROOT))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("prefix", ["", ROOT])
def test_api(rooted: TestClient, prefix: str) -> None:
    assert rooted.get(f"{prefix}/healthz").status_code == 200
    assert rooted.get(f"{prefix}/openapi.json").json()["servers"] == [{"url": ROOT}]
    assert rooted.get(f"{prefix}/api/nothing", headers={"Accept": "text/html"}).json()["error"]["type"] == "NotFound"
    assert rooted.post(f"{prefix}/api/trace", content=b"{}").status_code == 415


def test_path_without_its_slash_is_the_page(rooted: TestClient) -> None:
    assert rooted.get(ROOT).text.startswith("<!doctype html>")
    assert rooted.get(f"{ROOT}x").status_code == 404


@pytest.mark.parametrize("prefix", ["", ROOT])
@pytest.mark.parametrize("path", ["/docs", "/embed", "/privacy"])
def test_redirects_stay_within_and_name_no_host(rooted: TestClient, prefix: str, path: str) -> None:
    answer = rooted.get(f"{prefix}{path}/", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.headers["location"]) == (307, ROOT + path)
    assert rooted.get(answer.headers["location"]).status_code == 200


def test_without_a_root(client: TestClient) -> None:
    page = client.get("/").text
    assert 'data-root=""' in page
    assert all(address.startswith(("/static/", "/")) for address in ADDRESS.findall(page))
    assert client.get("/docs/", follow_redirects=False).headers["location"] == "/docs"
    assert "servers" not in client.get("/openapi.json").json()
