# group: kinds
# kind: one-to-many
import torch

a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
b = torch.tensor([10.0, 20.0, 30.0], requires_grad=True)
y = a + b
y.backward(torch.tensor([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]]))
print(a.grad)
print(b.grad)
