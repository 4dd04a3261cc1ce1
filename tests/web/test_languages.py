"""A page comes in the reader's language."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [
        ("/nowhere", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("/nowhere", "zh", "zh-CN"),
        ("/nowhere", "zh-Hant-TW", "zh-CN"),
        ("/nowhere", "en-GB", "en"),
        ("/nowhere", "de, zh;q=0.5, en;q=0.4", "zh-CN"),
        ("/nowhere", "en;q=0.1, zh;q=0", "en"),
        ("/nowhere", "fr", "en"),
        ("/nowhere", "", "en"),
        ("/nowhere", "zh;q=qq, *", "en"),
        ("/nowhere?lang=zh", "en", "zh-CN"),
        ("/nowhere?lang=en", "zh", "en"),
        ("/nowhere?lang=%ff", "zh", "zh-CN"),
    ],
)
def test_language(client: TestClient, path: str, header: str, language: str) -> None:
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": header})
    assert f'<html lang="{language}"' in response.text
    assert response.headers["content-language"] == language
    assert "Accept-Language" in response.headers["vary"]
