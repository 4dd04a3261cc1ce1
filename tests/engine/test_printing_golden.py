"""Every text that PyTorch printed for the recorded tensors, to the letter."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine.printing import PrintOptions, formatted, return_type_text, size_text, tensor_text
from tests.golden.printing_cases import array_of

_RECORDED = json.loads((Path(__file__).parents[1] / "golden" / "printing.json").read_text())


def _label(case: dict[str, Any]) -> str:
    return "-".join(str(case[name]) for name in ("dtype", "shape", "history", "setup") if name in case)


@pytest.mark.parametrize("case", _RECORDED["tensors"], ids=_label)
def test_tensors_print_as_pytorch_prints_them(case: dict[str, Any]) -> None:
    options = PrintOptions()
    for call in case.get("setup", []):
        options = options.updated(**call)
    history = case.get("history")
    text = tensor_text(
        array_of(case),
        dtype=case.get("dtype", "float32"),
        requires_grad=history is not None,
        grad_fn=None if history in (None, "leaf", "parameter") else history,
        options=options,
        parameter=history == "parameter",
        default_dtype=case.get("default_dtype", "float32"),
    )
    assert text == case["text"]


@pytest.mark.parametrize("case", _RECORDED["formats"])
def test_format_follows_the_number_and_refuses_what_has_dimensions(case: dict[str, Any]) -> None:
    array, parameter = array_of(case), case["parameter"]
    text = tensor_text(array, parameter=parameter, requires_grad=parameter)
    kind = "Parameter" if parameter else "Tensor"
    if "text" in case:
        assert formatted(array, case["specification"], text, kind) == case["text"]
        return
    with pytest.raises((TypeError, ValueError)) as caught:
        formatted(array, case["specification"], text, kind)
    assert [type(caught.value).__name__, str(caught.value)] == case["error"]


@pytest.mark.parametrize("case", _RECORDED["results"])
def test_named_results(case: dict[str, Any]) -> None:
    assert return_type_text(case["name"], [(name, text) for name, text in case["fields"]]) == case["text"]


@pytest.mark.parametrize("case", _RECORDED["sizes"])
def test_sizes(case: dict[str, Any]) -> None:
    assert size_text(case["shape"]) == case["text"]


def test_the_recording_covers_what_it_should() -> None:
    assert len(_RECORDED["tensors"]) >= 150
    texts = [case["text"] for case in _RECORDED["tensors"]]
    for feature in (
        "...",
        "e-0",
        "nan",
        "-inf",
        "dtype=",
        "size=",
        "requires_grad",
        "Parameter",
        ",\n       grad_fn",
    ):
        assert any(feature in text for text in texts), feature


def test_grad_fn_may_come_with_its_brackets() -> None:
    one = np.array(1.0, np.float32)
    assert tensor_text(one, grad_fn="<AddBackward0>") == tensor_text(one, grad_fn="AddBackward0")
