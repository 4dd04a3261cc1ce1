"""docs/settings.md is what the list of settings says, and every setting says enough."""

from __future__ import annotations

import pytest

from app.allowed import words
from app.settings import Settings, variable
from tools.settings import PARTS, TARGET, text


def test_the_table_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == text(), "run: python -m tools.settings"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_explained(name: str) -> None:
    field = Settings.model_fields[name]
    assert field.description
    assert field.annotation is not None
    assert f"`{variable(name)}`" in text()
    assert words(Settings, name)
    if field.annotation in (int, float, int | None) and name != "port":
        assert isinstance(field.json_schema_extra, dict)
        assert field.json_schema_extra.get("unit"), "a number has a unit"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_is_a_value_that_can_be(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    example = (Settings.model_fields[name].examples or [Settings.model_fields[name].default])[0]
    monkeypatch.setenv(variable(name), str(example))
    assert str(getattr(Settings(), name)) not in ("", "None") or not example


def test_the_parts_begin_with_settings() -> None:
    assert set(PARTS) <= set(Settings.model_fields)
