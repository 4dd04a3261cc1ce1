# group: mistakes
import torch

w = torch.tensor(4.0, requires_grad=True)
for step in range(3):
    loss = w * w
    loss.backward()
    print(w.item(), w.grad.item())
    with torch.no_grad():
        w -= 0.25 * w.grad

# %%
w = torch.tensor(4.0, requires_grad=True)
for step in range(3):
    loss = w * w
    w.grad = None
    loss.backward()
    print(w.item(), w.grad.item())
    with torch.no_grad():
        w -= 0.25 * w.grad
