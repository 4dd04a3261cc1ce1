"""GET /api/ops as the start page uses it: pictures of every operation, small and quick once made."""

from __future__ import annotations

import time

import pytest
from fastapi.testclient import TestClient

from app.web.answers import Picture

pytestmark = pytest.mark.alone

KINDS = {"one-to-one", "one-to-many", "many-to-one", "many-to-many"}


def test_every_operation_with_an_example_has_a_picture(client: TestClient) -> None:
    entries = client.get("/api/ops").json()
    assert [entry["name"] for entry in entries if (entry["picture"] is None) != (entry["example"] is None)] == []
    drawn = [entry["picture"] for entry in entries if entry["picture"]]
    assert {Picture.model_validate(picture).kind for picture in drawn} == KINDS


def test_catalogue_is_small_and_quick_once_made(client: TestClient) -> None:
    assert len(client.get("/api/ops").content) < 800_000
    before = time.perf_counter()
    client.get("/api/ops")
    assert time.perf_counter() - before < 0.3


def test_starters_bring_a_picture_of_their_kind(client: TestClient) -> None:
    listed = client.get("/api/programs").json()
    assert {program["kind"]: program["picture"]["kind"] for program in listed if program["kind"]} == {
        kind: kind for kind in KINDS
    }
    assert all(program["picture"] is None for program in listed if not program["kind"])
