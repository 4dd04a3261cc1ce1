import torch

x = torch.tensor([1.0, 2.0, 3.0])
t = torch.tensor([2.0, 4.0, 7.0])
w = torch.tensor(1.5, requires_grad=True)
b = torch.tensor(0.0, requires_grad=True)

loss = ((w * x + b - t) ** 2).mean()
loss.backward()
