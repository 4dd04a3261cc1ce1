# group: gradient
import torch

A = torch.tensor([[1.0, 2.0], [3.0, 0.0], [2.0, 1.0]])
X = torch.tensor([[1.0, 4.0], [2.0, 3.0]], requires_grad=True)
F = A @ X
print(F)

# %%
# one score for each number of F
G = torch.tensor([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]])
F.backward(G)
print(X.grad)
