# group: gradient
import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
y = torch.stack([x[0] * x[1], x[0] ** 2, 4 * x[1]])

# %%
# row 0
y.backward(torch.tensor([1.0, 0.0, 0.0]), retain_graph=True)
print(x.grad)

# %%
# row 1
x.grad = None
y.backward(torch.tensor([0.0, 1.0, 0.0]))
print(x.grad)
