"""The path under which a proxy shows this server, whether or not the proxy takes it away from requests."""

from __future__ import annotations

from typing import AnyStr

from starlette.types import ASGIApp, Receive, Scope, Send


class Root:
    """ASGI middleware: gives every request the root path and a path that begins with it, as ASGI wants them."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        """`path`: such as /course/backpass, without a slash at its end."""
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if self.path and scope["type"] == "http":
            raw = scope.get("raw_path") or scope["path"].encode()
            scope["path"] = within(self.path, scope["path"], "/")
            scope["raw_path"] = within(self.path.encode(), raw, b"/")
            scope["root_path"] = self.path
        await self.app(scope, receive, send)


def inside(scope: Scope) -> str:
    """The path of a request as the routes know it."""
    return str(scope["path"]).removeprefix(root_of(scope))


def root_of(scope: Scope) -> str:
    """The path under which the whole application stands; within a mount `root_path` is longer than that."""
    return str(scope.get("app_root_path", scope.get("root_path", "")))


def within(root: AnyStr, path: AnyStr, slash: AnyStr) -> AnyStr:
    """`path` under `root`: it may be there already. The root alone is the page that it is with its slash."""
    if path == root:
        return root + slash
    return path if path.startswith(root + slash) else root + path
