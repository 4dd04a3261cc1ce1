# group: mistakes
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * x
x.data.add_(10)
y.sum().backward()
print(x.grad)

# %%
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * x
y.sum().backward()
print(x.grad)
