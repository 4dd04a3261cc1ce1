# group: graph
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 2
z = y * y
y.add_(1)
z.sum().backward()

# %%
y = x * 2
z = y * y
y = y + 1
z.sum().backward()
print(x.grad)
