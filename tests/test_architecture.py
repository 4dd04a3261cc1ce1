"""Who imports whom, read from the sources: the rooms of the server and the layers of the page."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
JS = ROOT / "static" / "js"

# Each room may import the rooms before it.
ROOMS = ["engine", "interpreter", "trace", "service", "web"]
# What stands beside the rooms, and who may use it. Settings are read in main, and in the command line that starts it,
# and passed down as values.
BESIDE = {
    "paths": {"locales", "web", "main", "settings"},
    "locales": {"trace", "service", "web", "cli"},
    "settings": {"main", "cli"},
    "allowed": {"settings"},
    "main": {"cli"},
    "cli": set(),
    "programs": set(),
}
DOM = re.compile(r"\b(document|window|navigator|location|localStorage|HTMLElement|SVGElement|getComputedStyle)\b")
LISTENERS = re.compile(r"\.addEventListener\(|\.on[a-z]+\s*=[^=]|\bsetInterval\(")
UNSAFE = re.compile(r"\.(innerHTML|outerHTML|insertAdjacentHTML)\b|\beval\(|new Function\(|renderToString")
COMMENTS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)


def imported(source: str) -> set[str]:
    """The modules that a Python source imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            # `from app import trace` imports app.trace; for anything deeper the module itself tells the room.
            found |= {f"app.{name.name}" for name in node.names} if node.module == "app" else {node.module or ""}
    return found


def room(module: str) -> str:
    """`engine` for app.engine.tensor."""
    return module.split(".")[1]


def trespasses(own: str, source: str) -> list[str]:
    """What a source in room `own` imports and may not."""
    allowed = {own, *ROOMS[: ROOMS.index(own)]} if own in ROOMS else {own}
    if own == "main":
        allowed |= {"service", "web"}
    if own == "cli":
        allowed |= set(ROOMS)
    allowed |= {name for name, users in BESIDE.items() if own in users}
    ours = {name for name in imported(source) if name.startswith("app.") and not name.startswith("app.__")}
    return sorted(name for name in ours if room(name) not in allowed)


TEXTS = APP / "interpreter" / "library" / "python"
"""Modules that the interpreter runs and the host never imports."""


def python_files() -> Iterator[tuple[str, Path]]:
    """Every source file with its room; what the interpreter runs are texts, not sources."""
    for path in sorted(APP.rglob("*.py")):
        inside = path.relative_to(APP)
        if inside.parts[0] not in {"programs", "_data", "__init__.py"} and not path.is_relative_to(TEXTS):
            yield inside.parts[0].removesuffix(".py"), path


@pytest.mark.parametrize(
    ("own", "path"), [pytest.param(*row, id=str(row[1].relative_to(APP))) for row in python_files()]
)
def test_room_imports_only_rooms_before_it(own: str, path: Path) -> None:
    assert trespasses(own, path.read_text("utf-8")) == []


def test_engine_knows_numpy_and_the_standard_library_only() -> None:
    allowed = {*sys.stdlib_module_names, "numpy", "app"}
    for path in (APP / "engine").rglob("*.py"):
        others = {name.partition(".")[0] for name in imported(path.read_text("utf-8"))} - allowed
        assert not others, f"{path.relative_to(ROOT)} imports {others}"


@pytest.mark.parametrize("own", ["engine", "interpreter"])
def test_student_code_meets_no_reflection(own: str) -> None:
    """The interpreter's rule of security.md §4: no door from a student's text into Python itself."""
    forbidden = re.compile(r"(?<![\w.])(eval|exec|compile|__import__|globals|vars)\(")
    for path in [path for room, path in python_files() if room == own]:
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not [name for name in calls if forbidden.match(f"{name}(")], path.relative_to(ROOT)


@pytest.mark.parametrize(
    ("own", "source", "found"),
    [
        ("engine", "from app.trace import graph", ["app.trace"]),
        ("engine", "import app.interpreter.paste", ["app.interpreter.paste"]),
        ("interpreter", "def f():\n    from app import service", ["app.service"]),
        ("trace", "from app.web import pages", ["app.web"]),
        ("trace", "from app import locales", []),
        ("interpreter", "from app.locales import sentence", ["app.locales"]),
        ("web", "from app import settings", ["app.settings"]),
        ("service", "from app import trace\nfrom app.engine.errors import LimitError", []),
        ("locales", "from app.web import pages", ["app.web"]),
    ],
)
def test_this_check_can_fail(own: str, source: str, found: list[str]) -> None:
    assert trespasses(own, source) == found


def layer(path: str) -> str:
    """Where a module of the page stands: main, panels, marks, pure, or beside them."""
    if path == "main.js":
        return "main"
    folder = path.partition("/")[0]
    if "/" not in path:
        return "beside"
    return folder if folder in {"panels", "marks"} else "pure"


# main → panels → marks, and everything → the pure modules.
MAY_IMPORT = {
    "main": {"panels", "marks", "pure", "beside"},
    "panels": {"panels", "marks", "pure", "beside"},
    "marks": {"marks", "pure", "beside"},
    "beside": {"pure", "beside"},
    "pure": {"pure", "beside"},
}


def page_imports(source: str, path: str) -> list[str]:
    """The page's own modules that a module imports, as paths under static/js."""
    named = re.findall(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""", COMMENTS.sub("", source))
    folder = (JS / path).parent
    return [(folder / name).resolve().relative_to(JS).as_posix() for name in named]


def reach(path: str, sources: dict[str, str]) -> set[str]:
    """Every module that `path` needs, itself included."""
    seen: set[str] = set()
    waiting = [path]
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += page_imports(sources.get(module, ""), module)
    return seen


def page_faults(sources: dict[str, str]) -> list[str]:
    """Everything that breaks the page's layers."""
    faults = []
    for path, source in sources.items():
        code, own = COMMENTS.sub("", source), layer(path)
        for other in page_imports(source, path):
            if layer(other) not in MAY_IMPORT[own]:
                faults.append(f"{path} imports {other}")
        if own == "pure":
            faults += [
                f"{path} needs the DOM in {each}" for each in reach(path, sources) if touches_dom(sources.get(each, ""))
            ]
        if own not in {"main", "panels"} and LISTENERS.search(code):
            faults.append(f"{path} listens")
        if UNSAFE.search(code):
            faults.append(f"{path} turns text into code or markup")
    return faults


def touches_dom(source: str) -> bool:
    """Whether a module names the page it runs in."""
    return DOM.search(COMMENTS.sub("", source)) is not None


def test_page_layers() -> None:
    sources = {path.relative_to(JS).as_posix(): path.read_text("utf-8") for path in sorted(JS.rglob("*.js"))}
    assert page_faults(sources) == []


@pytest.mark.parametrize(
    ("sources", "fault"),
    [
        ({"trace/a.js": "export const w = window.innerWidth;"}, "trace/a.js needs the DOM in trace/a.js"),
        (
            {"layout/a.js": 'import { x } from "../b.js";', "b.js": "document.body"},
            "layout/a.js needs the DOM in b.js",
        ),
        ({"marks/node.js": 'import "../panels/canvas.js";'}, "marks/node.js imports panels/canvas.js"),
        ({"panels/code.js": 'import { start } from "../main.js";'}, "panels/code.js imports main.js"),
        ({"marks/edge.js": 'path.addEventListener("click", f);'}, "marks/edge.js listens"),
        ({"marks/edge.js": "path.onclick = f;"}, "marks/edge.js listens"),
        ({"panels/a.js": "node.innerHTML = text;"}, "panels/a.js turns text into code or markup"),
    ],
)
def test_the_check_of_the_page_can_fail(sources: dict[str, str], fault: str) -> None:
    assert fault in page_faults(sources)


@pytest.mark.parametrize(
    "source",
    [
        "/* document */ export const a = 1; // window",
        "panels.addEventListenerLike()",
        'const url = "https://x";',
    ],
)
def test_the_check_of_the_page_can_pass(source: str) -> None:
    assert page_faults({"trace/a.js": source}) == []
