"""The built-in programs: files in order, titled in both languages, answered as a list and one by one."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from app.web import programs


def test_list_and_single_agree(client: TestClient) -> None:
    listed = client.get("/api/programs").json()
    assert len(listed) >= 16
    for program in listed:
        assert client.get(f"/api/programs/{program['slug']}").json() == program


def test_every_program_is_titled_in_both_languages(client: TestClient) -> None:
    for program in client.get("/api/programs").json():
        for words in (program["title"], program["about"]):
            assert words["zh"], program["slug"]
            assert words["en"], program["slug"]


def test_every_file_is_a_program() -> None:
    files = sorted(path.name for path in programs.FOLDER.glob("*.py") if path.name != "__init__.py")
    assert len(programs.built_in()) == len(files)
    assert all(programs.NAME.fullmatch(file) for file in files)


def test_file_becomes_a_program() -> None:
    made = programs.parse("sum", "# group: reductions\n# kind: many-to-one\nimport torch\n\n# %%\nx = 1\n")
    assert (made.group, made.kind) == ("reductions", "many-to-one")
    assert made.cells == ["import torch", "x = 1"]


def test_order_is_that_of_the_files(tmp_path: Path) -> None:
    for name in ("10-last.py", "02-second_one.py", "01-first.py", "notes.txt", "draft.py"):
        (tmp_path / name).write_text("x = 1\n")
    assert list(programs.built_in(tmp_path)) == ["first", "second_one", "last"]
