"""What a setting may be where a number's bounds do not say it: types that check, and say in words what they take."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, Field

ORIGIN: Final = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
SEPARATORS: Final = re.compile(r"[ ,]+")


def listed(text: str) -> list[str]:
    """The parts of a text, which spaces or commas separate."""
    return [part for part in SEPARATORS.split(text) if part]


def origins(text: str) -> str:
    """A source list of the Content-Security-Policy, or `none`. Refuses whatever could end the directive or header."""
    if text.strip() == "none":
        return "none"
    if not all(ORIGIN.fullmatch(origin) for origin in listed(text)):
        raise ValueError
    return " ".join(listed(text))


def networks(text: str) -> str:
    """Addresses and networks, separated by commas. Raises ValueError for a name, or for `*`, which is everybody."""
    return ",".join(str(ipaddress.ip_network(part, strict=False)) for part in listed(text))


def prefix(text: str) -> str:
    """A path without its last slash; the root is the empty text."""
    if not PATH.fullmatch(text):
        raise ValueError
    return text.rstrip("/")


def line(text: str) -> str:
    """Printable text: it is shown on a page."""
    if not text.isprintable():
        raise ValueError
    return text.strip()


Origins = Annotated[
    str,
    AfterValidator(origins),
    Field(
        json_schema_extra={"allowed": "none, or origins such as https://lms.example.org, separated by spaces or commas"}
    ),
]
Networks = Annotated[
    str,
    AfterValidator(networks),
    Field(json_schema_extra={"allowed": "addresses or networks such as 10.1.2.0/24, separated by spaces or commas"}),
]
Prefix = Annotated[
    str,
    AfterValidator(prefix),
    Field(json_schema_extra={"allowed": "a path such as /backpass, of letters, digits and . _ ~ -"}),
]
Line = Annotated[
    str,
    AfterValidator(line),
    Field(max_length=200, json_schema_extra={"allowed": "one line of at most 200 characters"}),
]


def words(model: type[BaseModel], field: str) -> str:
    """What a field takes, for people: `a whole number from 0 to 65535`."""
    schema = model.model_json_schema()["properties"][field]
    if "allowed" in schema:
        return str(schema["allowed"])
    form = next((part for part in schema.get("anyOf", []) if part["type"] != "null"), schema)
    if "enum" in form:
        return " or ".join(form["enum"])
    kind = {"integer": "a whole number", "number": "a number"}.get(form["type"], "text")
    return kind + bounds(form)


def bounds(form: dict[str, Any]) -> str:
    """` from 0 to 65535`, ` above 0, at most 60`, or nothing."""
    if "exclusiveMinimum" in form:
        return f" above {form['exclusiveMinimum']:g}, at most {form['maximum']:g}"
    return f" from {form['minimum']} to {form['maximum']}" if "minimum" in form else ""
