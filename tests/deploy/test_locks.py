"""The lock files answer pyproject.toml, with hashes, and name no index. `python3 dev.py lock` makes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import lock

ROOT = Path(__file__).resolve().parents[2]
WANTED = lock.wanted(ROOT)
ENTRY = re.compile(
    r"^(?P<pinned>[A-Za-z0-9._-]+==\S+)(?P<marker> ; .*?)? \\\n(?P<hashes>(?:    --hash=.*\n?)+)", re.MULTILINE
)


def entries(name: str) -> list[tuple[Requirement, str]]:
    """Each entry of a lock file with the lines of its hashes; nothing else may stand in it."""
    text = (ROOT / name).read_text("utf-8")
    found = list(ENTRY.finditer(text))
    assert "".join(entry[0] for entry in found) == text, "a line that is neither a package nor its hash"
    return [(Requirement(entry["pinned"] + (entry["marker"] or "")), entry["hashes"]) for entry in found]


@pytest.mark.parametrize("name", WANTED)
def test_lock_satisfies_what_is_asked_for(name: str) -> None:
    pinned = [requirement for requirement, _ in entries(name)]
    for text in WANTED[name]:
        asked = Requirement(text)
        answers = [one for one in pinned if one.name.lower() == asked.name.lower()]
        assert answers, f"{asked.name} is not in {name}: python3 dev.py lock"
        for answer in answers:
            version = str(answer.specifier).removeprefix("==")
            assert asked.specifier.contains(version), f"{name} has {answer}, not {asked}: python3 dev.py lock"


@pytest.mark.parametrize("name", WANTED)
def test_lock_has_a_hash_for_every_file_and_names_no_index(name: str) -> None:
    for requirement, hashes in entries(name):
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes.splitlines()), (
            requirement
        )
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "index" not in text
