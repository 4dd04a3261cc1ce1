"""Random numbers, bit for bit those of PyTorch's CPU generator."""

from app.engine.random.generator import Generator

__all__ = ["Generator"]
