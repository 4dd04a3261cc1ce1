# group: graph
import torch

x = torch.tensor([1.0, 3.0], requires_grad=True)
y = torch.zeros(2, 2)
y[0] = 2 * x
y[1] = x * x
print(y)

# %%
y.backward(torch.tensor([[1.0, 0.0], [0.0, 1.0]]))
print(x.grad)
