"""A client of the whole application whose worker runs fake jobs: these tests are about HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The application in this process, its worker started and stopped with it."""
    app = create_app(Settings(deadline_seconds=1.0, cache_mb=0), jobs="tests.service.fake_jobs")
    with TestClient(app, raise_server_exceptions=True) as made:
        yield made
