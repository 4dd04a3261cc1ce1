"""compose.yaml: every container is as closed as the design says, and only what was asked for is open to the world."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "compose.yaml").read_text("utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCUMENTED = (ROOT / "docs" / "deploy.md").read_text("utf-8")
SERVERS = ["backpass", "more"]
PROXIES = ["proxy", "proxy-tls"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_closed(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "10001:10001"
    assert service["pids_limit"] <= 256
    assert service["mem_limit"]
    assert all("noexec" in mount and "size=" in mount for mount in service["tmpfs"])
    assert service["restart"] == "unless-stopped"
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}  # a log cannot fill the disk
    assert not {"privileged", "devices", "pid", "ipc", "network_mode"} & service.keys()


@pytest.mark.parametrize("name", SERVERS)
def test_server_has_no_swap_and_time_to_finish(name: str) -> None:
    service = SERVICES[name]
    assert service["mem_limit"] == service["memswap_limit"] == "${MEMORY:-1g}"
    assert int(service["stop_grace_period"].removesuffix("s")) > 10  # the server's own limit
    assert "volumes" not in service


@pytest.mark.parametrize("name", PROXIES)
def test_proxy_waits_for_a_healthy_server_and_mounts_nothing_to_write(name: str) -> None:
    service = SERVICES[name]
    assert service["depends_on"] == {"backpass": {"condition": "service_healthy"}}
    assert all(mount.endswith(":ro") for mount in service["volumes"])
    assert service["command"][0].startswith("/etc/backpass/")
    assert (ROOT / "deploy" / "nginx" / Path(service["command"][0]).name).is_file()


def test_only_the_profile_tls_is_open_to_other_machines() -> None:
    assert SERVICES["backpass"]["ports"] == ["${PUBLISH:-127.0.0.1:8000}:8000"]
    assert SERVICES["proxy"]["ports"] == ["${PUBLISH_PROXY:-127.0.0.1:8080}:8080"]
    assert "ports" not in SERVICES["more"]
    assert SERVICES["proxy-tls"]["profiles"] == ["tls"]
    assert {name for name, service in SERVICES.items() if "profiles" not in service} == {"backpass"}


def test_containers_reach_nothing_outside() -> None:
    (network,) = COMPOSE["networks"].values()
    assert network["driver_opts"] == {"com.docker.network.bridge.enable_ip_masquerade": "false"}
    for service in SERVICES.values():
        assert list(service["networks"]) == ["inside"]


def test_proxy_s_network_is_the_one_whose_forwarded_addresses_are_believed() -> None:
    (subnet,) = re.findall(r"subnet: \"(\S+)\"", TEXT)
    assert SERVICES["backpass"]["environment"]["BACKPASS_PROXIES"] == f"${{PROXIES:-{subnet}}}"


@pytest.mark.parametrize("name", SERVERS)
def test_settings_are_a_file_of_their_own(name: str) -> None:
    # Not .env: what stands there for building, a mirror's password perhaps, is none of the server's business.
    assert SERVICES[name]["env_file"] == [{"path": "backpass.env", "required": False}]
    assert SERVICES[name]["environment"].keys() <= {PREFIX + setting.upper() for setting in Settings.model_fields}


def test_names_of_images_are_variables() -> None:
    assert {service["image"] for service in SERVICES.values()} == {
        "${IMAGE:-backpass:latest}",
        "${PROXY_IMAGE:-nginx:stable-alpine}",
    }
    assert "PYTHON_IMAGE" in SERVICES["backpass"]["build"]["args"]


def test_every_variable_is_in_the_deployment_guide() -> None:
    spoken = re.sub(r"#.*", "", TEXT)
    variables = set(re.findall(r"\$\{([A-Z_]+)", spoken)) | set(SERVICES["backpass"]["build"]["args"])
    for variable in variables:
        assert f"`{variable}`" in DOCUMENTED, variable
