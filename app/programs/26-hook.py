# group: graph
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 3
y.register_hook(lambda score: score / 2)
(y * y).sum().backward()
print(x.grad)
