"""Security headers on every answer, pages and errors included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Route

from app.main import create_app
from app.settings import Settings
from app.web import pages

PATHS = [
    "/", "/docs", "/healthz", "/readyz", "/metrics", "/api/programs", "/api/programs/nothing", "/api/ops", "/api/trace",
    "/openapi.json", "/static/css/docs.css", "/static/nothing", "/nowhere", "/docs/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "object-src" not in policy  # default-src covers it
    assert "base-uri 'none'" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "camera=()" in headers["permissions-policy"]
    assert "access-control-allow-origin" not in headers
    assert "set-cookie" not in headers


def test_every_route_has_a_policy(client: TestClient) -> None:
    routes = [(method, route.path) for route in walked(client) for method in route.methods or ()]
    assert len(routes) > 12
    for method, path in [*routes, ("POST", "/"), ("QWERTZ", "/docs"), ("DELETE", "/static/css/docs.css")]:
        headers = client.request(method, path.replace("{slug}", "nothing"), follow_redirects=False).headers
        assert "default-src 'none'" in headers["content-security-policy"], (method, path)
        assert "unsafe" not in headers["content-security-policy"], (method, path)
        assert headers["x-content-type-options"] == "nosniff", (method, path)


def walked(client: TestClient) -> list[Route]:
    """Every route of the application but the mounted files."""
    app = client.app
    assert isinstance(app, FastAPI)
    return [route for route in every(app.routes) if isinstance(route, Route)]


def every(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """The routes, and those within routers that were included whole."""
    for route in routes:
        yield route
        if router := getattr(route, "original_router", None):
            yield from every(router.routes)


def test_refusals_have_them_too(client: TestClient) -> None:
    response = client.post("/api/trace", content=b"{", headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert "content-security-policy" in response.headers


def test_nonce_is_new_each_time_and_only_on_pages(client: TestClient) -> None:
    nonces = {nonce_of(client.get("/docs").headers["content-security-policy"]) for _ in range(3)}
    assert len(nonces) == 3
    assert None not in nonces
    assert nonce_of(client.get("/healthz").headers["content-security-policy"]) is None


def test_page_carries_the_nonce_of_its_policy(client: TestClient) -> None:
    response = client.get("/")
    nonce = nonce_of(response.headers["content-security-policy"])
    assert f'nonce="{nonce}"' in response.text
    inline = re.findall(r"<(?:script|style)\b(?![^>]*(?:src=|type=.application/json))([^>]*)>", response.text)
    assert inline
    assert all(f'nonce="{nonce}"' in attributes for attributes in inline)
    assert not re.search(r"\s(style|on\w+)=", response.text)


def test_caching(client: TestClient) -> None:
    assert client.get("/api/programs").headers["cache-control"] == "no-store"
    assert client.get("/").headers["cache-control"] == "no-cache"
    first = client.get("/static/css/docs.css")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/css/docs.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_files_that_a_page_names_are_kept_until_they_change(client: TestClient) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)
    assert len(named) > 5
    for path in named:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["cache-control"], path
    older = client.get("/static/@000000000000/js/main.js")
    assert (older.status_code, older.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("js/main.js", "text/javascript"),
        ("css/docs.css", "text/css"),
        ("locales/zh.json", "application/json"),
        ("vendor/fonts/inter-latin-wght-normal.woff2", "font/woff2"),
    ],
)
def test_media_types(client: TestClient, path: str, media_type: str) -> None:
    assert client.get(f"/static/{path}").headers["content-type"].partition(";")[0] == media_type


ORIGINS = "https://lms.example.org https://*.example.edu:8443"


@pytest.mark.parametrize(
    ("setting", "path", "ancestors", "options", "resource"),
    [
        ("", "/embed", "*", None, "cross-origin"),
        ("", "/", "'self'", "SAMEORIGIN", "same-origin"),
        ("", "/nowhere", "'self'", "SAMEORIGIN", "same-origin"),
        (ORIGINS, "/embed", f"'self' {ORIGINS}", None, "cross-origin"),
        (ORIGINS, "/", f"'self' {ORIGINS}", None, "same-origin"),
        ("none", "/embed", "'none'", "DENY", "same-origin"),
        ("none", "/healthz", "'none'", "DENY", "same-origin"),
    ],
)
def test_who_may_frame(setting: str, path: str, ancestors: str, options: str | None, resource: str) -> None:
    app = create_app(Settings(frame_ancestors=setting), jobs="tests.service.fake_jobs")
    headers = TestClient(app).get(path).headers  # without its workers: no page needs them
    assert headers["content-security-policy"].endswith(f"; frame-ancestors {ancestors}")
    assert headers.get("x-frame-options") == options
    assert headers["cross-origin-resource-policy"] == resource


def test_failures_of_ours_have_headers(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pages, "page", fail)
    answer = client.get("/docs")
    assert answer.status_code == 500
    assert answer.json()["error"]["type"] == "InternalError"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def nonce_of(policy: str) -> str | None:
    """The nonce in a policy."""
    found = re.search(r"'nonce-([\w-]+)'", policy)
    return found[1] if found else None
