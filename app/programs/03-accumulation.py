# group: gradient
import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
y = x - 1
z = 2 * y * y
out = z.mean()

# %%
z.backward(torch.tensor([[1.0, 0.5], [0.0, 1.0]]), retain_graph=True)
print(x.grad)

# %%
out.backward()
print(x.grad)
