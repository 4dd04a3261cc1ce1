"""The sentences that people read, from static/locales: one catalogue per language, shared with the page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal, get_args

from app.paths import DATA

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FOLDER: Final = DATA / "static" / "locales"


@cache
def catalogue(language: Language) -> dict[str, Any]:
    """The whole nested catalogue of a language. Shared: callers do not change it."""
    found: dict[str, Any] = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    return found


def sentence(language: Language, key: str, values: Mapping[str, object] | None = None) -> str | None:
    """The sentence at a dotted key with its `{name}` placeholders filled, or None where there is none.

    A placeholder without a value stays as it is, as on the page.
    """
    found: Any = catalogue(language)
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            return None
        found = found[part]
    return _fill(found, values or {}) if isinstance(found, str) else None


def sentences(key: str, values: Mapping[str, object] | None = None) -> dict[str, str | None]:
    """The sentence in every language: `{"zh": …, "en": …}`."""
    return {language: sentence(language, key, values) for language in LANGUAGES}


def _fill(text: str, values: Mapping[str, object]) -> str:
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def preferred(accept_language: str) -> Language:
    """The language that an Accept-Language header (RFC 9110 §12.5.4) puts first; English without one."""
    ranked = sorted((_weighed(part) for part in accept_language.split(",")[:20]), key=lambda pair: -pair[1])
    for tag, quality in ranked:
        language = tag.partition("-")[0]
        if quality > 0 and language in LANGUAGES:
            return "zh" if language == "zh" else "en"
    return "en"


def _weighed(part: str) -> tuple[str, float]:
    """`zh-CN;q=0.8` as ("zh-cn", 0.8); a weight that is no number counts 0."""
    tag, _, parameter = part.strip().lower().partition(";")
    name, _, quality = parameter.strip().partition("=")
    if name != "q":
        return tag.strip(), 1.0
    return tag.strip(), float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 0.0
