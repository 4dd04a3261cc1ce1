"""docs/monitoring.md names every metric and every field of the log."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.web.observe import outcomes
from app.web.observe.metrics import RESTARTS, SOURCES, Metrics
from app.web.privacy import example_of_a_line

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "monitoring.md").read_text("utf-8")
NAMED = set(re.findall(r"\b(backpass_[a-z_]+)\b", TEXT))
OURS = [family for family in Metrics().registry.collect() if family.name.startswith("backpass_")]


@pytest.mark.parametrize("name", [f"{family.name}{'_total' * (family.type == 'counter')}" for family in OURS])
def test_every_metric_is_named(name: str) -> None:
    assert name in NAMED or f"{name}_info" in NAMED


def test_no_metric_is_named_that_is_not_there() -> None:
    there = {sample.name for family in OURS for sample in family.samples} | {family.name for family in OURS}
    counted = {f"{family.name}_total" for family in OURS} | {f"{family.name}_bucket" for family in OURS}
    assert NAMED - there - counted == set()


@pytest.mark.parametrize("field", [*json.loads(example_of_a_line()), "refusal", "exception"])
def test_every_field_is_named(field: str) -> None:
    assert f"`{field}`" in TEXT


def test_every_word_of_a_label_is_explained() -> None:
    words = {*RESTARTS, *SOURCES, *outcomes.REFUSED.values(), "ok", "program_error", "limit", "engine_error", "left"}
    assert {word for word in words if f"`{word}`" not in TEXT} == set()
