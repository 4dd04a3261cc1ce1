"""`torch.device(…)`: a name of a device, whether there is one or not."""

from __future__ import annotations

from app.engine.device import NO_ACCELERATOR, Device, parsed
from app.engine.errors import TorchError
from app.interpreter import types
from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import optional
from app.interpreter.types import type_name

WORDS = (
    "device() received an invalid combination of arguments - got ({given}), but expected one of:\n"
    " * (torch.device device){why}\n * (str type, int index = -1)\n"
)
WRONG = "\n      didn't match because some of the arguments have invalid types: ({given})"


def _make(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """From a text, with the number in it or beside it."""
    if not arguments and not keywords:
        raise type_error(WORDS.format(given="", why=""))
    bound = optional("device", arguments, keywords, ("type", "index"), 1)
    place, index = bound["type"], bound.get("index")
    if type(place) is Device:
        return place
    if type(place) is int:
        raise TorchError("RuntimeError", NO_ACCELERATOR, code="no-device")
    if type(place) is not str:
        given = type_name(place)
        raise type_error(WORDS.format(given=given, why=WRONG.format(given=f"!{given}!")))
    device = parsed(place)
    if index is None:
        return device
    if type(index) is not int:
        raise type_error(f"device(): argument 'index' (position 2) must be int, not {type_name(index)}")
    if index < 0:
        raise TorchError("RuntimeError", "Device index must not be negative")
    if device.index is not None:
        words = f"type (string) must not include an index because index was passed explicitly: {place[:60]}"
        raise TorchError("RuntimeError", words)
    return Device(device.type, index)


types.DEVICE.make = _make
