import torch

x = torch.tensor([1.0, 2.0, 3.0])
t = torch.tensor([2.0, 4.0, 7.0])
w = torch.tensor(1.5, requires_grad=True)
b = torch.tensor(0.0)

for _ in range(2):
    loss = ((w * x + b - t) ** 2).mean()
    loss.backward()
