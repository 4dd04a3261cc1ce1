import torch

x = torch.tensor([1.0, 2.0, 3.0])
t = torch.tensor([2.0, 4.0, 7.0])
w = torch.tensor(1.5, requires_grad=True)
b = torch.zeros((), requires_grad=True)

error = w * x + b - t
loss = (error * error).sum() / 3
loss.backward()
