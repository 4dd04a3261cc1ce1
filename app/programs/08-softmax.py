# group: kinds
# kind: many-to-many
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = torch.softmax(x, dim=0)
y.backward(torch.tensor([0.0, 0.0, 1.0]))
print(y)
print(x.grad)
