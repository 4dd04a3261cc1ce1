"""torch.autograd as far as it is no operation of the engine: Function, hooks, the nodes of the graph, and modes."""
