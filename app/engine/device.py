"""Where tensors live: there is the CPU. Other devices can be named, as in PyTorch, but nothing can be put there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.engine.errors import TorchError

KINDS = (
    "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, mps, meta, hpu, mtia, "
    "privateuseone"
)
TEXT = re.compile(r"([a-z]+)(?::(0|[1-9]\d{0,3}))?")
NO_ACCELERATOR = "Cannot access accelerator device when none is available."
MPS = "PyTorch is not linked with support for mps devices"


@dataclass(frozen=True, slots=True)
class Device:
    """A kind of device, and which one of that kind."""

    type: str
    index: int | None = None

    def __repr__(self) -> str:
        number = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{number})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"


CPU = Device("cpu")


def parsed(text: str) -> Device:
    """The device that a text names: "cpu", "cuda:0"; RuntimeError with PyTorch's words for any other text."""
    if not text:
        raise TorchError("RuntimeError", "Device string must not be empty")
    found = TEXT.fullmatch(text)
    if found is None:
        raise TorchError("RuntimeError", f"Invalid device string: '{text[:60]}'")
    kind, number = found.groups()
    if kind not in KINDS.split(", "):
        raise TorchError("RuntimeError", f"Expected one of {KINDS} device type at start of device string: {kind[:60]}")
    return Device(kind, None if number is None else int(number))


def required(place: Device | str | int) -> Device:
    """The CPU; the error of a PyTorch that was built for the CPU when another device is asked for."""
    if isinstance(place, int):
        raise TorchError("RuntimeError", NO_ACCELERATOR, code="no-device")
    device = parsed(place) if isinstance(place, str) else place
    if device.type == "cpu":
        return CPU
    if device.type in ("cuda", "xpu"):
        message = f"Torch not compiled with {device.type.upper()} enabled"
        raise TorchError("AssertionError", message, code="no-device")
    raise TorchError("RuntimeError", MPS if device.type == "mps" else f"no {device.type} device here", code="no-device")
