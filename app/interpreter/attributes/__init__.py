"""Attributes of every kind of value; importing this fills the tables of `protocol`."""

from app.interpreter.attributes import functions, objects, torch

__all__ = ["functions", "objects", "torch"]
