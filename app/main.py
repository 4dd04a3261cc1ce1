"""create_app() wires settings, worker and routes together; `backpass` on the command line serves it."""

from __future__ import annotations

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app import __version__, settings


def create_app() -> FastAPI:
    """The ASGI application."""
    app = FastAPI(title="Backpass", version=__version__, docs_url=None, redoc_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    app.mount("/static", StaticFiles(directory=settings.DATA / "static"), name="static")
    return app


app = create_app()


def main() -> None:
    """Serves on the settings' host and port until stopped."""
    read = settings.read()
    uvicorn.run(app, host=read.host, port=read.port)


if __name__ == "__main__":
    main()
