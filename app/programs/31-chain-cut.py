# group: mistakes
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
y = (w * 3).sum()
loss = torch.tensor(y.item())
loss.backward()

# %%
loss = (w * 3).sum()
loss.backward()
print(loss.item(), w.grad)
