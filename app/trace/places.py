"""Where the parts of one run stand in the sent text, each place worked out once."""

from __future__ import annotations

from typing import Any

from app.interpreter import argument_spans, source_of, span_of
from app.trace.messages import place

Label = tuple[dict[str, Any] | None, str]
"""(span as JSON, source text). Answers share spans."""


class Places:
    """Spans and source texts of the places that a run left on what it recorded."""

    def __init__(self) -> None:
        self._labels: dict[int, Label] = {}
        self._arguments: dict[int, dict[int | str, Label]] = {}

    def label(self, here: object) -> Label:
        """What stands at a place."""
        found = self._labels.get(id(here))
        if found is None:
            found = self._labels[id(here)] = (place(span_of(here)), source_of(here))
        return found

    def span(self, here: object) -> dict[str, Any] | None:
        """The span of a place."""
        return self.label(here)[0]

    def arguments(self, here: object) -> dict[int | str, Label]:
        """The operands of the operation that is written at a place: by position, keywords by name."""
        found = self._arguments.get(id(here))
        if found is None:
            given = argument_spans(here).items()
            found = self._arguments[id(here)] = {key: (place(span), text) for key, (span, text) in given}
        return found
