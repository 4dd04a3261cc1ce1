# group: training
import torch

x = torch.tensor([0.0, 1.0, 2.0])
target = torch.tensor([1.0, 3.0, 5.0])
w = torch.tensor(0.0, requires_grad=True)
b = torch.tensor(0.0, requires_grad=True)

# %%
for step in range(3):
    guess = w * x + b
    loss = ((guess - target) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
        w.grad = None
        b.grad = None
    print(step, loss.item())
