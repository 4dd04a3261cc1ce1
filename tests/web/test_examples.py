"""The reference's examples are what the server answers, and every route has what a reader needs."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator

from app.main import create_app
from app.settings import Settings
from tools.openapi_examples import PATH, made

MAKE = "python -m tools.openapi_examples makes app/web/examples.json again"
ADD = "add a row to CASES in tools/openapi_examples.py, then run python -m tools.openapi_examples"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return create_app(Settings()).openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every operation with its name in messages."""
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_examples_are_what_the_server_answers() -> None:
    kept = json.loads(PATH.read_text("utf-8"))
    for before, now in zip(kept, made(), strict=True):
        assert before == now, f"{now['operation']}, {now['name']}: {MAKE}"


def test_every_route_is_told_in_words(document: dict[str, Any]) -> None:
    names = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        assert set(operation["tags"]) <= names, f"{name}: describe its tag in app/web/illustrated.py"
        assert operation["operationId"].isidentifier(), name
        assert all(answer["description"] for answer in operation["responses"].values()), name


def test_names_of_operations_are_the_ones_that_clients_were_made_from(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert {"trace", "edges", "ops", "programs", "program", "healthz"} <= set(names)


def test_every_answer_has_an_example(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        for status, answer in operation["responses"].items():
            for content in answer.get("content", {}).values():
                assert content.get("examples"), f"{name}, {status}: {ADD}"
        if "requestBody" in operation:
            assert operation["requestBody"]["content"]["application/json"]["examples"], f"{name}: {ADD}"


def test_examples_have_the_form_that_the_document_gives(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        for body in [operation.get("requestBody", {}), *operation["responses"].values()]:
            content = body.get("content", {}).get("application/json")
            for title, example in (content or {}).get("examples", {}).items():
                schema = {**content["schema"], "components": document["components"]}
                faults = [fault.message for fault in Draft202012Validator(schema).iter_errors(example["value"])]
                assert not faults, f"{name}, {title}: {faults[:3]}"


def test_headers_are_told(document: dict[str, Any]) -> None:
    trace = document["paths"]["/api/trace"]["post"]
    assert [one["name"] for one in trace["parameters"]] == ["X-Backpass-Page"]
    assert trace["responses"]["429"]["headers"].keys() == {"Retry-After", "X-Request-Id"}


def test_behind_a_prefix_the_document_names_it() -> None:
    with TestClient(create_app(Settings(root_path="/course"))) as client:
        assert client.get("/openapi.json").json()["servers"] == [{"url": "/course"}]
    with TestClient(create_app(Settings())) as client:
        assert "servers" not in client.get("/openapi.json").json()


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    schemathesis.openapi.from_dict(document).validate()
