# group: reductions
import torch

x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
zero = torch.zeros(3)
print(torch.autograd.grad(torch.relu(x).sum(), x))
print(torch.autograd.grad(x.abs().sum(), x))
print(torch.autograd.grad(x.clamp(0, 1).sum(), x))
print(torch.autograd.grad(torch.maximum(x, zero).sum(), x))
