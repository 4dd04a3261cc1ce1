"""Other origins than the server's own: a page that frames it, a proxy with a path before it, servers set otherwise."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

from tests.conftest import ROOT, wait_until_up

OWN: Final = {"connection", "transfer-encoding", "keep-alive", "date", "server"}


class Host(BaseHTTPRequestHandler):
    """A page as long as two screens with one frame in it; the query says its src, width, height and sandbox."""

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        size = f'width="{asked.get("width", "800")}" height="{asked.get("height", "500")}"'
        sandbox = f' sandbox="{asked["sandbox"]}"' if "sandbox" in asked else ""
        frame = f'<iframe title="t" src="{asked["src"]}" {size}{sandbox}></iframe>' if "src" in asked else ""
        body = f"<!doctype html><body style='height:3000px'>{frame}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


class Prefixed(BaseHTTPRequestHandler):
    """A reverse proxy that serves `upstream` under `prefix`, and hands paths on with or without it."""

    upstream = ""
    prefix = ""
    strips = True
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self.path.startswith(self.prefix):
            return self.send_error(404)
        path = self.path.removeprefix(self.prefix) if self.strips else self.path
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        way = http.client.HTTPConnection(self.upstream, timeout=30)
        way.request(self.command, path or "/", body=sent or None, headers=dict(self.headers))
        answer = way.getresponse()
        body = answer.read()
        way.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {*OWN, "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextlib.contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """A server of the test's own; its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def backpass(**settings: str) -> Iterator[str]:
    """The real server with these BACKPASS_ settings; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = {f"BACKPASS_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env={**os.environ, **names})
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(10)
