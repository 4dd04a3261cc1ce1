# group: kinds
# kind: one-to-one
import torch

x = torch.tensor([0.0, 0.5, 1.0], requires_grad=True)
y = torch.sin(x)
y.backward(torch.tensor([1.0, 2.0, -1.0]))
print(x.grad)
