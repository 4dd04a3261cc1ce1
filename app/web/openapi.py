"""The application whose OpenAPI document is true to the letter: clients and tests are generated from it."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI

from app.web.illustrated import illustrated

BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
ADDED: Final = ("HTTPValidationError", "ValidationError")


class Application(FastAPI):
    """FastAPI, with what it writes by itself into the document corrected."""

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = illustrated(corrected(super().openapi()))
        return self.openapi_schema


def corrected(document: dict[str, Any]) -> dict[str, Any]:
    """The document without the 422 that FastAPI adds to every route with a parameter, its bounds whole numbers."""
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["responses"] = {
                status: answer for status, answer in operation["responses"].items() if not is_added(answer)
            }
    for name in ADDED:
        document["components"]["schemas"].pop(name, None)
    whole(document)
    return document


def is_added(answer: dict[str, Any]) -> bool:
    """Whether no route of ours said this: our refusals have one form, and it is another one."""
    said = answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    return str(said).rpartition("/")[2] in ADDED


def whole(part: Any) -> None:
    """Writes bounds as the integers that they are: 2**64 as a float is read as 18446744073709552000."""
    if isinstance(part, list):
        for item in part:
            whole(item)
    if isinstance(part, dict):
        for key, value in part.items():
            whole(value)
            if key in BOUNDS and isinstance(value, float) and value.is_integer():
                part[key] = int(value)
