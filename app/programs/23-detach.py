# group: graph
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x * x
z = y.detach() * x
z.sum().backward()
print(x.grad)

# %%
x.grad = None
z = x * x * x
z.sum().backward()
print(x.grad)
