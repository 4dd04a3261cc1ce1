# group: reductions
import torch

x = torch.tensor([[1.0, 4.0, 4.0], [2.0, 0.0, 2.0]], requires_grad=True)
x.max().backward()
print(x.grad)

# %%
x.grad = None
values, indices = x.max(dim=1)
values.sum().backward()
print(indices)
print(x.grad)
