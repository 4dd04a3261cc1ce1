# group: graph
import torch

x = torch.tensor([3.0, 0.5], requires_grad=True)
y = x * torch.tensor([2.0, 10.0])
loss = y.sum()
loss.backward()
print(x.grad)

# %%
nudged = x.detach().clone()
nudged[1] += 0.1
after = (nudged * torch.tensor([2.0, 10.0])).sum()
print((after - loss) / 0.1)
