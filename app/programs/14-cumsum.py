# group: vectors
import torch

x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
y = x.cumsum(dim=0)
y.backward(torch.tensor([1.0, 1.0, 1.0, 1.0]))
print(y)
print(x.grad)
