# group: reductions
import torch

x = torch.tensor([1.0, 2.0, 6.0], requires_grad=True)
v = x.var()
v.backward()
print(v, x.grad)

# %%
x.grad = None
v = x.var(unbiased=False)
v.backward()
print(v, x.grad)
