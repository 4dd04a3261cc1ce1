"""Elementwise functions: each output element reads its own place."""
