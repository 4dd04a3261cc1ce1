"""How the page's own modules reach the browser: in one file where that is of the present modules, else one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import paths
from app.web import static


def test_a_bundle_of_other_modules_is_not_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(static, "ROOT", tmp_path)
    (tmp_path / "js" / "trace").mkdir(parents=True)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "js" / "main.js").write_text("export {};\n")
    (tmp_path / "js" / "trace" / "walk.js").write_text("export const a = 1;\n")
    apart = {"entry": "js/main.js", "imports": ["js/main.js", "js/trace/walk.js"]}
    assert static.scripts() == apart
    (tmp_path / "vendor" / "page.stamp").write_text(paths.modules_digest(tmp_path))
    assert static.scripts() == {"entry": "vendor/page.js", "imports": []}
    (tmp_path / "js" / "trace" / "walk.js").write_text("export const a = 23;\n")
    assert static.scripts() == apart


def test_line_ends_of_a_checkout_change_no_digest(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_bytes(b"export {};\nlet a;\n")
    unix = paths.modules_digest(tmp_path)
    (tmp_path / "js" / "main.js").write_bytes(b"export {};\r\nlet a;\r\n")
    assert paths.modules_digest(tmp_path) == unix


def test_the_page_names_its_entry(client: TestClient) -> None:
    assert f'src="{static.base()}/{static.scripts()["entry"]}"' in client.get("/").text
