# group: graph
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = 3 * x
y.retain_grad()
z = y * y
z.sum().backward()
print(x.grad)
print(y.grad)
print(z.grad)
