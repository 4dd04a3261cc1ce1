"""GET /api/programs: the built-in programs, one file each in app/programs, with titles from the locales."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel, Field

import app
from app import locales
from app.interpreter.paste import split_cells
from app.trace.pictures import program_picture
from app.web.answers import Picture
from app.web.errors import ErrorAnswer, RequestError

FOLDER: Final = Path(app.__file__).parent / "programs"
# The number puts the files in order; the rest of the name is the slug.
NAME: Final = re.compile(r"\d+[-_](?P<slug>[a-z0-9_-]+)\.py")
HEADER: Final = re.compile(r"# (?P<key>group|kind): (?P<value>[\w-]+)\n")

router = APIRouter(prefix="/api", tags=["catalogue"])


class BuiltIn(BaseModel):
    """A built-in program."""

    slug: str = Field(examples=["gradient-argument"])
    title: dict[str, str | None] = Field(examples=[{"zh": "…", "en": "…"}])
    about: dict[str, str | None] = Field(examples=[{"zh": "…", "en": "…"}])
    group: str | None = Field(None, description="what the program is about, for lists")
    kind: str | None = Field(None, description="the kind of relation that it shows")
    cells: list[str]
    picture: Picture | None = Field(None, description="a few elements and edges of that relation")


@router.get("/programs", summary="The built-in programs", response_description="All of them, in order")
async def programs() -> list[BuiltIn]:
    """All of them, in the order in which they teach."""
    return list(built_in().values())


@router.get(
    "/programs/{slug}",
    summary="One built-in program",
    response_description="The program",
    responses={404: {"model": ErrorAnswer}},
)
async def program(slug: str) -> BuiltIn:
    """The program of that name."""
    found = built_in().get(slug)
    if found is None:
        raise RequestError(404, "NotFound", "there is no such program; GET /api/programs lists them")
    return found


@cache
def built_in(folder: Path = FOLDER) -> dict[str, BuiltIn]:
    """The programs of a folder by slug, in order of their files."""
    named = [(NAME.fullmatch(path.name), path) for path in sorted(folder.glob("*.py"))]
    return {found["slug"]: parse(found["slug"], path.read_text("utf-8")) for found, path in named if found}


def parse(slug: str, text: str) -> BuiltIn:
    """A program from its file: `# group: …` and `# kind: …` lines, then code, `# %%` between its cells."""
    header: dict[str, str] = {}
    while found := HEADER.match(text):
        header[found["key"]] = found["value"]
        text = text[found.end() :]
    words = {part: locales.sentences(f"program.{slug}.{part}") for part in ("title", "about")}
    cells = [cell.removeprefix("# %%\n").strip("\n") for cell in split_cells(text)]
    return BuiltIn(
        slug=slug,
        title=words["title"],
        about=words["about"],
        group=header.get("group"),
        kind=header.get("kind"),
        cells=cells,
        picture=program_picture(cells, header["kind"]) if "kind" in header else None,
    )
