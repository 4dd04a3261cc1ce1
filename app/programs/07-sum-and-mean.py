# group: kinds
# kind: many-to-one
import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
rows = x.sum(dim=1)
rows.backward(torch.tensor([1.0, 2.0]))
print(x.grad)

# %%
x.grad = None
x.mean().backward()
print(x.grad)
