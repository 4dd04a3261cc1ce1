"""create_app() wires settings, service and routes together; `backpass` on the command line serves it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app import __version__, settings
from app.service import Pool, Service, making
from app.web import catalogue, errors, health, missing, pages, privacy, programs, server, static, trace
from app.web.flood import FloodGuard
from app.web.observe import logs
from app.web.observe.lines import TOLD
from app.web.observe.observer import Observer
from app.web.observe.watch import Watch
from app.web.openapi import Application
from app.web.root import Root
from app.web.shield import Shield

LOG: Final = logging.getLogger("backpass.main")
ABOUT = """Paste PyTorch-flavoured code, get its graph, the local derivative on every edge and the gradient
score of every element in every backward call."""


def create_app(values: settings.Settings | None = None, jobs: str = "app.service.jobs") -> FastAPI:
    """The ASGI application. `jobs`: the module whose programs the worker process runs."""
    values = values or settings.read()
    # A worker may be busy until its deadline, and the probe's own program takes a moment.
    observer = Observer(readers=values.metrics, ready_seconds=values.deadline_seconds + 1)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pool = pool_of(values, jobs, observer.metrics.restarted)
        app.state.service = Service(pool, queue=values.queue, cache_mb=values.cache_mb)
        app.state.service.start()
        observer.follow(app.state.service, pool)
        yield
        await observer.stop()
        await app.state.service.stop()

    app = Application(
        title="Backpass",
        version=__version__,
        description=ABOUT,
        docs_url=None,  # FastAPI's own loads its scripts from elsewhere; /docs is ours
        redoc_url=None,
        license_info={"name": "MIT", "identifier": "MIT"},
        generate_unique_id_function=lambda route: route.name,  # what generated clients call their functions
        lifespan=lifespan,
        redirect_slashes=False,  # to an absolute address, which behind a proxy is another one
        middleware=[
            Middleware(ProxyHeadersMiddleware, trusted_hosts=values.proxies.split(",") if values.proxies else []),
            Middleware(Root, path=values.root_path),
            Middleware(Watch, tell=observer.tell),
            Middleware(Shield, frame_ancestors=values.frame_ancestors),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=1),
        ],
        exception_handlers={**errors.HANDLERS, 404: missing.on_missing},
    )
    app.state.observer = observer
    app.state.flood = FloodGuard(values.flood_per_second, values.flood_burst)
    app.state.operator = privacy.Operator(values.operator, values.contact)
    for module in (pages, privacy, trace, catalogue, programs, health):
        app.include_router(module.router)
    app.mount("/static", static.files(), name="static")
    return app


def pool_of(values: settings.Settings, jobs: str, on_restart: Callable[[str], None] = lambda reason: None) -> Pool:
    """The workers that the settings describe, not started."""
    return making.pool_of(
        jobs=jobs,
        workers=values.workers,
        deadline_seconds=values.deadline_seconds,
        memory_mb=values.memory_mb,
        recycle_after=values.recycle_after,
        on_restart=on_restart,
    )


def main() -> None:
    """Serves what the variables say until stopped; a mistyped one is exit code 2."""
    serve(settings.read_or_leave())


def serve(values: settings.Settings) -> None:
    """Serves on the settings' host and port until stopped."""
    begin_log(values)
    server.serve(create_app(values), values.host, values.port)


def begin_log(values: settings.Settings) -> None:
    """From here on this process logs in one form; its first line tells the settings, none of which is secret."""
    logs.configure(values.log_format, values.log_level)
    LOG.info("Backpass %s", __version__, extra={TOLD: values.model_dump()})


def __getattr__(name: str) -> FastAPI:
    """`app.main:app`, made when a server first asks for it: importing this module reads no settings."""
    if name != "app":
        raise AttributeError(name)
    values = settings.read_or_leave()
    begin_log(values)
    made = globals()["app"] = create_app(values)
    return made


if __name__ == "__main__":
    main()
