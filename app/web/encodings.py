"""Which encodings of an answer a client takes."""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

ENTRY: Final = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q=([0-9.]{1,6})\s*)?")


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header takes gzip (RFC 9110 §12.5.3); `gzip;q=0` does not."""
    weights = {found[1].lower(): found[2] for part in header.split(",") if (found := ENTRY.fullmatch(part))}
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "0")))
    return weight is None or weight.strip("0.") != ""


def settle(scope: Scope) -> None:
    """Leaves `gzip` or nothing of the header, since what compresses answers only looks for that word."""
    headers = MutableHeaders(scope=scope)
    if "accept-encoding" in headers:
        headers["accept-encoding"] = "gzip" if accepts_gzip(headers["accept-encoding"]) else "identity"
