import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
w = torch.tensor([[0.5], [-1.0]], requires_grad=True)
b = torch.tensor([0.25], requires_grad=True)

# %% the loss
y = torch.tanh(x @ w + b)
loss = (y * y).mean()
loss.backward()
