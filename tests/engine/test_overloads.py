"""What PyTorch 2.13 says, word for word, where no overload takes a call's arguments."""

import pytest

from app.interpreter import run_cells

START = "received an invalid combination of arguments - got"
WRONG = "      didn't match because some of the arguments have invalid types:"
ANSWERS = {
    'x.pow("a")': f"pow() {START} (str), but expected one of:\n"
    f" * (Tensor exponent)\n{WRONG} (!str!)\n * (Number exponent)\n{WRONG} (!str!)\n",
    'x.max("a")': f"max() {START} (str), but expected one of:\n"
    f" * ()\n{WRONG} (!str!)\n * (Tensor other)\n{WRONG} (!str!)\n * (int dim, bool keepdim = False)\n",
    'x.eq(other="a")': f"eq() {START} (other=str, ), but expected one of:\n"
    f" * (Tensor other)\n{WRONG} (!other=str!, )\n * (Number other)\n{WRONG} (!other=str!, )\n",
    "x.sum(0, keep=1)": "sum() got an unexpected keyword argument 'keep'",
    'x.sum("a", "b")': "sum(): argument 'dim' (position 1) must be tuple of ints, not str",
    'x.size(dim="a")': "size(): argument 'dim' must be int, not str",
    "x.exp(a=2)": "TensorBase.exp() takes no keyword arguments",
    "x.size(1, 2)": "size() takes from 0 to 1 positional arguments but 2 were given",
    'torch.zeros([2, "a"])': "zeros(): argument 'size' failed to unpack the object at pos 2 with error "
    '"type must be tuple of ints,but got str"',
    "x.expand(2.0, 2.0)": "expand() takes 1 positional argument but 2 were given",
    "torch.autograd.grad()": "grad() missing 2 required positional arguments: 'outputs' and 'inputs'",
    "x.backward(1, 2, 3, 4, 5, 6)": "Tensor.backward() takes from 1 to 5 positional arguments but 7 were given",
}


@pytest.mark.parametrize("call", ANSWERS)
def test_refusal(call: str) -> None:
    error = run_cells([f"import torch\nx = torch.ones(2, 2)\n{call}"], strict=True).cells[0].error
    assert error is not None
    assert (error.type, error.message) == ("TypeError", ANSWERS[call])


def test_number_types_of_python_stand_for_element_types() -> None:
    cell = "import torch\nprint(torch.zeros(1, dtype=float).dtype, torch.ones(1).to(int).dtype)"
    assert run_cells([cell]).cells[0].stdout == "torch.float64 torch.int64\n"
