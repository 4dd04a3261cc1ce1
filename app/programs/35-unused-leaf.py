# group: mistakes
import torch

X = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
x = torch.tensor([4.0, 5.0, 6.0], requires_grad=True)
out = (X * X).sum()
out.backward()
print(x.grad, X.grad)
