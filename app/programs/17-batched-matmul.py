# group: matmul
import torch

A = torch.tensor([[[1.0, 2.0], [3.0, 4.0]], [[0.0, 1.0], [2.0, 0.0]]], requires_grad=True)
w = torch.tensor([[1.0], [-1.0]], requires_grad=True)
C = A @ w
C.sum().backward()
print(A.grad)
print(w.grad)
