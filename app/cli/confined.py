"""One program in a worker process of the server's own kind: the same limits, the same answer.

BACKPASS_WORKERS=0, and a system without fork, run it in this process, within the interpreter's budgets alone.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
from typing import Any

from app import main, settings
from app.cli.endings import environment, usage
from app.service import BadRequestError


def trace(request: dict[str, Any]) -> bytes:
    """The trace as JSON. Raises StopError where it cannot be run at all."""
    try:
        values = settings.read()
    except settings.SettingError as error:
        raise usage(str(error)) from None
    one = values.model_copy(update={"workers": 1 if values.workers is None else min(1, values.workers)})
    logging.getLogger("backpass").setLevel(logging.ERROR)  # what is only of interest to whoever runs a server
    return asyncio.run(_run(request, one))


async def _run(request: dict[str, Any], values: settings.Settings) -> bytes:
    pool = main.pool_of(values, "app.service.jobs")
    pool.start()
    try:
        outcome = await pool.run("trace", request)
    except BadRequestError as error:
        raise usage(str(error)) from None
    except Exception as error:
        raise environment(f"no worker process could be started: {error}") from None
    finally:
        await pool.stop()
    return gzip.decompress(outcome.body) if outcome.compressed else outcome.body
