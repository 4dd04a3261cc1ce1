# group: mistakes
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
(w * w).sum().backward()
w = w - 0.1 * w.grad
print(w.is_leaf)
(w * w).sum().backward()
print(w.grad)

# %%
w = torch.tensor([1.0, 2.0], requires_grad=True)
(w * w).sum().backward()
with torch.no_grad():
    w -= 0.1 * w.grad
print(w.is_leaf, w.grad)
