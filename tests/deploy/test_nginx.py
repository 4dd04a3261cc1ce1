"""The proxy configurations of deploy/nginx, run by a real nginx in front of two servers that tell what reaches them."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
BIG = 8 * 2**20

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")


class Teller(BaseHTTPRequestHandler):
    """Answers with the request's headers, compressed; /big with as much as the largest answer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        told = b"x" * BIG if self.path == "/big" else gzip.compress(json.dumps(dict(self.headers)).encode())
        self.send_response(200)
        if self.path != "/big":
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def placed(folder: Path, ports: dict[str, int], servers: list[int]) -> None:
    """A copy of the configurations for this machine: other ports, no name server, the certificate in `folder`."""
    upstream = "upstream servers { " + " ".join(f"server 127.0.0.1:{port} max_fails=0;" for port in servers) + " }"
    for source in FOLDER.glob("*.conf"):
        text = source.read_text("utf-8")
        text = re.sub(r"^resolver .*$", upstream, text, flags=re.MULTILINE)
        text = text.replace("http://$servers:8000", "http://servers").replace("/tmp/", f"{folder}/")
        text = text.replace("/tls/", f"{folder}/")
        for written, port in ports.items():
            text = text.replace(f"listen {written}", f"listen 127.0.0.1:{port}")
        (folder / source.name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def servers() -> Iterator[list[int]]:
    """The ports of two servers that listen, and of one that does not."""
    with ExitStack() as stack:
        ports = []
        for _ in range(2):
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Teller))
            Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            ports.append(server.server_port)
        yield [*ports, free_port()]


@pytest.fixture(scope="module", params=["http.conf", "https.conf"])
def proxy(request: Any, servers: list[int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int, int]]:
    """A running nginx: its configuration's name, the port that answers, the port of plain http."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    certify(folder)
    ports = {"8080": free_port(), "8443": free_port()}
    placed(folder, ports, servers)
    assert NGINX
    command = [NGINX, "-g", "daemon off;", "-e", "stderr", "-p", str(folder), "-c", str(folder / request.param)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in re.sub(r'.*"user" directive.*', "", checked.stderr), checked.stderr
    running = subprocess.Popen(command)
    try:
        port = ports["8443" if request.param == "https.conf" else "8080"]
        wait_for(port)
        yield request.param, port, ports["8080"]
    finally:
        running.terminate()
        running.wait(10)


def certify(folder: Path) -> None:
    """A certificate of our own for localhost."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    made = ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    options = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run(["openssl", *options, *made], check=True, capture_output=True)


def wait_for(port: int) -> None:
    """Returns when something listens. Raises AssertionError after ten seconds."""
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


def ask(proxy: tuple[str, int, int], path: str, **options: Any) -> tuple[http.client.HTTPResponse, bytes]:
    """One request to the proxy and its answer."""
    name, port, _ = proxy
    trusting = ssl._create_unverified_context()
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)
        if name == "https.conf"
        else http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    )
    with closing(connection):
        connection.request("POST" if "body" in options else "GET", path, **options)
        answer = connection.getresponse()
        return answer, answer.read()


def test_every_request_is_answered_though_one_server_is_gone(proxy: tuple[str, int, int]) -> None:
    bodies = [{}, {"body": b"{}"}] * 6  # what is posted is asked again as well
    assert {ask(proxy, "/", **options)[0].status for options in bodies} == {200}


def test_server_learns_who_asked_and_how(proxy: tuple[str, int, int]) -> None:
    answer, body = ask(proxy, "/", headers={"X-Forwarded-For": "203.0.113.9", "Host": "backpass.example.edu:8443"})
    assert answer.getheader("Content-Encoding") == "gzip"  # passed through as it came
    told = json.loads(gzip.decompress(body))
    # What a reader claims stands left of what the proxy saw; a server believes the rightmost that is no proxy.
    assert told["X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
    assert told["X-Forwarded-Proto"] == ("https" if proxy[0] == "https.conf" else "http")
    assert told["Host"] == "backpass.example.edu:8443"


def test_large_answers_come_whole(proxy: tuple[str, int, int]) -> None:
    assert len(ask(proxy, "/big")[1]) == BIG


def test_body_limit_leaves_the_server_s_own_refusal_room_and_speaks_as_it_does(proxy: tuple[str, int, int]) -> None:
    assert ask(proxy, "/", body=b"x" * (65 * 1024))[0].status == 200  # that far it is the server's to refuse
    answer, body = ask(proxy, "/", body=b"x" * (80 * 1024))
    assert answer.status == 413
    assert answer.getheader("Content-Type") == "application/json"
    assert json.loads(body)["error"]["type"] == "ContentTooLarge"


def test_https_is_asked_for_by_header_and_by_redirection(proxy: tuple[str, int, int]) -> None:
    name, _, plain = proxy
    told = ask(proxy, "/")[0].getheader("Strict-Transport-Security")
    assert told == ("max-age=31536000" if name == "https.conf" else None)
    if name == "https.conf":
        answer, _ = ask(("http.conf", plain, plain), "/embed?x=1", headers={"Host": "a.example.edu"})
        assert (answer.status, answer.getheader("Location")) == (308, "https://a.example.edu/embed?x=1")


def test_site_for_an_nginx_of_one_s_own_is_valid(tmp_path: Path) -> None:
    site = (FOLDER / "site.conf").read_text("utf-8").replace("/etc/ssl/backpass/", f"{tmp_path}/")
    site = re.sub(r"listen \d+", lambda _: f"listen 127.0.0.1:{free_port()}", site)
    assert complaint(tmp_path, site) == ""


def test_path_of_the_guide_is_valid(tmp_path: Path) -> None:
    guide = (FOLDER.parents[1] / "docs" / "deploy.md").read_text("utf-8")
    (location,) = re.findall(r"```nginx\n(.*?)```", guide, re.DOTALL)
    assert "BACKPASS_ROOT_PATH=/backpass" in guide
    assert "location /backpass/ {" in location
    assert complaint(tmp_path, f"server {{ listen 127.0.0.1:{free_port()};\n{location} }}") == ""
    assert "proxy_typo" in complaint(tmp_path, "proxy_typo on;")


def complaint(folder: Path, site: str) -> str:
    """What nginx has against a site beside which proxy.conf was copied as the guide says; "" if nothing."""
    certify(folder)
    shutil.copy(FOLDER / "proxy.conf", folder / "backpass-proxy.conf")
    (folder / "nginx.conf").write_text(f"pid {folder}/pid; events {{}} http {{ {site} }}", "utf-8")
    assert NGINX
    command = [NGINX, "-t", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    return checked.stderr if checked.returncode else ""
