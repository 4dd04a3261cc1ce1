"""Every bad request gets a 4xx in one shape, and never its own words back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

JSON = {"Content-Type": "application/json"}
SECRET = "qwertz"

BODIES: list[tuple[str, bytes, int]] = [
    ("NaN", b'{"code": NaN}', 400),
    ("Infinity in a list", b'{"cells": [Infinity]}', 400),
    ("-Infinity", b'{"code": -Infinity}', 400),
    ("overflowing number", b'{"code": 1e999}', 422),
    ("lone surrogate", b'{"code": "qwertz\\ud800"}', 422),
    ("lone surrogate in a key", b'{"qwertz\\udfff": 1}', 422),
    ("surrogate pair", b'{"code": "\\ud83d\\ude00", "qwertz": 1}', 422),
    ("deep lists", b"[" * 30_000 + b"]" * 30_000, 400),
    ("deep objects", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400),
    ("moderately deep", b'{"cells": ' + b"[" * 200 + b"]" * 200 + b"}", 422),
    ("long number", b'{"seed": ' + b"9" * 5_000 + b"}", 400),
    ("bad UTF-8", b'{"code": "\xff\xfe"}', 400),
    ("UTF-16", '{"code": "qwertz"}'.encode("utf-16"), 400),
    ("byte order mark", b'\xef\xbb\xbf{"code": ""}', 400),
    ("NUL byte", b'{"code": "\x00"}', 400),
    ("empty", b"", 400),
    ("not JSON", b"code=qwertz", 400),
    ("two values", b'{"code": ""} {}', 400),
    ("list", b'["qwertz"]', 422),
    ("null", b"null", 422),
    ("string", b'"qwertz"', 422),
    ("nothing said", b"{}", 422),
    ("one key twice", b'{"code": "qwertz", "code": "x"}', 422),
    ("unknown key", b'{"code": "", "qwertz": "qwertz"}', 422),
    ("code and cells", b'{"code": "qwertz", "cells": ["qwertz"]}', 422),
    ("no cells", b'{"cells": []}', 422),
    ("too many cells", json.dumps({"cells": ["qwertz"] * 201}).encode(), 422),
    ("cell that is no text", b'{"cells": [1, "qwertz"]}', 422),
    ("number as text", b'{"code": "", "seed": "12"}', 422),
    ("bool as number", b'{"code": "", "seed": true}', 422),
    ("negative seed", b'{"code": "", "seed": -1}', 422),
    ("seed of 65 bits", b'{"code": "", "seed": 18446744073709551616}', 422),
    ("float for a count", b'{"code": "", "limits": {"edges": 1.5}}', 422),
    ("negative limit", b'{"code": "", "limits": {"edges": -1}}', 422),
    ("unknown limit", b'{"code": "", "limits": {"qwertz": 1}}', 422),
    ("number for a switch", b'{"code": "", "strict": 1}', 422),
]


@pytest.mark.parametrize("route", ["/api/trace", "/api/edges"])
@pytest.mark.parametrize(("body", "status"), [pytest.param(*row[1:], id=row[0]) for row in BODIES])
def test_bad_body(client: TestClient, route: str, body: bytes, status: int) -> None:
    response = client.post(route, content=body, headers=JSON)
    assert response.status_code == status
    assert_shape(response.json())
    assert SECRET not in response.text
    assert len(response.content) < 4_000


QUESTIONS: list[dict[str, Any]] = [
    {},
    {"op": 1, "input": 0, "output": 0},
    {"op": 1, "input": 0, "output": 0, "of_outputs": [0], "of_inputs": [0]},
    {"op": 1, "output": 0, "of_outputs": [0]},
    {"op": 1, "input": 0, "output": 0, "of_outputs": [-1]},
    {"op": 1, "input": 0, "output": 0, "of_outputs": ["0"]},
    {"from": 1},
    {"from": 1, "to": 2, "op": 1},
    {"from": 1, "to": 2, "of_inputs": [0]},
    {"from_": 1, "to": "2"},
    {"from": 1, "to": 10**30},
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_bad_question_about_edges(client: TestClient, question: dict[str, Any]) -> None:
    response = client.post("/api/edges", json={"cells": ["x"], **question})
    assert response.status_code == 422
    assert_shape(response.json())


def test_place_is_told(client: TestClient) -> None:
    response = client.post("/api/trace", json={"cells": ["x", 1], "limits": {"edges": "many"}})
    places = [found["place"] for found in response.json()["detail"]]
    assert places == [["body", "cells", 1], ["body", "limits", "edges"]]


@pytest.mark.parametrize("declared", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_other_content_type(client: TestClient, declared: str) -> None:
    response = client.post("/api/trace", content=b'{"code": ""}', headers={"Content-Type": declared})
    assert response.status_code == 415
    assert_shape(response.json())


def test_content_type_may_have_parameters(client: TestClient) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert client.post("/api/trace", content=b'{"code": "x"}', headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/programs/qwertz", 404),
        ("GET", "/qwertz", 404),
        ("GET", "/static/qwertz", 404),
        ("GET", "/static/%00", 404),
        ("GET", "/static/%ed%a0%80", 404),
        ("GET", "/static/" + "qwertz" * 1000, 404),
        ("GET", "/static/..%2fapp/main.py", 404),
        ("GET", "/redoc", 404),
        ("GET", "/api/trace", 405),
        ("DELETE", "/api/ops", 405),
        ("POST", "/healthz", 405),
        ("POST", "/static/css/docs.css", 405),
        ("QWERTZ", "/api/trace", 405),
    ],
)
def test_other_paths_and_methods(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert_shape(response.json())
    assert SECRET not in response.text


def test_missing_page_is_a_page_for_people(client: TestClient) -> None:
    response = client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": "zh-CN,zh;q=0.9"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert 'lang="zh-CN"' in response.text


def test_bad_request_from_the_engine(client: TestClient) -> None:
    question = {"cells": ["refuse"], "op": 7, "input": 0, "output": 0, "of_outputs": [0]}
    response = client.post("/api/edges", json=question)
    assert response.status_code == 422
    assert response.json()["error"] == {"type": "BadRequest", "message": "there is no operation 7"}


def assert_shape(answer: dict[str, Any]) -> None:
    """The one form of every refusal."""
    assert set(answer) == {"error", "detail"}
    assert set(answer["error"]) == {"type", "message"}
    assert answer["error"]["type"].isidentifier()
    assert 0 < len(answer["error"]["message"]) <= 500
