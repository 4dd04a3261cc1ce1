# group: gradient
import torch

a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
b = torch.tensor([[2.0], [5.0]], requires_grad=True)
c = a @ b
c.backward()

# %%
c.backward(torch.ones_like(c))
a.grad

# %%
b.grad
