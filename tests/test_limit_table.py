"""docs/operations.md tells the budgets and limits that the code has."""

from __future__ import annotations

from tools import limits


def test_the_table_is_up_to_date() -> None:
    assert limits.TARGET.read_text("utf-8") == limits.text(), "run python -m tools.limits"


def test_it_has_every_limit_that_a_setting_sets() -> None:
    for setting in ("QUEUE", "FLOOD_PER_SECOND", "FLOOD_BURST", "DEADLINE_SECONDS", "MEMORY_MB", "CACHE_MB"):
        assert limits.table().count(f"`BACKPASS_{setting}`") == 1
