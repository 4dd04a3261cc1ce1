"""How the page's own modules reach the browser: in one file where that is of the present modules, else one by one."""

from __future__ import annotations

import gzip
import time
from itertools import count
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import paths
from app.web import static


def test_a_bundle_of_other_modules_is_not_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(static, "ROOT", tmp_path)
    monkeypatch.setattr(time, "monotonic", count(0, 2).__next__)  # seconds pass between looks
    (tmp_path / "js" / "trace").mkdir(parents=True)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "js" / "main.js").write_text("export {};\n")
    (tmp_path / "js" / "trace" / "walk.js").write_text("export const a = 1;\n")
    apart = {"entry": "js/main.js", "imports": ["js/main.js", "js/trace/walk.js"], "sheet": "css/page.css"}
    assert static.scripts() == apart
    (tmp_path / "vendor" / "page.stamp").write_text(paths.modules_digest(tmp_path))
    assert static.scripts() == {"entry": "vendor/page.js", "imports": [], "sheet": "vendor/page.css"}
    (tmp_path / "js" / "trace" / "walk.js").write_text("export const a = 23;\n")
    assert static.scripts() == apart


def test_a_bundle_of_other_sheets_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "page.css").write_text("a {}\n")
    before = paths.modules_digest(tmp_path)
    (tmp_path / "css" / "page.css").write_text("b {}\n")
    assert paths.modules_digest(tmp_path) != before


def test_line_ends_of_a_checkout_change_no_digest(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_bytes(b"export {};\nlet a;\n")
    unix = paths.modules_digest(tmp_path)
    (tmp_path / "js" / "main.js").write_bytes(b"export {};\r\nlet a;\r\n")
    assert paths.modules_digest(tmp_path) == unix


def test_the_page_names_its_entry(client: TestClient) -> None:
    assert f'src="{static.base()}/{static.scripts()["entry"]}"' in client.get("/").text


def test_a_file_is_compressed_once_however_many_read_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    compress = gzip.compress

    def counted(data: bytes, *level: int, mtime: int) -> bytes:
        calls.append(1)
        return compress(data, *level, mtime=mtime)

    monkeypatch.setattr(gzip, "compress", counted)
    static._packed.cache_clear()
    path = f"{static.base()}/css/tokens.css"
    answers = [client.get(path, headers={"Accept-Encoding": "gzip"}) for _ in range(3)]
    assert calls == [1]
    for answer in answers:
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.content == (static.ROOT / "css" / "tokens.css").read_bytes()


@pytest.mark.parametrize("asked", [{"Accept-Encoding": "identity"}, {"Range": "bytes=0-99", "Accept-Encoding": "gzip"}])
def test_who_wants_no_gzip_or_a_part_gets_the_file(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get("/static/css/tokens.css", headers=asked)
    assert "content-encoding" not in answer.headers
    assert (static.ROOT / "css" / "tokens.css").read_bytes().startswith(answer.content)


def test_a_kept_file_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/static/css/tokens.css", headers={"Accept-Encoding": "gzip"})
    again = client.get(
        "/static/css/tokens.css", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
