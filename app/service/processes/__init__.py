"""The near side of the wall: the zygotes and workers as the server sees them."""
