"""/privacy says what is so: the storage that the page's code uses, a line as the log has it, the operator as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import locales
from app.main import create_app
from app.settings import Settings
from app.web.privacy import PROGRAM, Operator, example_of_a_line

ROOT = Path(__file__).resolve().parents[2]
STORAGE = re.compile(r"""["'](backpass-[a-z-]+)["']""")


class Page(HTMLParser):
    """The words of a page, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words, as a reader sees them."""
        return " ".join(" ".join(self.words).split())


def shown(language: str = "en", **values: str) -> Page:
    """The page of a server with these settings."""
    client = TestClient(create_app(Settings(**values)))  # type: ignore[arg-type]
    return Page(client.get("/privacy", params={"lang": language}).text)


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_sentence_is_there(language: locales.Language) -> None:
    page = shown(language, operator="x", contact="y").text + shown(language).text
    for part, sentences in locales.catalogue(language)["privacy"].items():
        for sentence in sentences.values() if isinstance(sentences, dict) else [sentences]:
            assert sentence in page or part in {"language", "flow"}, sentence


def test_what_the_browser_keeps_is_all_named() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "static" / "js").rglob("*.js")]
    sources += [path.read_text("utf-8") for path in (ROOT / "templates").glob("*.html")]
    used = {name for source in sources for name in STORAGE.findall(source)}
    assert len(used) >= 3
    text = shown().text
    assert {name for name in used if name not in text} == set()


def test_no_page_sets_a_cookie() -> None:
    client = TestClient(create_app(Settings()))
    for path in ("/", "/embed", "/docs", "/privacy", "/nothing", "/api/programs", "/healthz"):
        assert "set-cookie" not in client.get(path).headers
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "static" / "js").rglob("*.js"))
    assert "cookie" not in sources.lower()


def test_the_line_is_one_of_the_log() -> None:
    line = example_of_a_line()
    assert line in shown().text
    assert '"address": "192.0.2.0/24"' in line
    assert not [word for cell in PROGRAM for word in ("requires_grad", "while", "torch") if word in line]


def test_nobody_is_named() -> None:
    assert (locales.sentence("en", "privacy.operator.unknown") or "?") in shown().text


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("privacy@example.org", "mailto:privacy@example.org"),
        ("https://example.org/privacy?a=1", "https://example.org/privacy?a=1"),
        ("room 3.14, in the mornings", None),
        ("javascript:alert(1)", None),
        ('https://example.org" onclick=x', None),
        ("a@b.org?subject=x&body=y", None),
    ],
)
def test_a_contact_that_can_be_followed_is_a_link(contact: str, link: str | None) -> None:
    assert Operator("", contact).link == link
    page = shown(contact=contact)
    assert contact in page.text
    assert [found for found in page.links if found not in {"/?lang=en", "?lang=zh", "?lang=en"}] == (
        [link] if link else []
    )


def test_the_operator_is_text() -> None:
    page = shown(operator="<img src=x onerror=alert(1)> & Co.")
    assert "<img src=x onerror=alert(1)> & Co." in page.text
    assert "img" not in page.tags
