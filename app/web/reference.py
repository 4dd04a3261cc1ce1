"""An OpenAPI document, arranged for reading: what templates/docs.html draws."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.web.pretty import pretty


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
    headers: list[Field]


@dataclass(frozen=True)
class Example:
    """What was asked, where it was asked with a body, and what was answered: as JSON for reading."""

    status: str
    summary: str
    request: str | None
    response: str


@dataclass(frozen=True)
class Route:
    """One method of one path."""

    method: str
    path: str
    summary: str
    description: str
    tag: str
    parameters: list[Field]
    body: str | None
    answers: list[Answer]
    examples: list[Example]

    @property
    def anchor(self) -> str:
        """The fragment that leads to the route."""
        return f"{self.method}{self.path}".lower().replace("/", "-").replace("{", "").replace("}", "")


@dataclass(frozen=True)
class Group:
    """Routes of one tag."""

    name: str
    description: str
    routes: list[Route]


@dataclass(frozen=True)
class Reference:
    """The whole document."""

    groups: list[Group]
    schemas: list[Schema]

    @property
    def names(self) -> set[str]:
        """The words that name a schema of this document, wherever a type holds them."""
        return {schema.name for schema in self.schemas}


def of(document: dict[str, Any]) -> Reference:
    """Arranges an OpenAPI 3.1 document."""
    schemas = document.get("components", {}).get("schemas", {})
    routes = [
        route(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method != "head"
    ]
    groups = [
        Group(tag["name"], tag["description"], [one for one in routes if one.tag == tag["name"]])
        for tag in document.get("tags", [])
    ]
    return Reference(groups, [schema(name, body) for name, body in sorted(schemas.items())])


def route(method: str, path: str, operation: dict[str, Any]) -> Route:
    """One operation of the document."""
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    responses = sorted(operation["responses"].items())
    return Route(
        method.upper(),
        path,
        operation.get("summary", ""),
        operation.get("description", ""),
        operation.get("tags", [""])[0],
        [parameter(one) for one in operation.get("parameters", [])],
        type_of(sent["schema"]) if sent else None,
        [answer(status, said) for status, said in responses],
        [one for status, said in responses for one in examples(status, said, sent.get("examples", {}))],
    )


def parameter(said: dict[str, Any]) -> Field:
    """One parameter of an operation: of its path, or a header."""
    shown = said.get("example")
    name = said["name"] if said["in"] == "path" else f"{said['name']}:"
    return Field(
        name,
        type_of(said["schema"]),
        said.get("required", False),
        None,
        None if shown is None else str(shown),
        said.get("description", ""),
    )


def answer(status: str, said: dict[str, Any]) -> Answer:
    """One status of one operation."""
    form = said.get("content", {}).get("application/json", {}).get("schema", {})
    headers = [
        Field(name, type_of(told["schema"]), told.get("required", False), None, None, told["description"])
        for name, told in said.get("headers", {}).items()
    ]
    return Answer(status, said.get("description", ""), type_of(form) if form else "", headers)


def examples(status: str, said: dict[str, Any], requests: dict[str, Any]) -> list[Example]:
    """What is shown of one status, each with the body that was sent."""
    shown: dict[str, Any] = {}
    for content in said.get("content", {}).values():
        shown |= content.get("examples", {})
    return [
        Example(
            status,
            one["summary"],
            pretty(requests[name]["value"]) if name in requests else None,
            one["value"] if isinstance(one["value"], str) else pretty(one["value"]),
        )
        for name, one in shown.items()
    ]


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
