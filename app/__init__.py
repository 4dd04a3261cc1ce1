"""Backpass: what backward() does, element by element."""

__version__ = "0.1.0"
