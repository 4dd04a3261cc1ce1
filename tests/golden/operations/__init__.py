"""Rows of operations: which leaves, which call; expanded to the same five cells for every row."""
