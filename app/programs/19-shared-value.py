# group: graph
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
a = 2 * x
b = x * x
out = (a + b).sum()
out.backward()
print(x.grad)
