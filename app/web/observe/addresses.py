"""Client addresses: what of one may be written down, and whether it is a public one."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final

KEPT: Final = {4: 24, 6: 48}
"""Bits of an address that are written down, by IP version: enough to see where load comes from, not who."""


@lru_cache(maxsize=4096)
def shortened(client: str) -> str | None:
    """`192.0.2.0/24` for 192.0.2.77; None for what is no IP address, such as the path of a socket."""
    address = parsed(client)
    if address is None:
        return None
    return str(ipaddress.ip_network((address, KEPT[address.version]), strict=False))


def is_public(client: str) -> bool:
    """Whether the whole Internet may use this address. What is no IP address is of this machine."""
    address = parsed(client)
    return address is not None and address.is_global


def parsed(client: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, an IPv4 one where IPv6 only wraps it; None for anything else."""
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return None
    wrapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return wrapped or address
