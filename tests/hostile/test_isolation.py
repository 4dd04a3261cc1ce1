"""Two runs in one process share nothing: what the first one leaves changed is as new in the second."""

from __future__ import annotations

from typing import Any

import pytest

from app.trace import trace

T = "import torch\nimport math\nimport torch.nn.functional as F\n"
LEFT = {
    "grad-mode": "torch.set_grad_enabled(False)",
    "grad-mode-after-error": "with torch.no_grad(): 1 / 0",
    "grad-mode-after-limit": "with torch.no_grad():\n    while True: pass",
    "grad-mode-of-decorator": "@torch.no_grad()\ndef f(): f()\nf()",
    "seed": "torch.manual_seed(5)\ntorch.rand(3)",
    "drawn": "torch.randn(7)",
    "print-options": "torch.set_printoptions(precision=1, threshold=2, edgeitems=1, linewidth=10)",
    "default-dtype": "torch.set_default_dtype(torch.float64)",
    "shadowed-builtins": "print = len = range = int = str = None",
    "shadowed-modules": "torch = math = F = None",
    "caught-exception": "try: raise ValueError('secret')\nexcept ValueError as e: e.secret = 1",
    "exception-attribute": "e = ValueError\ntry: e.secret = 1\nexcept TypeError: pass",
    "subclass": "class ValueError(Exception): secret = 1",
    "function-attribute": "def f(): pass\nf.secret = 1",
    "deep-recursion": "def f(): return f()\nf()",
    "identities": "print(id([]), id([]))",
    "addresses": "x = torch.ones(1, requires_grad=True)\nprint((x * 2).grad_fn)",
    "written-constant": "x = torch.tensor([1., 2.])\nx[:] = 7\nx.data.fill_(9)",
    "shape-list": "s = list(torch.ones(2, 3).shape)\ns[0] = 99",
    "patched-module": "torch.nn.Module.__call__ = lambda self, x: 7\ntorch.nn.Linear.forward = None",
    "patched-optimizer": "torch.optim.SGD.step = lambda self: 7\ntorch.optim.Optimizer.secret = 7",
    "patched-collections": "import collections\ncollections.OrderedDict.secret = collections.Counter.secret = 7",
    "changed-defaults": "torch.nn.Linear.__init__.secret = 7\ntorch.optim.SGD([torch.ones(1)]).defaults['lr'] = 7",
    "everywhere-hook": "torch.nn.modules.module.register_module_forward_hook(lambda m, x, y: y * 7)",
    "numpy-options": "import numpy as np\nnp.set_printoptions(precision=1)\nnp.random.seed(7)",
    "python-seed": "import random\nrandom.seed(7)",
    "anomaly": "torch.autograd.set_detect_anomaly(True)",
    "saved-hooks": "torch.autograd.graph.saved_tensors_hooks(lambda x: x, lambda x: x * 7).__enter__()",
    "deterministic": "torch.use_deterministic_algorithms(True)\ntorch.set_num_threads(7)",
    "active-handler": "try: 1 / 0\nexcept ZeroDivisionError: raise KeyError",
}
PROBE = (
    T
    + """
x = torch.tensor([1 / 3, 2., 3.], requires_grad=True)
y = x * x + torch.rand(3)
y.sum().backward()
print(y, x.grad, y.requires_grad, y.grad_fn, torch.is_grad_enabled(), torch.tensor(1.).dtype)
print(torch.ones(2, 3).shape, torch.arange(5), id(x), [len(range(3)), int('4'), str(5)], math.pi)
import random, collections
import numpy as np
m = torch.nn.Linear(1, 1)
m.weight.data.fill_(1.5)
print(m(torch.ones(1)) - m.bias, random.random(), np.random.rand(), np.ones(1) / 3, np.array([1 / 3]))
torch.optim.SGD(m.parameters(), lr=0.1).step()
print(hasattr(collections.OrderedDict, 'secret'), hasattr(torch.nn.Linear.__init__, 'secret'))
print(torch.optim.SGD([torch.ones(1)]).defaults, torch.is_anomaly_enabled(), torch.get_num_threads())
try: raise
except RuntimeError as e: print(e)
try: ValueError.secret
except AttributeError as e: print(e)
def f(n): return 0 if n == 0 else f(n - 1)
print(f(40))
secret
"""
)


def told(made: dict[str, Any]) -> tuple[Any, ...]:
    return made["cells"][-1]["stdout"], made["error"]["message"], made["tensors"], made["ops"], made["backward"]


@pytest.fixture(scope="module")
def fresh() -> tuple[Any, ...]:
    return told(trace([PROBE]))


@pytest.mark.parametrize("name", LEFT)
def test_nothing_is_left_behind(name: str, fresh: tuple[Any, ...]) -> None:
    trace([T + LEFT[name]])
    assert told(trace([PROBE])) == fresh


def test_the_same_request_has_the_same_answer() -> None:
    cells = [T + "x = torch.randn(4, requires_grad=True)\n(x * x).sum().backward()\nprint(x, {1, 'a', x.dtype})"]
    assert trace(cells) == trace(cells)
    assert trace(cells, seed=1) != trace(cells)
