# group: reductions
import torch

x = torch.tensor([2.0, 0.0, 3.0], requires_grad=True)
x.prod().backward()
print(x.grad)

# %%
# two zeros: every product of the others has one left
z = torch.tensor([0.0, 5.0, 0.0], requires_grad=True)
z.prod().backward()
print(z.grad)
