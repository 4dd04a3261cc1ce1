"""The OpenAPI document with examples and headers: what a reader needs beside the forms, and FastAPI cannot know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

EXAMPLES: Final = Path(__file__).parent / "examples.json"  # made by tools/openapi_examples.py

TAGS: Final = [
    {"name": "trace", "description": "Run programs. They are interpreted within budgets, never executed."},
    {"name": "catalogue", "description": "What programs may use, and programs to begin with."},
    {"name": "service", "description": "For whoever runs the server."},
]
PAGE_PARAMETER: Final = {
    "name": "X-Backpass-Page",
    "in": "header",
    "required": False,
    "description": "A random id of the page or script that asks, up to 64 letters, digits, `-` and `_`. "
    "Those who wait are served in turn by this id; without one, by their address.",
    "schema": {"type": "string"},
    "example": "grading-week-3",
}
REQUEST_ID: Final = {
    "description": "A random id of this request, which the server's log has too.",
    "schema": {"type": "string"},
}


def illustrated(document: dict[str, Any]) -> dict[str, Any]:
    """Adds to an OpenAPI document, in place."""
    examples = json.loads(EXAMPLES.read_text("utf-8"))
    document["tags"] = TAGS
    for methods in document["paths"].values():
        for operation in methods.values():
            complete(operation, [one for one in examples if one["operation"] == operation["operationId"]])
    return document


def complete(operation: dict[str, Any], examples: list[dict[str, Any]]) -> None:
    """The headers and the examples of one operation."""
    if "requestBody" in operation:
        operation.setdefault("parameters", []).append(PAGE_PARAMETER)
    for answer in operation["responses"].values():
        answer.setdefault("headers", {})["X-Request-Id"] = REQUEST_ID
    for one in examples:
        if "request" in one:
            insert(operation["requestBody"], one, one["request"])
        insert(operation["responses"][str(one["status"])], one, one["response"])


def insert(part: dict[str, Any], example: dict[str, Any], value: Any) -> None:
    """One example of a body."""
    for content in part["content"].values():
        content.setdefault("examples", {})[example["name"]] = {"summary": example["summary"], "value": value}
