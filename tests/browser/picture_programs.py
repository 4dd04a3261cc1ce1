"""The programs of the pictures: the cells that the design runs in each of its states."""

from __future__ import annotations

from typing import Final

CHAIN: Final = (
    "import torch\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\nz = y * y * 3\nout = z.mean()",
    "G = torch.tensor([[.1, 1.], [1., 1.]])\nz.backward(G, retain_graph=True)\nx.grad",
    "out.backward()\nx.grad",
)
CLASSIFIER: Final = (
    "import torch\nW = torch.tensor([[.4, -1., .2], [.6, .2, -.5]], requires_grad=True)\n"
    "b = torch.tensor([.1, -.3, .2], requires_grad=True)",
    "x = torch.tensor([[1., -2.], [.5, 3.]])\nt = torch.tensor([[1., 0., 0.], [0., 0., 1.]])\ns = x @ W + b\n"
    "p = torch.softmax(s, dim=1)\nloss = ((p - t) ** 2).sum()",
    "loss.backward()\nW.grad, b.grad",
)
SOFTMAX: Final = (
    "import torch\nx = torch.tensor([1., 2., 3.], requires_grad=True)\no = torch.softmax(x, dim=0)\n"
    "o.backward(torch.tensor([1., -2., .5]))",
)
MATMUL: Final = (
    "import torch\nX = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)\n"
    "A = torch.tensor([[2., 3.], [4., 5.], [6., 7.]])\nF = A @ X",
    "G = torch.tensor([[1., 0.], [.5, -1.], [0., 2.]])\nF.backward(G)\nX.grad",
)
SUM: Final = (
    "import torch\nx = torch.arange(1., 25.).reshape(2, 3, 4).requires_grad_(True)\no = x.sum(dim=1)",
    "o.backward(torch.tensor([[1., -1., 2., .5], [3., 0., -2., 1.]]))",
)
BATCH: Final = (
    "import torch\ntorch.manual_seed(0)\nx = torch.randn(32, 10, requires_grad=True)\nt = torch.randn(32, 10)\n"
    "p = torch.softmax(x, dim=1)\nloss = ((p - t) ** 2).sum()",
    "loss.backward()\nx.grad",
)
NOT_ONE_NUMBER: Final = (
    "import torch\na = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True)\n"
    "b = torch.tensor([[1., 2., 3.], [4., 5., 6.]], requires_grad=True)\nc = a.mm(b)",
    "c.backward()",
)
FREED: Final = (CHAIN[0], "out.backward()", "out.backward()")
WRITES: Final = (
    "import torch\nx = torch.tensor([[1., 2.]], requires_grad=True)\ny = torch.zeros(1, 2)\n"
    "y[0, 0] = 2 * x[0, 0] + x[0, 1] ** 2\ny[0, 1] = x[0, 0] ** 2 + 2 * x[0, 1] ** 3",
    "y.backward(torch.tensor([[1., 2.]]))\nx.grad",
)
WRONG_SHAPE: Final = (MATMUL[0], "F.backward(torch.ones(2, 3))")
