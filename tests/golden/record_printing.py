"""Records printing.json from PyTorch: `python -m tests.golden.record_printing` where torch is installed."""

import json
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]

from tests.golden.printing_cases import FORMATTED, SPECIFICATIONS, Printed, all_cases, array_of

TARGET = Path(__file__).with_name("printing.json")

_MAKERS: dict[str, Any] = {
    "CloneBackward0": lambda leaf: leaf.clone(),
    "MulBackward0": lambda leaf: leaf * 1,
    "UnsafeViewBackward0": lambda leaf: torch.ops.aten._unsafe_view(leaf, leaf.shape),
    "AsStridedBackward0": lambda leaf: leaf.as_strided(leaf.shape, leaf.stride()),
}


def _with_history(tensor: torch.Tensor, history: str | None) -> torch.Tensor:
    if history == "parameter":
        return torch.nn.Parameter(tensor)
    if history is None:
        return tensor
    tensor.requires_grad_()
    return tensor if history == "leaf" else _MAKERS[history](tensor)


def _recorded(case: Printed) -> dict[str, Any]:
    fields = case.fields()
    tensor = _with_history(torch.tensor(array_of(fields)), case.history)
    torch.set_default_dtype(getattr(torch, case.default_dtype))
    for call in case.setup:
        torch.set_printoptions(**call)
    text = repr(tensor)
    torch.set_printoptions(profile="default")
    torch.set_default_dtype(torch.float32)
    return {**fields, "text": text}


def _formatted(tensor: torch.Tensor, specification: str) -> dict[str, Any]:
    asked = {"shape": list(tensor.shape), "parameter": isinstance(tensor, torch.nn.Parameter)}
    asked = {**asked, "specification": specification, "numbers": [repr(x) for x in tensor.flatten().tolist()]}
    try:
        return {**asked, "text": format(tensor.detach() if not asked["parameter"] else tensor, specification)}
    except (TypeError, ValueError) as error:
        return {**asked, "error": [type(error).__name__, str(error)]}


def _formats() -> list[dict[str, Any]]:
    scalars = [_formatted(torch.tensor(number), specification) for number, specification in FORMATTED]
    others = [torch.tensor([1.5, 2.0]), torch.nn.Parameter(torch.tensor(1.5))]
    return scalars + [_formatted(tensor, specification) for tensor in others for specification in SPECIFICATIONS]


def _results() -> list[dict[str, Any]]:
    tensor = torch.tensor([[1.0, 5.0, 2.0], [4.0, 3.0, 6.0]])
    answers = [tensor.max(dim=1), tensor.min(dim=0), tensor.sort(dim=1), tensor.expand(2, 2, 3).max(dim=0)]
    return [
        {
            "name": type(answer).__name__,
            "fields": [[name, repr(getattr(answer, name))] for name in ("values", "indices")],
            "text": repr(answer),
        }
        for answer in answers
    ]


def main() -> None:
    sizes = [{"shape": shape, "text": repr(torch.Size(shape))} for shape in ([], [0], [3], [2, 3], [1, 1, 4, 2])]
    groups = {
        "tensors": [_recorded(case) for case in all_cases()],
        "formats": _formats(),
        "results": _results(),
        "sizes": sizes,
    }
    texts = [
        f'"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]"
        for name, rows in groups.items()
    ]
    TARGET.write_text(f'{{"torch": "{torch.__version__}",\n' + ",\n".join(texts) + "\n}\n")


if __name__ == "__main__":
    main()
