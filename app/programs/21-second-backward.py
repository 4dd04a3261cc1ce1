# group: graph
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x * x
out = y.sum()
out.backward()
out.backward()

# %%
x.grad = None
y = x * x
out = y.sum()
out.backward(retain_graph=True)
out.backward()
print(x.grad)
