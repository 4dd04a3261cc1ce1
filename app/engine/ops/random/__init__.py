"""Random numbers as tensors: new ones, fills in place, samples, and the generators that they come from."""
