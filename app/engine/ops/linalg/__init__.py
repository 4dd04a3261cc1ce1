"""torch.linalg: matrices solved, inverted and taken apart."""
