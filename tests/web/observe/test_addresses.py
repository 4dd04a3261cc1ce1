"""Log lines hold a part of an address, and metrics are not for public ones."""

from __future__ import annotations

import pytest

from app.web.observe.addresses import is_public, shortened


@pytest.mark.parametrize(
    ("client", "kept"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", None),
        ("", None),
    ],
)
def test_shortened(client: str, kept: str | None) -> None:
    assert shortened(client) == kept


@pytest.mark.parametrize(
    ("client", "public"),
    [
        ("8.8.8.8", True),
        ("::ffff:8.8.8.8", True),
        ("2606:4700::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.17.0.1", False),
        ("100.64.0.1", False),
        ("::1", False),
        ("fd00::1", False),
        ("", False),
    ],
)
def test_public(client: str, public: bool) -> None:
    assert is_public(client) is public
