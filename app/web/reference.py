"""An OpenAPI document, arranged for reading: what templates/docs.html draws."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """One property of a schema."""

    name: str
    type: str
    required: bool
    default: str | None
    example: str | None
    description: str


@dataclass(frozen=True)
class Schema:
    """A named shape."""

    name: str
    description: str
    fields: list[Field]


@dataclass(frozen=True)
class Answer:
    """One status that a route answers with."""

    status: str
    description: str
    type: str


@dataclass(frozen=True)
class Route:
    """One method of one path."""

    method: str
    path: str
    summary: str
    description: str
    body: str | None
    examples: list[str]
    answers: list[Answer]

    @property
    def anchor(self) -> str:
        """The fragment that leads to the route."""
        return f"{self.method}{self.path}".lower().replace("/", "-").replace("{", "").replace("}", "")


@dataclass(frozen=True)
class Reference:
    """The whole document."""

    routes: list[Route]
    schemas: list[Schema]

    @property
    def names(self) -> set[str]:
        """The words that name a schema of this document, wherever a type holds them."""
        return {schema.name for schema in self.schemas}


def of(document: dict[str, Any]) -> Reference:
    """Arranges an OpenAPI 3.1 document."""
    schemas = document.get("components", {}).get("schemas", {})
    routes = [
        route(method, path, operation, schemas)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method != "head"
    ]
    return Reference(routes, [schema(name, body) for name, body in sorted(schemas.items())])


def route(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Route:
    """One operation of the document."""
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    body = type_of(sent) if sent else None
    examples = schemas[body].get("examples", []) if body else []
    return Route(
        method.upper(),
        path,
        operation.get("summary", ""),
        operation.get("description", ""),
        body,
        [json.dumps(example, ensure_ascii=False, indent=2) for example in examples],
        [answer(status, said) for status, said in sorted(operation["responses"].items())],
    )


def answer(status: str, said: dict[str, Any]) -> Answer:
    """One status of one operation."""
    form = said.get("content", {}).get("application/json", {}).get("schema", {})
    return Answer(status, said.get("description", ""), type_of(form) if form else "")


def schema(name: str, body: dict[str, Any]) -> Schema:
    """One named schema."""
    required = body.get("required", [])
    fields = [field(key, part, key in required) for key, part in body.get("properties", {}).items()]
    return Schema(name, body.get("description", ""), fields)


def field(name: str, part: dict[str, Any], required: bool) -> Field:
    """One property."""
    default = written(part["default"]) if part.get("default") is not None else None
    example = written(part["examples"][0]) if part.get("examples") else None
    return Field(name, type_of(part), required, default, example, part.get("description", ""))


def written(value: Any) -> str:
    """A value as a request or an answer writes it."""
    return json.dumps(value, ensure_ascii=False)


def type_of(part: dict[str, Any]) -> str:
    """A JSON schema in a few words: `list of Span`, `integer or null`."""
    if "$ref" in part:
        return str(part["$ref"]).rpartition("/")[2]
    if "anyOf" in part:
        return " or ".join(without_texts_of_numbers([type_of(one) for one in part["anyOf"]]))
    if "enum" in part or "const" in part:
        return " or ".join(written(value) for value in part.get("enum", [part.get("const")]))
    if part.get("type") == "array":
        return f"list of {type_of(part.get('items', {}))}"
    if part.get("type") == "object" and isinstance(part.get("additionalProperties"), dict):
        return f"object of {type_of(part['additionalProperties'])}"
    return str(part.get("type", "any"))


def without_texts_of_numbers(types: list[str]) -> list[str]:
    """Every number may be "NaN" or a text of digits; saying so at each field would hide what the field is."""
    if not any('"NaN"' in one for one in types):
        return types
    return ["number", *(["null"] if "null" in types else [])]
