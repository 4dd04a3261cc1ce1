"""The flood guard counts programs by address, and an address is what a configured proxy says, nobody else."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from app.main import create_app
from app.settings import Settings
from app.web import flood
from app.web.flood import FloodGuard, site

NONSENSE = b"{}"  # counted like a program, but runs nothing


class Clock:
    """Time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_burst_then_rate() -> None:
    clock = Clock()
    guard = FloodGuard(2, 3, clock)
    assert [guard.seconds_to_wait("1.2.3.4", None) for _ in range(4)] == [0, 0, 0, 1]
    clock.now += 0.5
    assert [guard.seconds_to_wait("1.2.3.4", None) for _ in range(2)] == [0, 1]
    clock.now += 3600
    assert [guard.seconds_to_wait("1.2.3.4", None) for _ in range(4)] == [0, 0, 0, 1]


def test_wait_is_as_long_as_it_takes() -> None:
    clock = Clock()
    guard = FloodGuard(0.1, 1, clock)
    guard.seconds_to_wait("1.2.3.4", None)
    assert guard.seconds_to_wait("1.2.3.4", None) == 10
    clock.now += 7.5
    assert guard.seconds_to_wait("1.2.3.4", None) == 3
    clock.now += 2.5
    assert guard.seconds_to_wait("1.2.3.4", None) == 0


def test_who_is_refused_does_not_wait_longer_for_it() -> None:
    clock = Clock()
    guard = FloodGuard(1, 1, clock)
    assert [guard.seconds_to_wait("1.2.3.4", None) for _ in range(100)][-1] == 1
    clock.now += 1
    assert guard.seconds_to_wait("1.2.3.4", None) == 0


def test_others_are_not_held() -> None:
    guard = FloodGuard(1, 1, Clock())
    assert [guard.seconds_to_wait(address, None) for address in ("1.2.3.4", "1.2.3.4", "1.2.3.5")] == [0, 1, 0]


def test_page_that_runs_wild_does_not_speak_for_its_address() -> None:
    clock = Clock()
    guard = FloodGuard(4, 40, clock)
    assert [guard.seconds_to_wait("1.2.3.4", "wild") for _ in range(100)].count(0) == 10
    assert [guard.seconds_to_wait("1.2.3.4", "calm") for _ in range(5)].count(0) == 5
    assert [guard.seconds_to_wait("1.2.3.4", None) for _ in range(100)].count(0) == 25
    assert guard.seconds_to_wait("1.2.3.4", "new")
    assert guard.seconds_to_wait("1.2.3.5", "wild") == 0
    clock.now += 2
    assert [guard.seconds_to_wait("1.2.3.4", "wild") for _ in range(5)] == [0, 0, 1, 1, 1]


def test_no_guard() -> None:
    guard = FloodGuard(0, 1, Clock())
    assert not any(guard.seconds_to_wait("1.2.3.4", None) for _ in range(100))


def test_table_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "ADDRESSES", 10)
    guard = FloodGuard(1, 1, Clock())
    for number in range(100):
        guard.seconds_to_wait(f"10.0.0.{number}", None)
    assert len(guard._buckets) == 10


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("testclient", "testclient"),
        ("", ""),
        ("x" * 100_000, "x" * 64),
    ],
)
def test_site(address: str, key: str) -> None:
    assert site(address) == key


def status(client: TestClient, headers: dict[str, str] | None = None) -> int:
    """Of a request for a program."""
    return client.post("/api/trace", content=NONSENSE, headers={"Content-Type": "application/json", **(headers or {})})\
        .status_code  # fmt: skip


def test_programs_are_counted_and_nothing_else() -> None:
    client = TestClient(create_app(Settings(flood_per_second=0.01, flood_burst=2)))
    assert [client.get(path).status_code for path in ("/healthz", "/api/programs", "/docs") * 3] == [200] * 9
    assert [status(client) for _ in range(3)] == [422, 422, 429]
    refused = client.post("/api/edges", content=NONSENSE)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == 100
    assert refused.json()["error"]["type"] == "TooManyRequests"
    assert client.get("/healthz").status_code == 200


def seen_as(client: TestClient, *forwarded: str) -> list[int]:
    """What two programs from each of these addresses get, where one is allowed."""
    return [status(client, {"X-Forwarded-For": address}) for address in forwarded for _ in range(2)]


def guarded(proxies: str, address: str) -> TestClient:
    """A client at `address` of a server that allows one program of each address."""
    app = create_app(Settings(flood_per_second=0.01, flood_burst=1, proxies=proxies))
    return TestClient(app, client=(address, 50_000))


@pytest.mark.parametrize("proxies", ["", "10.0.0.2", "192.168.0.0/16,10.1.0.0/16"])
def test_stranger_cannot_say_who_it_is(proxies: str) -> None:
    client = guarded(proxies, "10.0.0.1")
    assert seen_as(client, "1.1.1.1", "2.2.2.2") == [422, 429, 429, 429]


@pytest.mark.parametrize("proxies", ["10.0.0.1", "10.0.0.0/24", "1.1.1.1, 10.0.0.1"])
def test_proxy_says_who_it_is(proxies: str) -> None:
    client = guarded(proxies, "10.0.0.1")
    assert seen_as(client, "2.2.2.2", "3.3.3.3") == [422, 429, 422, 429]


def test_client_of_a_proxy_cannot_say_who_it_is() -> None:
    client = guarded("10.0.0.1", "10.0.0.1")
    assert seen_as(client, "9.9.9.1, 2.2.2.2", "9.9.9.2, 2.2.2.2") == [422, 429, 429, 429]


def test_scheme_is_what_a_proxy_says() -> None:
    schemes = {}
    for address in ("10.0.0.1", "10.0.0.2"):
        app = create_app(Settings(proxies="10.0.0.1"))

        @app.get("/scheme/of/the/request")
        async def scheme(request: Request) -> str:
            return str(request.url.scheme)

        client = TestClient(app, client=(address, 50_000))
        schemes[address] = client.get("/scheme/of/the/request", headers={"X-Forwarded-Proto": "https"}).json()
    assert schemes == {"10.0.0.1": "https", "10.0.0.2": "http"}
