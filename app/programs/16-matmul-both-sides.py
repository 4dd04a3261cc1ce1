# group: matmul
import torch

A = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
B = torch.tensor([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]], requires_grad=True)
C = A @ B
C.backward(torch.tensor([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0]]))
print(A.grad)
print(B.grad)
