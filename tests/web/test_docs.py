"""/docs describes the whole API and needs nothing from another machine."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    """The page's HTML."""
    response = client.get("/docs")
    assert response.status_code == 200
    return response.text


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_no_address_leads_elsewhere(page: str) -> None:
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert addresses
    assert all(address.startswith(("/", "#", "data:")) and address[:2] != "//" for address in addresses)
    assert "http://" not in page
    assert "https://" not in page


def test_every_link_inside_the_page_leads_somewhere(page: str) -> None:
    anchors = set(re.findall(r'id="([^"]*)"', page))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= anchors


def test_every_route_and_form_is_there(page: str, document: dict[str, Any]) -> None:
    for path in document["paths"]:
        assert f"<code>{path}</code>" in page
    for name in document["components"]["schemas"]:
        assert f'<section id="{name}">' in page


def test_surface(document: dict[str, Any]) -> None:
    surface = {f"{method} {path}" for path, methods in document["paths"].items() for method in methods}
    assert surface == {
        "post /api/trace",
        "post /api/edges",
        "get /api/ops",
        "get /api/programs",
        "get /api/programs/{slug}",
        "get /healthz",
        "get /readyz",
        "get /metrics",
    }


def test_requests_have_examples_that_are_accepted(client: TestClient, document: dict[str, Any]) -> None:
    for path in ("/api/trace", "/api/edges"):
        name = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        examples = document["components"]["schemas"][name.rpartition("/")[2]]["examples"]
        assert examples
        for example in examples:
            assert client.post(path, json=example).status_code == 200


def test_bounds_are_exact(document: dict[str, Any]) -> None:
    seed = document["components"]["schemas"]["TraceRequest"]["properties"]["seed"]
    assert (seed["minimum"], seed["exclusiveMaximum"]) == (0, 2**64)
    assert isinstance(seed["exclusiveMaximum"], int)


def test_every_refusal_has_our_form(document: dict[str, Any]) -> None:
    assert not {"HTTPValidationError", "ValidationError"} & document["components"]["schemas"].keys()
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if status >= "400" and "content" in answer:
                    reference = answer["content"]["application/json"]["schema"]["$ref"]
                    assert reference == "#/components/schemas/ErrorAnswer"
