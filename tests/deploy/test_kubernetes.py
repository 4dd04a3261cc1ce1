"""deploy/kubernetes.yaml: the parts name each other rightly, and the pod is as closed as the container."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from app.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
PARTS: dict[str, Any] = {
    part["kind"]: part for part in yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text("utf-8"))
}
POD = PARTS["Deployment"]["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]
LABELS = PARTS["Deployment"]["spec"]["template"]["metadata"]["labels"]


def test_parts_find_the_pods() -> None:
    assert PARTS["Deployment"]["spec"]["selector"]["matchLabels"] == LABELS
    assert PARTS["Service"]["spec"]["selector"] == LABELS
    assert PARTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == LABELS
    assert PARTS["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == LABELS


def test_pod_is_closed() -> None:
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["securityContext"]["runAsUser"] == 10001
    assert POD["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["automountServiceAccountToken"] is False
    assert PARTS["NetworkPolicy"]["spec"]["egress"] == []
    assert [volume["emptyDir"]["sizeLimit"] for volume in POD["volumes"]] == ["16Mi"]


def test_probes_ask_what_they_should() -> None:
    paths = {kind: CONTAINER[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "readiness", "liveness")}
    # A full queue is no reason to kill a server, so liveness never runs a program.
    assert paths == {"startup": "/readyz", "readiness": "/readyz", "liveness": "/healthz"}
    assert {port["name"] for port in CONTAINER["ports"]} == {"http"}
    assert PARTS["Service"]["spec"]["ports"][0]["targetPort"] == "http"


def test_pod_has_limits_and_as_many_workers_as_cores() -> None:
    limits = CONTAINER["resources"]["limits"]
    assert limits.keys() == {"cpu", "memory"}
    given = {entry["name"]: entry["value"] for entry in CONTAINER["env"]}
    assert given["BACKPASS_WORKERS"] == limits["cpu"]


def test_environment_holds_settings_only() -> None:
    assert POD["enableServiceLinks"] is False
    names = {entry["name"] for entry in CONTAINER["env"]}
    assert names <= {PREFIX + name.upper() for name in Settings.model_fields}


def test_upgrade_loses_no_request() -> None:
    assert PARTS["Deployment"]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert PARTS["Deployment"]["spec"]["replicas"] > PARTS["PodDisruptionBudget"]["spec"]["minAvailable"]
    pause = int(CONTAINER["lifecycle"]["preStop"]["exec"]["command"][1])
    assert POD["terminationGracePeriodSeconds"] > pause + 10  # the server's own limit
