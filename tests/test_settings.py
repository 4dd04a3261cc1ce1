"""Settings come from BACKPASS_ variables; a mistake in one is told at start, in one line."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import ValidationError

from app import settings


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BACKPASS_PROT", "BACKPASS_PORT"),
        ("BACKPASS_DEADLNE_SECONDS", "BACKPASS_DEADLINE_SECONDS"),
        ("backpass_memory", "BACKPASS_MEMORY_MB"),
        ("BACKPASS_FRAME_ANCESTOR", "BACKPASS_FRAME_ANCESTORS"),
    ],
)
def test_mistyped_variable_names_the_nearest(name: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "80")
    with pytest.raises(settings.SettingError) as told:
        settings.read()
    assert str(told.value) == f"{name} is not a setting; did you mean {meant}?"


def test_a_name_near_to_none_leads_to_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_XYZ", "80")
    with pytest.raises(settings.SettingError, match=r"BACKPASS_XYZ is not a setting; docs/settings\.md lists them all"):
        settings.read()


def test_known_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_PORT", "9001")
    monkeypatch.setenv("BACKPASS_QUEUE", "7")
    monkeypatch.setenv("BACKPASS_WORKERS", "0")
    monkeypatch.setenv("BACKPASS_CACHE_MB", "")
    read = settings.read()
    assert (read.port, read.queue, read.workers, read.cache_mb) == (9001, 7, 0, 64)


def test_a_flag_goes_before_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_PORT", "9001")
    assert settings.read({"port": 9002}).port == 9002


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BACKPASS_PORT", "http", "BACKPASS_PORT must be a whole number from 0 to 65535, not 'http'"),
        ("BACKPASS_PORT", "70000", "BACKPASS_PORT must be a whole number from 0 to 65535, not '70000'"),
        ("BACKPASS_DEADLINE_SECONDS", "0", "BACKPASS_DEADLINE_SECONDS must be a number above 0, at most 60, not '0'"),
        (
            "BACKPASS_DEADLINE_SECONDS",
            "nan",
            "BACKPASS_DEADLINE_SECONDS must be a number above 0, at most 60, not 'nan'",
        ),
        ("BACKPASS_WORKERS", "many", "BACKPASS_WORKERS must be a whole number from 0 to 256, not 'many'"),
        ("BACKPASS_LOG_FORMAT", "xml", "BACKPASS_LOG_FORMAT must be auto or json or text, not 'xml'"),
        ("BACKPASS_OPERATOR", "a\nb", "BACKPASS_OPERATOR must be one line of at most 200 characters, not 'a\\nb'"),
    ],
)
def test_impossible_value_is_one_line(name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(settings.SettingError) as told:
        settings.read()
    assert str(told.value) == words


def test_a_flag_that_cannot_be_is_called_a_flag() -> None:
    with pytest.raises(settings.SettingError, match=r"^--root-path must be a path such as /backpass.*, not 'x y'$"):
        settings.read({"root_path": "x y"})


@pytest.mark.parametrize(
    "origins",
    ["https://a.org; script-src *", "https://a.org\r\nX: y", "*", "javascript:x", "https://a.org,b"],
)
def test_origins_cannot_end_the_directive(origins: str) -> None:
    with pytest.raises(ValidationError):
        settings.Settings(frame_ancestors=origins)


@pytest.mark.parametrize("proxies", ["*", "proxy.example.org", "10.0.0.0/33", "10.0.0.1;"])
def test_only_addresses_are_trusted(proxies: str) -> None:
    with pytest.raises(ValidationError):
        settings.Settings(proxies=proxies)


def test_lists_and_paths_have_one_form() -> None:
    made = settings.Settings(
        proxies="10.0.0.1, ::1 172.18.3.4/16",
        frame_ancestors="https://a.org,  https://*.b.org:8443",
        root_path="/course/backpass/",
    )
    assert made.proxies == "10.0.0.1/32,::1/128,172.18.0.0/16"
    assert made.frame_ancestors == "https://a.org https://*.b.org:8443"
    assert made.root_path == "/course/backpass"


def test_what_kubernetes_sets_beside_a_service_is_not_meant_for_us(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "BACKPASS_SERVICE_HOST": "10.96.0.7",
        "BACKPASS_SERVICE_PORT": "80",
        "BACKPASS_SERVICE_PORT_HTTP": "80",
        "BACKPASS_PORT": "tcp://10.96.0.7:80",
        "BACKPASS_PORT_80_TCP": "tcp://10.96.0.7:80",
        "BACKPASS_PORT_80_TCP_ADDR": "10.96.0.7",
        "BACKPASS_METRICS_PORT": "tcp://10.96.0.8:9090",
    }.items():
        monkeypatch.setenv(name, value)
    assert settings.read().port == 8000


@pytest.mark.parametrize("command", [["-m", "app.main"], ["-m", "uvicorn", "app.main:app"]])
@pytest.mark.parametrize(("name", "value"), [("BACKPASS_PROT", "80"), ("BACKPASS_PORT", "http")])
def test_server_says_it_without_a_traceback(command: list[str], name: str, value: str) -> None:
    run = [sys.executable, *command]
    done = subprocess.run(run, env={name: value}, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"backpass: {name} ")
    assert done.stderr.count("\n") == 1
