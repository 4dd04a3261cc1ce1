# group: vectors
import torch

x = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 1.0]], requires_grad=True)
y = x.softmax(dim=1)
total = y.sum()
total.backward()
print(x.grad)
