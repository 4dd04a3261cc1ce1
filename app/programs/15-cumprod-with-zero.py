# group: vectors
import torch

x = torch.tensor([2.0, 0.0, 3.0], requires_grad=True)
y = x.cumprod(dim=0)
y.backward(torch.ones(3))
print(y)
print(x.grad)
