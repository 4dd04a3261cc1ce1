# group: training
import torch
from torch import nn

torch.manual_seed(0)
x = torch.tensor([[0.5, -1.0], [1.5, 2.0]])
target = torch.tensor([[1.0], [0.0]])
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
for step in range(2):
    loss = nn.functional.mse_loss(net(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(loss.item())
