# group: training
import torch

x = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
W1 = torch.tensor([[1.0, -1.0, 0.5], [0.5, 1.0, -1.0]], requires_grad=True)
b1 = torch.tensor([0.0, 0.5, 0.0], requires_grad=True)
W2 = torch.tensor([[1.0], [2.0], [-1.0]], requires_grad=True)

hidden = torch.relu(x @ W1 + b1)
out = hidden @ W2
loss = ((out - torch.tensor([[1.0], [2.0]])) ** 2).mean()
loss.backward()
print(W1.grad)
print(b1.grad)
print(W2.grad)
