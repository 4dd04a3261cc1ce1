"""docs/supported.md is what the registry says."""

from tools.supported import TARGET, text


def test_the_table_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == text(), "run: python -m tools.supported"
