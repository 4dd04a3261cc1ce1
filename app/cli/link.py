"""A share link, as static/js/moment/url.js reads it: `#1.` and base64url of raw deflate of JSON."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any, Final

LONGEST: Final = 16_000  # the page opens none that is longer


def fragment(moment: dict[str, Any]) -> str:
    """The fragment, with its `#`, of a moment: `cells`, and what the page opens them with (`step`, `lang`, …)."""
    text = json.dumps(moment, ensure_ascii=False, separators=(",", ":")).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)  # -15: no header, which the page does not expect
    packed = packer.compress(text) + packer.flush()
    return "#1." + base64.urlsafe_b64encode(packed).decode().rstrip("=")
