"""Every sentence exists in both languages, with the same placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from app import locales


def sentences(catalogue: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """All sentences of a catalogue with their dotted keys."""
    for key, value in catalogue.items():
        if isinstance(value, dict):
            yield from sentences(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def test_same_keys() -> None:
    chinese, english = (dict(sentences(locales.catalogue(language))) for language in locales.LANGUAGES)
    assert chinese.keys() == english.keys()
    assert chinese


def test_no_sentence_is_empty() -> None:
    for language in locales.LANGUAGES:
        assert all(isinstance(text, str) and text.strip() for _, text in sentences(locales.catalogue(language)))


def test_same_placeholders() -> None:
    english = dict(sentences(locales.catalogue("en")))
    for key, text in sentences(locales.catalogue("zh")):
        assert placeholders(text) == placeholders(english[key]), key


def test_chinese_is_chinese_and_english_is_not() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    foreign = [key for key, text in sentences(locales.catalogue("en")) if han.search(text.replace("中文", ""))]
    assert foreign == []
    assert han.search(locales.catalogue("zh")["error"]["413"])


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def test_sentence_is_filled() -> None:
    assert locales.sentence("en", "error.other", {"status": 418}) == (
        "The server answered 418 and no result. Try running again."
    )


def test_placeholder_without_a_value_stays() -> None:
    assert "{status}" in (locales.sentence("zh", "error.other") or "")


@pytest.mark.parametrize("key", ["error", "error.other.more", "nothing", "error.nothing", ""])
def test_no_sentence(key: str) -> None:
    assert locales.sentence("en", key) is None
    assert locales.sentences(key) == {"zh": None, "en": None}


def test_values_are_not_filled_twice() -> None:
    assert "{slug}" in (locales.sentence("en", "error.program", {"slug": "{slug}"}) or "")
